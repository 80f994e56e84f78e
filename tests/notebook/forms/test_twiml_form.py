"""Documents that are built and edited element by element."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.notebook.conftest import Notebook
from tests.twiml.documents import Node, documents
from twilio_magic.notebook._session import session
from twilio_magic.notebook.forms import TwimlForm
from twilio_magic.notebook.forms._attribute_field import attribute_field
from twilio_magic.notebook.forms._field import CheckboxesField
from twilio_magic.twiml import AttributeRow, Element, ElementRow, vocabulary

from .front import button, choose, everything, fill, press, said

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


def row(form: TwimlForm, begins: str) -> object:
    """The button of the element whose label begins so."""
    return next(
        each
        for each in form.outline.widget.children
        if each.description.removeprefix("● ").startswith(begins)
    )


def test_nothing_is_heard_of_fields_that_are_gone() -> None:
    """JupyterLab's log would say of each that there is no such comm."""
    form = TwimlForm("<Response><Say>Hello</Say></Response>")
    form.select((0,))
    gone = [field.first for field in form.panel.fields.values()]
    form.select(())

    assert gone
    assert all(each.comm is None and each._view_count is None for each in gone)


def test_a_menu_is_built_by_pressing_buttons(form: TwimlForm) -> None:
    add_inside(form, "Gather")
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
    fill(form.panel.fields["timeout"].control, "-5")

    assert form.panel.fields["timeout"].said.startswith('timeout="-5" of <Gather>')
    assert row(form, "Gather").description.endswith("!")  # type: ignore[attr-defined]

    fill(form.panel.fields["timeout"].control, "5")
    assert form.panel.fields["timeout"].said == ""


def test_a_verb_without_words_says_so_until_it_has_some(form: TwimlForm) -> None:
    add_inside(form, "Say")
    assert "13520" in said(tm.twiml_form("<Response><Say/></Response>").widget)
    assert "needs" not in form.panel._message.said
    fill(form.panel.fields[""].control, "Hello")

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
    fill(form.panel.fields["timeout"].control, "")

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
    names = list(form.draft.attributes(path))
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
    assert form.panel.more is not None
    form.panel.more.open()
    choose(form.panel.fields["method"].control, "GET")

    assert 'method="GET"' in form.document.text


def test_some_of_several_values_are_checked(form: TwimlForm) -> None:
    add_inside(form, "Gather")
    field = form.panel.fields["input"]
    assert isinstance(field, CheckboxesField)
    fill(field.boxes["speech"], True)

    assert 'input="dtmf speech"' in form.document.text


def test_the_usual_attributes_have_fields_at_once_and_the_others_below_more(
    form: TwimlForm,
) -> None:
    add_inside(form, "Gather")
    row = vocabulary().elements["Gather"]
    assert tuple(form.panel.fields) == row.usual
    assert form.draft.attributes((0,)) == {}

    assert form.panel.more is not None
    form.panel.more.open()
    assert set(form.panel.fields) == set(row.attributes)
    fill(form.panel.fields["hints"].control, "bread, cake")

    assert form.draft.attributes((0,)) == {"hints": "bread, cake"}


@pytest.mark.parametrize("row", vocabulary().elements.values(), ids=lambda row: row.name)
def test_usual_attributes_are_current_ones_of_their_element(row: ElementRow) -> None:
    assert [name for name in row.usual if row.attributes[name].status != "current"] == []
    current = [name for name, each in row.attributes.items() if each.status == "current"]
    assert len(current) <= 4 or row.usual or row.required_attributes


def test_an_attribute_whose_field_is_emptied_goes(form: TwimlForm) -> None:
    add_inside(form, "Gather")
    fill(form.panel.fields["numDigits"].control, "1")
    fill(form.panel.fields["input"].boxes["dtmf"], False)  # type: ignore[attr-defined]
    fill(form.panel.fields["input"].boxes["speech"], True)  # type: ignore[attr-defined]
    fill(form.panel.fields["numDigits"].control, "")

    assert form.draft.attributes((0,)) == {"input": "speech"}


def test_an_attribute_that_means_something_when_it_is_empty_stays(form: TwimlForm) -> None:
    """finishOnKey="" turns the key off, so it has a button of its own to be taken away."""
    add_inside(form, "Gather")
    fill(form.panel.fields["finishOnKey"].control, "1")
    fill(form.panel.fields["finishOnKey"].control, "")
    assert form.draft.attributes((0,)) == {"finishOnKey": ""}

    press(button(form.panel.widget, "Remove finishOnKey"))
    assert form.draft.attributes((0,)) == {}


