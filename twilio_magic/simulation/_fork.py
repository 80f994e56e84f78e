"""A fork of a call: the same past in a world of its own, and from a point on another way.

The past is replayed: what came from outside comes again, and what applications answered is on a tape. They are not
asked again.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from ..display import visible_line
from ..errors import PastDiffers, SimulatorError
from ._backend import find_leg
from ._doors import take_in
from ._fork_point import Point, find_event, find_moment
from .clock._journal import MOST_GONE, Tape
from .legs._story import family
from .phones._person import Person
from .phones._phones import as_player

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .clock._journal import Input, Question
    from .legs._leg import Leg
    from .phones._phones import Given
    from .world._world import World


def check_past(leg: Leg) -> None:
    """Raise :class:`SimulatorError` if *leg* has no past that can be replayed."""
    past = leg.past
    if not past.is_whole:
        raise SimulatorError(
            f"The past of this call was forgotten: more than {MOST_GONE} calls came and went without a moment at which"
            " nothing went on.",
            hint="Place the call again when no other goes on.",
        )
    if past.beginning is None:
        raise SimulatorError(
            "This call was loaded from a file, which has no past that can be replayed.",
            hint="Place it again: call.to_dialog() has what everybody did.",
        )


def find_point(leg: Leg, before: str | None, at: float | None) -> Point:
    """Where *leg* forks; raises :class:`SimulatorError` for none, or two."""
    if (before is None) == (at is None):
        raise SimulatorError(
            "A fork has one point.", hint='Give before="gather 2", or at=12.5 in seconds.'
        )
    return find_event(leg, before) if before is not None else find_moment(leg, at or 0.0)


def replay(leg: Leg, point: Point, world: World) -> Leg:
    """Let the past of *leg* happen again in *world*, up to *point*; returns the leg there.

    The world is new, and its clock stands where that of the past began.

    Raises :class:`PastDiffers`.
    """
    questions = leg.past.questions[: point.questions]
    _refuse_interrupted(questions)
    leg.past.beginning.apply(world, next(iter(leg.world.accounts.values())))
    leg.world.web.mounts.mount_again(world.web)
    people: WeakKeyDictionary[Person, Person] = WeakKeyDictionary()
    world.phones.stand_in = lambda person: people.setdefault(person, Person())
    journal = world.journal
    journal.tape = Tape(questions)
    journal.perform = lambda given: given.perform(world)
    past = [each for each in leg.past.inputs if point.has_passed(each)]
    world.clock.is_replaying = True
    try:
        _Replay(world, point).run(past)
    finally:
        world.clock.is_replaying = False
        journal.tape.is_over = True
    again = _find(world, leg.sid)
    asked_anew = next((each.number for each in journal.past.questions[len(questions) :]), inf)
    last = asked_anew if point.number is None else min(asked_anew, point.number)
    _compare(leg, again, last, journal.tape.difference)
    for socket in journal.past.sockets:
        if socket is not None:
            socket.go_live()
    return again


def give_phone(leg: Leg, phone: Given) -> None:
    """Let *phone* be at the far end of *leg* from now on."""
    player, sid = as_player(phone), leg.sid
    take_in(leg.world, lambda world: _find(world, sid).phone.take_over(player))


class _Replay:
    """Moves *world* to *point*, giving it on the way what it was given."""

    def __init__(self, world: World, point: Point) -> None:
        self._world, self._clock, self._point = world, world.clock, point

    def run(self, past: Sequence[Input]) -> None:
        for given in past:
            self._reach(given.steps)
            if self._is_there():
                return
            if self._clock.now < given.at:
                self._clock.run(given.at)
            given.perform(self._world)
        self._finish()

    def _reach(self, steps: int) -> None:
        self._clock.step_while(lambda: self._clock.steps < steps and not self._is_there())

    def _finish(self) -> None:
        at = self._point.at
        if at is None:
            self._clock.step_while(lambda: not self._is_there())
            return
        # the sum of many waits is a hair off the moment that people read
        self._clock.step_while(lambda: round(self._clock.next_at, 3) <= at and not self._is_there())
        if self._clock.now < at and not self._is_there():
            self._clock.run(at)

    def _is_there(self) -> bool:
        journal, point = self._world.journal, self._point
        if journal.tape.difference is not None:
            return True
        if point.at is not None:
            return False
        if point.before is not None:
            return self._clock.steps >= point.before
        if point.number is not None:
            return journal.happened >= point.number
        return len(journal.past.questions) > point.questions


def _refuse_interrupted(questions: Sequence[Question]) -> None:
    for question in questions:
        error = getattr(question.answer, "error", None)
        if error is not None and not isinstance(error, Exception):
            raise SimulatorError(
                "The past of this call cannot be replayed: a webhook was interrupted in it.",
                hint="Place the call again, and let the webhook answer.",
            )


def _find(world: World, sid: str) -> Leg:
    leg = find_leg(world, sid)
    if leg is not None:
        return leg
    difference = world.journal.tape.difference
    if difference is not None:
        raise _differ(difference)
    raise PastDiffers(
        "The past of this call cannot be replayed: the call does not come about again.",
        hint="Something outside the simulated world had a part in it.",
    )


def _compare(leg: Leg, again: Leg, last: float, difference: Any) -> None:
    """Raise :class:`PastDiffers` unless both legs, with those that they made, are the same up to the event *last*."""
    if difference is not None:
        raise _differ(difference)
    for before, after in zip(family(leg), family(again), strict=False):
        for place, (was, event) in enumerate(zip(before.timeline, after.timeline, strict=False)):
            if after.order[place] > last:
                break
            is_final = place not in before.changed | after.changed
            if (was.at, was.kind) != (event.at, event.kind) or (is_final and was != event):
                raise PastDiffers(
                    visible_line(f"The past of this call is not the same: “{event}” now."),
                    excerpt=[f"then: {was}", f"now:  {event}"],
                    hint="Something outside the simulated world had a part in it.",
                )


def _differ(difference: tuple[tuple[Any, ...] | None, tuple[Any, ...]]) -> PastDiffers:
    then, now = difference
    return PastDiffers(
        "The past of this call is not the same: another request is made now than then.",
        excerpt=["then:", *_show(then), "now:", *_show(now)],
        hint="A phone's function, or something else outside the simulated world, did another thing this time.",
    )


def _show(asked: tuple[Any, ...] | None) -> list[str]:
    return [visible_line(f"  {part}") for part in asked or ("nothing",)]
