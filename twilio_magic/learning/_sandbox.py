"""Trying an answer out: a call to it in a simulated world of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..api import Call, Client
from ..simulation import Simulator
from ._answer import Answer

HOST = "https://ivr.example.com"
START = f"{HOST}/start"
CALLER, CALLED = "+12125551234", "+13105555555"

#: Puts an answer into a world, and gives the address at which the call begins.
Setting = Callable[[Answer, Simulator], str]
#: Calls an answer: the phone that is called follows a script.
Trial = Callable[[Answer, str], Call]

_LONGEST = 300  # seconds; a prompt that never ends is no reason to wait


def of_document(name: str, **pages: str) -> Trial:
    """Trial of the document called *name*; *pages* are what else there is on its host, by path."""

    def setting(answer: Answer, world: Simulator) -> str:
        document = answer.document(name)
        world.webhook(START)(lambda: document.text)
        publish(world, pages)
        return START

    return calling(setting)


def calling(setting: Setting) -> Trial:
    """Trial of what *setting* puts into a world."""

    def trial(answer: Answer, phone: str) -> Call:
        world = Simulator()
        return place(world, setting(answer, world), phone)

    return trial


def place(world: Simulator, url: str, phone: str, **parameters: Any) -> Call:
    """A call in *world* that runs what is at *url*, over when this returns."""
    world.phones[CALLED] = phone
    calls = Client(simulator=world).calls
    return calls.create(to=CALLED, from_=CALLER, url=url, time_limit=_LONGEST, **parameters).wait()


def publish(world: Simulator, pages: dict[str, str]) -> None:
    """Put *pages* on the host, by path: verbs, in which ``{{Digits}}`` and the like are filled at each request."""

    def page(verbs: str) -> Callable[[dict[str, str]], str]:
        def answer(request: dict[str, str]) -> str:
            filled = verbs
            for name, value in request.items():
                filled = filled.replace("{{" + name + "}}", value)
            return f"<Response>{filled}</Response>"

        return answer

    for path, verbs in pages.items():
        world.webhook(f"{HOST}/{path}")(page(verbs))
