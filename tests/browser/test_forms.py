"""A person fills in forms in JupyterLab, with the keyboard alone."""

from __future__ import annotations

import re
from contextlib import nullcontext

import pytest
from playwright.sync_api import Locator, expect

from . import axe, hostile
from .cells import LOAD
from .conftest import Open
from .contrast import ENOUGH, runs
from .notebook import DARK, LIGHT, Cell, Notebook

pytestmark = pytest.mark.browser

IMPORT = f"{LOAD}\nimport twilio_magic as tm"
MENU = '<Response><Gather numDigits="1"><Say>Press 1 for bread.</Say></Gather></Response>'
NESTED = (
    '<Response><Gather action="https://bakery.example.com/chosen-by-key"><Say voice="Polly.Joanna-Generative">'
    "Press 1 for bread.</Say></Gather></Response>"
)
CELLS = (
    IMPORT,
    "tm.call_form()",
    "tm.twiml_form()",
    "tm.phone_form()",
    f"tm.twiml_form({MENU!r})",
    f"tm.twiml_form({NESTED!r})",
)
load, call, twiml, phone, built, nested = range(len(CELLS))

_MOST_TABS = 60
_SMALL_LAPTOP = 560  # pixels
_FOCUSED = """() => {
    const focused = document.activeElement;
    const label = focused.labels?.[0]?.innerText ?? focused.getAttribute("aria-label");
    return (label || focused.innerText || focused.tagName).trim();
}"""
_INTRUDERS = """form => [...form.querySelectorAll("[data-hostile], script, img, iframe")]
    .filter(element => !/^Ladder of .*data:image.svg/.test(`${element.alt} ${element.getAttribute("src")}`))
    .map(element => element.outerHTML)"""
_IS_TOO_WIDE = """form => [...form.querySelectorAll("*")]
    .filter(element => element.getBoundingClientRect().right > form.getBoundingClientRect().right + 1)
    .map(element => element.outerHTML.slice(0, 200))"""
_IS_CUT_OFF = """form => [...form.querySelectorAll("button, label")]
    .filter(element => element.clientWidth && element.scrollWidth > element.clientWidth + 1)
    .map(element => element.innerText)"""


@pytest.fixture(scope="module")
def notebook(open_notebook: Open) -> Notebook:
    opened = open_notebook("forms", CELLS)
    opened.run_all()
    expect(
        form(opened, phone).get_by_role("button", name="Give the phone this script")
    ).to_be_visible()
    return opened


def form(notebook: Notebook, index: int) -> Locator:
    """The form that the cell at *index* shows."""
    return notebook.cell(index).outputs.first


def tab_to(notebook: Notebook, label: str) -> None:
    """Press Tab until the control with this label has the focus."""
    seen = []
    for _ in range(_MOST_TABS):
        notebook.page.keyboard.press("Tab")
        seen.append(notebook.page.evaluate(_FOCUSED))
        if seen[-1] == label:
            return
    raise AssertionError(f"Tab does not lead to {label!r}, but to {seen}")


def begin(notebook: Notebook, index: int) -> None:
    """Go to the cell at *index*, before its first control."""
    notebook.cell(index).root.locator(".jp-InputArea-editor").click()
    notebook.page.keyboard.press("Escape")


def type_over(notebook: Notebook, text: str) -> None:
    """Replace what stands in the control that has the focus."""
    notebook.page.keyboard.press("Control+A")
    notebook.page.keyboard.type(text)


def count(notebook: Notebook) -> int:
    return notebook.page.locator(".jp-NotebookPanel:visible .jp-Cell").count()


def find_written_cell(notebook: Notebook, index: int) -> Cell:
    """The cell that the form in the cell at *index* wrote below it."""
    shown = form(notebook, index)
    expect(shown.get_by_text("The text is in a new cell, below the current one.")).to_be_visible()
    expect(notebook.page.locator(".jp-NotebookPanel:visible .jp-Cell")).to_have_count(
        len(CELLS) + 1
    )
    return notebook.cell(index + 1)


def test_what_places_the_call_is_in_sight_where_the_form_is(notebook: Notebook) -> None:
    """Below the first line of the form, a small laptop's JupyterLab has this much room, whatever its fonts."""
    shown = form(notebook, call)
    with notebook.with_spaced_text():
        notebook.screenshot("forms-spaced")
        place = shown.get_by_role("button", name="Simulate", exact=True).bounding_box()
        top = shown.bounding_box()
    assert place is not None
    assert top is not None

    assert place["y"] + place["height"] - top["y"] < _SMALL_LAPTOP


