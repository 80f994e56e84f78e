"""The moving picture on the front page is made from the real thing: ``make picture`` makes it anew."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, FloatRect, Locator, expect

from .conftest import Open
from .moving_picture import Frame, moving_picture
from .notebook import SCREENSHOTS, Notebook

pytestmark = pytest.mark.browser

README = Path(__file__).parents[2] / "README.md"
PICTURE = "docs/images/softphone-and-ladder.webp"
PHONE, NUMBER = "+13105555555", "+12125551234"
BAKERY = '''\
import twilio_magic as tm
%load_ext twilio_magic

@tm.simulator().webhook("https://bakery.example.com/menu")
def menu():
    return """<Response>
  <Gather numDigits="1" action="/chosen" timeout="3600">
    <Say>Welcome to the bakery. Press 1 for bread, or 2 for cake.</Say>
  </Gather>
</Response>"""

@tm.simulator().webhook("https://bakery.example.com/chosen")
def chosen(request):
    said = {"1": "Bread it is.", "2": "Cake it is."}[request["Digits"]]
    return f"<Response><Say>{said}</Say><Gather timeout='3600'/></Response>"'''
DESK = f'tm.softphone("{PHONE}")'
CALL = f"%call {PHONE} --from {NUMBER} --url https://bakery.example.com/menu --timeout 600"
LADDER = "tm.client().calls.list()[0].ladder()"
_DECODE = """async (webp) => {
    const picture = new Image();
    picture.src = "data:image/webp;base64," + webp;
    await picture.decode();
    return [picture.naturalWidth, picture.naturalHeight];
}"""
WIDTH, HEIGHT = 960, 640


@pytest.fixture(scope="module")
def notebook(open_notebook: Open) -> Notebook:
    return open_notebook("moving-picture", (BAKERY, DESK, CALL, LADDER))


def run(notebook: Notebook, index: int) -> None:
    notebook.cell(index).root.click(position={"x": 5, "y": 5})
    notebook.run()


def test_the_moving_picture_shows_a_call_at_the_softphone_and_its_ladder(
    notebook: Notebook, browser: BrowserContext
) -> None:
    frames: list[Frame] = []
    with notebook.as_wide(WIDTH + 80, alone=True):
        run(notebook, 0)
        run(notebook, 1)
        desk = notebook.cell(1).root
        phone = desk.locator(".tm-phone")
        timer = phone.get_by_role("timer")
        expect(phone).to_be_visible()
        take = camera(notebook, desk, frames)
        run(notebook, 2)
        expect(phone.get_by_role("button", name="Answer the call")).to_be_visible()
        take(2.5)
        phone.get_by_role("button", name="Answer the call").click()
        expect(phone.get_by_role("log")).to_contain_text("Press 1 for bread")
        take(2.5)
        expect(timer).to_have_text(_after(5))  # all of it has been said
        phone.get_by_role("button", name="2 A B C", exact=True).click()
        expect(phone.get_by_role("log")).to_contain_text("Cake it is.")
        take(2.5)
        expect(timer).to_have_text(_after(8))
        phone.get_by_role("button", name="Hang up", exact=True).click()
        expect(phone.locator(".display")).to_contain_text("Call ended: completed")
        take(1.5)
        expect(notebook.cell(2).html).to_contain_text("completed")
        camera(notebook, notebook.cell(2).root, frames)(3.5)
        run(notebook, 3)
        expect(notebook.cell(3).html).to_be_visible()
        camera(notebook, notebook.cell(3).root, frames)(4.5)

    empty = browser.new_page()
    picture = moving_picture(empty, frames)
    size = empty.evaluate(_DECODE, base64.b64encode(picture).decode())
    empty.close()
    SCREENSHOTS.mkdir(exist_ok=True)
    (SCREENSHOTS / Path(PICTURE).name).write_bytes(picture)
    assert size == [WIDTH, HEIGHT]  # a browser can show it
    assert len(picture) < 700_000
    assert picture.count(b"ANMF") == len(frames) == 6


def _after(seconds: int) -> re.Pattern[str]:
    """The length of a call that lasts at least so many seconds: no second of it is sure to be seen."""
    return re.compile(rf"0:(0[{seconds}-9]|[1-5]\d)|[1-9]\d*:\d\d")


def camera(notebook: Notebook, cell: Locator, frames: list[Frame]) -> Callable[[float], None]:
    """What takes a frame of the part of the page that begins with *cell*, for so many seconds."""

    def take(seconds: float) -> None:
        box = cell.bounding_box()
        assert box is not None
        clip: FloatRect = {"x": box["x"], "y": box["y"], "width": WIDTH, "height": HEIGHT}
        frames.append(Frame(notebook.page.screenshot(clip=clip), seconds))

    return take


def test_the_front_page_shows_it_and_says_what_moves() -> None:
    text = README.read_text("utf-8")
    alternative = text.partition(f"]({PICTURE})")[0].rpartition("![")[2]
    picture = (README.parent / PICTURE).read_bytes()

    assert picture[:4] + picture[8:16] == b"RIFFWEBPVP8X"
    assert len(picture) < 700_000
    assert "softphone" in alternative
    assert "ladder" in alternative
