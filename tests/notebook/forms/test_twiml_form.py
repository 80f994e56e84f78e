"""Documents that are built and edited element by element."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.notebook.conftest import Notebook
from tests.twiml.documents import Node, documents
from twilio_magic.notebook.forms import TwimlForm
from twilio_magic.notebook.forms._attribute_field import attribute_field
from twilio_magic.notebook.forms._field import CheckboxesField
from twilio_magic.twiml import AttributeRow, Element, vocabulary

from .front import button, choose, fill, press, said

SHARED = settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
MENU = """\
<Response>
  <Gather numDigits="1">
    <Say>Press 1 for sales &amp; 2 for help.</Say>
  </Gather>
  <Hangup/>
</Response>"""
ODD = """\
<?xml version="1.0"?>
<Response><!-- kept -->
  <?note kept?>
  <Gather timeout='-5' hints='a &amp; b'><Say><![CDATA[1 < 2]]></Say></Gather>
  <Own  thing='1'>words</Own>
  <Say voice="nobody" own="x">Hello <break time="1s"/> there</Say>
</Response>
"""


@pytest.fixture
def form(notebook: Notebook) -> TwimlForm:
    return tm.twiml_form()


def add_inside(form: TwimlForm, name: str) -> None:
    parent = form.draft.parts[form.selected].name
    form.inside.show(parent, parent)
    if (parent, name) not in form.inside.buttons:
        fill(button(form.inside.widget, "▸ Others"), True)
    press(form.inside.buttons[parent, name])


def add_after(form: TwimlForm, name: str) -> None:
    parent = form.draft.parts[form.selected[:-1]].name
    press(form.after.buttons[parent, name])


def add_attribute(form: TwimlForm, name: str) -> None:
    fill(form.panel.choice, name)
    press(form.panel.add)


def row(form: TwimlForm, begins: str) -> object:
    """The button of the element whose label begins so."""
    return next(
        each
        for each in form.outline.widget.children
        if each.description.removeprefix("● ").startswith(begins)
    )


def test_a_menu_is_built_by_pressing_buttons(form: TwimlForm) -> None:
    add_inside(form, "Gather")
    add_attribute(form, "numDigits")
    fill(form.panel.fields["numDigits"].control, "1")
    add_inside(form, "Say")
    fill(form.panel.fields[""].control, "Press 1 for sales & 2 for help.")
    press(row(form, "Gather"))
    add_after(form, "Hangup")

    assert form.document.text == MENU
    assert "What the caller experiences" in said(form.widget)


def test_elements_move_and_go(form: TwimlForm) -> None:
    for name in ("Say", "Pause", "Hangup"):
        if form.selected:
            add_after(form, name)
        else:
            add_inside(form, name)
    press(form.up)
    assert [verb.name for verb in form.document.verbs] == ["Say", "Hangup", "Pause"]
    press(form.up)
    assert form.up.disabled
    press(form.down)
    press(form.delete)
    assert [verb.name for verb in form.document.verbs] == ["Say", "Pause"]
    assert form.draft.parts[form.selected].name == "Say"


def test_the_root_stays(form: TwimlForm) -> None:
    assert form.up.disabled
    assert form.down.disabled
    assert form.delete.disabled
    form.delete.click()

    assert form.document.root.name == "Response"


def test_what_an_element_needs_is_there_when_it_is_added(form: TwimlForm) -> None:
    add_inside(form, "Connect")
    add_inside(form, "Stream")
    required = vocabulary().elements["Stream"].required_attributes

    assert set(required) <= set(form.panel.fields)


def test_problems_stand_beside_what_they_are_about(form: TwimlForm) -> None:
    add_inside(form, "Gather")
    add_attribute(form, "timeout")
    fill(form.panel.fields["timeout"].control, "-5")

    assert form.panel.fields["timeout"].said.startswith('timeout="-5" of <Gather>')
    assert row(form, "Gather").description.endswith("!")  # type: ignore[attr-defined]

    fill(form.panel.fields["timeout"].control, "5")
    assert form.panel.fields["timeout"].said == ""


def test_a_verb_without_words_says_so_until_it_has_some(form: TwimlForm) -> None:
    add_inside(form, "Say")
    before = said(form.panel.widget)
    fill(form.panel.fields[""].control, "Hello")

    assert "13520" in said(tm.twiml_form("<Response><Say/></Response>").widget)
    assert "text" in before.lower()
    assert form.document.problems == [] or all(p.level == "advice" for p in form.document.problems)


def test_a_character_that_xml_cannot_carry_is_refused_and_the_document_kept(
    form: TwimlForm,
) -> None:
    add_inside(form, "Say")
    fill(form.panel.fields[""].control, "good")
    fill(form.panel.fields[""].control, "bad \x0b")

    assert "The document is as it was before." in form.panel.fields[""].said
    assert ">good<" in form.document.text


def test_markup_is_edited_as_xml(notebook: Notebook) -> None:
    form = tm.twiml_form(ODD)
    form.select((2,))
    content = form.panel.fields[""]
    assert content.value == 'Hello <break time="1s"/> there'

    fill(content.control, "Hello <break")
    assert "as it was before" in content.said
    assert form.document.text == ODD

    fill(content.control, 'Hello <break time="2s"/> you')
    assert form.document.text == ODD.replace('"1s"/> there', '"2s"/> you')


def test_what_twiml_does_not_know_can_be_edited_and_is_kept(notebook: Notebook) -> None:
    form = tm.twiml_form(tm.parse(ODD))
    form.select((1,))
    fill(form.panel.fields["thing"].control, "2")

    assert form.document.text == ODD.replace("thing='1'", "thing='2'")


def test_an_attribute_that_is_removed_leaves_the_rest(notebook: Notebook) -> None:
    form = tm.twiml_form(ODD)
    form.select((0,))
    press(button(form.panel.widget, "Remove timeout"))

    assert form.document.text == ODD.replace(" timeout='-5'", "")


@SHARED
@given(root=documents())
def test_opening_a_document_changes_nothing(notebook: Notebook, root: Node) -> None:
    document = tm.parse(root.write())

    assert tm.twiml_form(document).document == document


@pytest.mark.parametrize("text", [ODD, MENU, "<Response/>", "\n <Response> </Response>\n"])
def test_selecting_every_element_changes_nothing(notebook: Notebook, text: str) -> None:
    form = tm.twiml_form(text)
    for path in form.draft.parts:
        form.select(path)

    assert form.document.text == text


@SHARED
@given(root=documents(), data=st.data())
def test_editing_one_attribute_changes_that_one_only(
    notebook: Notebook, root: Node, data: st.DataObject
) -> None:
    form = tm.twiml_form(root.write())
    path = data.draw(st.sampled_from(list(form.draft.parts)))
    form.select(path)
    names = [name for name in form.panel.fields if name]
    if not names:
        return
    name, before = data.draw(st.sampled_from(names)), form.draft.attributes(path)
    field = form.panel.fields[name]
    if type(field.control).__name__ not in ("Text", "Combobox"):
        return
    written = next(each for each in form.draft.parts[path].attributes if each.name == name)
    text = form.draft.text
    fill(field.control, "<new> & 'value'")

    assert form.draft.attributes(path) == {**before, name: "<new> & 'value'"}
    assert form.document.text.startswith(text[: written.value_start])
    assert form.document.text.endswith(text[written.value_end :])


@pytest.mark.parametrize(
    "text",
    [MENU, ODD, "<Response><Say loop='$n'>$name ${a.b} $5 <![CDATA[$name]]></Say></Response>"],
)
def test_the_cell_that_is_written_makes_the_document_again(notebook: Notebook, text: str) -> None:
    form = tm.twiml_form(text)
    fill(form.title.control, "again")
    press(form.write)
    cell = notebook.shell.rl_next_input
    notebook.run(cell)
    made = notebook.shell.user_ns["again"]

    assert cell.startswith("%%twiml again\n")
    assert made.root.content == form.document.root.content or _shape(made.root) == _shape(
        form.document.root
    )


def _shape(element: Element) -> tuple[object, ...]:
    content = [piece if isinstance(piece, str) else _shape(piece) for piece in element.content]
    return element.name, dict(element.attributes), content


def test_a_name_that_is_none_is_told(form: TwimlForm) -> None:
    fill(form.title.control, "my menu")

    assert "'my menu' cannot be the name" in form.title.said


def test_a_document_keeps_its_name_and_its_lines(notebook: Notebook) -> None:
    notebook.value("%%twiml menu --quiet", *MENU.splitlines())
    menu = notebook.shell.user_ns["menu"]
    document = tm.twiml_form(menu).document

    assert (document.name, document.first_line) == ("menu", menu.first_line)


def test_a_text_that_is_not_xml_is_refused() -> None:
    with pytest.raises(tm.NotXml):
        tm.twiml_form("<Response>")


ROWS = list(vocabulary().attributes.values())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.element}.{row.name}")
@pytest.mark.parametrize("value", ["", "of no use", None])
def test_every_attribute_has_a_control_that_shows_its_value_as_it_is(
    row: AttributeRow, value: str | None
) -> None:
    given_value = value if value is not None else str(row.default or "")
    field = attribute_field(row.name, given_value, row, language="en-US")

    assert (
        field.value.split() == given_value.split()
        if row.type == "enum-list"
        else (field.value == given_value)
    )


def test_voices_are_found_by_a_part_of_their_names(notebook: Notebook) -> None:
    form = tm.twiml_form('<Response><Say voice="man" language="de-DE">Hallo</Say></Response>')
    form.select((0,))
    field = form.panel.fields["voice"]
    first = [vocabulary().voices[name].language for name in field.control.options]
    fill(field.control, "marl")

    assert first[0] == "de-DE"
    assert list(field.control.options) == ["Polly.Marlene"] or all(
        "marl" in name.casefold() for name in field.control.options
    )


def test_few_values_are_buttons(form: TwimlForm) -> None:
    add_inside(form, "Gather")
    add_attribute(form, "method")
    choose(form.panel.fields["method"].control, "GET")

    assert 'method="GET"' in form.document.text


def test_some_of_several_values_are_checked(form: TwimlForm) -> None:
    add_inside(form, "Gather")
    add_attribute(form, "input")
    field = form.panel.fields["input"]
    assert isinstance(field, CheckboxesField)
    fill(field.boxes["speech"], True)

    assert 'input="dtmf speech"' in form.document.text
