"""The picture on the front page is made from the real thing: ``make picture`` takes it anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import FloatRect, expect

from .conftest import Open
from .notebook import SCREENSHOTS, Cell, Notebook

pytestmark = pytest.mark.browser

README = Path(__file__).parents[2] / "README.md"
PICTURE = "docs/images/first-call.png"
CHOSEN = """\
import twilio_magic as tm


@tm.simulator().webhook("https://bakery.example.com/chosen")
def chosen(request):
    return "<Response><Say>One loaf of bread is on its way.</Say></Response>"
"""
BAKERY = """\
%%twiml bakery
<Response>
  <Gather numDigits="1" action="https://bakery.example.com/chosen">
    <Say voice="Polly.Joanna">Welcome to the bakery. Press 1 for bread.</Say>
  </Gather>
  <Say>Goodbye.</Say>
</Response>"""
CALL = "%call +13105555555 --from +12125551234 --twiml bakery --phone \"hear 'bread'; press 1\""
CELLS = ("%load_ext twilio_magic", CHOSEN, BAKERY, CALL)


@pytest.fixture(scope="module")
def notebook(open_notebook: Open) -> Notebook:
    notebook = open_notebook("picture", CELLS)
    notebook.run_all()
    return notebook


def test_the_picture_shows_a_document_and_a_call_with_it(notebook: Notebook) -> None:
    """The text of the picture is what the cells say, so that it can be told to who does not see it."""
    document, call = notebook.cell(2), notebook.cell(3)
    with notebook.as_wide(1250):
        expect(call.html).to_be_visible()
        notebook.page.screenshot(path=SCREENSHOTS / "first-call.png", clip=_around(document, call))

    assert "Twilio accepts this document" in document.text
    assert "Welcome to the bakery." in call.text
    assert "One loaf of bread is on its way." in call.text
    assert "completed, connected for" in call.text


def test_the_front_page_shows_it_and_says_what_is_on_it() -> None:
    text = README.read_text("utf-8")
    alternative = text.partition(f"]({PICTURE})")[0].rpartition("![")[2]

    assert (README.parent / PICTURE).read_bytes().startswith(b"\x89PNG")
    assert "bakery" in alternative


def _around(first: Cell, last: Cell) -> FloatRect:
    """The part of the page from the top of *first* to the bottom of *last*."""
    top, bottom = first.root.bounding_box(), last.root.bounding_box()
    assert top is not None
    assert bottom is not None
    height = bottom["y"] + bottom["height"] - top["y"]
    return {"x": top["x"], "y": top["y"], "width": top["width"], "height": height}
