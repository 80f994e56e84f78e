"""What a person sees who made a mistake."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .cells import GREETING, LOAD
from .conftest import Open
from .contrast import ENOUGH, runs
from .notebook import DARK, LIGHT, Notebook

pytestmark = pytest.mark.browser

MISTAKE = "%call +13105555555 --from +12125551234 --twiml greting"
CELLS = (LOAD, GREETING, MISTAKE, "print('after the mistake')")
mistake, after = 2, 3


@pytest.fixture(scope="module")
def notebook(open_notebook: Open) -> Notebook:
    opened = open_notebook("mistake", CELLS)
    opened.run_all()
    expect(opened.cell(mistake).error).to_be_visible()
    opened.screenshot("mistake-light")
    return opened


def test_an_error_is_a_small_box_with_what_to_do(notebook: Notebook) -> None:
    box = notebook.cell(mistake).error.inner_text().splitlines()

    assert "MagicLineError" in box[0]
    assert "'greting'" in box[1]
    assert "Did you mean greeting?" in box[-2]
    assert len(box) <= 6


def test_run_all_stops_at_an_error(notebook: Notebook) -> None:
    expect(notebook.cell(after).prompt).to_have_text("[ ]:")
    expect(notebook.cell(after).outputs).to_have_count(0)


def test_an_error_can_be_read_in_every_theme(notebook: Notebook) -> None:
    faintest = {}
    for theme in (DARK, LIGHT):
        notebook.use_theme(theme)
        faintest[theme] = min(run.contrast for run in runs(notebook.cell(mistake).error))

    assert min(faintest.values()) >= ENOUGH, faintest
