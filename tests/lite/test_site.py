"""The site of `make lite` in a browser: every tutorial runs in it, and no other machine is asked for anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from lite.tutorials import UNRUNNABLE
from tests.browser.notebook import SCREENSHOTS
from tests.notebooks.refresh import paths

from .page import LitePage, RunCell

pytestmark = pytest.mark.browser

_MOST_BYTES = 60_000_000
_MEANT_TO_FAIL = "raises-exception"
_HERE = "127.0.0.1"


def unrunnable(path: Path, cell: RunCell) -> bool:
    line = cell.source.partition("\n")[0]
    return any(one.notebook == path.stem and one.line == line for one in UNRUNNABLE)


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_a_tutorial_runs_from_top_to_bottom(page: LitePage, path: Path) -> None:
    page.open(f"notebooks/{path.name}")
    try:
        cells = page.run_all()
    finally:
        page.close_notebook()

    assert [cell.source for cell in cells if cell.source.strip() and not cell.count] == []
    failed = {cell.source: cell.complaint for cell in cells if cell.complaint}
    meant = {cell.source for cell in cells if _MEANT_TO_FAIL in cell.tags}
    assert failed.keys() == meant, failed
    expected = [one.line for one in UNRUNNABLE if one.notebook == path.stem]
    assert expected == [cell.source.partition("\n")[0] for cell in cells if unrunnable(path, cell)]
    assert page.hosts == {_HERE}


def test_the_extension_marks_problems_and_says_them_as_the_kernel_does(page: LitePage) -> None:
    page.open("notebooks/01-twiml-in-a-cell.ipynb")
    try:
        page.run_all()
        cell = page.page.locator(".jp-CodeCell").filter(has_text="Fish & chips.").first
        cell.scroll_into_view_if_needed()
        cell.locator(".cm-lintRange-error").hover()

        expect(page.page.locator(".cm-diagnostic")).to_contain_text("a bare & may not stand in XML")
        SCREENSHOTS.mkdir(exist_ok=True)
        page.page.screenshot(path=SCREENSHOTS / "lite.png")
    finally:
        page.close_notebook()


def test_the_site_is_small(site: Path) -> None:
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]

    assert sum(sizes) < _MOST_BYTES


def test_the_site_names_no_other_machine_to_load_from(site: Path) -> None:
    configuration = (site / "jupyter-lite.json").read_text("utf-8")

    assert "https://" not in configuration
