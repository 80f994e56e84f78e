"""Everything that is shown, as people see it: light and dark, narrow and wide, with a screen reader."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from . import axe, gallery
from .conftest import Open
from .contrast import ENOUGH, runs
from .notebook import DARK, LIGHT, Cell, Notebook

pytestmark = pytest.mark.browser

_UNFOLD = "folded => folded.forEach(each => { each.open = true })"
_WIDTHS = {"wide": 1200, "narrow": 720}  # of the page; the notebook has what the side bar leaves
_OVERFLOWS = """outputs => outputs.flatMap(output => [...output.querySelectorAll("*")])
    .filter(each => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX === "visible"
        && getComputedStyle(each).display !== "inline" && !each.closest("svg"))
    .map(each => each.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def notebook(open_notebook: Open) -> Notebook:
    opened = open_notebook("views", gallery.CELLS)
    opened.run_all()
    expect(opened.cell(gallery.PLACE["status"]).html).to_be_visible()
    for mistake in gallery.MISTAKES.values():
        opened.write(mistake)
        opened.run()
    expect(opened.cell(len(gallery.CELLS) + len(gallery.MISTAKES) - 1).error).to_be_visible()
    outputs(opened).locator("details").evaluate_all(_UNFOLD)
    return opened


@pytest.fixture(scope="module", params=[LIGHT, DARK])
def themed(request: pytest.FixtureRequest, notebook: Notebook) -> Notebook:
    notebook.use_theme(request.param)
    return notebook


@pytest.fixture(params=_WIDTHS)
def as_wide(request: pytest.FixtureRequest, themed: Notebook) -> Iterator[Notebook]:
    with themed.as_wide(_WIDTHS[request.param]):
        yield themed


def outputs(notebook: Notebook) -> Locator:
    return notebook.page.locator(".jp-NotebookPanel:visible .jp-OutputArea-output")


def shown(notebook: Notebook, name: str) -> Cell:
    return notebook.cell(gallery.PLACE[name])


@pytest.mark.parametrize("name", gallery.SHOWN)
def test_every_word_stands_out_from_what_is_behind_it(themed: Notebook, name: str) -> None:
    read = runs(shown(themed, name).html)
    faint = {run.text: round(run.contrast, 2) for run in read if run.contrast < ENOUGH}

    assert read
    assert not faint


def test_a_checker_of_accessibility_finds_nothing_serious(themed: Notebook) -> None:
    axe.require()
    found = axe.violations(outputs(themed))

    assert not found, "\n".join(map(str, found))
