"""A stored output that a new run does not give again is found, and what changed in it is shown."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from .compare import differences
from .refresh import executed, tidy

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:jupyter_client")

CELLS = (
    "print('The phone rings')",
    "from IPython.display import HTML\nHTML('<p><b>busy</b></p>')",
    "1 / 0",
    "answered = True",
)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    """A notebook that was run: a cell that prints, one with HTML, one that fails, and one that says nothing."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    notebook.cells[2].metadata["tags"] = ["raises-exception"]
    path = tmp_path_factory.mktemp("compared") / "phone.ipynb"
    nbformat.write(notebook, path)
    return tidy(executed(path))


def test_a_run_that_says_the_same_does_not_differ(fresh: NotebookNode) -> None:
    assert differences(deepcopy(fresh), fresh) == []


@pytest.mark.parametrize(
    ("cell", "key", "value", "told"),
    [
        (
            1,
            "text",
            "The phone is busy\n",
            "cell 1 (print('The phone rings')), output 1, stdout:\n"
            "--- stored\n+++ now\n@@ -1 +1 @@\n-The phone is busy\n+The phone rings",
        ),
        (
            2,
            "data",
            {"text/html": "<p><b>free</b></p>", "text/plain": "<IPython.core.display.HTML object>"},
            "cell 2 (from IPython.display import HTML), output 1, text/html:\n"
            "--- stored\n+++ now\n@@ -1,3 +1,3 @@\n <p>\n-<b>free</b>\n+<b>busy</b>\n </p>",
        ),
        (
            2,
            "data",
            {"text/html": "<p><b>busy</b></p>", "text/plain": "<HTML>"},
            "cell 2 (from IPython.display import HTML), output 1, text/plain:\n"
            "--- stored\n+++ now\n@@ -1 +1 @@\n-<HTML>\n+<IPython.core.display.HTML object>",
        ),
        (
            3,
            "evalue",
            "division by nothing",
            "cell 3 (1 / 0), output 1, error:\n--- stored\n+++ now\n@@ -1 +1 @@\n"
            "-ZeroDivisionError: division by nothing\n+ZeroDivisionError: division by zero",
        ),
    ],
    ids=["a stream", "text/html", "text/plain", "an error"],
)
def test_an_output_that_is_stored_otherwise_is_told_with_what_changed(
    fresh: NotebookNode, cell: int, key: str, value: object, told: str
) -> None:
    stored = deepcopy(fresh)
    stored.cells[cell - 1].outputs[0][key] = value

    assert differences(stored, fresh) == [told]


def test_an_output_that_is_missing_is_told(fresh: NotebookNode) -> None:
    silent = deepcopy(fresh)
    silent.cells[0].outputs.clear()

    (lost,) = differences(fresh, silent)
    (new,) = differences(silent, fresh)

    assert "+++ now: nothing\n@@ -1 +0,0 @@\n-The phone rings" in lost
    assert "--- stored: nothing\n+++ now\n@@ -0,0 +1 @@\n+The phone rings" in new
