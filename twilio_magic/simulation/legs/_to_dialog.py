"""A call that happened as a dialog: what each phone heard and did, and what became of it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ...scripts import is_phone_name
from ..phones._conversation import acts_in, conversation_lines
from ._dialog_answers import application_lines, first_address_lines

if TYPE_CHECKING:
    from ...timeline import Event, Exchange
    from ._leg import Leg

_OWN_PARAMETERS = ("To", "From", "Url", "Twiml", "ApplicationSid", "CallToken")
_HEADER = "SipHeader_"
#: What a phone does whose call ended in one of these states before it was answered.
_UNANSWERED = {"busy": "busy", "failed": "fail"}
#: What an action is told, of which two calls that go the same way say the same.
_RESULTS = ("Digits", "SpeechResult", "DialCallStatus")


def to_dialog(leg: Leg) -> str:
    """The text of a dialog that places again the call that *leg* is part of, with what everybody heard and did."""
    call = leg
    while call.parent is not None:
        call = call.parent
    lines = [_describe_start(call, _answer_lines(call, [call, *_descendants(call)]))]
    lines += [f"  {line}" for line in (*_party_lines(call), *_expectations(call))]
    known = {call.far_end}
    for child in _descendants(call):
        if child.far_end not in known:
            known.add(child.far_end)
            lines += [
                f"as {_address_with_name(child)}",
                *(f"  {line}" for line in _party_lines(child)),
            ]
    return "\n".join([*lines, ""])


def _address_with_name(leg: Leg) -> str:
    """The address of the phone of *leg*, with the name that it has."""
    names = leg.world.phones.names
    name = names.get(leg.far_end, "")
    is_own = [each.casefold() for each in names.values()].count(name.casefold()) == 1
    return f"{name} = {leg.far_end}" if is_own and is_phone_name(name) else leg.far_end


def describe_start(call: Leg) -> str:
    """The beginning of a dialog that places *call* again in its own world: its headers, and the line with its name."""
    return _describe_start(call, _answer_lines(call))


def _describe_start(call: Leg, answers: tuple[list[str], list[str]]) -> str:
    name = " ".join(f"{call.from_} calls {call.to or 'an application'}".split()).replace('"', "'")
    party_address = _address_with_name(call)
    party = "" if party_address == call.far_end else f" as {party_address}"
    headers, givens = answers
    lines = [*headers, *_header_lines(call), *givens]
    return "\n".join([*lines, "", f'dialog "{name}"{party}'])


def _descendants(leg: Leg) -> Iterator[Leg]:
    for child in leg.children:
        yield child
        yield from _descendants(child)


def _header_lines(call: Leg) -> Iterator[str]:
    if call.to:
        yield f"to: {call.to}"
    yield f"from: {call.from_}"
    if call.direction != "inbound":
        yield "direction: outbound"
        pairs = {
            name: value for name, value in call.parameters.items() if name not in _OWN_PARAMETERS
        }
    else:
        source = call.instructions.source
        pairs = _custom_parameters(call, source.parameters if source is not None else {})
    yield from _parameter_lines(pairs)


def _custom_parameters(call: Leg, told: Mapping[str, str]) -> dict[str, str]:
    """The custom parameters of a client's call, or the SIP headers; *told* is what its first request told besides."""
    if "SipDomain" in told:
        headers = {name: value for name, value in told.items() if name.startswith(_HEADER)}
        return {name.removeprefix(_HEADER): value for name, value in headers.items()}
    return {} if call.to else {name: told[name] for name in told if name not in _OWN_PARAMETERS}


def _parameter_lines(pairs: Mapping[str, str]) -> Iterator[str]:
    plain = {name: value for name, value in pairs.items() if isinstance(value, str) and value}
    words = (
        shlex.quote(f"{name}={' '.join(value.split())}")
        for name, value in plain.items()
        if re.fullmatch(r"[\w-]+", name)
    )
    if written := " ".join(words):
        yield f"parameters: {written}"


