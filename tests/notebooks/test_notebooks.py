"""Every notebook runs from top to bottom, and says the same thing each time.

Each is run by nbclient, which stops at every error that no cell announces, and compared with what is stored.
``make check-notebooks`` has a second engine, nbval, do the same.
"""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from .compare import differences
from .refresh import executed, paths, tidy

#: The bytes of a sound or a picture, which may look like anything.
_SOUND = re.compile(r"base64,[A-Za-z0-9+/=]+")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:jupyter_client")


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_a_notebook_says_the_same_thing_each_time(path: Path) -> None:
    stored = nbformat.read(path, as_version=4)
    again = tidy(executed(path))
    told = differences(stored, again)

    assert not told, "\n\n".join(["run make notebooks, if this is meant:", *told])
    assert again == stored  # the rest: metadata, counts and ids


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_a_notebook_holds_nothing_of_the_machine_it_ran_on(path: Path) -> None:
    text = _SOUND.sub("", path.read_text("utf-8"))

    assert not re.search(r"\b0x[0-9a-f]{6,}", text)  # an address in memory
    assert "/home/" not in text
    assert "widget-state" not in text
