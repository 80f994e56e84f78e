"""A call as it is played again: its lines, its events, and the elements that are performed meanwhile."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...replay import Replay, ReplayEvent, ReplayLine
from ..audio._dtmf import BEEP_SECONDS, FREQUENCIES, PAUSES, TONE_SECONDS
from ._course import element_of
from ._story import between_steps, family, timeline_of

if TYPE_CHECKING:
    from ...timeline import Event, Timeline
    from ...twiml import Document
    from ._leg import Leg
    from ._performed import PerformedVerb

_MOST = 2000  # events: what a page can show
_LONGEST = 100_000  # characters of a document
_HEARD = ("said", "played", "spoke", "heard", "pressed")
_TWILIO = "Twilio"


@between_steps
def make_call_replay(leg: Leg) -> Replay:
    """The replay of the call so far, up to its last event."""
    timeline = timeline_of(leg)
    shown = list(timeline[:_MOST])
    performed = _Performed(leg)
    called = timeline.name_of(leg.to) if leg.to else "an application"
    return Replay(
        leg.sid,
        f"{timeline.name_of(leg.from_)} → {called}",
        timeline[-1].at if timeline else 0.0,
        [
            _line(timeline, event, place)
            for place, event in enumerate(shown)
            if event.kind in _HEARD
        ],
        [performed.during(event) for event in shown],
        performed.documents,
    )


def _line(timeline: Timeline, event: Event, place: int) -> ReplayLine:
    data = event.data
    text = str(data.get("words", event.text))
    keys = str(data.get("keys", data.get("key", "")))
    is_speech = "words" in data and data.get("sound", "speech") == "speech" and not keys
    return ReplayLine(
        event.at,
        round(event.at + float(data.get("seconds", TONE_SECONDS)), 3),
        timeline.name_of(str(data.get("speaker", _TWILIO))),
        text,
        place,
        words=text.removesuffix("…").strip() if is_speech and "stream" not in data else "",
        language=str(data.get("language") or ""),
        keys="".join(key for key in keys if key in FREQUENCIES or key in PAUSES),
        is_beep=bool(data.get("beep")) and float(data.get("seconds", 0.0)) == BEEP_SECONDS,
        is_cut=bool(data.get("cut")),
    )


class _Performed:
    """Which element of which document is performed at the events of the call of *leg*."""

    def __init__(self, leg: Leg) -> None:
        self.documents: list[str] = []
        self._leg = leg
        self._legs = {each.sid: each for each in family(leg)}
        self._places = {sid: self._list_told(each) for sid, each in self._legs.items()}
        self._last = dict.fromkeys(self._legs, -1)  # the place of the last event of each leg
        self._parsed: dict[str, Document] = {}

    def during(self, event: Event) -> ReplayEvent:
        """The *event*, which comes behind those that were asked for before, with the element.

        It is that of the call's own leg where the leg of the event performs none.
        """
        text = f"{event.kind}  {event.text}".strip()
        for verb in self._verbs(event):
            if verb.place is not None and len(verb.source) <= _LONGEST:
                start, end = element_of(verb, self._parsed).extent
                return ReplayEvent(event.at, text, self._number(verb.source), start, end)
        return ReplayEvent(event.at, text)

    def _list_told(self, leg: Leg) -> Iterator[int]:
        """The places of the events of *leg* that stand in the timeline of the call."""
        alone = len(self._legs) == 1
        for place, event in enumerate(leg.timeline):
            if alone or event.data.get("from_leg") not in self._legs:
                yield place

    def _number(self, source: str) -> int:
        if source not in self.documents:
            self.documents.append(source)
        return self.documents.index(source)

    def _verbs(self, event: Event) -> Iterator[PerformedVerb]:
        """The last verb that the leg of *event* had begun, and that of the call's own leg."""
        self._last[event.leg] = next(self._places[event.leg])
        for leg in dict.fromkeys([self._legs[event.leg], self._leg]):
            begun = bisect_right(leg.performed, self._last[leg.sid], key=_count_events)
            if begun:
                yield leg.performed[begun - 1]


def _count_events(verb: PerformedVerb) -> int:
    return verb.events
