"""Another key is taken at a Gather of a call, and the calls stand side by side."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import FROM
from tests.notebook.conftest import Notebook

from .front import fill, press

_MENU = "<Gather numDigits='1' action='/key'><Say>Press 1 or 2.</Say></Gather>"


@pytest.fixture
def call(notebook: Notebook) -> tm.Call:
    simulator = tm.Simulator()

    @simulator.webhook("https://ivr.example.com/voice")
    def voice() -> str:
        return f"<Response>{_MENU}</Response>"

    @simulator.webhook("https://ivr.example.com/key")
    def key(request: dict[str, str]) -> str:
        return f"<Response><Say>You pressed {request['Digits']}.</Say></Response>"

    simulator.numbers[FROM].voice_url = "https://ivr.example.com/voice"
    return simulator.receive("+14155550100", FROM, phone="press 1").wait()


def test_a_key_is_taken_beside_a_gather_and_the_branch_is_shown(call: tm.Call) -> None:
    form = tm.branch_form(call)
    (field,), (take,) = form.fields, form.buttons
    fill(field.control, "2")
    press(take)

    (branch,) = form.branches
    assert str(branch.transcript[-1]) == "Twilio: You pressed 2."
    assert [("You pressed" in card.value) for card in form._cards.children] == [True, True]
    assert "Until 0:00.7 nothing is different." in form._cards.children[1].value
    assert "You pressed 2." in form._repr_mimebundle_()["text/html"]


def test_steps_of_a_phone_may_be_taken_too_and_what_is_wrong_is_said(call: tm.Call) -> None:
    form = tm.branch_form(call)
    (field,), (take,) = form.fields, form.buttons
    press(take)
    assert "Give a key" in field.said

    fill(field.control, "jump")
    press(take)
    assert form.branches == []
    assert "jump" in form._status.value

    fill(field.control, "wait 1; hang up")
    press(take)
    assert form.branches[0].status == "completed"


def test_a_call_without_a_gather_has_no_ways(notebook: Notebook) -> None:
    simulator = tm.Simulator()
    simulator.numbers[FROM].voice_url = simulator.host("<Response><Say>Hi.</Say></Response>")
    form = tm.branch_form(simulator.receive("+14155550100", FROM).wait())

    assert form.fields == []
    assert repr(form).endswith("0 branches>")
