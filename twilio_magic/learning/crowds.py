"""Exercises of many callers: a scenario, and the caller who had bad luck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..api import Call
from ..populations import Population
from ._answer import Answer, Missing
from ._exercise import Exercise, Goal

if TYPE_CHECKING:
    from collections.abc import Callable

_SEEDS = range(40)
_FUNCTION = (
    "`def caller(seed): …` makes `tm.Simulator(seed)` and returns what its `receive(…)` returns."
)


def _scenario(answer: Answer) -> Callable[[int], Call]:
    made = answer.callable("caller", "a function", hint=_FUNCTION)

    def place(seed: int) -> Call:
        call = made(seed)
        if not isinstance(call, Call):
            raise Missing(f"`caller({seed})` returns {call!r}, not a call.", hint=_FUNCTION)
        return call.wait()

    return place


def _gives_a_call(answer: Answer) -> None:
    _scenario(answer)(0)


def _is_repeatable(answer: Answer) -> None:
    place = _scenario(answer)
    for seed in _SEEDS:
        if repr(place(seed).timeline) != repr(place(seed).timeline):
            raise Missing(
                f"`caller({seed})` is another call each time.",
                hint="`chance = random.Random(seed)` chooses the same for the same seed.",
            )


def _differs(answer: Answer) -> None:
    place = _scenario(answer)
    pressed = [any(e.kind == "pressed" for e in place(seed).timeline) for seed in _SEEDS]
    if all(pressed):
        raise Missing("All of 40 callers press a key.", hint='Others do: phone="wait 20".')
    if not any(pressed):
        raise Missing("None of 40 callers presses a key.", hint='Some do: phone="press 1".')


def _crowd(answer: Answer) -> Population:
    hint = "`crowd = tm.simulate(…, callers=200, processes=1)`"
    crowd = answer.of_kind("crowd", Population, "a population", hint=hint)
    if crowd.callers < 200:
        raise Missing(f"`crowd` has {crowd.callers} callers, and not 200.", hint=hint)
    return crowd


def _has_failures(answer: Answer) -> Population:
    crowd = _crowd(answer)
    if crowd.failed in (0, crowd.callers):
        told = "All of them fail." if crowd.failed else "None of them fails."
        raise Missing(told, hint="Let the application fail for one key of several.")
    return crowd


def _is_unlucky(answer: Answer) -> None:
    crowd, again = _has_failures(answer), answer.call("again")
    if repr(again.timeline) != crowd.failures[0].text:
        raise Missing(
            "`again` is another call than that of the first who failed.",
            hint="`crowd.failures[0].seed` is its seed: give it to the scenario.",
        )


EXERCISES = (
    Exercise(
        "two-kinds-of-callers",
        "Two kinds of callers",
        "Write a scenario called `caller`: a function that takes a seed and returns a call. Some of its callers press "
        "a key, others press none, and the same seed is the same caller each time.",
        (
            Goal("`caller(0)` returns a call", _gives_a_call),
            Goal("the same seed is the same caller", _is_repeatable),
            Goal("of 40 callers some press a key, and some do not", _differs),
        ),
    ),
    Exercise(
        "bad-luck",
        "Bad luck",
        "Simulate 200 callers of a scenario, in which some fail, and keep the result in a variable called `crowd`. "
        "Then place the call of the first who failed once more, and keep it in `again`.",
        (
            Goal("the result `crowd` of 200 callers", _crowd),
            Goal("some of them fail, and not all", _has_failures),
            Goal("the call `again` of the first who failed", _is_unlucky),
        ),
    ),
)
