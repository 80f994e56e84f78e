"""The images that stand for drawings where a notebook is not trusted: they can be seen on a light and a dark page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

import twilio_magic as tm
from tests.browser.contrast import ENOUGH, Colour, contrast
from tests.calls import FROM, TO
from tests.ladders import event, leg
from tests.populations.scenarios import call_the_menu
from twilio_magic.display import Shown, to_html
from twilio_magic.ladder import build_ladder
from twilio_magic.views import ladder as view

_SVG = "{http://www.w3.org/2000/svg}"
_SOURCE = re.compile(r'<img alt="[^"]*" src="data:image/svg\+xml;charset=utf-8,([^"]+)"')
_LIGHT: Colour = (255, 255, 255, 1)
_DARK: Colour = (17, 17, 17, 1)
_SHAPE = 3.0  # WCAG 2.2, success criterion 1.4.11: what has no words
_MENU = (
    "<Response><Gather numDigits='1'><Say>For bread, press 1.</Say></Gather><Hangup/></Response>"
)


def make_call() -> tm.Call:
    simulator = tm.Simulator()
    simulator.phones[TO] = "answer; say 'One loaf, please.'; wait 2; hang up"
    client = tm.Client(simulator=simulator)
    twiml = "<Response><Say>Hello.</Say><Record/><Play>https://ivr.example.com/</Play></Response>"
    return client.calls.create(to=TO, from_=FROM, twiml=twiml, record=True).wait()


def menu(request: Mapping[str, str]) -> str:
    if "Digits" in request:
        return "<Response><Redirect>/nowhere/</Redirect></Response>"
    return _MENU


PICTURES: dict[str, Callable[[], Shown]] = {
    "ladder": lambda: make_call().ladder(),
    "map": lambda: tm.explore(menu),
    "sound": lambda: make_call().sound(),
    "population": lambda: tm.simulate(call_the_menu, callers=20, processes=1, progress=False),
    "recording": lambda: make_call().recordings[0],
}


def images(shown: Shown) -> list[ET.Element]:
    return [ET.fromstring(unquote(unescape(source))) for source in _SOURCE.findall(to_html(shown))]


def color(text: str) -> Colour:
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return red, green, blue, 1


@pytest.mark.parametrize("name", PICTURES)
def test_every_image_can_be_seen_on_a_light_and_on_a_dark_page(name: str) -> None:
    """Words stand on paper of the image's own; shapes without words stand out from any page."""
    shown = images(PICTURES[name]())

    assert shown
    for image in shown:
        words = list(image.iter(f"{_SVG}text"))
        paper = image.find(f"{_SVG}rect")
        if words:
            assert paper is not None
            ground = color(paper.get("fill", ""))
            assert all(contrast(color(each.get("fill", "")), [ground]) >= ENOUGH for each in words)
        else:
            for shape in [*image.iter(f"{_SVG}path"), *image.iter(f"{_SVG}rect")]:
                paint = shape.get("stroke") or shape.get("fill", "")
                for page in (_LIGHT, _DARK):
                    assert contrast(color(paint or ""), [page]) >= _SHAPE


def test_the_paper_of_an_image_is_around_all_that_is_drawn() -> None:
    image = images(PICTURES["ladder"]())[0]
    left, top, width, height = map(float, image.get("viewBox", "").split())
    paper = image.find(f"{_SVG}rect")

    assert paper is not None
    assert left < 0
    assert top < 0
    assert (float(paper.get("x", "")), float(paper.get("width", ""))) == (left + 0.5, width - 1)
    assert (image.get("width"), image.get("height")) == (f"{width:g}", f"{height:g}")


def test_the_time_of_a_call_of_hours_is_not_cut() -> None:
    """A time ends before the first lifeline, and begins on the picture."""
    ladder = build_ladder([leg(event("said", "!", at=3.0), event("said", "Hello", at=14_403.0))])
    drawn = ET.fromstring(view.picture(ladder))
    times = [each for each in drawn.iter(f"{_SVG}text") if each.get("text-anchor") == "end"]
    widths = {each.text: float(each.get("x", "0")) for each in times}

    assert widths["240:03.0"] >= len("240:03.0") * 6.6
