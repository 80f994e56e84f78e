"""A notebook that somebody else ran: opened and not trusted, and exported as a page.

JupyterLab takes pictures and most styles away from what it does not trust.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from playwright.sync_api import BrowserContext, Locator, Page, expect

from . import gallery
from .lab import Lab
from .notebook import SCREENSHOTS, Notebook, written
from .sticking_out import NARROW, STICKING_OUT

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:jupyter_client"),
]


@pytest.fixture(scope="module")
def stored() -> str:
    """The gallery with its outputs."""
    notebook = nbformat.reads(json.dumps(written(gallery.CELLS)), as_version=4)
    NotebookClient(notebook, kernel_name="python3", timeout=600, store_widget_state=False).execute()
    text: str = nbformat.writes(notebook)
    return text


@pytest.fixture(scope="module")
def notebook(browser: BrowserContext, lab: Lab, stored: str) -> Iterator[Notebook]:
    opened = Notebook(browser.new_page(), lab)
    opened.read("untrusted", stored)
    opened.screenshot("views-untrusted")
    yield opened
    opened.close()


@pytest.fixture
def narrow(notebook: Notebook) -> Iterator[Notebook]:
    with notebook.as_wide(NARROW):
        yield notebook


@pytest.fixture(scope="module")
def exported(
    browser: BrowserContext, stored: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    """The gallery as nbconvert makes a page of it."""
    html, _ = HTMLExporter().from_notebook_node(nbformat.reads(stored, as_version=4))
    path = tmp_path_factory.mktemp("exported") / "gallery.html"
    path.write_text(html, "utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    page.screenshot(path=SCREENSHOTS / "views-exported.png")
    yield page
    page.close()


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


@pytest.mark.parametrize("name", gallery.SHOWN)
def test_nothing_sticks_out_of_a_narrow_cell(narrow: Notebook, name: str) -> None:
    """JupyterLab takes away what lets an address break, unless it is said as CSS 2 knew it."""
    shown = narrow.cell(gallery.PLACE[name]).html

    assert shown.evaluate(STICKING_OUT) == []


def test_a_drawing_that_is_taken_away_leaves_an_image_and_no_heap_of_words(
    notebook: Notebook,
) -> None:
    shown = notebook.cell(gallery.PLACE["ladder"]).html
    image = shown.locator("img").first

    expect(shown.locator("svg")).to_have_count(0)
    expect(image).to_be_visible()
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 300
    assert image.get_attribute("alt")
    assert "calls, as +12125551234" not in shown.inner_text()


def test_the_image_of_a_ladder_is_inside_its_fold_in_a_card(notebook: Notebook) -> None:
    card = notebook.cell(gallery.PLACE["recorded call"]).html
    expect(card.locator("details img")).to_have_count(1)


@pytest.mark.parametrize("name", ["ladder", "recording"])
def test_an_image_is_as_large_as_the_drawing_that_it_stands_for(
    notebook: Notebook, name: str
) -> None:
    image = notebook.cell(gallery.PLACE[name]).html.locator("img").first
    image.evaluate("image => image.decode()")  # until then it has no height
    box = image.bounding_box()

    assert box is not None
    assert box["width"] > 300
    assert box["height"] > 40


def test_a_card_keeps_its_frame_its_bubbles_and_the_color_of_its_status(notebook: Notebook) -> None:
    card = notebook.cell(gallery.PLACE["recorded call"]).html
    status = card.get_by_text("completed, connected for 13 s, with error 11200").first
    style = "(one, name) => getComputedStyle(one)[name]"

    for framed in (card.locator("div").first, card.locator("li").first, status):
        assert framed.evaluate(style, "borderTopStyle") == "solid"
    assert card.locator("li").first.evaluate(style, "backgroundColor") != "rgba(0, 0, 0, 0)"
    assert status.evaluate(style, "color") != card.evaluate(style, "color")


def test_the_ladder_remains_as_text(notebook: Notebook) -> None:
    text = notebook.cell(gallery.PLACE["ladder"]).html.locator("pre").first
    expect(text).to_be_attached()
    notebook.unfold()

    assert "calls, as" in text.inner_text()


def test_what_is_trusted_keeps_its_drawings_and_shows_nothing_twice(
    browser: BrowserContext, lab: Lab, stored: str
) -> None:
    file = lab.root / "trusted.ipynb"
    file.write_text(stored, "utf-8")
    lab.trust(file)
    opened = Notebook(browser.new_page(), lab)
    opened.read("trusted", stored)
    shown = opened.cell(gallery.PLACE["ladder"]).html
    expect(shown.locator("svg").first).to_be_visible()
    expect(shown.locator("img")).to_be_hidden()
    opened.close()


def test_a_recording_remains(notebook: Notebook) -> None:
    expect(notebook.cell(gallery.PLACE["recorded call"]).html.locator("audio")).to_be_visible()


def test_an_exported_page_shows_the_card_with_all_its_parts(exported: Page) -> None:
    card = _recorded_call(exported)

    for words in ("What was heard", "Two loaves of rye, please.", "What happened", "Requests to"):
        expect(card).to_contain_text(words)
    expect(card.locator("audio")).to_be_visible()


def test_an_exported_page_keeps_the_blanks_of_a_document(exported: Page) -> None:
    line = re.compile(r"^\s*<Say>Press 1 for bread.</Say>$")
    shown = exported.locator("pre").filter(has_text=line).inner_text()

    assert shown == "    <Say>Press 1 for bread.</Say>"


def test_an_exported_page_shows_the_ladder(exported: Page) -> None:
    pictures = exported.get_by_role("img", name="Ladder of +12125551234")

    expect(pictures.first).to_be_visible()
    expect(exported.locator("img").first).to_be_hidden()
    assert pictures.first.bounding_box()["width"] > 300  # type: ignore[index] # it is visible


def test_folds_of_an_exported_page_open(exported: Page) -> None:
    card = _recorded_call(exported)
    card.get_by_text("Requests to web applications (4)").click()
    card.get_by_text("/menu").last.click()

    expect(card.get_by_text("X-Twilio-Signature").first).to_be_visible()


def _recorded_call(exported: Page) -> Locator:
    """The card of the call that a recording was made in."""
    said = exported.get_by_text("completed, connected for 13 s, with error 11200")
    return said.first.locator("xpath=../..")