def _answer_lines(call: Leg, legs: Sequence[Leg] = ()) -> tuple[list[str], list[str]]:
    """Headers and given lines for what *call* ran: a document of its own, or an address, with what answered *legs*."""
    source = call.instructions.source
    url = "" if source is None else source.url
    document = call.instructions.inline or (
        call.world.web.text_at(url) if _is_bin(call, url) else None
    )
    headers, givens = application_lines(call, legs, "" if document is not None else url)
    if document is not None:
        return [*headers, f"twiml: {' '.join(document.split())}"], givens
    if source is None:
        return headers, givens
    is_get = call.is_inbound and source.method == "GET"
    return [*headers, *first_address_lines(source, is_get=is_get)], givens


def _is_bin(call: Leg, url: str) -> bool:
    """Whether a document is hosted at *url*, which is at another address in another world."""
    mount = call.world.web.mounts.find(url)
    return mount is not None and mount.find().text is not None and not mount.find().shown


def _party_lines(leg: Leg) -> Iterator[str]:
    """The steps of the phone at the far end of *leg*."""
    answered = _moment(leg, "answered")
    if leg.direction == "inbound":
        if answered is None:
            if leg.timeline and leg.timeline[-1].text == f"by {leg.far_end}":  # the caller gave up
                yield f"ring {_seconds(leg.timeline[-1].at)}"
            return
    else:
        yield from _ringing_lines(leg, answered)
        if answered is None:
            return
    handset = leg.phone.handset
    begins, events = _greeting(leg), list(leg.timeline)
    own = [event for event in events if event.at >= begins or event.kind != "spoke"]
    words = [word for word in handset.words_heard() if word.at > answered - 0.001]
    ended = _moment(leg, "completed")
    yield from conversation_lines(
        words,
        acts_in(own, leg.far_end),
        max(answered, begins),
        float("inf") if ended is None else ended,
    )


def _greeting(leg: Leg) -> float:
    """When the greeting of a machine or fax is over, in seconds since the call was created; 0 for people."""
    if leg.phone.handset.decision not in ("machine", "fax"):
        return 0.0
    ends = [
        event.at + float(event.data.get("seconds", 0.0))
        for event in leg.timeline
        if event.kind == "spoke"
    ]
    is_beep = leg.phone.handset.beeps
    return round((ends[1:2] or ends[:1] or [0.0])[0] if is_beep else (ends[:1] or [0.0])[0], 3)


def _ringing_lines(leg: Leg, answered: float | None) -> Iterator[str]:
    """What the phone does while it rings."""
    ringing = _moment(leg, "ringing")
    decision = leg.phone.handset.decision
    if answered is None and ringing is None:
        if leg.status == "failed":
            yield "fail"
        return
    last = answered if answered is not None else leg.timeline[-1].at
    if answered is None and decision in ("", "no answer", "answer"):
        yield _UNANSWERED.get(leg.status, "no answer")
        return
    yield f"ring {_seconds(last - (ringing or 0.0))}"
    greeting = leg.phone.handset.greeting.replace('"', "")
    words = f' "{greeting}"' if greeting else ""
    silent = " no beep" if decision == "machine" and not leg.phone.handset.beeps else ""
    yield f"{decision or 'answer'}{words}{silent}"


def _moment(leg: Leg, kind: str) -> float | None:
    return next((event.at for event in leg.timeline if event.kind == kind), None)


def _seconds(seconds: float) -> str:
    return f"{max(0.0, seconds):.3f}".rstrip("0").rstrip(".")


def _expectations(call: Leg) -> Iterator[str]:
    yield f"expect status {call.status}"
    yield from dict.fromkeys(_expected_webhooks(call))
    codes = dict.fromkeys(_codes(call.timeline))
    yield from [f"expect error {code}" for code in codes] or ["expect no errors"]


def _expected_webhooks(call: Leg) -> Iterator[str]:
    """A line for each action that was requested."""
    for exchange in call.exchanges:
        if exchange.purpose == "action" and not _is_bin(call, exchange.url):
            path = urlsplit(exchange.url).path or "/"
            yield " ".join(["expect webhook", path, *_result_pairs(exchange)])


def _result_pairs(exchange: Exchange) -> Iterator[str]:
    for name in _RESULTS:
        value = exchange.parameters.get(name, "")
        if value and _is_kept(value):
            yield shlex.quote(f"{name}={value}")


def _codes(events: list[Event]) -> Iterator[str]:
    for event in events:
        if event.kind == "failed" and "code" in event.data:
            yield str(event.data["code"])


def _is_kept(value: str) -> bool:
    return "•" not in value and value.isprintable()
