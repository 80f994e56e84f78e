"""The track of a call that happened: the places at which it waited, and the moves between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...errors import NotXml
from ...records import dataclass
from .._move import OUTCOMES, SILENCE, Move
from .._moves import HANG_UP
from .._search import text_of
from .._trace import LONGEST_WAIT, Trace

if TYPE_CHECKING:
    from ...simulation import CallCourse, Simulator
    from ...timeline import Event
    from .._stop import Stop, StopKind

#: Who ends a call at its end: Twilio, because nothing is left to do, or a verb.
_OWN_ENDS = ("Twilio", "<")


@dataclass(frozen=True, slots=True)
class Visit:
    """A place that a call came to by a *move*, and what was *heard* on the way. It began at the first one without any.

    *key* is what it has in common with those on a map. A call that the API sent elsewhere came by no move, too.
    """

    key: tuple[str, ...]
    kind: StopKind
    text: str
    url: str
    heard: tuple[str, ...] = ()
    move: Move | None = None
    seconds: float = 0.0


#: The places of one call, in order.
Track = tuple[Visit, ...]


def tracks_of(simulator: Simulator) -> tuple[Track, ...]:
    """The tracks of the calls of *simulator*, in the order in which they began."""
    return tuple(track_of(course) for course in simulator.courses())


def track_of(course: CallCourse) -> Track:
    """The track of a call that had this *course*; what cannot be read of it is left out."""
    try:
        return tuple(_visits(course))
    except NotXml:
        return ()


def _visits(course: CallCourse) -> Iterator[Visit]:
    trace, marks = _follow(course)
    own = [step.event for step in course.steps if step.event is not None]
    trace.explain(course.exchanges, course.events)
    before: Stop | None = None
    for number, stop in enumerate(trace.stops):
        since = own[marks[number - 1] : marks[number]] if number else []
        move = _move_between(before, since, course) if before is not None else None
        seconds = round(stop.at - before.at, 1) if before is not None else 0.0
        text = " ".join(stop.heard[-2:]) if stop.kind == "hung up" else text_of(stop)
        heard = tuple(stop.heard)
        yield Visit(stop.plain_key, stop.kind, text, stop.url, heard, move, seconds)
        before = stop


def _follow(course: CallCourse) -> tuple[Trace, list[int]]:
    """The trace of the call, and how many events of its own leg there were when it came to each stop."""
    trace, marks = Trace(), list[int]()
    told, acted = 0, 0.0
    for step in course.steps:
        if _is_waiting(trace) and step.at - acted > LONGEST_WAIT:
            trace.give_up()
        elif step.event is None:
            trace.perform(step.at, step.source, step.element)
        elif step.event.data.get("speaker") == "Twilio" and (words := _words(step.event)):
            trace.hear(step.at, words, float(step.event.data.get("seconds", 0.0)))
        if trace.goes_round:
            trace.give_up()
        told += step.event is not None
        if len(trace.stops) > len(marks):
            marks.append(told)
            acted = step.at
        if trace.stops and trace.stops[-1].kind == "loop":
            return trace, marks
        if step.event is not None and step.event.kind in ("pressed", "spoke", "gathered"):
            acted = step.at
    if course.is_over and course.steps:
        trace.end(course.steps[-1].at, _kind_of_end(course))
        marks.append(told)
    return trace, marks


def _is_waiting(trace: Trace) -> bool:
    """Whether nobody is spoken with who may take as long as they like."""
    return not trace.stops or trace.stops[-1].kind == "gather"


def _words(event: Event) -> str:
    """What was to be said, also where it was cut off; empty where not a word was said."""
    begun = str(event.data.get("words", "")).removesuffix("…").rstrip()
    return f"{begun} {event.data.get('unheard', '')}".rstrip() if begun else ""


def _kind_of_end(course: CallCourse) -> StopKind:
    ends = [step.event for step in course.steps if step.event is not None]
    by = next((str(each.data["by"]) for each in reversed(ends) if each.kind == "hung up"), "Twilio")
    return "end" if by.startswith(_OWN_ENDS) else "hung up"


def _move_between(stop: Stop, events: Sequence[Event], course: CallCourse) -> Move | None:
    """What was done at *stop*, as the *events* until the next one have it; ``None`` if the API ended it."""
    if stop.kind == "dial":
        return _outcome(events, course)
    kinds = {event.kind for event in events}
    if stop.kind == "record":
        return _recording_move(stop, events)
    if stop.kind != "gather":
        return SILENCE
    for event in events:
        if event.kind == "timed out":
            return SILENCE
        if event.kind == "gathered":
            return _input(event, events)
    return HANG_UP if "hung up" in kinds else None


def _input(event: Event, events: Sequence[Event]) -> Move:
    if "speech" in event.data:
        words = str(event.data["speech"])
        return Move("say", words) if words else SILENCE
    digits = str(event.data.get("digits", ""))
    pressed = [str(each.data.get("key", "")) for each in events if each.kind == "pressed"]
    return Move("press", digits or "".join(pressed[-1:]))


def _recording_move(stop: Stop, events: Sequence[Event]) -> Move:
    finish = str(stop.element.get("finishOnKey") or "") if stop.element is not None else ""
    for event in events:
        if event.kind == "pressed" and str(event.data.get("key", "")) in finish:
            return Move("press", str(event.data["key"]))
        if event.kind == "hung up":
            return HANG_UP
        if event.kind == "recorded":
            break
    return Move("say", "") if any(each.kind == "spoke" for each in events) else SILENCE


def _outcome(events: Sequence[Event], course: CallCourse) -> Move | None:
    """What became of those who were dialed."""
    dialed = {str(each.data["call"]) for each in events if each.kind == "dialed"}
    legs = {each.kind for each in course.events if each.leg in dialed}
    for outcome in OUTCOMES:
        if outcome in legs:
            return Move(outcome)
    return HANG_UP if any(each.kind == "hung up" for each in events) else None
