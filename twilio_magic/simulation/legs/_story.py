"""The story of a call: the events of its own leg and of the legs that it made, in one order.

Moments are seconds after the call was created. A ladder may show several calls: those that met in a conference, or
through a queue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import wraps
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, TypeVar

from ...ladder import LegRecord, build_ladder
from ...sessions import WebSocketSessions
from ...timeline import Exchange, Exchanges, Line, Timeline, Transcript

if TYPE_CHECKING:
    from ...ladder import Ladder
    from ..world._world import World
    from ._leg import Leg

T = TypeVar("T")


def family(leg: Leg) -> list[Leg]:
    """*leg* and the legs that it made, and those that they made, in the order in which they began."""
    return [leg, *(descendant for child in leg.children for descendant in family(child))]


def between_steps(read: Callable[[Leg], T]) -> Callable[[Leg], T]:
    """*read*, between two steps of the clock: within one, half of what belongs together may be missing."""

    @wraps(read)
    def read_still(leg: Leg) -> T:
        with leg.world.lock:
            return read(leg)

    return read_still


@between_steps
def timeline_of(leg: Leg) -> Timeline:
    """The events of the call. Words that one of its parties said to another stand there once."""
    names = leg.world.phones.names
    if not leg.children:
        leg.timeline.names = dict(names)
        return leg.timeline
    legs = family(leg)
    parties = {each.sid: each.far_end for each in legs}
    events = [
        (place, replace(event, at=time_after(leg, each, event.at)))
        for each in legs
        for place, event in zip(each.order, each.timeline, strict=True)
        if event.data.get("from_leg") not in parties
    ]
    in_order = (event for _, event in sorted(events, key=itemgetter(0)))
    return Timeline(in_order, parties=parties, names=names)


@between_steps
def transcript_of(leg: Leg) -> Transcript:
    """The words and keys that were heard in the call, from its events."""
    names = leg.world.phones.names
    return Transcript(
        Line(event.at, speaker, event.data["words"], names.get(speaker, ""))
        for event in timeline_of(leg)
        if "words" in event.data
        for speaker in [event.data["speaker"]]
    )


@between_steps
def exchanges_of(leg: Leg) -> Exchanges:
    """The requests that the call made."""
    if not leg.children:
        return Exchanges(_tell(each, each.at) for each in leg.exchanges)
    made = sorted(_exchanges(leg), key=lambda placed: (placed[1].at, placed[0]))
    return Exchanges(exchange for _, exchange in made)


@between_steps
def sessions_of(leg: Leg) -> WebSocketSessions:
    """The WebSocket sessions of the call, in the order in which they began."""
    return WebSocketSessions(session for each in family(leg) for session in each.sessions)


def ladder_of(world: World, calls: Iterable[Leg]) -> Ladder:
    """The sequence diagram of *calls*, with their families, on the clock of the earliest; each leg is drawn once."""
    with world.lock:
        return _draw(calls)


def _draw(calls: Iterable[Leg]) -> Ladder:
    legs = dict.fromkeys(leg for call in calls for leg in family(call))
    earliest = min(legs, key=attrgetter("created"), default=None)
    return build_ladder(
        [
            LegRecord(
                sid=each.sid,
                far_end=each.far_end,
                near_end=each.near_end,
                direction=each.direction,
                events=each.timeline,
                order=each.order,
                exchanges=each.exchanges,
                sessions=each.sessions,
                start=time_after(earliest or each, each, 0.0),
                parent=each.parent.sid if each.parent else None,
                names=dict(each.world.phones.names),
            )
            for each in legs
        ]
    )


def _exchanges(leg: Leg) -> Iterator[tuple[int, Exchange]]:
    """Each exchange, with its number among all that happened in the world."""
    for each in family(leg):
        for place, made in zip(each.webhooks.order, each.exchanges, strict=True):
            yield place, _tell(made, time_after(leg, each, made.at))


def _tell(made: Exchange, at: float) -> Exchange:
    """What was *made*, *at* this moment, as people have it: with its parameters in a dictionary of its own."""
    return replace(made, at=at, parameters=dict(made.parameters))


def time_after(leg: Leg, other: Leg, at: float) -> float:
    """The moment *at* of another leg, on the clock of *leg*."""
    return round(other.created - leg.created + at, 3)
