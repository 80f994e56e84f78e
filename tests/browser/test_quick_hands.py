"""A person types and presses while the kernel is busy: a button acts on what stands in the form when it is pressed."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.waiting import until

from .cells import LOAD
from .conftest import Open
from .lab import Lab
from .notebook import Cell, Notebook
from .test_softphone import CALL, SHOP, SHOWN, phone_in
from .test_softphone import LOAD as WORLD

pytestmark = pytest.mark.browser

#: After `hold(field)` the kernel is busy with the next change of the field until the gate is opened.
HOLD = f"""\
{LOAD}
import twilio_magic as tm

def hold(field):
    def wait(change):
        field.control.unobserve(wait, "value")
        with open("gate") as gate:
            gate.readline()

    field.control.observe(wait, "value")"""
MENU = '<Response><Gather numDigits="1"><Say>Press 1 for bread.</Say></Gather></Response>'

SAY = 'tm.twiml_form("<Response><Say>Hello</Say></Response>")'
_EXECUTE = """async code => {
    const kernel = window.jupyterapp.shell.currentWidget.context.sessionContext.session.kernel;
    return (await kernel.requestExecute({code}).done).content.status;
}"""
_EXECUTE_LATER = """code => {
    window.jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.requestExecute({code});
}"""
_HAS_ANSWERED = """\
from twilio_magic.notebook.forms import _order
assert _order._made[0]._answered.value"""

SAVE = "Save as script and as test what you did"
_PRESS_AT_ONCE = """(root, names) =>
    names.forEach(name => root.querySelector(`button[aria-label="${name}"]`).click())"""


class Gate:
    """What the kernel waits at."""

    def __init__(self, lab: Lab) -> None:
        path = lab.root / "gate"
        os.mkfifo(path)
        self._opened = path.open("r+b", buffering=0)  # for both, or it would wait for the kernel
        self._path = path

    def open(self) -> None:
        """Let the kernel go on."""
        self._opened.write(b"\n")

    def remove(self) -> None:
        self._opened.close()
        self._path.unlink()


@pytest.fixture
def gate(lab: Lab) -> Iterator[Gate]:
    made = Gate(lab)
    yield made
    made.remove()


@pytest.fixture(scope="module")
def notebook(open_notebook: Open) -> Notebook:
    opened = open_notebook("quick-hands", [HOLD])
    opened.run_all()
    show(opened, "tm.twiml_form()")
    # The page answers the question of the first form long before a person types; these tests type at once.
    until(lambda: opened.page.evaluate(_EXECUTE, _HAS_ANSWERED) == "ok")
    return opened


def show(notebook: Notebook, form: str, *then: str) -> Cell:
    """Show a *form* in a new cell, after *then* was done."""
    place = notebook.page.locator(".jp-NotebookPanel:visible .jp-CodeCell").count()
    notebook.write("\n".join([f"form = {form}", *then, "form"]))
    notebook.run()
    cell = notebook.cell(place)
    expect(cell.outputs.first).to_be_visible()
    return cell


def press(form: Cell, name: str) -> None:
    form.root.get_by_role("button", name=name, exact=True).click()


def test_a_document_is_simulated_with_all_of_the_script(notebook: Notebook, gate: Gate) -> None:
    keyboard = notebook.page.keyboard
    form = show(notebook, f"tm.twiml_form({MENU!r})", "hold(form.trial.phone)")
    form.root.get_by_label("Script of the called phone (optional)").focus()
    keyboard.type("answer; press 1")
    keyboard.press("Tab")
    keyboard.press("Enter")
    gate.open()

    expect(form.root.locator("kbd").get_by_text("1", exact=True)).to_be_visible()


def test_a_call_is_copied_with_all_that_was_typed(notebook: Notebook, gate: Gate) -> None:
    form = show(notebook, "tm.call_form()", "hold(form.to)")
    form.root.get_by_label("To", exact=True).fill("")
    notebook.page.keyboard.type("+13105550000")
    press(form, "Copy to a cell")
    gate.open()

    expect(form.root.get_by_text("The text is in a new cell")).to_be_visible()
    expect(notebook.cell(-1).root.locator(".cm-content")).to_contain_text("%%call +13105550000 ")


def test_a_phone_gets_all_of_its_script(notebook: Notebook, gate: Gate) -> None:
    form = show(notebook, "tm.phone_form()", "hold(form.script)")
    form.root.get_by_label("Script", exact=True).focus()
    notebook.page.keyboard.type("answer; press 1")
    press(form, "Give the phone this script")
    gate.open()

    expect(form.root.get_by_role("button", name="Remove +")).to_be_visible()
    expect(form.root.get_by_text(": answer; press 1").last).to_be_visible()


def test_another_element_is_chosen_after_all_that_was_typed_into_the_last(
    notebook: Notebook, gate: Gate
) -> None:
    """The field goes when another element is chosen, and would take the letters with it that had not been sent."""
    form = show(notebook, SAY, "form.select((0,))", 'hold(form.panel.fields[""])')
    form.root.get_by_label("Text", exact=True).fill("")
    notebook.page.keyboard.type("Good morning")
    press(form, "Response")
    gate.open()

    expect(form.root.get_by_role("button", name="● Response")).to_be_visible()
    expect(form.root.get_by_role("button", name="Say “Good morning”")).to_be_visible()


def test_all_that_was_typed_is_taken_back_and_comes_again(notebook: Notebook, gate: Gate) -> None:
    keyboard = notebook.page.keyboard
    form = show(notebook, SAY, "form.select((0,))", 'hold(form.panel.fields[""])')
    form.root.get_by_label("Text", exact=True).fill("")
    keyboard.type("Good morning")
    keyboard.press("Tab")
    keyboard.press("Control+z")
    keyboard.press("Control+Shift+z")
    gate.open()

    expect(form.root.get_by_role("button", name="Redo")).to_be_disabled()
    expect(form.root.get_by_role("button", name="Say “Good morning”")).to_be_focused()


def test_a_form_hears_keys_when_the_field_that_had_the_focus_is_gone(notebook: Notebook) -> None:
    form = show(notebook, SAY, "form.select((0,))")
    form.root.get_by_label("Text", exact=True).fill("Good morning")
    expect(form.root.get_by_role("button", name="Say “Good morning”")).to_be_visible()
    notebook.page.evaluate(_EXECUTE, "form.select(())")
    expect(form.root.get_by_label("Text", exact=True)).to_have_count(0)
    notebook.page.keyboard.press("Control+z")

    expect(form.root.get_by_role("button", name="● Say “Hello”")).to_be_focused()
    expect(form.root.get_by_role("button", name="Redo")).to_be_enabled()


def test_a_person_who_types_into_a_cell_by_now_is_left_there(notebook: Notebook) -> None:
    """Letters that are typed into a form's button would be commands of the notebook: d d deletes a cell."""
    form = show(notebook, SAY)
    response = form.root.get_by_role("button", name="● Response")
    typed = form.root.locator(".cm-content")
    form.root.get_by_label("Name").focus()
    notebook.page.evaluate(_EXECUTE, "form.outline.focus(())")
    expect(response).to_be_focused()

    typed.focus()
    notebook.page.evaluate(_EXECUTE, "form.outline.focus(())")
    notebook.page.evaluate(_EXECUTE, "pass")  # and the page has done what came before
    expect(typed).to_be_focused()


