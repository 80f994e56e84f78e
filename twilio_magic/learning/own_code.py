"""Exercises of an application of one's own: a text message from its own client, and a script that is a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..simulation import Simulator, mock_twilio
from ._answer import Answer, Missing
from ._exercise import Exercise, Goal
from ._goals import failure, find_speech
from ._sandbox import CALLED, CALLER, START, publish

if TYPE_CHECKING:
    from ..api import Call

_FUNCTION = "A function will do: `def directions(request): …`"
_SCRIPT = "The script of a phone is a text: `strict = \"hear '…'; press 2\"`."
_ASKED = {
    "start": "<Gather numDigits='1' action='/key'>"
    "<Say>For nine o'clock, press 1. For half past two, press 2.</Say></Gather>"
}


def _call_in(world: Simulator, phone: str) -> Call:
    """Somebody calls what answers in *world*."""
    world.numbers[CALLED].voice_url = START
    return world.receive(CALLER, CALLED, phone=phone).wait()


def _directions(answer: Answer) -> Any:
    return answer.callable("directions", "a function or a web application", hint=_FUNCTION)


def _ask(answer: Answer) -> tuple[Call, Simulator]:
    """A call to `directions`, and the world in which its own client sends its messages."""
    world = Simulator()
    with mock_twilio(world):
        world.mount(START, _directions(answer))
        call = _call_in(world, "wait 60")
        world.run()
    if failed := failure(call):
        raise failed
    return call, world


def _says_where(answer: Answer) -> None:
    said = find_speech(_ask(answer)[0])
    if not any("text message" in each.lower() for each in said):
        raise Missing(f"It says {', '.join(said) or 'nothing'}.", hint="Say “text message”.")


def _sends_map(answer: Answer) -> None:
    messages = [each for each in _ask(answer)[1].messages if each.to == CALLER]
    if not messages:
        raise Missing(
            "The caller gets no text message.",
            hint='`twilio.rest.Client().messages.create(…)`, to `request["From"]`, from `request["To"]`.',
        )
    if not any("map" in each.body.lower() for each in messages):
        raise Missing(f"The message says “{messages[0].body}”.", hint="Write “map” in it.")


def _try(answer: Answer, confirmation: str) -> str:
    """What keeps `strict` from coming true where the doctor answers with *confirmation*; empty if it does."""
    script = answer.of_kind("strict", str, "a text", hint=_SCRIPT)
    world = Simulator()
    publish(world, {**_ASKED, "key": confirmation})
    _call_in(world, script)
    return " ".join(each.message for each in world.unmet_scripts()[:1])


def _comes_true(answer: Answer) -> None:
    if unmet := _try(answer, "<Say>You are expected at half past two.</Say>"):
        raise Missing(unmet, hint="The doctor says: “You are expected at half past two.”")


def _fails(confirmation: str) -> Any:
    def look(answer: Answer) -> None:
        _comes_true(answer)
        if not _try(answer, confirmation):
            raise Missing("It comes true all the same.", hint="`hear '…'` waits for words.")

    return look


EXERCISES = (
    Exercise(
        "the-way-by-text",
        "The way by text message",
        "Write a function, or a web application, called `directions`. It answers a call, and says that the way comes "
        "by text message. It sends the caller one with the word “map” in it, with `twilio.rest.Client()`, as for "
        "real.",
        (
            Goal("something called `directions` that can answer", _directions),
            Goal("a caller hears “text message”", _says_where),
            Goal("the caller gets a text message with “map” in it", _sends_map),
        ),
    ),
    Exercise(
        "a-strict-caller",
        "A strict caller",
        "The doctor asks for a key: “For half past two, press 2”, and then confirms the time. Write the script of "
        "a caller, a text called `strict`. It presses 2, and comes true only if the doctor then confirms “half past "
        "two”.",
        (
            Goal("`strict` comes true where the doctor confirms half past two", _comes_true),
            Goal(
                "it fails where the doctor confirms nine o'clock",
                _fails("<Say>You are expected at nine o'clock.</Say>"),
            ),
            Goal("it fails where the doctor confirms nothing", _fails("<Pause/>")),
        ),
    ),
)
