"""The sound of a call: all its legs on one clock, each party on a channel of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...api import FINAL
from ...mulaw import RATE
from ...records import dataclass
from ...sound import Chapter, Sound
from ...timeline import STATUS_KINDS
from ..audio._wav import Stretch, render
from ._story import between_steps, family, time_after, timeline_of

if TYPE_CHECKING:
    from array import array

    from ...timeline import Event, Timeline
    from ..audio._wav import Playable
    from ._leg import Leg

_TWILIO = "Twilio"
_ENDS = tuple(STATUS_KINDS[status] for status in FINAL)
_SOUNDING = ("said", "played", "spoke", "heard", "pressed")
#: What a chapter begins with beside what is heard.
_ACTS = ("answered", "dialed", "bridged", "recorded", "joined", "left", "hung up")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A *sound* of a leg on the clock of the call, which begins *shift* seconds before the leg; it ends at *end*."""

    sound: Playable
    shift: float
    end: float

    @property
    def start(self) -> float:
        return round(self.sound.start + self.shift, 3)

    def samples(self, first: int, count: int) -> array[int]:
        return self.sound.samples(first, count)


@between_steps
def make_call_sound(leg: Leg) -> Sound:
    """The sound of the call so far, up to its last event."""
    timeline = timeline_of(leg)
    channels: dict[str, list[Playable]] = {leg.far_end: [], _TWILIO: []}
    seconds = timeline[-1].at if timeline else 0.0
    known = {each.sid for each in family(leg)}
    said: dict[tuple[float, str, str], str] = {}
    for each in family(leg):
        shift = time_after(leg, each, 0.0)
        end = min(_end_of(each) + shift, seconds)
        for event in each.timeline:
            if event.kind not in _SOUNDING or event.data.get("from_leg") in known:
                continue
            speaker = str(event.data.get("speaker", _TWILIO))
            what = (time_after(leg, each, event.at), speaker, event.text)
            if speaker == _TWILIO and said.setdefault(what, each.sid) != each.sid:
                continue  # an announcement, or music, that several legs hear at once
            channel = channels.setdefault(speaker, [])
            channel += _place(each, event, shift, end)
    names = [timeline.name_of(speaker) for speaker in channels]
    renders = _Rendering([sorted(each, key=_start) for each in channels.values()])
    return Sound(names, round(seconds * RATE), renders, list(_chapters(timeline)))


def _start(sound: Playable) -> float:
    return sound.start


def _place(leg: Leg, event: Event, shift: float, end: float) -> Iterator[_Placed]:
    for sound in leg.line_sounds.sounds([event]):
        if sound.start + shift < end:
            yield _Placed(sound, shift, min(round(sound.end + shift, 3), end))


def _end_of(leg: Leg) -> float:
    """When the leg was over, on its own clock; its last event, if it is not."""
    over = next((event.at for event in reversed(leg.timeline) if event.kind in _ENDS), None)
    return over if over is not None else leg.timeline[-1].at if leg.timeline else 0.0


class _Rendering:
    """Makes samples of *channels*, of which each has its sounds in the order of their beginnings."""

    def __init__(self, channels: Sequence[Sequence[Playable]]) -> None:
        self._channels = channels

    def __call__(self, first: int, count: int) -> list[array[int]]:
        stretch = Stretch(first / RATE, (first + count) / RATE)
        return [
            render(
                [each for each in sounds if each.start < stretch.end and each.end > stretch.start],
                [stretch],
            )
            for sounds in self._channels
        ]


def _chapters(timeline: Timeline) -> Iterator[Chapter]:
    """What is heard in the call, in order, and what its parties do beside."""
    for event in timeline:
        if event.kind in _SOUNDING:
            who = timeline.name_of(str(event.data.get("speaker", _TWILIO)))
            words = str(event.data.get("words", event.text))
            yield Chapter(event.at, who, words, float(event.data.get("seconds", 0.0)))
        elif event.kind == "recording":
            yield Chapter(event.at, "", event.text)
        elif event.kind in _ACTS:
            yield Chapter(event.at, "", f"{event.kind} {timeline.describe(event)}".strip())