def test_a_second_element_goes_into_the_one_that_was_shown_when_it_was_added(
    notebook: Notebook, gate: Gate
) -> None:
    form = show(notebook, SAY, "hold(form.title)")
    form.root.get_by_label("Name").press("m")
    press(form, "Gather")
    press(form, "Pause")
    gate.open()

    expect(form.root.get_by_role("button", name="● Pause")).to_be_visible()
    expect(form.root.locator("pre").first).to_contain_text("<Gather/>")


def test_keys_count_right_after_the_call_was_answered_and_after_it_was_ended(
    open_notebook: Open,
) -> None:
    """A person need not wait until the kernel has told the phone so. Before a call there is nothing to save."""
    notebook = open_notebook("quick-phone", (WORLD, SHOP, SHOWN, CALL))
    for index in range(3):
        notebook.select(index)
        notebook.run()
    phone = phone_in(notebook, 2)
    for button in (phone.button(SAVE), phone.button("Card of the call")):
        expect(button).to_be_disabled()
        expect(button).to_have_attribute("title", "There was no call yet.")
    phone.screenshot("softphone-before")
    phone.number.click()
    notebook.page.keyboard.type("+1415555")
    expect(phone.number).to_have_value("+1415555")  # instead of the number of the account

    notebook.select(3)
    notebook.run()
    expect(phone.button("Answer the call")).to_be_visible()
    phone.root.evaluate(_PRESS_AT_ONCE, ["Answer the call", "1"])
    expect(phone.log).to_contain_text("Bread it is.")
    phone.root.evaluate(_PRESS_AT_ONCE, ["Mute the microphone", "Mute the microphone"])
    expect(phone.button("Mute the microphone")).to_have_attribute("aria-pressed", "false")
    phone.root.evaluate(_PRESS_AT_ONCE, ["Hang up", "1", "1"])
    expect(phone.display).to_contain_text("Call ended: completed")
    expect(phone.number).to_have_value("11")  # after a call a key begins a new number
    expect(phone.button(SAVE)).to_be_enabled()
    expect(phone.button("Card of the call")).to_have_attribute("title", "")


