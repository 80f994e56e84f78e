"""The card of a call: who called whom, what became of it, what was heard, and what happened, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..api import API_HOST, API_VERSION, FINAL
from ..display import keep_units, visible_line
from ..excerpt import Gap, excerpt
from ..timeline import Kind, clock, describe_events, what_happened
from . import ladder
from ._agent_sessions import fold_sessions, list_turns_of
from ._conversation import conversation
from ._request import requests
from ._settings import settings
from ._theme import (
    BAD,
    CALM,
    CARE,
    FAINT,
    GOOD,
    MONO,
    WRAP,
    block,
    card,
    fold,
    heading,
    span,
    verbatim,
)
from ._told import tell, width_of_times, width_of_words

if TYPE_CHECKING:
    from ..api import Call
    from ..timeline import Event

_COLOUR: Mapping[Kind, str] = {
    "failed": BAD,
    "warned": CARE,
    "not simulated": CARE,
    "said": CALM,
    "spoke": CALM,
    "pressed": CALM,
}
_MOST_WARNINGS = 4
_MOST_MARKED = 8  # events
_SCREEN = 24  # events that fit on a screen
_STANDING = "Simulated time stands still: call.wait() lets the call go on to its end, simulator.advance(5) by 5 s."
_AGED = "The status is from when the call was last fetched. It is over by now: call.wait() tells how it ended."
_MARK: Mapping[Kind, str] = {"failed": "✗", "warned": "!", "not simulated": "!"}


def bundle(call: Call) -> dict[str, str]:
    """The MIME bundle of *call*."""
    return {"text/plain": text(call), "text/html": str(html(call))}


def text(call: Call) -> str:
    """The card as plain text, one line an event; where several legs tell something, with the phone of each.

    What makes it very long is folded.
    """
    lines = [_title(call), *(f"! {warning}" for warning in call.warnings), ""]
    tags = _tags(call)
    for part in call.timeline.name_parts(excerpt(call.timeline, what_happened)):
        if isinstance(part, Gap):
            lines.append(f"{'':>10} {_describe(part)}")
        else:
            trace = () if _is_fault(part) else _traceback(part)
            lines += [_line(part, tags), *(f"{'':>12}{each}" for each in trace)]
    return "\n".join(map(visible_line, lines))


def html(call: Call) -> Markup:
    """The card as HTML."""
    return card(
        block(Markup("{} {}").format(_status(call), _parties(call)), "font-size:105%"),
        block(call.sid, f"color:{FAINT};font-family:{MONO};font-size:80%;{WRAP}"),
        *_warnings(call),
        *_cost(call),
        *_note_standing(call),
        *_conversation_part(call),
        *(() if call.is_live else list_turns_of(call.sessions)),
        *_timeline_part(call),
        *_fold_details(call),
    )


def _warnings(call: Call) -> Iterator[Markup]:
    told = [block(keep_units(f"! {warning}"), f"color:{CARE}") for warning in call.warnings]
    yield from told[:_MOST_WARNINGS]
    if rest := told[_MOST_WARNINGS:]:
        yield fold(f"{len(rest):,} more warnings", *rest)


def _title(call: Call) -> str:
    return f"Call {call.sid}: {_name(call, call.from_)} → {_callee(call)}, {_outcome(call)}"


def _name(call: Call, address: str) -> str:
    """The address of a phone, with its name where it has one."""
    name = {} if call.is_live else call.timeline.names
    return f"{name[address]} {address}" if address in name else address


def _callee(call: Call) -> str:
    """Who is called; a Voice SDK client calls an application, which Twilio does not name."""
    return _name(call, call.to) if call.to else "an application"


def _outcome(call: Call) -> str:
    is_counted = call.status == "completed" and call.duration is not None
    lasted = f", connected for {call.duration} s" if is_counted else ""
    saved = ", saved by the fallback" if _is_saved(call) else ""
    return f"{call.status}{lasted}{_errors(call)}{saved}"


def _is_saved(call: Call) -> bool:
    """Whether something failed in the call, and its fallback went on with it to the end."""
    if call.is_live or call.status != "completed":
        return False
    failed = [event.at for event in call.timeline if event.kind == "failed"]
    saved = [
        made.until for made in call.webhooks if "fallback" in made.purpose and made.code is None
    ]
    return bool(failed and saved) and max(failed) <= max(saved)


def _tags(call: Call) -> Mapping[str, str]:
    """The phone of each leg, by the leg's sid, where there is more than one; else nothing."""
    told = call.timeline
    named = {sid: told.name_of(address) for sid, address in told.parties.items()}
    return named if len(named) > 1 else {}


def _line(event: Event, tags: Mapping[str, str]) -> str:
    mark = _MARK.get(event.kind, " ")
    tag = f"{tags[event.leg]:<{max(map(len, tags.values()))}}  " if tags else ""
    return f"{clock(event.at):>8} {mark} {tag}{event.kind:<13}  {event.text}".rstrip()


def _traceback(event: Event) -> list[str]:
    """The lines of the exception that an application raised, cut to its own files, or of one of ours."""
    return str(event.data.get("traceback", "")).splitlines()


def _is_fault(event: Event) -> bool:
    """Whether *event* is a fault of the simulator, whose traceback helps only who is sent a report."""
    return event.data.get("fault") == "simulator"


def _errors(call: Call) -> str:
    """The codes of what failed in the call, in words; empty where nothing did."""
    codes = {
        str(event.data["code"])
        for event in call.timeline
        if event.kind == "failed" and "code" in event.data
    }
    return f", with error {', '.join(sorted(codes))}" if codes else ""


