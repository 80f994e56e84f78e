"""The extension of JupyterLab, from the wheel: what a person sees of it while a cell is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from twilio_magic.notebook import _magics

from .cells import LOAD
from .conftest import Open
from .lab import Lab
from .notebook import DARK, LIGHT, SCREENSHOTS, Notebook

pytestmark = pytest.mark.browser

_SOURCES = Path(__file__).parents[2] / "lab" / "src"
TWIML = """\
%%twiml menu
<Response>
  <!-- for sale -->
  <Say voice="Polly.Joanna">Press 1 for or not for $name</Say>
</Response>"""
DIALOG = """\
%%dialog
app: bakery
dialog "a caller"
  hear "press 1"; press 1"""
PYTHON = "for each in [1]:\n    pass\ncall = %call +13105555555 --from +12125551234"
_COLOR = "element => getComputedStyle(element).color"
WAIT = """\
from pathlib import Path
from time import sleep
while not Path("typed").exists():
    sleep(0.05)"""
# The texts that the page asks the kernel of the notebook in front about from now on.
_LISTEN = """() => {
    window.asked = [];
    window.jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.anyMessage.connect(
        (_, { msg, direction }) => direction === "send" && window.asked.push(msg.content.data?.text ?? ""));
}"""
# Before the page's next question whether the extension is loaded, a cell of somebody fails.
_FAIL_BEFORE_THE_NEXT_QUESTION = """() => {
    const kernel = window.jupyterapp.shell.currentWidget.context.sessionContext.session.kernel;
    const ask = kernel.requestExecute.bind(kernel);
    kernel.requestExecute = (content, ...others) => {
        if (content.silent) {
            kernel.requestExecute = ask;
            ask({ code: "import time; time.sleep(0.5); 1 / 0", stop_on_error: true });
            window.question = ask(content, ...others);
            return window.question;
        }
        return ask(content, ...others);
    };
}"""
_ANSWER = "async () => (await window.question.done).content.status"
_IS_BUSY = """() => {
    const { session } = window.jupyterapp.shell.currentWidget.context.sessionContext;
    return session.kernel.status === "busy";
}"""
_REST = "time => new Promise(done => setTimeout(() => done(window.asked), time))"
_IS_BOLD = "element => Number(getComputedStyle(element).fontWeight) > 500"


@pytest.fixture(scope="module")
def notebook(open_notebook: Open) -> Notebook:
    opened = open_notebook("extension", [LOAD, TWIML, DIALOG, PYTHON])
    opened.run_all()
    return opened


def word(notebook: Notebook, cell: int, text: str) -> Locator:
    """The innermost element of the editor of *cell* that has *text*, and no more."""
    exact = re.compile(f"^{re.escape(text)}$")
    return notebook.cell(cell).root.locator(".cm-line span").filter(has_text=exact).last


def exactly(*lines: str) -> list[re.Pattern[str]]:
    """Patterns for *lines* with their blanks."""
    return [re.compile(f"^{re.escape(line)}$") for line in lines]


def test_jupyter_lists_the_extension_as_enabled(lab: Lab) -> None:
    assert re.search(r"twilio-magic v[\d.]+.*enabled.*OK", lab.manage_extensions("list"))


def test_the_extension_knows_every_magic() -> None:
    known = re.findall(r"^  '(\w+)'", (_SOURCES / "cell.ts").read_text("utf-8"), re.MULTILINE)

    assert known == sorted(_magics.MAGICS)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_cells_have_the_colors_of_their_language(notebook: Notebook, theme: str) -> None:
    notebook.use_theme(theme)
    SCREENSHOTS.mkdir(exist_ok=True)
    notebook.screenshot(f"extension-{theme.rsplit(maxsplit=1)[-1].lower()}")

    seen = [
        word(notebook, cell, text).evaluate(_COLOR)
        for cell, text in (
            (1, "%%twiml"),
            (1, "Say"),
            (1, "voice"),
            (1, "<!-- for sale -->"),
            (1, "$name"),
        )
    ]

    assert len(set(seen)) == len(seen)


def test_words_of_a_document_are_no_keywords_of_python(notebook: Notebook) -> None:
    line = notebook.cell(1).root.locator(".cm-line").nth(3)

    assert not any(line.locator("span").evaluate_all(f"all => all.map({_IS_BOLD})"))
    assert word(notebook, 3, "for").evaluate(_IS_BOLD)


def test_dialogs_and_the_options_of_magics_have_colors(notebook: Notebook) -> None:
    assert word(notebook, 2, "hear").evaluate(_IS_BOLD)
    assert not word(notebook, 3, "from").evaluate(_IS_BOLD)
    expect(word(notebook, 3, "from")).to_have_class("tm-magic-option")


def test_a_cell_changes_its_colors_with_its_first_line(notebook: Notebook) -> None:
    cell = notebook.write("for each in []: pass")
    expect(cell.root.locator(".cm-line span").first).to_have_text("for")
    notebook.page.keyboard.press("Control+Home")
    notebook.page.keyboard.insert_text("%%twiml\n<Response>")

    expect(cell.root.locator(".cm-line").nth(1).locator("span").nth(1)).to_have_text("Response")


def test_a_problem_is_marked_while_typing_and_mended_by_keyboard(notebook: Notebook) -> None:
    cell = notebook.write('%%twiml\n<Response>\n  <Gather numDigit="1"/>\n</Response>')

    marked = cell.root.locator(".cm-lintRange-warning")
    expect(marked).to_have_text('numDigit="1"')
    marked.click()
    notebook.page.keyboard.press("Control+.")

    expect(cell.root.locator(".cm-line").nth(2)).to_have_text('  <Gather numDigits="1"/>')
    expect(marked).to_have_count(0)


def test_while_nobody_types_the_kernel_is_asked_nothing(notebook: Notebook) -> None:
    """A question makes the kernel busy and idle: that must be no reason for the next question."""
    notebook.write("%%twiml\n<Response><Sai>hi</Sai></Response>")
    expect(notebook.cell(-1).root.locator(".cm-lintRange").first).to_be_visible()
    notebook.wait_until_quiet(milliseconds=3_000)


def test_the_tip_at_a_problem_has_code_text_and_fix_and_no_markup(notebook: Notebook) -> None:
    cell = notebook.write("%%twiml\n<Response><Sai>hi</Sai></Response>")
    cell.root.locator(".cm-lintRange").hover()

    tip = notebook.page.locator(".cm-diagnostic")
    expect(tip).to_contain_text("warning 12200: <Sai> is no element of TwiML Voice")
    expect(tip.locator(".cm-diagnosticAction")).to_have_text("Write Say")


def test_closing_tags_are_typed_along_and_comments_are_those_of_xml(notebook: Notebook) -> None:
    cell = notebook.write("%%twiml\n<Response>\n")
    notebook.page.keyboard.type("<Gather><Say>Hello</")
    line = cell.root.locator(".cm-line").nth(2)

    expect(line).to_have_text("<Gather><Say>Hello</Say></Gather>")
    notebook.page.keyboard.press("Control+/")
    expect(line).to_have_text("<!-- <Gather><Say>Hello</Say></Gather> -->")


def test_a_closing_tag_that_is_typed_in_full_is_there_once(notebook: Notebook) -> None:
    cell = notebook.write("%%twiml\n<Response>\n")
    notebook.page.keyboard.type("<Gather><Say>Hello</Say></Gather></Response>")
    notebook.page.keyboard.press("Enter")
    notebook.page.keyboard.type("<Say>Good</Sa bye")
    lines = cell.root.locator(".cm-line")

    expect(lines.nth(2)).to_have_text("<Gather><Say>Hello</Say></Gather></Response>")
    expect(lines.nth(3)).to_have_text("<Say>Good</Say>Sa bye")


def test_a_closing_tag_typed_above_the_one_that_is_there_goes_behind_that(
    notebook: Notebook,
) -> None:
    cell = notebook.write("%%twiml\n")
    notebook.page.keyboard.type("<Response>\n<Gather>\n<Say>Hello</Say>\n</Gather>")
    notebook.page.keyboard.type("\n<Say>Bye</Say>\n</Response>")

    expect(cell.root.locator(".cm-line")).to_have_text(
        exactly(
            "%%twiml",
            "<Response>",
            "  <Gather>",
            "    <Say>Hello</Say>",
            "  </Gather>",
            "  <Say>Bye</Say>",
            "</Response>",
        )
    )


def test_a_closing_tag_that_belongs_to_another_element_is_not_taken(notebook: Notebook) -> None:
    cell = notebook.write(
        "%%twiml\n<Response><Say><prosody><prosody>Hello\n</prosody></Say></Response>"
    )
    notebook.page.keyboard.press("Control+Home")
    notebook.page.keyboard.press("ArrowDown")
    notebook.page.keyboard.press("End")
    notebook.page.keyboard.type("</prosody>")

    expect(cell.root.locator(".cm-line").nth(1)).to_have_text(
        "<Response><Say><prosody><prosody>Hello</prosody>"
    )
    expect(cell.root.locator(".cm-line").nth(2)).to_have_text("</prosody></Say></Response>")


def test_enter_between_two_tags_indents_what_is_typed_there(notebook: Notebook) -> None:
    cell = notebook.write("%%twiml\n")
    notebook.page.keyboard.type("<Response>\n<Gather>\n<Say>Hello", delay=20)

    expect(cell.root.locator(".cm-line")).to_have_text(
        exactly(
            "%%twiml",
            "<Response>",
            "  <Gather>",
            "    <Say>Hello</Say>",
            "  </Gather>",
            "</Response>",
        )
    )


def test_lines_are_indented_as_in_xml(notebook: Notebook) -> None:
    cell = notebook.write("%%twiml\n<Response>\n  <Gather>")
    notebook.page.keyboard.press("Enter")
    notebook.page.keyboard.type("<Say>Hi")

    expect(cell.root.locator(".cm-line").nth(3)).to_have_text("    <Say>Hi</Say>")


def test_a_document_is_formatted_from_the_palette(notebook: Notebook) -> None:
    cell = notebook.write("%%twiml\n<Response><Say>Hello</Say></Response>")
    notebook.page.keyboard.press("Escape")
    notebook.command("apputils:activate-command-palette")
    notebook.page.keyboard.type("Format TwiML")
    found = notebook.page.locator(".lm-CommandPalette-item.lm-mod-active:visible")
    expect(found).to_contain_text("Format TwiML")
    notebook.page.keyboard.press("Enter")

    expect(cell.root.locator(".cm-line")).to_have_text(
        ["%%twiml", "<Response>", "  <Say>Hello</Say>", "</Response>"]
    )


def test_in_a_cell_that_is_no_twiml_nothing_is_asked(notebook: Notebook) -> None:
    notebook.write("text = 'for'")
    notebook.page.evaluate(_LISTEN)
    notebook.page.keyboard.type("  # <Response><Sai>")

    asked = notebook.page.evaluate(_REST, 2_000)
    assert not [text for text in asked if "<Response><Sai>" in text and "%%twiml" not in text]


def test_while_a_cell_runs_nothing_is_asked_and_then_it_is_checked(
    notebook: Notebook, lab: Lab
) -> None:
    notebook.write(WAIT)
    notebook.page.keyboard.press("Control+Enter")
    notebook.page.wait_for_function(_IS_BUSY)
    notebook.command("notebook:insert-cell-below")
    notebook.command("notebook:enter-edit-mode")
    notebook.page.evaluate(_LISTEN)
    notebook.page.keyboard.insert_text("%%twiml\n<Response><Sai>hi</Sai></Response>")
    try:
        assert notebook.page.evaluate(_REST, 2_000) == []
    finally:
        (lab.root / "typed").touch()

    expect(notebook.cell(-1).root.locator(".cm-lintRange").first).to_be_visible()


def test_a_document_is_formatted_by_keyboard(notebook: Notebook) -> None:
    cell = notebook.write("%%twiml\n<Response><Say>Hello</Say></Response>")
    notebook.page.keyboard.press("Alt+Shift+F")

    expect(cell.root.locator(".cm-line")).to_have_text(
        ["%%twiml", "<Response>", "  <Say>Hello</Say>", "</Response>"]
    )


def test_a_button_of_the_cell_calls_with_its_document(notebook: Notebook) -> None:
    notebook.write("%%twiml hello\n<Response><Say>Good morning</Say></Response>")
    toolbar = notebook.page.locator(".jp-cell-toolbar:visible")
    toolbar.get_by_text("Call", exact=True).click()

    last = notebook.cell(-1)
    expect(last.root.locator(".cm-content")).to_contain_text("--twiml hello")
    expect(last.html).to_contain_text("Good morning")


def test_a_cell_that_fails_does_not_cut_the_notebook_off(open_notebook: Open) -> None:
    """The kernel then answers nothing that waits behind it, be it a cell or the page's own question."""
    opened = open_notebook("fails", [LOAD])
    opened.page.evaluate(_FAIL_BEFORE_THE_NEXT_QUESTION)
    opened.run_all()
    opened.page.wait_for_function("() => window.question")
    assert opened.page.evaluate(_ANSWER) == "aborted"
    cell = opened.write("%%twiml\n<Response><Sai>hi</Sai></Response>")

    expect(cell.root.locator(".cm-lintRange").first).to_be_visible()


def test_the_extension_is_off_with_the_usual_switch(notebook: Notebook, lab: Lab) -> None:
    lab.manage_extensions("disable", "--level=user", "twilio-magic")
    try:
        notebook.reopen()
        cell = notebook.write("%%twiml\n<Response>\n  <Say>for you</Say>\n</Response>")

        expect(cell.root.locator(".cm-line span").get_by_text("for", exact=True)).to_have_count(1)
        notebook.run()
        expect(cell.html).to_contain_text("Twilio accepts this document")
        expect(notebook.page.get_by_role("tab", name="Twilio")).to_have_count(0)
    finally:
        lab.manage_extensions("enable", "--level=user", "twilio-magic")
