"""A notebook that somebody else ran, opened and not trusted: JupyterLab takes pictures and most styles away."""

from __future__ import annotations

import json

import nbformat
import pytest
from nbclient import NotebookClient
from playwright.sync_api import BrowserContext, expect

from . import gallery
from .lab import Lab
from .notebook import Notebook, written

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:jupyter_client"),
]


@pytest.fixture(scope="module")
def stored() -> str:
    """The gallery with its outputs."""
    notebook = nbformat.reads(json.dumps(written(gallery.CELLS)), as_version=4)
    NotebookClient(notebook, kernel_name="python3", timeout=60, store_widget_state=False).execute()
    text: str = nbformat.writes(notebook)
    return text


@pytest.fixture(scope="module")
def notebook(browser: BrowserContext, lab: Lab, stored: str) -> Notebook:
    opened = Notebook(browser.new_page(), lab)
    opened.read("untrusted", stored)
    opened.screenshot("views-untrusted")
    return opened


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("document", "Twilio accepts this document"),
        ("recorded call", "How many loaves? Speak after the beep."),
        ("ladder", "The ladder as text"),
        ("table", "outbound-api"),
        ("request", "nobody is called and nothing is charged"),
    ],
)
def test_what_is_shown_can_be_read(notebook: Notebook, name: str, words: str) -> None:
    expect(notebook.cell(gallery.PLACE[name]).html).to_contain_text(words)


def test_a_picture_that_was_taken_away_leaves_no_heap_of_words(notebook: Notebook) -> None:
    ladder = notebook.cell(gallery.PLACE["ladder"]).html

    expect(ladder.locator("svg")).to_have_count(0)
    assert "calls, as +12125551234" not in ladder.inner_text()


def test_the_ladder_remains_as_text(notebook: Notebook) -> None:
    notebook.unfold()

    assert (
        "calls, as" in notebook.cell(gallery.PLACE["ladder"]).html.locator("pre").first.inner_text()
    )


def test_a_recording_remains(notebook: Notebook) -> None:
    expect(notebook.cell(gallery.PLACE["recorded call"]).html.locator("audio")).to_be_visible()
