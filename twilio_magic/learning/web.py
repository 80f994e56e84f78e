"""Exercises of webhooks: an application of two pages, and one that only Twilio may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..simulation import Simulator
from ._answer import Answer, Missing
from ._exercise import Exercise, Goal
from ._goals import about, hears
from ._sandbox import HOST, Setting, calling, place

if TYPE_CHECKING:
    from ..timeline import Exchange

_VOICE = f"{HOST}/voice"
_HINT = '`Flask("…")`, with its pages.'


def _mount(name: str, **fault: Any) -> Setting:
    def setting(answer: Answer, world: Simulator) -> str:
        world.mount(HOST, _app(answer, name))
        if fault:
            world.faults.add(f"{HOST}/*", **fault)
        return _VOICE

    return setting


def _app(answer: Answer, name: str) -> Any:
    return answer.callable(name, "a web application", hint=_HINT)


def _there_is(name: str) -> Goal:
    return Goal(f"a web application called `{name}`", lambda answer: _app(answer, name))


def _answers(who: str, wanted: int, **fault: Any) -> Goal:
    """The application answers the request of *who* with the status that is *wanted*."""

    def look(answer: Answer) -> None:
        world = Simulator()
        first = place(world, _mount("guarded", **fault)(answer, world), "answer").webhooks[0]
        if first.status != wanted:
            answered = (first.error or str(first.status)).removeprefix("HTTP ")
            raise Missing(f"It answers {answered}.", hint=_about(wanted, first))

    return Goal(f"{who} gets an answer with the status {wanted}", look)


def _about(wanted: int, first: Exchange) -> str | None:
    if first.status not in (200, 403):
        return about(first.status)
    if wanted == 403:
        return "Compare the signature, and return 403 if it is another."
    return f"Twilio signs {_VOICE} and every parameter, by names in order, with the auth token."


EXERCISES = (
    Exercise(
        "order-line",
        "The order line",
        "Write a Flask application called `order_line`. Its page `/voice` asks for the four digits of an order, and "
        "its page `/order` says “Order”, the digits, and “is on its way”.",
        (
            _there_is("order_line"),
            hears(
                calling(_mount("order_line")),
                "order 4711 is on its way",
                phone="press 4711",
                who="a caller with the order 4711",
            ),
            hears(
                calling(_mount("order_line")),
                "order 0815 is on its way",
                phone="press 0815",
                who="a caller with the order 0815",
            ),
        ),
    ),
    Exercise(
        "only-twilio",
        "Only Twilio may ask",
        "Write a Flask application called `guarded` that answers `/voice` with some TwiML, but only Twilio: who does "
        "not sign with the account's token gets the status 403. The token of the simulated account is "
        "`simulator.credentials.password.reveal()`.",
        (
            _there_is("guarded"),
            _answers("Twilio", 200),
            _answers("whoever does not sign", 403, signature="missing"),
            _answers("whoever signs with another token", 403, signature="wrong-token"),
        ),
    ),
)
