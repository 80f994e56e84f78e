"""The project's first notebook, run in JupyterLab as a reader would."""

from __future__ import annotations

import nbformat
import pytest
from playwright.sync_api import expect

from tests.notebooks.refresh import FOLDER

from .conftest import Open

pytestmark = pytest.mark.browser


def test_the_first_notebook_runs_from_top_to_bottom(open_notebook: Open) -> None:
    stored = nbformat.read(FOLDER / "00-first-call.ipynb", as_version=4)
    sources = [
        cell.source
        for cell in stored.cells
        if cell.cell_type == "code" and "raises-exception" not in cell.metadata.get("tags", ())
    ]
    notebook = open_notebook("first-notebook", sources)
    notebook.run_all()
    notebook.screenshot("first-notebook")

    expect(notebook.cell(len(sources) - 1).html).to_contain_text("HTTP 404")
    for index in range(len(sources)):
        expect(notebook.cell(index).error).to_have_count(0)
