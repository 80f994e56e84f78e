"""Exercises of Dial: what follows when nobody answers, and a call that is only connected when it is accepted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..simulation import Simulator
from ._answer import Answer, Missing
from ._exercise import Exercise, Goal
from ._goals import document, failure, find_speech
from ._sandbox import HOST, START, place

if TYPE_CHECKING:
    from ..api import Call

_DESK = "+14155550100"
_CALLER = "answer; wait 60; hang up"
_AWAY, _THERE = "no answer", 'ring 2; answer; say "Front desk."; wait 4; hang up'
_NOBODY = "nobody is here"
_AFTER_HINT = "`def after(request): …`, which returns TwiML."
_SCREEN_HINT = "`def screen(request): …`, which returns TwiML."
_SCREENED = f'<Response><Dial><Number url="{HOST}/screen">{_DESK}</Number></Dial></Response>'


def _desk(answer: Answer, script: str) -> Call:
    """A call that runs the document, while the front desk follows *script*."""
    world = Simulator()
    text = answer.document("front_desk").text
    world.webhook(START)(lambda: text)
    world.webhook(f"{HOST}/after")(answer.callable("after", "a function", hint=_AFTER_HINT))
    return _place_call(world, script)


def _screen(answer: Answer, script: str) -> Call:
    """A call whose Dial has the function as its whisper, while Ann follows *script*."""
    world = Simulator()
    world.webhook(START)(lambda: _SCREENED)
    world.webhook(f"{HOST}/screen")(answer.callable("screen", "a function", hint=_SCREEN_HINT))
    return _place_call(world, script)


def _place_call(world: Simulator, script: str) -> Call:
    world.phones[_DESK] = script
    return place(world, START, _CALLER)


def _reaches_the_desk(answer: Answer) -> None:
    heard = [line.text for line in _desk(answer, _THERE).transcript]
    if "Front desk." not in heard:
        raise Missing("The caller does not hear the front desk.", hint=f"`<Dial>` calls {_DESK}.")


def _is_told_of_nobody(answer: Answer) -> None:
    made = _desk(answer, _AWAY)
    said = " ".join(find_speech(made))
    if _NOBODY not in said.lower():
        raise failure(made) or Missing(
            f"The caller is told: “{said}”." if said else "The caller is told nothing.",
            hint="The action of a `<Dial>` is told its `DialCallStatus`.",
        )


def _is_not_told_after_talking(answer: Answer) -> None:
    if _NOBODY in " ".join(find_speech(_desk(answer, _THERE))).lower():
        raise Missing(
            "Who has talked with the desk hears it, too.",
            hint="`DialCallStatus` is `completed` after a conversation.",
        )


def _asks(answer: Answer) -> None:
    made = _screen(answer, "answer; wait 20")
    if not any("press 1" in said.lower() for said in find_speech(made)):
        raise failure(made) or Missing(
            "Ann does not hear “press 1”.", hint="A `<Gather>` may hold a `<Say>`."
        )


def _connects(script: str, *, expected: bool) -> Callable[[Answer], None]:
    """Look whether Ann, who follows *script*, is connected with the caller as *expected*."""

    def look(answer: Answer) -> None:
        made = _screen(answer, script)
        is_connected = any(event.kind == "bridged" for event in made.timeline)
        if is_connected and not expected:
            raise Missing("The two are connected all the same.", hint="`<Hangup/>` declines.")
        if expected and not is_connected:
            raise Missing(
                "The two are not connected.",
                hint="A whisper that ends without a `<Hangup/>` connects them.",
            )

    return look


EXERCISES = (
    Exercise(
        "nobody-is-here",
        "Nobody is here",
        f"Write a document called `front_desk` that connects the caller with {_DESK}, with the action `/after`, and, "
        "in another cell, a function `after(request)` that answers it: a caller whom nobody answered is told “Nobody "
        "is here”, a caller who has talked is not.",
        (
            document("front_desk"),
            Goal(
                "a function called `after`",
                lambda answer: answer.callable("after", "a function", hint=_AFTER_HINT),
            ),
            Goal("a caller talks with the desk when it answers", _reaches_the_desk),
            Goal("a caller whom nobody answers hears “Nobody is here”", _is_told_of_nobody),
            Goal("a caller who has talked does not hear it", _is_not_told_after_talking),
        ),
    ),
    Exercise(
        "only-when-accepted",
        "Only when accepted",
        "Ann wants to be asked before she is connected with a caller. Write a function `screen(request)` for the `url` "
        "of the `<Number>`: it says “Press 1 to accept”, and is asked again, with `Digits`, when she has pressed "
        "a key. Any other key declines, and so does silence.",
        (
            Goal(
                "a function called `screen`",
                lambda answer: answer.callable("screen", "a function", hint=_SCREEN_HINT),
            ),
            Goal("Ann hears “press 1”", _asks),
            Goal("1 connects the two", _connects("answer; press 1; wait 9", expected=True)),
            Goal("2 does not", _connects("answer; press 2; wait 9", expected=False)),
            Goal("nor does silence", _connects("answer; wait 40", expected=False)),
        ),
    ),
)
