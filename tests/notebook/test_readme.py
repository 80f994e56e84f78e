"""The README is true: its code runs, and its output is what comes out."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import twilio_magic as tm

from .conftest import Notebook

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
CELLS = [text for language, text in BLOCKS if not language and text.startswith("%")]
PYTHON = [text for language, text in BLOCKS if language == "python"]


def test_the_first_call_prints_what_the_readme_shows(
    notebook: Notebook, shown: Callable[[object], str]
) -> None:
    call = notebook.value(CELLS[0])

    assert f"```\n{shown(call)}\n```" in README


def test_every_cell_of_the_readme_runs(notebook: Notebook) -> None:
    assert len(CELLS) == 3
    for cell in CELLS:
        notebook.value(cell)
    call = notebook.shell.user_ns["_"]

    assert isinstance(call, tm.Call)
    assert "[presses 1]" in repr(call.transcript)


def test_the_python_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    for block in PYTHON:
        exec(block, names)  # noqa: S102 - it is our own

    sorry = "Twilio: We are sorry, an application error has occurred. Goodbye."
    assert capsys.readouterr().out == f"completed 1\nTwilio: Hello!\n{sorry}\n"
    _, call, *_ = names["client"].calls.list()  # type: ignore[attr-defined] # of a namespace
    assert repr(call.transcript) == "Twilio: Hello +13105555555."
