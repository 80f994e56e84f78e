"""Every notebook runs from top to bottom, and says the same thing each time.

``make check-notebooks`` compares what is stored with a new run, cell by cell. Here a second engine, which stops at
every error reply, runs each notebook again.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from .refresh import executed, paths, tidy

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:jupyter_client")


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_a_notebook_says_the_same_thing_each_time(path: Path) -> None:
    stored = nbformat.read(path, as_version=4)
    again = tidy(executed(path))

    assert again == stored


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_a_notebook_holds_nothing_of_the_machine_it_ran_on(path: Path) -> None:
    text = path.read_text("utf-8")

    assert "0x" not in text.replace("0x0", "")
    assert "/home/" not in text
    assert "widget-state" not in text
