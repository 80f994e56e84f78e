"""The site of `make lite` in a browser: every tutorial runs in it, and no other machine is asked for anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from lite.tutorials import UNRUNNABLE
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


def test_the_site_is_small(site: Path) -> None:
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]

    assert sum(sizes) < _MOST_BYTES


def test_the_site_names_no_other_machine_to_load_from(site: Path) -> None:
    configuration = (site / "jupyter-lite.json").read_text("utf-8")

    assert "https://" not in configuration
