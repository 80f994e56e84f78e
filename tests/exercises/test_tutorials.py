"""Every notebook begins with what it is good for, and ends with two exercises that its own text prepares for."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.notebook.conftest import Notebook, notebook, shell
from tests.notebooks.refresh import paths
from twilio_magic.learning import EXERCISES, Verdict

from .answers import RIGHT, WRONG

__all__ = ["notebook", "shell"]

_TASK = re.compile(r'tm\.exercise\("([\w-]+)"\)')
_CHECK = re.compile(r'tm\.exercise\("([\w-]+)"\)\.check\(\)')

every_notebook = pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)


def cells(path: Path) -> list[nbformat.NotebookNode]:
    return list(nbformat.read(path, as_version=4).cells)


@every_notebook
def test_a_notebook_begins_with_what_one_can_do_afterwards(path: Path) -> None:
    first = cells(path)[0]

    assert first.cell_type == "markdown"
    assert "After this notebook you can\n\n- " in first.source


@every_notebook
def test_a_notebook_ends_with_two_exercises_whose_answers_are_empty(path: Path) -> None:
    """A task, an empty cell, and the check: twice."""
    *_, head = (cell.source for cell in cells(path)[:-6])
    task, answer, check, other_task, other_answer, other_check = (
        cell.source for cell in cells(path)[-6:]
    )

    assert head.startswith("## Exercises\n")
    for asked, given, checked in [(task, answer, check), (other_task, other_answer, other_check)]:
        name = _TASK.fullmatch(asked)
        again = _CHECK.fullmatch(checked)
        assert name is not None
        assert again is not None
        assert name[1] == again[1]
        assert name[1] in EXERCISES
        assert given == ""


@every_notebook
def test_in_a_notebook_without_answers_nothing_is_reached(path: Path) -> None:
    """No variable of the notebook is taken for an answer by accident."""
    for cell in cells(path):
        if _CHECK.fullmatch(cell.source):
            [output] = cell.outputs
            assert "✓" not in output.data["text/plain"]
            assert "There is no `" in output.data["text/plain"]


@pytest.fixture
def beside_notebooks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run cells where a kernel runs them, and import what lies there."""
    monkeypatch.chdir(paths()[0].parent)
    monkeypatch.setattr(sys, "path", ["", *sys.path])


@every_notebook
@pytest.mark.usefixtures("beside_notebooks")
def test_with_the_right_answers_a_notebook_is_done(notebook: Notebook, path: Path) -> None:
    verdicts: list[Verdict] = []
    for cell in cells(path):
        if cell.cell_type != "code":
            continue
        result = notebook.run(cell.source)
        if "raises-exception" not in cell.metadata.get("tags", ()):
            result.raise_error()
        value: Any = result.result
        if isinstance(value, Verdict):
            verdicts.append(value)
        if task := _TASK.fullmatch(cell.source):
            for answer in RIGHT[task[1]]:
                notebook.value(answer)

    assert len(verdicts) == 2
    assert all(verdicts), verdicts


@every_notebook
@pytest.mark.usefixtures("beside_notebooks")
def test_what_a_notebook_leaves_behind_makes_no_wrong_answer_right(
    notebook: Notebook, path: Path
) -> None:
    """Such as a phone that is busy since an earlier cell."""
    asked = []
    for cell in cells(path):
        if cell.cell_type == "code":
            notebook.run(cell.source)
            asked += _CHECK.findall(cell.source)

    left = dict(notebook.shell.user_ns)
    for name in asked:
        for answer, told in WRONG[name]:
            for other in notebook.shell.user_ns.keys() - left.keys():
                del notebook.shell.user_ns[other]  # of the answer before
            for source in answer:
                notebook.value(source)
            verdict = notebook.value(f"tm.exercise({name!r}).check()")
            assert isinstance(verdict, Verdict)
            assert told in verdict.missing


def test_every_exercise_is_in_one_notebook() -> None:
    asked = [
        name for path in paths() for cell in cells(path) for name in _CHECK.findall(cell.source)
    ]

    assert sorted(asked) == sorted(EXERCISES)
