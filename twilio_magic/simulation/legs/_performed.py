"""What a leg has performed: which verbs of which documents, in order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ...twiml import Element
    from ._leg import Leg

#: Where an element stands in its document: its number among the children of the root, and so on down to it.
Place = tuple[int, ...]


class PerformedVerb(NamedTuple):
    """From *at* on the element at *place* of the document *source* is performed; without a place none is any more.

    *at* is a moment of the clock, and *events* how many events the leg had by then.
    """

    at: float
    events: int
    source: str
    place: Place | None


class PerformedVerbs(list[PerformedVerb]):
    """The verbs that *leg* performed, in order; behind a verb that stands inside another, the outer one comes again."""

    def __init__(self, leg: Leg) -> None:
        super().__init__()
        self._leg = leg
        self._around: tuple[str, Place | None] = ("", None)
        self._sources: dict[str, str] = {}  # a document that comes again is kept once

    @contextmanager
    def add(self, element: Element, source: str) -> Iterator[None]:
        """Note that *element* of the document *source* is performed while the block runs."""
        around = self._around
        self._note(self._sources.setdefault(source, source), _place_of(element))
        try:
            yield
        finally:
            self._note(*around)

    def _note(self, source: str, place: Place | None) -> None:
        self._around = source, place
        self.append(PerformedVerb(self._leg.clock.now, len(self._leg.timeline), source, place))


def _place_of(element: Element) -> Place:
    place: list[int] = []
    while element.parent is not None:
        siblings = element.parent.children
        place.append(next(n for n, each in enumerate(siblings) if each is element))
        element = element.parent
    return tuple(reversed(place))
