"""The extension in Notebook 7, from the wheel: colors, problems, new cells and the panel there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from . import chromium
from .cells import FIRST_CALL, LOAD
from .lab import running_lab
from .notebook import SCREENSHOTS, Notebook

pytestmark = pytest.mark.browser

PLACE = Path(__file__).parents[2] / ".venv" / "notebook"


class Notebook7(Notebook):
    """A notebook in a page of its own, as Notebook 7 opens it."""

    def read(self, name: str, text: str) -> None:
        path = f"{name}.ipynb"
        (self._lab.root / path).write_text(text, "utf-8")
        self.page.goto(f"{self._lab.url}/notebooks/{path}")
        self._wait_until_ready(path)


@pytest.fixture(scope="module")
def notebook(
    browser: BrowserContext, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Notebook]:
    if not (PLACE / "notebook").is_dir():
        reason = (
            f"there is no Notebook 7 in {PLACE}: `make test` installs it where a registry answers"
        )
        if chromium.is_required():
            pytest.fail(reason)
        pytest.skip(reason)
    home = tmp_path_factory.mktemp("notebook-7")
    options = [
        f"--ServerApp.root_dir={home / 'notebooks'}",
        "--JupyterNotebookApp.expose_app_in_browser=True",
    ]
    command = [sys.executable, "-m", "notebook", "--allow-root", *options]
    with running_lab(home, command, beside=PLACE) as server:
        opened = Notebook7(browser.new_page(), server)
        opened.open("bakery", [LOAD, "%%phone\n+13105550101: busy", FIRST_CALL])
        opened.run_all()
        expect(opened.cell(2).html).to_contain_text("completed")
        yield opened
        opened.close()


def test_a_cell_has_the_colors_of_twiml_and_its_problem_is_mended(notebook: Notebook) -> None:
    cell = notebook.write('%%twiml\n<Response>\n  <Gather numDigit="1"/>\n</Response>')

    expect(
        cell.root.locator(".cm-line span").get_by_text("Response", exact=True).first
    ).to_be_visible()
    marked = cell.root.locator(".cm-lintRange-warning")
    expect(marked).to_have_text('numDigit="1"')
    marked.click()
    notebook.page.keyboard.press("Control+.")
    expect(cell.root.locator(".cm-line").nth(2)).to_have_text('  <Gather numDigits="1"/>')


def test_the_kernel_puts_a_cell_below_the_current_one(notebook: Notebook) -> None:
    notebook.write("from twilio_magic.notebook import lab\nput = lab.write_below('%number')")
    notebook.run()

    expect(notebook.cell(-1).root.locator(".cm-content")).to_have_text("%number")


def test_the_panel_shows_the_call_and_its_card(notebook: Notebook) -> None:
    notebook.command("twilio-magic:show-panel")
    panel = notebook.page.locator(".tm-panel")
    expect(panel).to_contain_text("busy")
    panel.locator(".tm-panel-call").first.click()

    expect(panel).to_contain_text("Your first call works")
    SCREENSHOTS.mkdir(exist_ok=True)
    notebook.page.screenshot(path=SCREENSHOTS / "notebook-7.png")
