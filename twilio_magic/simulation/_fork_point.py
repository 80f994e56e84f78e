"""The point of a call at which a fork takes another way: before an event, or at a moment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

from ..display import visible_line
from ..errors import SimulatorError
from ..moment import is_moment
from ..records import dataclass
from ..suggestions import did_you_mean, nearest
from ..timeline import clock
from .legs._story import family

if TYPE_CHECKING:
    from ..timeline import Event, Kind
    from .clock._journal import Input
    from .legs._leg import Leg

#: What a fork may be put before, with the kind of its events. The last two are what people do.
NOUNS: Mapping[str, Kind] = {
    "gather": "gathering",
    "say": "said",
    "play": "played",
    "pause": "paused",
    "record": "recording",
    "dial": "dialed",
    "redirect": "redirected",
    "connect": "connected",
    "press": "pressed",
    "speech": "spoke",
}
_ACTS = ("pressed", "spoke")
_WEBHOOK = "webhook"
_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Point:
    """A point: before the event with this *number*, or *at* this moment of the world.

    Everything asked before the question at the place *questions* is the past. An act of a person is stopped *before*
    the step of the clock that it happens in.
    """

    questions: int
    number: int | None = None
    at: float | None = None
    before: int | None = None

    def has_passed(self, given: Input) -> bool:
        """Whether what was *given* from outside belongs to the past."""
        if self.at is not None:
            return given.at <= self.at
        if self.number is None:
            return True
        return (given.ended if self.before is not None else given.number) < self.number


def find_moment(leg: Leg, at: float) -> Point:
    """The point *at* seconds after the call was created; raises :class:`SimulatorError` if it has none there."""
    now = leg.clock.now if leg.progress.ended is None else leg.progress.ended
    check_moment(at, now - leg.created, is_over=leg.is_over)
    moment = round(leg.created + at, 3)
    asked = leg.past.questions
    return Point(sum(each.at <= moment for each in asked), at=moment)


def check_moment(at: float, lasted: float, *, is_over: bool) -> None:
    """Raise :class:`SimulatorError` for a moment before or behind a call that has *lasted* so long."""
    if not is_moment(at, lasted):
        so_far = "" if is_over else " so far"
        raise SimulatorError(
            visible_line(f"This call has no moment {at!r}: it lasted {lasted:g} s{so_far}."),
            hint=f"Give seconds since it was created, from 0 to {lasted:g}.",
        )


def find_event(leg: Leg, before: str) -> Point:
    """The point *before* what this names, such as ``gather 2``; raises :class:`SimulatorError` if there is none."""
    read = re.fullmatch(r"\s*([a-z]+)\s*([0-9]{0,9})\s*", before.lower())
    noun, place = (read[1], int(read[2] or 1)) if read else (before, 0)
    if noun == _WEBHOOK:
        return _before_webhook(leg, before, place)
    if noun not in NOUNS:
        names = (*NOUNS, _WEBHOOK)
        hint = f"{did_you_mean(nearest(noun, names))} There are: {', '.join(names)}.".strip()
        raise SimulatorError(visible_line(f"Nothing of a call is called {before!r}."), hint=hint)
    found = [each for each in _events(leg) if each[1].kind == NOUNS[noun]]
    if not 1 <= place <= len(found):
        raise _not_there(noun, before, [(event.at, event.text) for _, event, _ in found])
    number, event, mark = found[place - 1]
    asked = sum(each.number < number for each in leg.past.questions)
    is_act = event.kind in _ACTS
    return Point(asked, number, before=mark // 2 if is_act else None)


def _before_webhook(leg: Leg, before: str, place: int) -> Point:
    asked = sorted(
        (asked, exchange.at + each.created - leg.created, str(exchange.url))
        for each in family(leg)
        for asked, exchange in zip(each.webhooks.asked, each.exchanges, strict=True)
    )
    if not 1 <= place <= len(asked):
        raise _not_there(_WEBHOOK, before, [(at, url) for _, at, url in asked])
    return Point(asked[place - 1][0])


def _events(leg: Leg) -> list[tuple[int, Event, int]]:
    """The events of the call, with their numbers in the world, and where in the steps of the clock they came."""
    found = [
        made
        for each in family(leg)
        for made in zip(each.order, each.timeline, each.marks, strict=True)
    ]
    return sorted(found, key=itemgetter(0))


def _not_there(noun: str, before: str, there: Sequence[tuple[float, str]]) -> SimulatorError:
    named = ", ".join(_name(noun, there)) or f"no {noun} at all"
    return SimulatorError(
        visible_line(f"This call has no {before.strip()!r}."), hint=f"There is: {named}."
    )


def _name(noun: str, there: Sequence[tuple[float, str]]) -> Iterator[str]:
    for place, (at, text) in enumerate(there[:_MOST_NAMED], 1):
        yield visible_line(f"{noun} {place} at {clock(at)} ({text[:60]})")
    if len(there) > _MOST_NAMED:
        yield f"and {len(there) - _MOST_NAMED} more"
