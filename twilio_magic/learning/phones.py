"""Exercises of forms and the softphone: what somebody did at a phone, and a machine that answers."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from ..simulation import Simulator
from ._answer import Answer, Missing
from ._exercise import Exercise, Goal
from ._sandbox import START, place

if TYPE_CHECKING:
    from ..api import Call

_MENU = """\
<Response>
  <Gather numDigits="1" timeout="20"><Say>Welcome to the bakery. Press 1 for bread, or 2 for cake.</Say></Gather>
  <Say>We did not hear you. Goodbye.</Say>
</Response>"""
_ASKED = "`phone.script` says what somebody did at `phone`."
_FORM = '`tm.phone_form()` writes scripts, and `tm.simulator().phones["…"]` is one.'


def _script(answer: Answer, name: str, hint: str) -> str:
    """The script called *name*, as text."""
    made = answer.value(name, hint=hint)
    script = str(made)
    if not script.strip():
        raise Missing(f"`{name}` is empty: nobody did anything yet.", hint=hint)
    if hasattr(made, "script"):
        raise Missing(f"`{name}` is a phone, not what somebody did at it.", hint=hint)
    return script


def _place_call(answer: Answer, name: str, hint: str) -> Call:
    """A call to the bakery's menu in which the phone follows the script called *name*, which must come true."""
    script, world = _script(answer, name, hint), Simulator()
    world.webhook(START)(lambda: _MENU)
    call = place(world, START, script, machine_detection="Enable")
    world.phones.check()
    return call


def _chooses_cake(answer: Answer) -> None:
    keys = [
        each.text
        for each in _place_call(answer, "what_i_did", _ASKED).timeline
        if each.kind == "gathered"
    ]
    if keys[:1] != ["2"]:
        raise Missing(
            f"The menu gets {', '.join(keys) or 'no key'}.", hint="Press 2, and no other key."
        )


def _listens(answer: Answer) -> None:
    timeline = _place_call(answer, "what_i_did", _ASKED).timeline
    before = takewhile(lambda event: event.kind != "pressed", timeline)
    if not any("2 for cake" in event.text for event in before if event.kind == "said"):
        raise Missing(
            "You pressed before you heard what the keys are for.", hint="Wait for “cake”."
        )


def _is_a_machine(answer: Answer) -> None:
    call = _place_call(answer, "machine", _FORM)
    if not str(call.answered_by).startswith("machine"):
        raise Missing(
            f"Twilio takes it for {call.answered_by or 'nobody'}.",
            hint="See `machine` in the form.",
        )


def _greets(answer: Answer) -> None:
    said = [
        each.text for each in _place_call(answer, "machine", _FORM).timeline if each.kind == "spoke"
    ]
    if not any("closed" in words.lower() for words in said):
        raise Missing(f"It says {' '.join(said) or 'nothing'}.")


EXERCISES = (
    Exercise(
        "cake-please",
        "Cake, please",
        "Answer a call with the document `menu` at a softphone, listen to the end, and press 2 for cake. Keep what the "
        "phone says that you did, its `script`, as `what_i_did`.",
        (
            Goal(
                "a script in `what_i_did` that comes true",
                lambda answer: _place_call(answer, "what_i_did", _ASKED),
            ),
            Goal("the menu gets the key 2", _chooses_cake),
            Goal("you heard what the keys are for", _listens),
        ),
    ),
    Exercise(
        "closed-today",
        "Closed today",
        "Give a phone the script of an answering machine that says “We are closed today”, with the form or by hand, "
        "and keep the script as `machine`.",
        (
            Goal(
                "a script in `machine` that comes true",
                lambda answer: _place_call(answer, "machine", _FORM),
            ),
            Goal("Twilio finds out that a machine answers", _is_a_machine),
            Goal("it says that you are closed", _greets),
        ),
    ),
)
