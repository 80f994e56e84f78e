"""Exercises of trouble: a call that its fallback saves, and an error code to be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..simulation import Simulator
from ._answer import Answer, Missing
from ._exercise import Exercise, Goal
from ._goals import call
from ._sandbox import HOST, place

if TYPE_CHECKING:
    from ..api import Call

_JSON = "application/json"


def _first_fails(answer: Answer) -> None:
    first = next((each for each in answer.call("rescued").webhooks), None)
    if first is None:
        raise Missing("That call asked no application.", hint="Place it with `--url`.")
    if first.code is None:
        raise Missing(f"{first.url} answered well.", hint="`%twilio fault` lets it fail.")


def _fallback_answers(answer: Answer) -> None:
    asked = [each for each in answer.call("rescued").webhooks if each.purpose == "fallback"]
    if not asked:
        raise Missing("No fallback was asked.", hint="Its option is `--fallback-url`.")
    if asked[0].code is not None:
        raise Missing(f"The fallback failed too: {asked[0].error}.")


def _code_is_found(answer: Answer) -> None:
    code = answer.value("code", hint="`code = 12345`, for example.")
    logged = next(iter(_with_json().notifications)).error_code
    if str(code) != str(logged):
        raise Missing(f"{code} is not what Twilio logs.", hint="See `call.notifications`.")


def _with_json() -> Call:
    """The call of the task: an application that answers with JSON."""
    world = Simulator()
    world.webhook(f"{HOST}/menu")(lambda: "<Response/>")
    world.faults.add(f"{HOST}/menu", content_type=_JSON)
    return place(world, f"{HOST}/menu", "answer")


EXERCISES = (
    Exercise(
        "plan-b",
        "Plan B",
        "Place a call whose application fails, in any way you like, and let a fallback answer in its place. Keep the "
        "call as `rescued`.",
        (
            call("rescued", status="completed"),
            Goal("its application fails", _first_fails),
            Goal("its fallback answers", _fallback_answers),
        ),
    ),
    Exercise(
        "which-code",
        "Which code?",
        f"An application answers with JSON (`content_type={_JSON}`) where Twilio expects TwiML. Try it, and keep the "
        "error code that Twilio logs as `code`.",
        (Goal("Twilio's error code in `code`", _code_is_found),),
    ),
)
