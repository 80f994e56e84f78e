"""The goals that many exercises share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._answer import Answer, Missing
from ._exercise import Goal

if TYPE_CHECKING:
    from ..api import Call
    from ._trial import Trial

_TIMES = ("never", "once", "twice", "three times")


def document(name: str) -> Goal:
    """There is a document called *name*, and Twilio would run it without a complaint."""
    return Goal(
        f"a document called `{name}` that Twilio accepts", lambda answer: answer.document(name)
    )


def call(name: str, *, status: str) -> Goal:
    """There is a call called *name*, which ended with *status*."""

    def look(answer: Answer) -> None:
        found = answer.call(name)
        if found.status != status:
            raise Missing(f"The status of `{name}` is {found.status}.")

    return Goal(f"a call kept as `{name}`, with the status {status}", look)


def hears(trial: Trial, words: str, *, phone: str = "answer", who: str, times: int = 1) -> Goal:
    """In a call to the answer, Twilio says *words* to whoever follows the script *phone*, *times* times."""

    def look(answer: Answer) -> None:
        made = trial(answer, phone)
        count = sum(words.lower() in said.lower() for said in spoken(made))
        if count == 0:
            raise _unsaid(made, words)
        if count < times:
            raise Missing(f"Twilio says “{words}” only {_TIMES[count]} in that call.")

    often = f" {_TIMES[times]}" if times > 1 else ""
    return Goal(f"{who} hears “{words}”{often}", look)


def never_hears(trial: Trial, words: str, *, phone: str, who: str) -> Goal:
    """In a call to the answer, Twilio does not say *words*."""

    def look(answer: Answer) -> None:
        if any(words.lower() in said.lower() for said in spoken(trial(answer, phone))):
            raise Missing(f"Twilio says “{words}” in that call.")

    return Goal(f"{who} does not hear “{words}”", look)


def sends(trial: Trial, path: str, *, phone: str, who: str, **parameters: str) -> Goal:
    """In a call to the answer, Twilio requests *path* with *parameters*."""

    def look(answer: Answer) -> None:
        made = trial(answer, phone)
        for request in made.webhooks:
            if request.url.endswith(path) and parameters.items() <= request.parameters.items():
                return
        asked = ", ".join(request.url for request in made.webhooks[1:]) or "nothing else"
        raise Missing(f"Twilio requested {asked} in that call.")

    with_it = " and ".join(f"{name}={value}" for name, value in parameters.items())
    return Goal(f"{who} leads to {path}" + (f" with {with_it}" if with_it else ""), look)


def spoken(made: Call) -> list[str]:
    """What Twilio said in a call, one text for each prompt, as far as it was heard."""
    return [str(event.data["words"]) for event in made.timeline if event.kind == "said"]


def _unsaid(made: Call, words: str) -> Missing:
    broken = next((event.text for event in made.timeline if event.kind == "failed"), "")
    if broken:
        return Missing(f"That call fails: {broken}.")
    said = " ".join(f"“{each}”" for each in spoken(made)) or "nothing"
    return Missing(f"Twilio does not say “{words}” in that call. It says: {said}.")
