"""Exercises of maps and forks: a menu without a dead end, and a caller who takes another key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..maps import Map, explore
from ._answer import Answer, Missing
from ._exercise import Exercise, Goal

if TYPE_CHECKING:
    from ..api import Call

_FUNCTION = 'A function will do: `def hotline(request): …`; `request.get("Digits")` is the key.'


def _hotline(answer: Answer) -> Any:
    return answer.callable("hotline", "a function or a web application", hint=_FUNCTION)


def _explore(answer: Answer) -> Map:
    return explore(_hotline(answer), url="/", depth=4, calls=60)


def _has_two_keys(answer: Answer) -> None:
    keys = {edge.move.text for edge in _explore(answer).edges if edge.move.kind == "press"}
    if not {"1", "2"} <= keys:
        raise Missing(
            "No menu takes the keys 1 and 2.", hint="Name both in the prompt of a Gather."
        )


def _has_no_problem(answer: Answer) -> None:
    _has_two_keys(answer)
    problems = [each for each in _explore(answer).problems if each.level != "advice"]
    if problems:
        raise Missing(
            f"The map says: {problems[0]}.", hint="tm.explore(hotline, url='/') shows it."
        )


def _keys(call: Call) -> list[str]:
    return [event.text for event in call.timeline if event.kind == "pressed"]


def _first(answer: Answer) -> Call:
    call = answer.call("first")
    if _keys(call)[:1] != ["1"]:
        raise Missing(
            "In `first` nobody presses 1 first.", hint='phone="press 1", where a menu is heard.'
        )
    return call


def _is_fork(answer: Answer) -> None:
    first, other = _first(answer), answer.call("other")
    if other.sid != first.sid or other is first:
        raise Missing("`other` is a call of its own.", hint='first.fork(before="gather 1", …)')
    if _keys(other)[:1] != ["2"]:
        raise Missing("In `other` nobody presses 2.", hint='phone="press 2"')


EXERCISES = (
    Exercise(
        "no-dead-end",
        "No dead end",
        "Write a function, or a web application, called `hotline`. It answers a call with a menu that takes 1 and 2, "
        "and says something for each. Whatever a caller does, its map has no error and no warning; advice may stand.",
        (
            Goal("something called `hotline` that can answer", _hotline),
            Goal("a menu takes the keys 1 and 2", _has_two_keys),
            Goal("its map has no error and no warning", _has_no_problem),
        ),
    ),
    Exercise(
        "the-other-key",
        "The other key",
        "Let somebody call a menu and press 1, and keep the call in a variable called `first`. Then go back to the "
        "Gather of this very call, let them press 2 instead, and keep that call in `other`.",
        (
            Goal("a call `first` in which 1 is pressed", _first),
            Goal("its fork `other`, in which 2 is pressed", _is_fork),
        ),
    ),
)
