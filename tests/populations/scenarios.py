"""What callers of these tests do, where other processes can import it."""

from __future__ import annotations

import os
import random
from collections.abc import Mapping

import twilio_magic as tm
from tests.calls import FROM, TO

HOST = "https://ivr.example.com"
MENU = "<Response><Gather action='/menu' numDigits='1'><Say>Press 1.</Say></Gather><Hangup/></Response>"
CALLER = "one of\n  press 1\n  press 2\n  press 3\n  wait 2; hang up"
#: Two dialogs with the menu; one comes true, whatever key is chosen.
DIALOGS = """\
mount: https://ivr.example.com/menu
app: tests.populations.scenarios:answer
twiml: <Response><Gather action="https://ivr.example.com/menu" numDigits="1"><Say>Press 1.</Say></Gather></Response>

dialog "a key of two"
  hear "press 1"
  one of: press 1; press 2
  hear "thank you"
  expect no errors

dialog "a key that is none"
  hear "press 1"
  press 3
  hear "thank you"
"""


def answer(request: Mapping[str, str]) -> str:
    """The menu's answer to a key; an error for the 3."""
    if request["Digits"] == "3":
        raise KeyError("no department")
    seconds = random.randint(1, 9)  # noqa: S311 - no secret is made of it
    return f"<Response><Say>Thank you.</Say><Pause length='{seconds}'/></Response>"


def prepare(simulator: tm.Simulator) -> None:
    """Let the menu answer."""
    simulator.mount(f"{HOST}/voice", MENU)
    simulator.mount(f"{HOST}/menu", answer)
    simulator.numbers[FROM].voice_url = f"{HOST}/voice"


def call_the_menu(seed: int) -> tm.Call:
    """A caller who presses a key, or hangs up."""
    simulator = tm.Simulator(seed, network=False)
    prepare(simulator)
    return simulator.receive(TO, FROM, phone=CALLER)


def call_in_a_given_world(simulator: tm.Simulator) -> None:
    """The same, in a world that is given."""
    prepare(simulator)
    simulator.receive(TO, FROM, phone=CALLER)


def call_twice(seed: int) -> list[tm.Call]:
    """Two calls in one world; one of them is busy."""
    simulator = tm.Simulator(seed, network=False)
    simulator.phones[TO] = "answer; wait 3; hang up"
    simulator.phones["+13105550002"] = "busy"
    calls = tm.Client(simulator=simulator).calls
    return [
        calls.create(to=to, from_=FROM, twiml="<Response><Pause length='9'/></Response>")
        for to in (TO, "+13105550002")
    ]


def hear_nothing(seed: int) -> tm.Call:
    """A caller who waits for words that never come."""
    simulator = tm.Simulator(seed, network=False)
    simulator.phones[TO] = "hear 'cake'"
    return tm.Client(simulator=simulator).calls.create(
        to=TO, from_=FROM, twiml="<Response><Say>Bread.</Say></Response>"
    )


def raise_now_and_then(seed: int) -> tm.Call:
    """A scenario with a mistake in it."""
    if seed % 3 == 0:
        raise ZeroDivisionError("a mistake")
    if seed % 3 == 1:
        raise SystemExit(3)
    return call_the_menu(seed)


def return_nothing(seed: int) -> None:
    """A scenario that forgets to return its call."""


def end_the_process(seed: int) -> None:
    """A scenario that takes its process away."""
    os._exit(7)


def never_end(seed: int) -> None:
    """A scenario that goes on for ever."""
    while True:
        pass
