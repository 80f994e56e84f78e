"""What a dialog expects in the end, compared with what its calls came to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..api import Client
from ..scripts import Phrase
from ..sessions import AGENT
from ._lines import address_of
from ._result import LineResult, Mark

if TYPE_CHECKING:
    from ..api import Call
    from ..scripts import DialogText, PartyText
    from ..timeline import Event, Exchange
    from ._result import DialogResult

#: Whether something came true, and what came instead.
Verdict = tuple[bool, str]


def check_expectations(result: DialogResult) -> Iterator[LineResult]:
    """What became of each ``expect`` of the dialog."""
    for party in result.dialog.text.parties:
        address = address_of(party, result)
        for expected in party.expectations:
            came_true, instead = _CHECKS[expected.kind](expected.values, party, result)
            is_denial = expected.is_denial and expected.kind != "errors"
            is_right = came_true != is_denial
            told = "" if is_right else instead
            mark: Mark = "✓" if is_right else "✗"
            place, call_number = expected.place, party.call_number
            yield LineResult(place.line, place.text, mark, address, None, told, None, call_number)


def _check_status(values: Mapping[str, Any], party: PartyText, result: DialogResult) -> Verdict:
    call = _call_of(party, result)
    if call is None:
        return False, _tell_missing(party, result)
    return call.status == values["status"], f"it was {call.status}"


def _check_duration(values: Mapping[str, Any], party: PartyText, result: DialogResult) -> Verdict:
    call = _call_of(party, result)
    if call is None:
        return False, _tell_missing(party, result)
    if call.duration is None:
        return False, "the call was not answered"
    is_right = values["low"] <= call.duration <= values["high"]
    return is_right, f"it was {call.duration} s"


def _tell_missing(party: PartyText, result: DialogResult) -> str:
    runs = result.simulator.phones.script_runs
    was_there = any(run.script is party.script for run in runs)
    return "the record of its call was deleted" if was_there else "no call reached it"


def _check_webhook(values: Mapping[str, Any], _: PartyText, result: DialogResult) -> Verdict:
    made = [each for call in result.calls for each in call.webhooks]
    found = [each for each in made if _is_at(each, values["path"])]
    for each in found:
        told = each.parameters
        if values["method"] in ("", each.method) and all(
            told.get(name) == value for name, value in values["parameters"].items()
        ):
            return True, "it was requested"
    if not found:
        paths = ", ".join(dict.fromkeys(urlsplit(each.url).path or "/" for each in made))
        return False, f"requested were {paths}" if paths else "nothing was requested"
    names = values["parameters"]
    last = found[-1]
    pairs = " ".join(f"{name}={last.parameters.get(name, '')}" for name in names)
    return False, f"it was {last.method} {pairs}".strip()


def _is_at(exchange: Exchange, path: str) -> bool:
    """Whether *exchange* was with *path*, an address or the path of one; with its query, if *path* has one."""
    url = urlsplit(exchange.url)
    whole = exchange.url if "://" in path else f"{url.path or '/'}?{url.query}"
    shown = whole if "?" in path else whole.partition("?")[0]
    return shown == path


def _check_no_errors(_: Mapping[str, Any], __: PartyText, result: DialogResult) -> Verdict:
    codes = [str(event.data["code"]) for event in errors_of(result)]
    return not codes, f"Twilio logged {', '.join(dict.fromkeys(codes))}"


def _check_error(values: Mapping[str, Any], _: PartyText, result: DialogResult) -> Verdict:
    codes = [int(event.data["code"]) for event in errors_of(result)]
    is_logged = bool(codes) if values["code"] is None else values["code"] in codes
    logged = ", ".join(map(str, dict.fromkeys(codes)))
    return is_logged, f"Twilio logged {logged or 'none'}"


def errors_of(result: DialogResult) -> list[Event]:
    """What Twilio logged as errors in the calls of the dialog."""
    events = [event for call in result.calls for event in call.timeline]
    return [event for event in events if event.kind == "failed" and "code" in event.data]


def _check_recording(values: Mapping[str, Any], _: PartyText, result: DialogResult) -> Verdict:
    kept = Client(simulator=result.simulator).recordings.list()
    own = [each.duration or 0 for each in kept if each.call_sid in _sids(result)]
    is_right = any(values["low"] <= seconds <= values["high"] for seconds in own)
    told = ", ".join(f"{seconds} s" for seconds in own)
    return is_right, f"there was one of {told}" if own else "there was none"


def _sids(result: DialogResult) -> set[str]:
    return {sid for call in result.calls for sid in (call.sid, *call.timeline.parties)}


def _check_text_message(values: Mapping[str, Any], _: PartyText, result: DialogResult) -> Verdict:
    sent = [each for each in result.simulator.messages if each.direction != "inbound"]
    wanted = Phrase(values["words"])
    within = values["within"]
    if within:
        last = result.ended_at + within
        sent = [each for each in sent if each.sent is not None and each.sent <= last]
    for each in sent:
        is_his = not values["to"] or each.to == values["to"]
        if is_his and (not values["words"] or wanted.find(each.body.split(), 0)):
            return True, "one was sent"
    told = f"“{sent[-1].body}” was sent to {sent[-1].to}" if sent else "none was sent"
    return False, told


def seconds_afterwards(text: DialogText) -> float:
    """How long *text* waits for text messages when its calls are over."""
    expected = (each for party in text.parties for each in party.expectations)
    return float(max((each.values.get("within", 0) for each in expected), default=0))


def _check_dialed(values: Mapping[str, Any], _: PartyText, result: DialogResult) -> Verdict:
    legs = [leg for call in result.calls for leg in _legs_of(call)]
    others = [address for sid, address in legs if sid not in {call.sid for call in result.calls}]
    told = ", ".join(dict.fromkeys(others))
    return values["address"] in others, f"dialed was {told}" if told else "nobody was dialed"


def _legs_of(call: Call) -> list[tuple[str, str]]:
    """The sid and the far end of each leg of *call*."""
    return list((call.timeline.parties or {call.sid: call.from_}).items())


def _check_interrupted(values: Mapping[str, Any], _: PartyText, result: DialogResult) -> Verdict:
    events = [event for call in result.calls for event in call.timeline]
    spoken = [event for event in events if event.data.get("speaker") in (AGENT, "Twilio")]
    cut = [str(event.data.get("words", "")) for event in spoken if event.data.get("cut")]
    wanted = Phrase(values["words"])
    is_right = any(not values["words"] or wanted.find(words.split(), 0) for words in cut)
    told = "; ".join(f"after “{_without_end(words)}”" for words in cut)
    return is_right, f"it was {told}" if told else "nothing was cut off"


def _without_end(words: str) -> str:
    return words.removesuffix("…").rstrip()


def _check_session(values: Mapping[str, Any], _: PartyText, result: DialogResult) -> Verdict:
    statuses = [session.status for call in result.calls for session in call.sessions]
    is_right = bool(statuses) and values["status"] in ("", *statuses)
    return is_right, f"it was {', '.join(statuses)}" if statuses else "there was none"


def _call_of(party: PartyText, result: DialogResult) -> Call | None:
    """The call leg of *party*; that of the first is the call itself."""
    if party is result.dialog.text.parties[0]:
        return result.call
    address = address_of(party, result)
    client = Client(simulator=result.simulator)
    if party.call_number > 1:
        runs = [run for run in result.simulator.phones.script_runs if run.script is party.script]
        own = (run.call_sid for run in runs if run.call_sid in _sids(result))
        sid = next(own, None)
        return client.calls.fetch(sid) if sid else None
    for call in result.calls:
        if address in (call.from_, call.to) and call is not result.call:
            return call
        for sid, far_end in _legs_of(call):
            if far_end == address and sid != call.sid:
                return client.calls.fetch(sid)
    return None


_CHECKS: Mapping[str, Callable[[Mapping[str, Any], PartyText, DialogResult], Verdict]] = {
    "status": _check_status,
    "duration": _check_duration,
    "webhook": _check_webhook,
    "errors": _check_no_errors,
    "error": _check_error,
    "recording": _check_recording,
    "text message": _check_text_message,
    "dialed": _check_dialed,
    "interrupted": _check_interrupted,
    "session": _check_session,
}
