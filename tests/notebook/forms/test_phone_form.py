"""Phones get their scripts from a form."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.notebook.conftest import Notebook
from twilio_magic.notebook.forms import PhoneForm
from twilio_magic.notebook.forms._script_field import BEHAVIORS, Behavior

from .front import button, fill, is_shown, press, said


@pytest.fixture
def form(notebook: Notebook) -> PhoneForm:
    return tm.phone_form()


def scripts() -> dict[str, str]:
    return {number: str(script) for number, script in tm.simulator().phones.items()}


@pytest.mark.parametrize("behavior", BEHAVIORS, ids=lambda each: each.name)
def test_a_behavior_is_shown_as_the_script_that_it_writes(
    form: PhoneForm, behavior: Behavior
) -> None:
    press(button(form.widget, behavior.name))

    assert form.script.value == behavior.script
    assert form.text == f"%phone {TO}: {behavior.script}"
    assert scripts() == {}  # not before it is given

    press(form.give)
    assert scripts() == {TO: behavior.script}


def test_the_phone_does_what_its_script_says(notebook: Notebook, form: PhoneForm) -> None:
    press(button(form.widget, "Is busy"))
    press(form.give)

    assert notebook.call(f"%call {TO} --from {FROM} --say hello").status == "busy"


def test_a_step_that_cannot_be_read_is_pointed_at_and_not_given(form: PhoneForm) -> None:
    fill(form.script.control, "answer; pres 1")
    press(form.give)

    assert "'pres 1' is not a step" in form.script.said
    assert "        ^^^^^^" in said(form.script.box)
    assert form.text == ""
    assert scripts() == {}


def test_a_number_that_is_none_is_told(form: PhoneForm) -> None:
    fill(form.number.control, "+1310")
    fill(form.script.control, "busy")
    press(form.give)

    assert "too short" in form.number.said
    assert scripts() == {}


def test_what_is_missing_is_asked_for(form: PhoneForm) -> None:
    fill(form.number.control, "")
    press(form.give)

    assert form.number.said == "Whose phone is it?"
    assert "Say what the phone does" in form.script.said


@pytest.mark.parametrize("number", ["client:alice", "sip:bob@example.com", "+1415*", "*"])
def test_anybody_who_can_be_called_has_a_phone(form: PhoneForm, number: str) -> None:
    fill(form.number.control, number)
    fill(form.script.control, "busy")
    press(form.give)

    assert scripts() == {number: "busy"}


def test_phones_with_scripts_are_listed_edited_and_removed(
    notebook: Notebook, form: PhoneForm
) -> None:
    notebook.value("%phone +14155550100: busy")  # by somebody else
    edit, remove = form.buttons["+14155550100"]
    press(edit)
    assert (form.number.value, form.script.value) == ("+14155550100", "busy")

    fill(form.script.control, "no answer")
    press(form.give)
    assert scripts() == {"+14155550100": "no answer"}

    press(form.buttons["+14155550100"][1])
    remove.click()  # one that is gone already
    assert scripts() == {}
    assert "No phone has a script yet." in said(form.widget)


def test_a_function_is_listed_but_edited_where_it_is_written(
    notebook: Notebook, form: PhoneForm
) -> None:
    notebook.value(
        "def caller():",
        "    yield 'answer'",
        "import twilio_magic as tm",
        f"tm.simulator().phones['{TO}'] = caller",
    )
    edit, remove = form.buttons[TO]

    assert not is_shown(form.widget, edit)
    assert is_shown(form.widget, remove)


@pytest.mark.parametrize("script", ["hear 'press 1'; press 1", "hear 'press 1'\npress 1\nhang up"])
def test_the_copied_magic_gives_the_same_script(
    notebook: Notebook, form: PhoneForm, script: str
) -> None:
    fill(form.script.control, script)
    press(form.copy)
    notebook.value(notebook.shell.rl_next_input)
    steps = [str(line).strip() for line in scripts()[TO].splitlines()]

    assert steps == script.splitlines()