def test_a_call_is_placed_by_keyboard(notebook: Notebook) -> None:
    page, shown, cells = notebook.page, form(notebook, call), count(notebook)
    begin(notebook, call)
    tab_to(notebook, "To")
    type_over(notebook, "+13105550000")
    tab_to(notebook, "TwiML")
    type_over(
        notebook,
        '<Response><Gather numDigits="1"><Say>Press 1 for bread.</Say></Gather></Response>',
    )
    tab_to(notebook, "▸ Ready-made behaviors")
    page.keyboard.press("Enter")
    expect(shown.get_by_role("button", name="Presses 1 when asked")).to_be_visible()
    tab_to(notebook, "Presses 1 when asked")
    page.keyboard.press("Space")
    expect(shown.get_by_label("Script of the called phone")).to_have_value(
        'answer; hear "press 1"; press 1'
    )
    tab_to(notebook, "▸ Options: Timeout, Record, and others")
    page.keyboard.press("Enter")
    expect(shown.get_by_label("Timeout", exact=True)).to_be_visible()
    tab_to(notebook, "Timeout")
    page.keyboard.type("bad")
    expect(shown.get_by_text("Timeout is not a whole number")).to_be_visible()
    type_over(notebook, "20")
    expect(shown.get_by_text("Timeout is not a whole number")).to_have_count(0)
    tab_to(notebook, "Record")
    page.keyboard.press("Space")
    tab_to(notebook, "Simulate")
    page.keyboard.press("Enter")
    expect(shown.locator("kbd").get_by_text("1", exact=True)).to_be_visible()
    tab_to(notebook, "curl")
    page.keyboard.press("Enter")
    expect(shown.get_by_label("The call as curl")).to_have_value(
        _holding("Timeout=20", "Record=true")
    )
    notebook.screenshot("forms-call-light")

    assert count(notebook) == cells  # no key that was pressed in a form was taken for a command


def test_what_is_typed_in_a_form_is_no_command_of_the_notebook(notebook: Notebook) -> None:
    """In command mode b adds a cell and x cuts one; the arrows leave the cell."""
    shown, cells = form(notebook, call), count(notebook)
    begin(notebook, call)
    tab_to(notebook, "From")
    type_over(notebook, "bbxdd")
    for key in ("ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"):
        notebook.page.keyboard.press(key)

    assert count(notebook) == cells
    assert notebook.page.evaluate(_FOCUSED) == "From"
    type_over(notebook, "+12125551234")
    expect(shown.get_by_label("From", exact=True)).to_have_value("+12125551234")


def test_the_line_goes_into_a_cell(notebook: Notebook) -> None:
    begin(notebook, call)
    tab_to(notebook, "%call")
    notebook.page.keyboard.press("Enter")
    tab_to(notebook, "Copy to a cell")
    notebook.page.keyboard.press("Enter")
    made = find_written_cell(notebook, call)

    expect(made.root.locator(".cm-content")).to_contain_text(
        "%%call +13105550000 --from +12125551234"
    )
    made.root.locator(".cm-content").click()
    notebook.run()
    expect(made.html).to_contain_text("pressed")
    notebook.command("notebook:delete-cell")


def test_a_menu_is_built_by_keyboard(notebook: Notebook) -> None:
    page, shown = notebook.page, form(notebook, twiml)
    begin(notebook, twiml)
    tab_to(notebook, "Gather")
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => ({_FOCUSED})() === 'numDigits'")
    expect(shown.get_by_text("Ends input as soon as this many digits")).to_be_visible()
    page.keyboard.type("x")
    expect(shown.get_by_text("is not a whole number").first).to_be_visible()
    notebook.screenshot("forms-twiml-problem")
    type_over(notebook, "1")
    begin(notebook, twiml)
    tab_to(notebook, "Say")  # the first one is inside
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => ({_FOCUSED})() === 'Text'")
    page.keyboard.type("Press 1 for <sales>.")
    expect(shown.get_by_text("Waits 5 s for one key", exact=False)).to_be_visible()
    tab_to(notebook, "Name")
    page.keyboard.type("menu")
    expect(shown.get_by_text("menu: Twilio accepts this document")).to_be_visible()
    tab_to(notebook, "Write to a cell")
    page.keyboard.press("Enter")
    made = find_written_cell(notebook, twiml)
    notebook.screenshot("forms-twiml-light")

    expect(made.root.locator(".cm-content")).to_contain_text('<Gather numDigits="1">')
    expect(made.root.locator(".cm-content")).to_contain_text("Press 1 for &lt;sales&gt;.")
    made.root.locator(".cm-content").click()
    notebook.run()
    expect(made.html).to_contain_text("menu: Twilio accepts this document")
    notebook.command("notebook:delete-cell")
    source = form(notebook, call)
    source.get_by_role("button", name="A document of this notebook").click()
    expect(source.get_by_text("In this notebook: menu")).to_be_visible()
    source.get_by_role("button", name="Written here").click()