def test_a_press_waits_for_text_that_the_kernel_takes_in_another_thread(
    notebook: Notebook, gate: Gate
) -> None:
    """A cell runs in the main thread, and the messages of a control whose last news came from a cell wait for it."""
    form = show(notebook, SAY)
    press(form, "Say “Hello”")
    text = form.root.get_by_label("Text", exact=True)
    text.fill("")
    expect(form.root.get_by_role("button", name="● Say “Hello”")).to_have_count(0)
    notebook.page.evaluate(_EXECUTE, "form.panel.fields[''].control.placeholder = 'words'")
    notebook.page.evaluate(_EXECUTE_LATER, "with open('gate') as gate: gate.readline()")
    text.focus()
    notebook.page.keyboard.type("Good morning")
    press(form, "Pause")
    notebook.wait_until_quiet(milliseconds=1_000)  # all has come that does not wait for the cell
    gate.open()

    expect(form.root.get_by_role("button", name="● Pause")).to_be_visible()
    expect(form.root.get_by_role("button", name="Say “Good morning”")).to_be_visible()


def test_an_element_is_added_behind_the_one_whose_button_was_pressed_though_its_parent_is_chosen_by_now(
    notebook: Notebook, gate: Gate
) -> None:
    form = show(notebook, SAY, "form.select((0,))", "hold(form.title)")
    form.root.get_by_label("Name").press("m")
    press(form, "Response")
    press(form, "Hangup")
    gate.open()

    expect(form.root.get_by_role("button", name="● Hangup")).to_be_visible()
    expect(form.root.locator("pre").first).to_contain_text("</Say><Hangup/>")


def test_an_element_is_added_into_the_one_whose_button_was_pressed_though_its_parent_is_chosen_by_now(
    notebook: Notebook, gate: Gate
) -> None:
    form = show(notebook, f"tm.twiml_form({MENU!r})", "form.select((0,))", "hold(form.title)")
    form.root.get_by_label("Name").press("m")
    press(form, "Response")
    form.root.get_by_role("button", name="Pause", exact=True).first.click()
    gate.open()

    expect(form.root.get_by_role("button", name="● Pause")).to_be_visible()
    expect(form.root.locator("pre").first).to_contain_text("<Pause/></Gather>")