def _status(call: Call) -> Markup:
    over = call.status in FINAL
    well = call.status == "completed" and not any(event.kind == "failed" for event in call.timeline)
    is_saved = _is_saved(call)
    colour = GOOD if well else CARE if is_saved else BAD if over else CALM
    mark = "✓ " if well else "! " if is_saved else "✗ " if over else ""
    style = (
        f"border:1px solid;color:{colour};border-radius:9px;padding:0 8px;font-weight:600;"
        "margin-right:6px;display:inline-block;text-wrap:balance"
    )
    return span(keep_units(f"{mark}{_outcome(call)}"), style)


def _parties(call: Call) -> Markup:
    parties = Markup("<b>{}</b> → <b>{}</b>").format(_name(call, call.from_), _callee(call))
    return span(parties, WRAP)


def _cost(call: Call) -> Iterator[Markup]:
    """What a live call cost, as far as Twilio has said it."""
    if not call.is_live:
        return
    said = (
        f"A live call: it cost {abs(call.price)} {call.price_unit or ''}".strip()
        if call.price is not None
        else "A live call: Twilio charges each begun minute, and says the price some minutes after its end"
    )
    yield block(f"{said}.", f"color:{CARE}")


def _conversation_part(call: Call) -> Iterator[Markup]:
    if call.is_live:
        yield block(
            Markup("What was said in a live call is known to its parties.{}").format(_away(call)),
            f"color:{FAINT};margin-top:6px",
        )
    elif heard := conversation(call):
        yield heading("What was heard")
        yield heard


def _note_standing(call: Call) -> Iterator[Markup]:
    """That a call that is not over waits for time to pass, or that it is over, which its status does not know yet."""
    if not call.stands_still:
        return
    ends = {event.data.get("status") for event in call.timeline if event.leg == call.sid}
    said = _AGED if not ends.isdisjoint(FINAL) else _STANDING
    yield block(keep_units(said), f"color:{FAINT};margin-top:6px")


def _timeline_part(call: Call) -> Iterator[Markup]:
    """What happened, folded where the conversation tells the same; of a long timeline the first screen."""
    events = list(call.timeline.name_parts(excerpt(call.timeline, what_happened)))
    tells = any("words" in event.data for event in call.timeline)
    if settings.card == "full" or call.is_live or not tells:
        yield heading("What happened")
        yield _timeline(call, events[:_SCREEN])
        if rest := events[_SCREEN:]:
            yield fold(f"{len(rest)} more events", _timeline(call, rest))
    else:
        if marked := [event for event in call.timeline if event.kind in _MARK]:
            has_failed = any(event.kind == "failed" for event in marked)
            yield heading("What went wrong" if has_failed else "Worth a look")
            parts = excerpt(marked, what_happened, _MOST_MARKED)
            yield _timeline(call, list(call.timeline.name_parts(parts)))
        yield fold(f"What happened ({len(call.timeline):,} events)", _timeline(call, events))


def _away(call: Call) -> Markup:
    """Where the recordings of a live call are; nothing is fetched for a card."""
    path = str((call.subresource_uris or {}).get("recordings", ""))
    if not path.startswith(f"/{API_VERSION}/"):
        return Markup("")
    link = Markup(' Its recordings, for who signs in: <a href="{0}" style="{1}">{0}</a>')
    return link.format(f"https://{API_HOST}{path}", WRAP)


def _timeline(call: Call, events: Sequence[Event | Gap[Event]]) -> Markup:
    shown = [part for part in events if not isinstance(part, Gap)]
    tags = _tags(call)
    times, kinds = width_of_times(part.at for part in shown), width_of_words(map(_kind, shown))
    legs = width_of_words((tags[event.leg] for event in shown), 12) if tags else 0
    return Markup("").join(
        block(_describe(part), f"color:{FAINT}")
        if isinstance(part, Gap)
        else _row(part, (times, kinds, legs), tags.get(part.leg, ""))
        for part in events
    )


def _kind(event: Event) -> str:
    return f"{_MARK.get(event.kind, '')} {event.kind}".strip()


def _row(event: Event, widths: tuple[float, float, float], leg: str) -> Markup:
    """The row of *event*, with these *widths* of the times, kinds and legs."""
    times, kinds, legs = widths
    colour = _COLOUR.get(event.kind, "inherit")
    time = span(clock(event.at), f"color:{FAINT};font-family:{MONO}")
    kind = span(_kind(event), f"color:{colour};white-space:nowrap")
    tag = span(leg, f"color:{FAINT};{WRAP}")
    text = span(keep_units(event.text), f"color:{colour}")
    if trace := _traceback(event):
        text += _show_traceback(event, "\n".join(trace))
    return tell((time, times), [*([(tag, legs)] if leg else []), (kind, kinds)], text)


def _show_traceback(event: Event, trace: str) -> Markup:
    shown = verbatim(trace)
    return fold("Traceback, for the report", shown) if _is_fault(event) else shown


def _describe(gap: Gap[Event]) -> str:
    return describe_events(gap, ", in call.timeline")


def _fold_details(call: Call) -> Iterator[Markup]:
    drawn = call.ladder()
    yield fold("Ladder", ladder.frame(drawn))
    if made := ladder.find_exchanges(drawn):
        yield fold(f"Requests to web applications ({len(made)})", requests(made))
    if not call.is_live:
        yield from fold_sessions(call.sessions)
