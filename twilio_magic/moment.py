"""One moment of a call, read from its timeline: what Twilio does, who hears what, and who takes part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING, ClassVar

from .display import Shown, visible_line
from .records import dataclass
from .timeline import STATUS_KINDS, clock

if TYPE_CHECKING:
    from .timeline import Event, Kind, Timeline

#: The status in which a leg is from an event on; an event that something failed has its status with it, if any.
_STATUSES: Mapping[Kind, str] = {
    "dialing": "queued",
    **{kind: status for status, kind in STATUS_KINDS.items() if kind != "failed"},
}
#: The verb that begins with an event, and the events that end it besides the next document and the end of the call.
_VERBS: Mapping[Kind, tuple[str, tuple[Kind, ...]]] = {
    "gathering": ("Gather", ("gathered", "timed out")),
    "recording": ("Record", ("recorded",)),
    "dialed": ("Dial", ("left",)),
    "joined": ("Dial", ("left",)),
    "connected": ("Connect", ("disconnected",)),
}
_SOUNDS: Mapping[Kind, str] = {"said": "Say", "played": "Play", "paused": "Pause"}
_ENDS: tuple[Kind, ...] = ("fetched", "redirected", "hung up", "completed")


@dataclass(frozen=True, slots=True)
class HeardNow:
    """What *listener* hears *speaker* say at this moment; *words* are those of the whole utterance.

    Both are ``Twilio`` or addresses of phones, which are shown by their *names* where they have some.
    """

    speaker: str
    listener: str
    words: str
    names: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    def __str__(self) -> str:
        listener, speaker = (self.names.get(each, each) for each in (self.listener, self.speaker))
        return visible_line(f"{listener} hears {speaker}: {self.words}")


@dataclass(frozen=True, slots=True)
class CallMoment(Shown):
    """A call *at* so many seconds after it was created: its *status*, and the *verb* that Twilio performs.

    *verb* is empty where it performs none. *heard* says who hears what, and *parties* has the status of each leg, by
    the address at its far end; *names* are those of phones, by their addresses. *last* is the event that came last.
    """

    view: ClassVar[str] = "twilio_magic.views.moment:bundle"

    at: float
    status: str
    verb: str
    heard: tuple[HeardNow, ...]
    parties: Mapping[str, str]
    last: Event | None
    names: Mapping[str, str] = field(default_factory=dict, compare=False)

    def __repr__(self) -> str:
        doing = f", in <{self.verb}>" if self.verb else ""
        return visible_line(f"<CallMoment {clock(self.at)}: {self.status}{doing}>")


def is_moment(at: object, lasted: float) -> bool:
    """Whether *at* is so many seconds since a call was created that has *lasted* so long."""
    if isinstance(at, bool) or not isinstance(at, int | float):
        return False
    return 0 <= at <= round(lasted, 3)


def moment_of(timeline: Timeline, leg: str, far_end: str, at: float) -> CallMoment:
    """The moment *at* of the call whose own leg has this sid, with the phone *far_end*."""
    past = [event for event in timeline if event.at <= at]
    phones = timeline.parties or {leg: far_end}
    parties = {
        phone: status for sid, phone in phones.items() if (status := _status(past, sid)) is not None
    }
    return CallMoment(
        at,
        _status(past, leg) or "queued",
        _find_verb([event for event in past if event.leg == leg], at),
        tuple(replace(each, names=timeline.names) for each in _find_heard(past, phones, at)),
        parties,
        past[-1] if past else None,
        timeline.names,
    )


def _status(past: Sequence[Event], leg: str) -> str | None:
    """The status of a leg; ``None`` where there is none yet."""
    told = (
        str(event.data.get("status", _STATUSES.get(event.kind, "")))
        for event in reversed(past)
        if event.leg == leg and event.kind in (*_STATUSES, "failed")
    )
    return next(filter(None, told), None)


def _find_verb(own: Sequence[Event], at: float) -> str:
    """The verb that is performed after the events *own* of a leg: the outer one of two."""
    verb, ends, sound, until = "", (), "", 0.0  # type: tuple[str, tuple[Kind, ...], str, float]
    for event in own:
        if event.kind in _ENDS or event.kind in ends:
            verb, ends, sound = "", (), ""
        if event.kind in _VERBS:
            verb, ends = _VERBS[event.kind]
        elif event.kind in _SOUNDS:
            sound, until = _SOUNDS[event.kind], _end_of(event)
    return verb or (sound if at < until else "")


def _end_of(event: Event) -> float:
    return round(event.at + float(event.data.get("seconds", 0.0)), 3)


def _find_heard(past: Sequence[Event], phones: Mapping[str, str], at: float) -> Iterator[HeardNow]:
    for event in past:
        if not event.at <= at < _end_of(event) or event.leg not in phones:
            continue
        phone, words = phones[event.leg], str(event.data.get("words", event.text))
        if event.kind in ("said", "played"):
            yield HeardNow(str(event.data.get("speaker", "Twilio")), phone, words)
        elif event.kind == "heard":
            yield HeardNow(str(event.data.get("speaker", "")), phone, words)
        elif event.kind == "spoke":
            for listener in _listeners(past, phones, event.leg):
                yield HeardNow(phone, listener, words)


def _listeners(past: Sequence[Event], phones: Mapping[str, str], leg: str) -> list[str]:
    """Who hears the phone of *leg*: those that it is bridged with, else Twilio."""
    bridged = [
        event
        for event in past
        if event.kind == "bridged" and _status(past, event.leg) == "in-progress"
    ]
    others = [
        phone
        for sid, phone in phones.items()
        if bridged and sid != leg and _status(past, sid) == "in-progress"
    ]
    return others or ["Twilio"]
