"""What a notebook with forms is worth without a kernel: it says the same each time, and an export shows a still."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from tests.notebooks.compare import differences
from tests.notebooks.refresh import executed, tidy

CELLS = (
    "%load_ext twilio_magic\nimport twilio_magic as tm",
    "tm.call_form()",
    "form = tm.twiml_form('<Response><Say>Welcome &lt;home></Say></Response>')\nform",
    "tm.simulator().phones['+14155550100'] = 'busy'\ntm.phone_form()",
)
QUIET = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notebook with forms, run and saved as ours are: without the state of widgets."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    NotebookClient(notebook, kernel_name="python3", timeout=60, store_widget_state=False).execute()
    path = tmp_path_factory.mktemp("saved") / "forms.ipynb"
    nbformat.write(notebook, path)
    return path


@QUIET
def test_a_notebook_with_forms_says_the_same_thing_each_time(saved: Path) -> None:
    strict = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-current-env",
        "-q",
        "-c",
        "/dev/null",
    ]
    ran = subprocess.run(
        [*strict, "-p", "no:cacheprovider", saved.name],
        cwd=saved.parent,
        capture_output=True,
        text=True,
        check=False,
    )

    assert f"{len(CELLS)} passed" in ran.stdout, ran.stdout


@QUIET
def test_nothing_of_its_outputs_varies(saved: Path) -> None:
    assert differences(tidy(nbformat.read(saved, as_version=4)), tidy(executed(saved))) == []


@QUIET
def test_an_exported_notebook_shows_a_still_of_each_form(saved: Path) -> None:
    page, _ = HTMLExporter().from_filename(str(saved))
    stills = re.sub(r"<[^>]+>", "", page)

    for words in ("Place a call", "+13105555555", "Hello! This is my first call.", "Write TwiML"):
        assert words in stills
    for words in ("Welcome &amp;lt;home&gt;", "Phones of the simulator", "busy"):
        assert words in stills
    assert "application/vnd.jupyter.widget-view+json" not in page
