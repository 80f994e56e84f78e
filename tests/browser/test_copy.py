"""A program that ``--as`` shows has a button that copies it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from . import axe
from .cells import LOAD
from .conftest import Open
from .notebook import Notebook

pytestmark = pytest.mark.browser

CODE = "%call +13105555555 --from +12125551234 --twiml '<Response/>' --as {}"
CELLS = (LOAD, CODE.format("curl"), CODE.format("requests"))


@pytest.fixture(scope="module")
def notebook(open_notebook: Open) -> Notebook:
    opened = open_notebook("copy", CELLS)
    opened.run_all()
    return opened


@pytest.mark.parametrize(("index", "word"), [(1, "curl -X POST"), (2, "requests.post(")])
def test_a_button_copies_the_program(notebook: Notebook, index: int, word: str) -> None:
    shown = notebook.cell(index).root
    expect(shown.get_by_role("button", name="Copy the program as")).to_have_count(1)
    shown.get_by_role("button", name="Copy the program as").press("Enter")
    selected = notebook.page.evaluate("() => getSelection().toString()")

    assert word in selected
    assert selected.strip() == shown.locator("pre[data-copy]").inner_text().strip()


def test_a_checker_of_accessibility_finds_nothing_serious(notebook: Notebook) -> None:
    axe.require()

    assert not axe.violations(notebook.outputs)


def test_the_buttons_go_with_their_extension(notebook: Notebook) -> None:
    """Last: they do not come back."""
    notebook.write("%unload_ext twilio_magic")
    notebook.run()

    expect(notebook.page.get_by_role("button", name="Copy the program as")).to_have_count(0)
