"""Exercises of voice agents: an agent made of a function, and a caller who interrupts one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..simulation import Simulator
from ._answer import Answer, Missing
from ._exercise import Exercise, Goal
from ._goals import failure, find_speech
from ._sandbox import CALLED, CALLER, START

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..api import Call

_AGENT = "wss://agent.example.com/ws"
_GREETING = "Hello, this is the bakery."
_FUNCTION = "An agent is a function that returns what it says: `def counter(prompt): return …`"
_END = 'It gives `{"type": "end", "handoffData": "…"}`; `yield` is used where a function says several things.'
_SCRIPT = "The script of a phone is a text: `hasty = \"hear '…'; say '…'\"`."
_HOURS = (
    "We are open from nine to five. On holidays we are closed. In summer we close at three. "
    "Is there anything else that I can do for you?"
)
_STOPPED = "`hear 'We are open'` is satisfied in the middle of a sentence; what comes next is said over the agent."


def _talk(agent: Callable[[str], Any], phone: str) -> Call:
    """A call of somebody who follows the script *phone* and talks with *agent*."""
    world = Simulator()
    world.agent(_AGENT)(agent)
    relay = f'<ConversationRelay url="{_AGENT}" welcomeGreeting="{_GREETING}"/>'
    world.host(f"<Response><Connect>{relay}</Connect></Response>", at=START)
    world.numbers[CALLED].voice_url = START
    return world.receive(CALLER, CALLED, phone=phone).wait()


def _ask(answer: Answer, question: str) -> Call:
    agent = answer.callable("counter", "a function", hint=_FUNCTION)
    call = _talk(agent, f"hear 'bakery'; say '{question}'; wait 20; hang up")
    if failed := failure(call):
        raise failed
    return call


def _says_nine(answer: Answer) -> None:
    said = find_speech(_ask(answer, "When do you open?"))[1:]
    if not any("nine" in each.lower() for each in said):
        raise Missing(f"It says {', '.join(said) or 'nothing'}.", hint="Say “nine”.")
    if _ends_at(answer, "When do you open?"):
        raise Missing("It ends the session.", hint="Only who asks for a person is handed over.")


def _hands_over(answer: Answer) -> None:
    if not _ends_at(answer, "A person, please"):
        raise Missing("The session goes on.", hint=_END)


def _ends_at(answer: Answer, question: str) -> bool:
    return _ask(answer, question).sessions[0].status == "ended"


def _call_hastily(answer: Answer) -> Call:
    """A call of `hasty` to an agent that says everything that it knows."""
    script = answer.of_kind("hasty", str, "a text", hint=_SCRIPT)
    answers = iter((_HOURS, "On Sundays we bake."))
    return _talk(lambda _: next(answers, "Goodbye."), script)


def _interrupts(answer: Answer) -> None:
    sent = _call_hastily(answer).sessions[0].messages("sent")
    told = [each for each in sent if each["type"] == "interrupt"]
    if not any("open" in each["utteranceUntilInterrupt"] for each in told):
        raise Missing("The agent is not interrupted in its first sentence.", hint=_STOPPED)


def _asks_for_sundays(answer: Answer) -> None:
    said = find_speech(_call_hastily(answer))
    if any("holidays" in each for each in said):
        raise Missing("The agent speaks of holidays.", hint=_STOPPED)
    if not any("Sundays" in each for each in said):
        raise Missing("The agent never says “On Sundays we bake”.", hint="Wait to `hear` it.")


EXERCISES = (
    Exercise(
        "behind-the-counter",
        "Behind the counter",
        "Write an agent called `counter`: a function that takes what the caller said. Whoever asks when you open "
        "hears “nine”. Whoever asks for a person is handed over: the session ends.",
        (
            Goal("who asks “When do you open?” hears “nine”", _says_nine),
            Goal("who says “A person, please” is handed over", _hands_over),
        ),
    ),
    Exercise(
        "in-a-hurry",
        "In a hurry",
        "An agent tells everything that it knows of its opening hours, and begins with “We are open”. Write the script "
        "of a caller, a text called `hasty`. It says something first, interrupts the agent in its first sentence to "
        "ask about Sundays, and waits to hear “Sundays”.",
        (
            Goal("the agent is interrupted in its first sentence", _interrupts),
            Goal("the caller hears of Sundays, and not of holidays", _asks_for_sundays),
        ),
    ),
)
