"""``%%dialog``: conversations as tests, in a cell."""

from __future__ import annotations

from pathlib import Path

import pytest

import twilio_magic as tm
from twilio_magic.dialog import DialogResult, DialogResults

from .conftest import Notebook

HEAD = "from tests.dialog.bakery import create_app\napp = create_app()"
TICKET = """\
app: app
dialog "a caller with a ticket"
  hear "press 2"
  press 2
  hear "ticket"
"""


def test_a_dialog_runs_in_the_world_of_the_notebook(notebook: Notebook) -> None:
    notebook.value(HEAD)
    result = notebook.value("%%dialog", TICKET)

    assert isinstance(result, DialogResult)
    assert result.passed
    assert "✓" in result._repr_mimebundle_()["text/html"]
    assert tm.simulator().call_count == 1


def test_several_dialogs_are_shown_together_and_may_be_kept(notebook: Notebook) -> None:
    notebook.value(HEAD)
    cell = TICKET + 'dialog "nobody says cake"\n  hear "cake"\n'
    assert notebook.value("%%dialog --out kept --seed 3", cell) is None
    assert (
        notebook.printed
        == "What became of the dialogs is in the variable kept: 2 dialogs, 1 failed.\n"
    )
    kept = notebook.value("kept")

    assert isinstance(kept, DialogResults)
    assert [result.passed for result in kept] == [True, False]
    assert "2 dialogs, 1 failed" in repr(kept)


def test_files_of_dialogs_are_run_on_a_line(notebook: Notebook, tmp_path: Path) -> None:
    file = tmp_path / "menu.dialog"
    file.write_text(
        "twiml: <Response><Say>Hi.</Say></Response>\ndialog 'it'\n hear 'hi'\n", "utf-8"
    )

    result = notebook.value(f"%dialog {file}")

    assert isinstance(result, DialogResult)
    assert result.passed


@pytest.mark.parametrize("cell", ["# nothing", 'dialog "x"\n  sing'])
def test_what_cannot_be_run_is_an_error(notebook: Notebook, cell: str) -> None:
    with pytest.raises(tm.TwilioMagicError):
        notebook.value("%%dialog", cell)