def test_what_a_new_element_lacks_is_said_when_its_field_is_left(form: TwimlForm) -> None:
    add_inside(form, "Say")
    before = said(form.widget)
    fill(form.panel.fields["loop"].control, "2")

    assert "13520" not in before
    assert "13520" in said(form.widget)


def test_what_a_new_element_lacks_is_said_when_the_page_tells_that_its_field_is_left(
    form: TwimlForm,
) -> None:
    add_inside(form, "Say")
    form.hear("leave")

    assert "13520" in said(form.widget)


def test_a_wrong_value_is_said_while_it_is_typed(form: TwimlForm) -> None:
    add_inside(form, "Gather")
    fill(form.panel.fields["numDigits"].control, "x")

    assert "is not a whole number" in form.panel.fields["numDigits"].said


def test_what_was_done_is_taken_back_and_done_again(form: TwimlForm) -> None:
    empty = form.document.text
    add_inside(form, "Say")
    for text in ("H", "He", "Hello"):
        fill(form.panel.fields[""].control, text)
    whole = form.document.text
    press(form.undo)
    assert "Hello" not in form.document.text  # what was typed in one go is one step
    assert "<Say>" in form.document.text
    press(form.undo)
    assert form.document.text == empty
    assert form.undo.disabled

    press(form.redo)
    form.hear("redo")
    assert form.document.text == whole
    assert form.redo.disabled
    form.hear("redo")
    form.hear("undo")
    assert "Hello" not in form.document.text


def test_something_new_forgets_what_was_taken_back(form: TwimlForm) -> None:
    add_inside(form, "Say")
    press(form.undo)
    add_inside(form, "Hangup")

    assert form.redo.disabled
    assert [verb.name for verb in form.document.verbs] == ["Hangup"]


@SHARED
@given(root=documents(), data=st.data())
def test_undo_comes_back_to_every_document(
    notebook: Notebook, root: Node, data: st.DataObject
) -> None:
    form = tm.twiml_form(root.write())
    texts = [form.document.text]
    for _ in range(data.draw(st.integers(1, 4))):
        path = data.draw(st.sampled_from(list(form.draft.parts)))
        form.select(path)
        act = data.draw(st.sampled_from([form.up, form.down, form.delete]))
        if not act.disabled:
            press(act)
            texts.append(form.document.text)
    later = texts[-1]
    for text in reversed(texts[:-1]):
        press(form.undo)
        assert form.document.text == text
    for _ in texts[1:]:
        press(form.redo)

    assert form.document.text == later


def test_what_was_built_is_simulated(notebook: Notebook) -> None:
    form = tm.twiml_form(MENU)
    fill(form.trial.phone.control, 'answer; hear "press 1"; press 1')
    press(form.trial.simulate)

    assert form.call is not None
    assert form.call.status == "completed"
    assert "Press 1 for sales & 2 for help." in said(form.widget)
    assert [event.text for event in form.call.timeline if event.kind == "pressed"] == ["1"]


def test_it_is_simulated_in_live_mode_too(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = tm.twiml_form(MENU)
    monkeypatch.setattr(type(session()), "client", property(lambda _: pytest.fail("live")))
    press(form.trial.simulate)

    assert form.call is not None


def test_what_cannot_be_simulated_says_why(notebook: Notebook) -> None:
    form = tm.twiml_form(f"<Response><Say>{'word ' * 1000}</Say></Response>")
    press(form.trial.simulate)

    assert form.call is None
    assert "4000" in said(form.trial.widget).replace(",", "")


def test_ssml_is_folded_and_explained(form: TwimlForm) -> None:
    add_inside(form, "Say")
    assert ("Say", "break") not in form.inside.buttons
    fill(button(form.inside.widget, "▸ SSML: pauses, stress, pronunciation"), True)

    assert "SSML says how words are spoken" in said(form.inside.widget)
    assert vocabulary().elements["break"].summary in said(form.inside.widget)
    press(form.inside.buttons["Say", "break"])
    assert "<break/>" in form.document.text


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("<Response><Sya>Hi</Sya></Response>", "<Response><Say>Hi</Say></Response>"),
        (
            "<Response><Say vioce='a'>Hi</Say></Response>",
            "<Response><Say voice='a'>Hi</Say></Response>",
        ),
        (
            "<Response><Gather input='speach'/></Response>",
            "<Response><Gather input='speech'/></Response>",
        ),
    ],
)
def test_what_was_meant_is_a_button(notebook: Notebook, written: str, mended: str) -> None:
    form = tm.twiml_form(written)
    form.select((0,))
    press(
        next(
            each
            for each in everything(form.panel.widget)
            if type(each).__name__ == "Button" and "Did you mean" in each.description
        )
    )

    assert form.document.text == mended
