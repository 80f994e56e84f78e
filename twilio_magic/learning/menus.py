"""Exercises of Gather and menus: who says nothing is asked again, and who mumbles is asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._exercise import Exercise, Goal
from ._goals import document, hears, never_hears, sends
from ._sandbox import HOST, START, calling, of_document

if TYPE_CHECKING:
    from ..simulation import Simulator
    from ._answer import Answer

_SECOND = of_document("second_chance", chosen="<Say>Thank you.</Say>")
_AGAIN = 'hear "press 1"; hear "press 1"; press 1'
_MENU = (
    '<Response><Gather input="speech" speechTimeout="1" action="/understood">'
    "<Say>Which dish would you like?</Say></Gather></Response>"
)
_HINT = "`def dish(request): …`, which returns TwiML."


def _function(answer: Answer) -> object:
    return answer.callable("dish", "a function", hint=_HINT)


def _asking(answer: Answer, world: Simulator) -> str:
    world.webhook(START)(lambda: _MENU)
    world.webhook(f"{HOST}/understood")(answer.callable("dish", "a function", hint=_HINT))
    return START


_ORDER = calling(_asking)
_CLEAR = 'hear "like"; say "fish and chips" confidence 0.9; wait 5; hang up'
_MUMBLED = 'hear "like"; say "fishing trips" confidence 0.2; wait 9; hang up'

EXERCISES = (
    Exercise(
        "second-chance",
        "A second chance",
        "Write a document called `second_chance`. It asks for a key: “Press 1 for a table.” Whoever presses nothing is "
        "asked once more with the same words, and then hears “Goodbye”. A key leads to `/chosen`, each time.",
        (
            document("second_chance"),
            sends(_SECOND, "/chosen", phone="press 1", who="the key 1", Digits="1"),
            hears(_SECOND, "press 1", times=2, who="a caller who presses nothing"),
            hears(_SECOND, "goodbye", who="a caller who presses nothing"),
            sends(_SECOND, "/chosen", phone=_AGAIN, who="the key 1, the second time,", Digits="1"),
        ),
    ),
    Exercise(
        "not-sure",
        "Not sure",
        "A menu asks “Which dish would you like?”, and sends what it understood to your function "
        "`dish(request)`. If the `Confidence` is 0.5 or more, say what was understood (`SpeechResult`). "
        "If not, go back to the menu, "
        "which is at `/start`.",
        (
            Goal("a function called `dish`", _function),
            hears(_ORDER, "fish and chips", phone=_CLEAR, who="a caller who speaks clearly"),
            hears(_ORDER, "which dish", phone=_MUMBLED, times=2, who="a caller who mumbles"),
            never_hears(_ORDER, "fishing trips", phone=_MUMBLED, who="a caller who mumbles"),
        ),
    ),
)
