"""The goals that many exercises share."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from ._answer import Answer, Missing
from ._exercise import Goal

if TYPE_CHECKING:
    from ..api import Call
    from ._sandbox import Trial

_TIMES = ("never", "once", "twice", "three times")
_ACTION = "`action` is the address that Twilio requests after the key."
_ANSWERED = "What the phone does is its script: `answer`, for example."
_EMPTY = "the document is empty"
_RETURN = "What answers Twilio returns its TwiML: `return …`, and not `print`."
#: What to do about an application that answers with one of these statuses.
_ABOUT = {
    400: "Twilio's parameters are in `request.form`, by name.",
    404: "The application has no page at that address.",
    405: "Twilio sends a POST, so a page is `@app.post(…)`.",
}


def document(name: str) -> Goal:
    """There is a document called *name*, and Twilio would run it without a complaint."""
    return Goal(
        f"a document called `{name}` that Twilio accepts", lambda answer: answer.document(name)
    )


def call(name: str, *, status: str, hint: str = "") -> Goal:
    """There is a call called *name*, which ended with *status*; *hint* is for one that ended otherwise."""

    def look(answer: Answer) -> None:
        found = answer.call(name)
        if found.status != status:
            raise Missing(f"The status of `{name}` is {found.status}.", hint=hint or _ANSWERED)

    return Goal(f"a call kept as `{name}`, with the status {status}", look)


def hears(trial: Trial, words: str, *, phone: str = "answer", who: str, times: int = 1) -> Goal:
    """In a call to the answer, Twilio says *words* to whoever follows the script *phone*, *times* times."""

    def look(answer: Answer) -> None:
        made = trial(answer, phone)
        count = sum(words.lower() in said.lower() for said in find_speech(made))
        if count == 0:
            raise failure(made) or _unsaid(made, words)
        if count < times:
            raise Missing(f"Twilio says “{words}” only {_TIMES[count]} in that call.")

    often = f" {_TIMES[times]}" if times > 1 else ""
    return Goal(f"{who} hears “{words}”{often}", look)


def never_hears(trial: Trial, words: str, *, phone: str, who: str) -> Goal:
    """In a call to the answer, Twilio does not say *words*."""

    def look(answer: Answer) -> None:
        if any(words.lower() in said.lower() for said in find_speech(trial(answer, phone))):
            raise Missing(f"Twilio says “{words}” in that call.")

    return Goal(f"{who} does not hear “{words}”", look)


def sends(
    trial: Trial, path: str, *, phone: str, who: str, hint: str = _ACTION, **parameters: str
) -> Goal:
    """In a call to the answer, Twilio requests *path* with *parameters*."""

    def look(answer: Answer) -> None:
        requests = trial(answer, phone).webhooks
        found = [each.parameters for each in requests if each.url.endswith(path)]
        if any(parameters.items() <= sent.items() for sent in found):
            return
        if found:
            sent = ", ".join(f"{name}={found[0].get(name, '')}" for name in parameters)
            raise Missing(f"Twilio requested {path} with {sent} in that call.", hint=hint)
        asked = _join(each.url for each in requests[1:]) or "nothing else"
        raise Missing(f"Twilio requested {asked} in that call, not {path}.", hint=hint)

    with_it = " and ".join(f"{name}={value}" for name, value in parameters.items())
    return Goal(f"{who} leads to {path}" + (f" with {with_it}" if with_it else ""), look)


def find_speech(made: Call) -> list[str]:
    """What Twilio said in a call, one text for each prompt, as far as it was heard."""
    return [str(event.data["words"]) for event in made.timeline if event.kind == "said"]


def failure(made: Call) -> Missing | None:
    """Why a call fails, if it does: what went wrong in the application that it asked."""
    failed = next((event for event in made.timeline if event.kind == "failed"), None)
    if failed is None:
        return None
    status = next((each.status for each in made.webhooks if each.code is not None), None)
    hint = _RETURN if _EMPTY in failed.text else about(status)
    return Missing(f"That call fails: {failed.text}.", hint=hint)


def about(status: int | None) -> str | None:
    """What to do about an application that answers with *status*."""
    return None if status is None else _ABOUT.get(status)


def _unsaid(made: Call, words: str) -> Missing:
    said = _join(f"“{each}”" for each in find_speech(made)) or "nothing"
    return Missing(f"Twilio does not say “{words}” in that call. It says: {said}.")


def _join(texts: Iterable[str]) -> str:
    """*texts*, each repetition as a number: a menu that never ends says the same a hundred times."""
    counted = [(text, sum(1 for _ in group)) for text, group in groupby(texts)]
    return ", ".join(f"{text} ({count} times)" if count > 1 else text for text, count in counted)
