"""The course of a call: how it began, and what it performed, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...records import dataclass
from ...twiml import parse
from . import _story
from ._to_dialog import describe_start

if TYPE_CHECKING:
    from ...timeline import Event, Exchange
    from ...twiml import Document, Element
    from ._leg import Leg
    from ._performed import PerformedVerb


@dataclass(frozen=True, slots=True)
class CourseStep:
    """One step of a call: an *event* of its own leg, or the *element* of the document *source* that it performs.

    Without either, the call is between two verbs.
    """

    at: float
    event: Event | None = None
    element: Element | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class CallCourse:
    """What a call went through: the *steps* of its own leg, in order, and the *events* of all its legs.

    *start* is the beginning of a dialog that places it again; *far_end* is who calls, or is called.
    """

    start: str
    far_end: str
    is_over: bool
    steps: Sequence[CourseStep]
    events: Sequence[Event]
    exchanges: Sequence[Exchange]


def course_of(leg: Leg) -> CallCourse:
    """The course of a call whose own leg is *leg*."""
    return CallCourse(
        describe_start(leg),
        leg.far_end,
        leg.is_over,
        list(_steps(leg)),
        list(_story.timeline_of(leg)),
        list(_story.exchanges_of(leg)),
    )


def _steps(leg: Leg) -> Iterator[CourseStep]:
    told = 0
    documents: dict[str, Document] = {}
    for verb in leg.performed:
        yield from (CourseStep(each.at, each) for each in leg.timeline[told : verb.events])
        told = max(told, verb.events)
        at = round(verb.at - leg.created, 3)
        if verb.place is None:
            yield CourseStep(at)
        else:
            yield CourseStep(at, None, element_of(verb, documents), verb.source)
    yield from (CourseStep(each.at, each) for each in leg.timeline[told:])


def element_of(verb: PerformedVerb, documents: dict[str, Document]) -> Element:
    """The element that *verb* performs; *documents* keeps what was parsed."""
    if verb.source not in documents:
        documents[verb.source] = parse(verb.source)
    element = documents[verb.source].root
    for number in verb.place or ():
        element = element.children[number]
    return element