def test_what_a_new_verb_lacks_is_said_when_its_field_is_left_and_it_is_taken_back_by_keyboard(
    notebook: Notebook,
) -> None:
    page, shown = notebook.page, form(notebook, twiml)
    shown.get_by_role("button", name=re.compile("Response$")).click()
    expect(shown.get_by_role("button", name="● Response")).to_be_visible()
    tab_to(notebook, "Say")
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => ({_FOCUSED})() === 'Text'")
    expect(shown.get_by_role("alert")).to_have_count(0)
    page.keyboard.press("Tab")
    expect(shown.get_by_role("alert").first).to_contain_text("<Say>")
    page.keyboard.press("Control+z")
    expect(shown.get_by_role("alert")).to_have_count(0)
    page.keyboard.press("Control+Shift+z")
    expect(shown.get_by_role("button", name="Redo")).to_be_disabled()
    expect(shown.get_by_role("alert").first).to_contain_text("<Say>")
    page.keyboard.press("Control+z")
    expect(shown.get_by_role("button", name="Redo")).to_be_enabled()


def test_what_is_built_is_simulated_below(notebook: Notebook) -> None:
    shown = form(notebook, built)
    begin(notebook, built)
    tab_to(notebook, "Script of the called phone (optional)")
    type_over(notebook, "answer; press 1")
    tab_to(notebook, "Simulate")
    notebook.page.keyboard.press("Enter")
    expect(shown.locator("kbd").get_by_text("1", exact=True)).to_be_visible()
    expect(shown.get_by_text("completed", exact=False).first).to_be_visible()
    notebook.screenshot("forms-twiml-simulated")


def test_what_was_meant_is_a_button_and_the_call_is_copied(notebook: Notebook) -> None:
    shown = form(notebook, call)
    begin(notebook, call)
    tab_to(notebook, "TwiML")
    type_over(notebook, "<Response><Sya>Hello</Sya></Response>")
    expect(shown.get_by_role("button", name="Did you mean <Say>?")).to_be_visible()
    tab_to(notebook, "Did you mean <Say>?")
    notebook.page.keyboard.press("Enter")
    expect(shown.get_by_label("TwiML", exact=True)).to_have_value(
        "<Response><Say>Hello</Say></Response>"
    )
    shown.get_by_role("button", name="%call", exact=True).click()
    expect(shown.get_by_label("The call as %call")).to_have_value(_holding("<Say>Hello</Say>"))
    notebook.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    shown.get_by_role("button", name="Copy to the clipboard").press("Enter")
    expect(shown.get_by_text("Copied to the clipboard.")).to_be_visible()
    copied = notebook.page.evaluate("() => navigator.clipboard.readText()")
    notebook.page.context.clear_permissions()

    assert copied == shown.get_by_label("The call as %call").input_value()
    assert "<Say>Hello</Say>" in copied


