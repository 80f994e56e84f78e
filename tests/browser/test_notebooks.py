"""The project's notebooks, run in JupyterLab as a reader would."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from shutil import copytree, ignore_patterns

import nbformat
import pytest
from playwright.sync_api import BrowserContext, expect

from tests.notebooks.refresh import paths

from .lab import Lab
from .notebook import Notebook

pytestmark = pytest.mark.browser

_CACHES = ignore_patterns("__pycache__", ".*")


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom(browser: BrowserContext, lab: Lab, path: Path) -> None:
    for beside in filter(Path.is_dir, path.parent.iterdir()):  # applications that notebooks run
        copytree(beside, lab.root / beside.name, dirs_exist_ok=True, ignore=_CACHES)
    stored = nbformat.read(path, as_version=4)
    sources = [
        cell.source
        for cell in stored.cells
        if cell.cell_type == "code"
        and cell.source  # an exercise leaves a cell empty for its answer
        and "raises-exception" not in cell.metadata.get("tags", ())
    ]
    with closing(Notebook(browser.new_page(), lab)) as notebook:  # the kernels of all are too many
        notebook.open(path.stem, sources)
        notebook.run_all()
        notebook.screenshot(path.stem)

        for index in range(len(sources)):
            expect(notebook.cell(index).error).to_have_count(0)
            expect(notebook.cell(index).prompt).not_to_have_text("[ ]:")
