"""Calls by filling in a form."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import DEMO, FROM, TO
from tests.notebook.conftest import Notebook
from twilio_magic.api import Parameter, operation
from twilio_magic.notebook.forms import CallForm

from .front import button, choose, everything, fill, is_shown, press, said

CREATE = operation("calls.create")
MENU = '<Response><Gather numDigits="1"><Say>Press 1 for bread.</Say></Gather></Response>'


@pytest.fixture
def form(notebook: Notebook) -> CallForm:
    return tm.call_form()


def placed(form: CallForm) -> tm.Call:
    """The call that the form places when *Simulate* is pressed."""
    press(form.simulate)
    assert form.call is not None, said(form.widget)
    return form.call


def test_a_form_that_nobody_touched_places_a_call(form: CallForm) -> None:
    call = placed(form)

    assert (call.to, call.from_, call.status) == (TO, FROM, "completed")
    assert "Hello! This is my first call." in said(form.widget)


def test_the_called_phone_plays_its_script_in_that_call_only(form: CallForm) -> None:
    fill(form.instructions.markup.control, MENU)
    fill(button(form.widget, "▸ Ready-made behaviors"), True)
    press(button(form.widget, "Presses 1 when asked"))
    call = placed(form)

    assert [event.text for event in call.timeline if event.kind == "pressed"] == ["1"]
    assert len(tm.simulator().phones) == 0


def test_documents_are_offered_as_soon_as_their_cell_has_run(
    notebook: Notebook, form: CallForm
) -> None:
    notebook.value("%%twiml menu --quiet", MENU)

    assert form.instructions.document.control.options == ("menu",)


def test_a_form_begins_with_the_document_that_was_made_last(notebook: Notebook) -> None:
    notebook.value("%%twiml first --quiet", MENU)
    notebook.value("%%twiml second --quiet", MENU)
    form = tm.call_form()

    assert form.instructions.document.value == "second"
    assert form.text == f"%call {TO} --from {FROM} --twiml second"
    assert placed(form).status == "completed"


def test_a_warning_names_the_line_of_the_cell_that_the_document_is_in(notebook: Notebook) -> None:
    notebook.value("%%twiml wrong --quiet", "<Response>\n  <Say>Hi</Say>\n  <Sya/>\n</Response>")
    form = tm.call_form()
    told = "Line 4: <Sya> is no element of TwiML Voice."

    assert form.instructions.document.said == told
    assert any(told.removeprefix("Line 4: ").rstrip(".") in each for each in placed(form).warnings)
    assert "TwiML line 4" in placed(form).warnings[0]


def test_a_document_that_is_not_there_is_named_beside_the_field(
    notebook: Notebook, form: CallForm
) -> None:
    notebook.value("%%twiml menu --quiet", MENU)
    choose(form.instructions.kind.control, "A document of this notebook")
    fill(form.instructions.document.control, "manu")

    assert "Did you mean menu?" in form.instructions.document.said
    press(form.simulate)
    assert form.call is None


def test_an_address_and_an_application_are_asked_for_by_their_own_fields(form: CallForm) -> None:
    choose(form.instructions.kind.control, "A web address")

    assert is_shown(form.widget, form.instructions.url.control)
    assert not is_shown(form.widget, form.instructions.markup.control)

    fill(form.instructions.url.control, DEMO)
    assert form.text == f"%call {TO} --from {FROM} --url {DEMO}"
    assert placed(form).status == "completed"

    choose(form.instructions.kind.control, "An application")
    fill(form.instructions.application.control, "AP1")
    assert "32 hexadecimal digits" in form.instructions.application.said


@pytest.mark.parametrize("row", CREATE.parameters, ids=lambda row: row.name)
def test_every_parameter_has_its_field_except_secrets(form: CallForm, row: Parameter) -> None:
    for name in form.options.names:
        form.options.unfold(name)
    for kind in ("A web address", "An application"):
        choose(form.instructions.kind.control, kind)
    labels = {
        str(getattr(each, "description", "") or getattr(each, "value", "")).lower()
        for each in everything(form.widget)
    }
    is_secret = row.secret or any(CREATE.parameter(name).secret for name in row.requires)

    assert (row.name.lower() in labels) != is_secret


@pytest.mark.parametrize("row", [row for row in CREATE.parameters if row.secret], ids=lambda row: row.name)  # fmt: skip
def test_the_form_says_where_secrets_go(form: CallForm, row: Parameter) -> None:
    """Who looks for them opens the options."""
    form.options.unfold(row.name)

    assert row.name in said(form.widget)
    assert "os.environ" in said(form.widget)


WRONG = {
    "integer": "many",
    "url": "example.com/status",
    "sid": "nonsense",
    "digits": "12x",
    "endpoint": "+1310",
}
JUDGED = [row for row in CREATE.parameters if row.type in WRONG and not row.group]


@pytest.mark.parametrize("row", JUDGED, ids=lambda row: row.name)
def test_what_twilio_would_refuse_is_said_beside_its_field_while_it_is_typed(
    form: CallForm, row: Parameter
) -> None:
    field = {"To": form.to, "From": form.from_}.get(row.name) or form.options.field(row.name)
    fill(field.control, WRONG[row.type])

    assert row.name in field.said
    press(form.simulate)
    assert form.call is None

    fill(field.control, "")
    assert not field.said or row.required


@pytest.mark.parametrize(
    "row", [row for row in CREATE.parameters if row.type == "integer"], ids=lambda row: row.name
)
def test_a_number_out_of_range_is_told_its_range(form: CallForm, row: Parameter) -> None:
    fill(form.options.field(row.name).control, str((row.max or 0) + 1))

    assert str(row.max) in form.options.field(row.name).said


@pytest.mark.parametrize("name", ["Timeout", "MachineDetectionTimeout", "TimeLimit"])
def test_what_is_wrong_in_a_folded_field_is_shown_when_a_button_is_pressed(
    form: CallForm, name: str
) -> None:
    fill(form.options.field(name).control, "x y")
    before = said(form.widget)
    press(form.simulate)

    complaint = form.options.field(name).said
    assert complaint
    assert complaint not in before
    assert complaint in said(form.widget)


def test_what_is_missing_is_said_when_a_button_is_pressed_and_not_before(form: CallForm) -> None:
    fill(form.to.control, "")
    before = form.to.said
    press(form.simulate)

    assert before == ""
    assert form.to.said == "To is missing. Type a number, such as +13105555555."
    assert "see what is said beside the fields" in said(form.widget)


def test_twiml_is_checked_while_it_is_typed(form: CallForm) -> None:
    fill(form.instructions.markup.control, "<Response><Say>Hello</Response>")
    assert "12100" in form.instructions.markup.said

    fill(form.instructions.markup.control, "<Response><Sey>Hello</Sey></Response>")
    assert "Line 1" in form.instructions.markup.said

    fill(form.instructions.markup.control, MENU)
    assert form.instructions.markup.said == ""


def test_twiml_in_the_form_is_filled_from_the_notebook(notebook: Notebook, form: CallForm) -> None:
    notebook.value("shop = 'Bread & Co'")
    fill(form.instructions.markup.control, "<Response><Say>Welcome to $shop.</Say></Response>")

    assert "Welcome to Bread & Co." in str(placed(form).transcript)


def test_a_script_that_cannot_be_read_is_pointed_at(form: CallForm) -> None:
    fill(form.phone.control, "answer; pres 1")

    assert "'pres 1' is not a step" in form.phone.said
    assert "        ^^^^^^" in said(form.phone.box)
    press(form.simulate)
    assert form.call is None


def test_parameters_without_effect_are_named(form: CallForm) -> None:
    choose(form.options.field("RecordingChannels").control, "dual")

    assert "RecordingChannels is ignored, because Record is not given." in said(form.widget)


def test_the_same_call_is_shown_in_every_language(form: CallForm) -> None:
    fill(form.options.field("Timeout").control, "20")
    shown = {}
    for language in form.code_preview.language._options_labels:
        choose(form.code_preview.language, language)
        shown[language] = form.code_preview.text

    assert shown["%call"].startswith(f"%%call {TO} --from {FROM} --timeout 20\n<Response>")
    assert "--data-urlencode Timeout=20" in shown["curl"]
    assert "timeout=20," in shown["python"]
    assert "requests.post(" in shown["requests"]
    assert "from twilio.rest import Client" in shown["sdk"]
    assert "simulated-auth-token" not in "".join(shown.values())


def test_copying_puts_the_line_into_the_next_cell(notebook: Notebook, form: CallForm) -> None:
    press(form.copy)

    assert notebook.shell.rl_next_input == form.text
    assert "new cell" in said(form.widget)


def test_defaults_of_the_session_fill_the_gaps(notebook: Notebook) -> None:
    notebook.value("%twilio set timeout 25")
    notebook.value("%twilio set from +12125550000")
    form = tm.call_form()
    notebook.value("%twilio unset timeout")
    notebook.value("%twilio unset from")

    assert form.from_.value == "+12125550000"


def test_a_fault_in_a_webhook_is_in_the_card(form: CallForm) -> None:
    tm.simulator().webhook("https://ivr.example.com/down")(lambda: ("", 500))
    choose(form.instructions.kind.control, "A web address")
    fill(form.instructions.url.control, "https://ivr.example.com/down")
    call = placed(form)

    assert any(event.kind == "failed" for event in call.timeline)
    assert "11200" in said(form.widget)


def test_the_call_is_one_of_the_notebooks_calls(notebook: Notebook, form: CallForm) -> None:
    call = placed(form)
    table = notebook.value("%calls")

    assert call.sid in str(table._repr_mimebundle_())  # type: ignore[attr-defined]


def test_the_call_can_be_answered_on_a_phone_below_the_form(form: CallForm) -> None:
    fill(form.instructions.markup.control, MENU)
    press(form.answer)
    phone, call = form.own_phone.phone, form.call
    assert phone is not None
    assert call is not None
    tm.simulator().advance(2)
    assert phone.person.state == "ringing"
    assert "You answer on the phone below" in said(form.widget)
    phone.answer()
    tm.simulator().advance(1)
    phone.press("1")

    assert [event.text for event in call.timeline if event.kind == "pressed"] == ["1"]


def test_a_softphone_that_stands_there_already_is_not_replaced(form: CallForm) -> None:
    phone = tm.softphone(TO)
    press(form.answer)
    tm.simulator().advance(2)

    assert form.own_phone.phone is None
    assert "that is in this notebook already" in said(form.widget)
    assert phone.person.state == "ringing"


def test_a_form_has_one_phone_of_its_own_wherever_the_call_goes(form: CallForm) -> None:
    press(form.answer)
    fill(form.to.control, "client:alice")
    press(form.answer)

    assert list(tm.simulator().phones) == ["client:alice"]


def test_what_nobody_opens_is_not_made(form: CallForm) -> None:
    """Most people open no options; a form of 36 parameters is fast because it begins with few controls."""
    made = len(list(everything(form.widget)))
    fill(button(form.widget, "▸ Options: Timeout, Record, and others"), True)
    opened = len(list(everything(form.widget)))

    assert made <= 60
    assert made < opened <= made + 40


def test_what_was_meant_is_a_button_that_mends_a_field(form: CallForm) -> None:
    fill(form.to.control, "(310) 555 5555 ext")
    fill(form.to.control, "+1 (310) 555-5555 x9")
    assert form.to.mend is not None, form.to.said
    press(form.to.mend)

    assert form.to.value == TO
    assert form.to.said == ""
    assert not is_shown(form.widget, form.to.mend)


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("<Response><Sya>Hello</Sya></Response>", "<Response><Say>Hello</Say></Response>"),
        ("<Response><say>Hello</say></Response>", "<Response><Say>Hello</Say></Response>"),
        (
            "<Response><Say vioce='alice'>Hello</Say></Response>",
            "<Response><Say voice='alice'>Hello</Say></Response>",
        ),
        (
            "<Response><Gather input='speach'/><Sya/></Response>",
            "<Response><Gather input='speech'/><Sya/></Response>",
        ),
        (
            "<Response><Say>Welcome to $shpo.</Say></Response>",
            "<Response><Say>Welcome to $shop.</Say></Response>",
        ),
    ],
)
def test_what_was_meant_is_a_button_that_mends_twiml(
    notebook: Notebook, form: CallForm, written: str, mended: str
) -> None:
    notebook.value("shop = 'Bread & Co'")
    field = form.instructions.markup
    fill(field.control, written)
    assert field.mend is not None, field.said
    assert "ou mean" in field.said or "rite" in field.said
    press(field.mend)

    assert field.value == mended


def test_what_was_meant_is_a_button_that_mends_a_script(form: CallForm) -> None:
    fill(form.phone.control, "answer\nhear 'x'; pres 1; hang up")
    assert form.phone.mend is not None
    assert form.phone.mend.description == "Did you mean press?"
    press(form.phone.mend)

    assert form.phone.value == "answer\nhear 'x'; press 1; hang up"
    assert form.phone.said == ""


def test_what_was_meant_is_a_button_that_mends_the_name_of_a_document(notebook: Notebook) -> None:
    notebook.value("%%twiml menu --quiet", MENU)
    form = tm.call_form()
    fill(form.instructions.document.control, "manu")
    assert form.instructions.document.mend is not None
    press(form.instructions.document.mend)

    assert form.instructions.document.value == "menu"
    assert placed(form).status == "completed"


def test_twiml_that_is_filled_is_not_mended_in_the_wrong_place(
    notebook: Notebook, form: CallForm
) -> None:
    notebook.value("shop = 'Bread & Co'")
    fill(form.instructions.markup.control, "<Response><Sya>$shop</Sya></Response>")

    assert "Line 1" in form.instructions.markup.said
    assert form.instructions.markup.mend is None
