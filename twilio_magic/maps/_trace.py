"""The trace of a call: where it waits, found from the verbs that it performs and the words that it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf
from typing import TYPE_CHECKING

from ._stop import Stop, kind_of_stop

if TYPE_CHECKING:
    from ..timeline import Event, Exchange
    from ..twiml import Element
    from ._stop import StopKind

LONGEST_WAIT = 300.0  # seconds without a stop, after which no stop is waited for
_MOST_DOCUMENTS = 40  # without a stop: they go round


class Trace:
    """The *stops* of a call so far, and the verbs that it *performed*; *dials* counts those that called somebody.

    The map of an IVR is made of traces of calls that try its ways, and other calls are found on it by theirs.
    """

    def __init__(self) -> None:
        self.stops: list[Stop] = []
        self.performed: dict[tuple[str, tuple[int, int]], Element] = {}
        self.dials = 0
        self.quiet_at = 0.0
        self._now = 0.0
        self._heard: list[str] = []
        self._source, self._last = "", None  # type: tuple[str, Element | None]
        self._documents = 0

    @property
    def goes_round(self) -> bool:
        """Whether so many documents have followed each other without a stop that they go round."""
        return self._documents > _MOST_DOCUMENTS

    def forget_documents(self) -> None:
        """Count the documents without a stop from now on."""
        self._documents = 0

    def hear(self, at: float, text: str, seconds: float) -> None:
        """Twilio says *text*, which takes so many *seconds*."""
        self.quiet_at = at + seconds
        if self.stops and _is_inside(self._last, self.stops[-1].element):
            self.stops[-1].listening += seconds
        else:
            self._heard.append(text)

    def perform(self, at: float, source: str, element: Element | None) -> bool:
        """The verb *element* of the document *source* is performed, or none is; returns whether that is a stop."""
        self._now = at
        if element is None:
            self._documents, self._last = self._documents + 1, None
            return False
        is_back = source == self._source and _is_inside(self._last, element)
        self._source, self._last = source, element
        self.performed.setdefault((source, element.extent), element)
        kind = None if is_back else kind_of_stop(element)
        if kind is None:
            return False
        self.dials += kind == "dial"
        self._add(kind, element)
        return True

    def end(self, at: float, kind: StopKind) -> None:
        """The call is over."""
        self._now = at
        self._add(kind, None)

    def give_up(self) -> None:
        """Nothing is waited for any more: the documents go round, or what is performed takes long."""
        if self.goes_round:
            self._add("loop", None)
        else:
            self._add("waiting", self._last)

    def _add(self, kind: StopKind, element: Element | None) -> None:
        self.stops.append(Stop(kind, self._now, self._source, element, self._heard))
        self._heard, self._documents = [], 0

    def explain(self, exchanges: Iterable[Exchange], events: Iterable[Event]) -> None:
        """Tell of each stop its address, and what Twilio logged on the way to it."""
        answered = [each for each in exchanges if each.reply]
        for stop in self.stops:
            same = (
                each.url for each in answered if each.reply == stop.source and each.at <= stop.at
            )
            stop.url = next(iter([*same][-1:]), "")
        events = list(events)
        self._mark_failed([each.at for each in events if each.kind == "gathering"])
        for event in events:
            if event.kind == "failed":
                self._add_error(event)

    def _mark_failed(self, begun: Sequence[float]) -> None:
        """Make errors of the Gathers that never began, such as one with a file that cannot be had; others *begun*."""
        ends = [*(stop.at for stop in self.stops[1:]), inf]
        for stop, end in zip(self.stops, ends, strict=False):
            if stop.kind == "gather" and not any(stop.at <= at <= end for at in begun):
                stop.kind = "error"

    def _add_error(self, event: Event) -> None:
        if not self.stops:
            return
        later = (stop for stop in self.stops if stop.at >= event.at)
        stop = next(later, self.stops[-1])
        stop.errors.append(event.text)
        if stop.kind == "end":
            stop.kind = "loop" if event.text.startswith("a loop") else "error"


def _is_inside(element: Element | None, outer: Element | None) -> bool:
    """Whether *element* stands inside *outer*, in one document."""
    if element is None or outer is None:
        return False
    (begins, ends), (first, last) = element.extent, outer.extent
    return first < begins and ends <= last
