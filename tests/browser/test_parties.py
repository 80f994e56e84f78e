"""The card of a call between phones that have names: who says what, and what is folded."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from .cells import LOAD
from .conftest import Open
from .notebook import Notebook

pytestmark = pytest.mark.browser

PHONES = """\
%%phone
Ann = +13105555555: answer; hear "for Bob"; press 1; hear "this is Bob"; say "Hello, Bob."; wait 1; hang up
Bob = +14155550100: ring 1; answer; say "Hello, this is Bob."; wait 4"""
MENU = """\
%%twiml menu
<Response>
  <Gather numDigits="1" timeout="2"><Say>Wait for Bob.</Say></Gather>
  <Dial>+14155550100</Dial>
</Response>"""
CALL = "%call Ann --from +12125551234 --twiml menu"
CARD = 3


@pytest.fixture(scope="module")
def notebook(open_notebook: Open) -> Notebook:
    opened = open_notebook("parties", (LOAD, PHONES, MENU, CALL, "%twilio set card full", CALL))
    opened.run_all()
    return opened


def card(notebook: Notebook, index: int = CARD) -> Locator:
    return notebook.cell(index).html


def bubble(notebook: Notebook, words: str) -> Locator:
    """The smallest part of the card that holds *words* and has a border."""
    return card(notebook).locator("[style*='border-radius']").filter(has_text=words).last


def test_each_party_has_a_name_and_a_color(notebook: Notebook) -> None:
    said = {"Twilio": "Wait for Bob.", "Ann": "Hello, Bob.", "Bob": "Hello, this is Bob."}
    for name, words in said.items():
        expect(bubble(notebook, words)).to_contain_text(name)
    colors = {
        bubble(notebook, words).evaluate("part => getComputedStyle(part).backgroundColor")
        for words in said.values()
    }

    assert len(colors) == len(said)
    assert "+14155550100" not in bubble(notebook, said["Bob"]).inner_text()


def test_who_is_called_and_who_is_dialed_stand_at_two_sides(notebook: Notebook) -> None:
    ann, bob = (bubble(notebook, words).bounding_box() for words in ("Hello, Bob.", "this is Bob."))
    assert ann is not None
    assert bob is not None

    assert bob["x"] < ann["x"]
    assert bob["x"] + bob["width"] < ann["x"] + ann["width"]


def test_the_timeline_is_folded_until_a_setting_opens_it(notebook: Notebook) -> None:
    fold = card(notebook).locator("details").filter(has_text="What happened").first
    dialing = fold.get_by_text("dialing", exact=True).first
    expect(dialing).to_be_hidden()
    fold.locator("summary").first.click()
    expect(dialing).to_be_visible()

    expect(card(notebook, 5).get_by_text("dialing", exact=True).first).to_be_visible()