def test_a_phone_gets_its_script_by_keyboard(notebook: Notebook) -> None:
    page, shown = notebook.page, form(notebook, phone)
    begin(notebook, phone)
    tab_to(notebook, "Number")
    type_over(notebook, "+14155550100")
    tab_to(notebook, "Is busy")
    page.keyboard.press("Enter")
    tab_to(notebook, "Script")
    page.keyboard.press("End")
    page.keyboard.type("; pres 1")
    expect(shown.get_by_text("'pres 1' is not a step")).to_be_visible()
    notebook.screenshot("forms-phone-problem")
    type_over(notebook, "answer; press 1")
    expect(shown.get_by_label("The same as a magic")).to_have_value(
        "%phone +14155550100: answer; press 1"
    )
    tab_to(notebook, "Give the phone this script")
    page.keyboard.press("Enter")
    expect(shown.get_by_role("button", name="Remove +14155550100")).to_be_visible()
    expect(shown.get_by_text("+14155550100: answer; press 1").last).to_be_visible()
    notebook.screenshot("forms-phone-light")
    tab_to(notebook, "Remove +14155550100")
    page.keyboard.press("Enter")
    expect(shown.get_by_text("No phone has a script yet.")).to_be_visible()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_word_stands_out_in_every_theme(notebook: Notebook, theme: str) -> None:
    notebook.use_theme(theme)
    notebook.screenshot(f"forms-{theme.rsplit(maxsplit=1)[-1].lower()}")
    read = [run for index in (call, twiml, phone) for run in runs(form(notebook, index))]
    faint = {run.text: round(run.contrast, 2) for run in read if run.contrast < ENOUGH}
    notebook.use_theme(LIGHT)

    assert read
    assert not faint


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_axe_finds_nothing_serious(notebook: Notebook, theme: str) -> None:
    axe.require()
    notebook.use_theme(theme)
    found = [
        each for index in (call, twiml, phone) for each in axe.violations(form(notebook, index))
    ]
    notebook.use_theme(LIGHT)

    assert not found, "\n".join(str(each) for each in found)


@pytest.mark.parametrize("pixels", [520, 700])
def test_an_outline_is_cut_with_an_ellipsis_where_it_is_narrow(
    notebook: Notebook, pixels: int
) -> None:
    """However deep its elements are nested, and however long what they say is."""
    shown = form(notebook, nested)
    with notebook.as_wide(pixels, alone=pixels == 520):
        place = shown.get_by_role("button", name="Say voice").bounding_box()
        page = shown.bounding_box()
        style = shown.get_by_role("button", name="Say voice").evaluate(
            "button => getComputedStyle(button).textOverflow"
        )

    assert place is not None
    assert page is not None
    assert place["x"] + place["width"] <= page["x"] + page["width"] + 1
    assert style == "ellipsis"


@pytest.mark.parametrize("spaced", [False, True], ids=["our font", "wider than any font"])
def test_a_form_fits_into_a_narrow_page(notebook: Notebook, spaced: bool) -> None:
    forms = {index: form(notebook, index) for index in (call, twiml, phone)}
    text = notebook.with_spaced_text() if spaced else nullcontext()
    with notebook.as_wide(520, alone=True), text:
        width = forms[call].evaluate("form => form.getBoundingClientRect().width")
        notebook.screenshot(f"forms-narrow{'-spaced' if spaced else ''}")
        too_wide = {index: shown.evaluate(_IS_TOO_WIDE) for index, shown in forms.items()}
        cut_off = {index: shown.evaluate(_IS_CUT_OFF) for index, shown in forms.items()}

    assert width <= 420
    assert too_wide == {call: [], twiml: [], phone: []}
    assert cut_off == {call: [], twiml: [], phone: []}


def test_hostile_text_in_fields_stays_text(notebook: Notebook) -> None:
    text = f"{hostile.IMAGE}{hostile.SCRIPT}"
    fields = [(call, "To"), (call, "TwiML"), (call, "Timeout"), (twiml, "Name")]
    for index, label in (*fields, (phone, "Number"), (phone, "Script")):
        form(notebook, index).get_by_label(label, exact=True).fill(text)
    form(notebook, call).get_by_role("button", name="Simulate", exact=True).click()
    for index, said in (
        (call, "see what is said beside the fields"),
        (twiml, "cannot be the name of a variable"),
        (phone, "is not a step"),
    ):
        expect(form(notebook, index).get_by_text(said).first).to_be_visible()
    found = [form(notebook, index).evaluate(_INTRUDERS) for index in (call, twiml, phone)]

    assert found == [[], [], []]
    assert notebook.page.evaluate("() => window.__pwned") is None


def test_the_page_asks_no_host_but_loopback(notebook: Notebook) -> None:
    assert notebook.hosts == {"127.0.0.1"}


def _holding(*parts: str) -> re.Pattern[str]:
    """A pattern for a text that holds *parts* in this order."""
    return re.compile(".*".join(re.escape(part) for part in parts), re.DOTALL)
