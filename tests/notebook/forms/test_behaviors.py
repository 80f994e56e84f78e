"""Ready-made behaviors: what each does in a call, not only how it reads."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import placing, told
from twilio_magic.notebook.forms._script_field import BEHAVIORS

MENU = """
<Gather input="dtmf speech" action="https://ivr.example.com/menu" timeout="3">
  <Say>Welcome to the bakery of Main Street. To order bread, press 1.</Say>
</Gather>
<Say>Goodbye.</Say>"""
SCRIPTS = {behavior.name: behavior.script for behavior in BEHAVIORS}


def call(name: str, **parameters: str) -> tm.Call:
    simulator = tm.Simulator()

    @simulator.webhook("https://ivr.example.com/menu")
    def menu() -> str:
        return "<Response><Say>Thank you.</Say></Response>"

    return placing(simulator)(MENU, phone=SCRIPTS[name], **parameters)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("Answers and listens", "completed"),
        ("Is busy", "busy"),
        ("Does not answer", "no-answer"),
        ("Declines the call", "no-answer"),
        ("Cannot be reached", "failed"),
        ("Hangs up in mid-prompt", "completed"),
    ],
)
def test_what_becomes_of_the_call(name: str, status: str) -> None:
    assert call(name).status == status


def test_who_listens_hears_everything() -> None:
    assert "Goodbye." in str(call("Answers and listens").transcript)


@pytest.mark.parametrize(
    ("name", "kind", "word"),
    [
        ("Presses 1 when asked", "pressed", "1"),
        ("Types digits and #", "pressed", "1234#"),
        ("Speaks", "spoke", "sales, please"),
    ],
)
def test_keys_and_words_reach_the_menu(name: str, kind: str, word: str) -> None:
    placed = call(name)

    assert word in " ".join(told(placed, kind)) or word == "".join(told(placed, kind))
    assert "Thank you." in str(placed.transcript)


def test_who_hangs_up_in_mid_prompt_does_not_hear_its_end() -> None:
    placed = call("Hangs up in mid-prompt")

    assert any("cut off" in text for text in told(placed, "said"))
    assert "Goodbye." not in str(placed.transcript)


@pytest.mark.parametrize(
    ("name", "answered_by"),
    [
        ("Voicemail with a beep", "machine_end_beep"),
        ("Voicemail without a beep", "machine_end_silence"),
        ("Is a fax", "fax"),
    ],
)
def test_machines_are_found_to_be_machines(name: str, answered_by: str) -> None:
    assert call(name, machine_detection="DetectMessageEnd").answered_by == answered_by


def test_every_behavior_is_tried_here() -> None:
    assert len(SCRIPTS) == len(BEHAVIORS) == 12
