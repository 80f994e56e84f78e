"""The picture of a ladder: well formed whatever was said, and the same in words."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calls import TO
from tests.ladders import event, exchange, fetched, leg
from twilio_magic.ladder import LegRecord, build_ladder
from twilio_magic.timeline import KINDS, Event, Exchange
from twilio_magic.views import ladder as view

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "title", "desc", "style", "rect", "path", "text", "tspan", "g"}
HOSTILE = "</text><script>alert(1)</script><b onload='x' \"&\x00\x1b\u202e\ud800\uffff"

texts = st.text(max_size=40) | st.just(HOSTILE)
urls = texts | st.just("https://ivr.example.com/menu?a=<b>&c='d'")
seconds = st.floats(0, 4000)
exchanges = st.builds(
    exchange,
    urls,
    status=st.none() | st.integers(100, 599),
    at=seconds,
    seconds=st.floats(0, 60),
    purpose=texts,
    method=st.sampled_from(["GET", "POST"]),
    reply=texts,
    content_type=texts,
    parameters=st.dictionaries(texts, texts, max_size=3),
    headers=st.dictionaries(st.just("X-Twilio-Signature"), texts),
    code=st.none() | st.integers(10000, 40000),
    error=texts,
    attempt=st.integers(1, 3),
    redirects=st.tuples(urls),
    fault=texts,
)
data = st.fixed_dictionaries(
    {},
    optional={
        "url": urls,
        "status": st.none() | st.integers(100, 599),
        "webhook": st.integers(-2, 5) | texts,
        "call": texts,
        "by": texts,
        "code": st.integers(10000, 40000),
    },
)
events = st.builds(
    Event, at=seconds, leg=st.just("CA1"), kind=st.sampled_from(KINDS), text=texts, data=data
)


@st.composite
def legs(draw: st.DrawFn) -> Sequence[LegRecord]:
    """A call of a few legs, of which the first tells anything at all."""
    told = draw(st.lists(events, max_size=12))
    made = tuple(draw(st.lists(exchanges, max_size=4)))
    first = leg(*told, exchanges=made, sid="CA1", far_end=draw(texts), near_end=draw(texts))
    more = draw(st.lists(texts, max_size=3))
    return [first, *(leg(sid=f"CA{n}", far_end=each) for n, each in enumerate(more, 2))]


def drawn(*told: Event, exchanges: tuple[Exchange, ...] = ()) -> ET.Element:
    picture = view.picture(build_ladder([leg(*told, exchanges=exchanges)]))
    return ET.fromstring(picture.encode())


def words(element: ET.Element) -> list[str]:
    return [span.text or "" for span in element.iter(f"{SVG}tspan")]


@given(legs())
def test_whatever_happened_the_picture_and_the_page_are_well_formed(
    told: Sequence[LegRecord],
) -> None:
    made = build_ladder(told)
    picture = ET.fromstring(view.picture(made).encode())
    page = ET.fromstring(f"<div>{view.html(made)}</div>".encode())

    assert {each.tag.removeprefix(SVG) for each in picture.iter()} <= ELEMENTS
    assert not [each for each in page.iter() if each.tag == "script"]


@given(legs())
def test_whatever_happened_the_text_has_a_line_for_each_step(told: Sequence[LegRecord]) -> None:
    made = build_ladder(told)

    assert len(repr(made).splitlines()) > len(made.steps)
    assert set(repr(made)).isdisjoint("\x00\x1b\u202e\ud800\uffff")


def test_the_picture_has_no_script_no_id_and_nothing_from_elsewhere() -> None:
    made = exchange()
    svg = str(view.picture(build_ladder([leg(fetched(made), exchanges=(made,))])))

    assert not re.search(r"<script|<image|<use|\sid=|href|url\(|@import|\son\w+=", svg)


def test_the_picture_says_in_words_what_it_shows() -> None:
    picture = drawn(event("answered", at=1.0), event("said", "“Hello!”", at=1.0))

    assert picture.get("role") == "img"
    assert (
        picture.get("aria-label")
        == picture.findtext(f"{SVG}title")
        == "Ladder of +12125551234 → +13105555555"
    )
    assert (
        picture.findtext(f"{SVG}desc")
        == f"0:01.0 {TO} to Twilio: answers\n0:01.0 Twilio to {TO}: “Hello!”"
    )


def test_a_status_and_its_error_stand_at_the_reply() -> None:
    made = exchange(status=500, code=11200, error="HTTP 500")

    assert "500 ✗ 11200: HTTP 500" in " ".join(words(drawn(fetched(made), exchanges=(made,))))


def test_words_that_were_meant_for_a_parser_are_words() -> None:
    shown = " ".join(words(drawn(event("said", "</text><script>a&b</script>"))))

    assert shown.endswith("Twilio </text><script>a&b</ script>")  # in two lines


@pytest.mark.parametrize("count", [1, 3, 12])
def test_no_label_is_wider_than_its_place(count: int) -> None:
    """Each line has room for its characters between two lifelines."""
    hosts = tuple(exchange(f"https://host-{number}.example.com/") for number in range(count))
    picture = drawn(event("said", "W" * 300), event("warned", "word " * 60), exchanges=hosts)
    label = max(words(picture), key=len)

    assert len(label) <= 24 * count
    assert picture.get("width") == str(46 + 170 * (count + 2))


def test_a_ladder_that_nobody_could_follow_is_text_alone() -> None:
    hosts = tuple(exchange(f"https://host-{number}.example.com/") for number in range(30))
    made = build_ladder([leg(exchanges=hosts)])

    assert "<svg" not in view.html(made)
    assert "host-29.example.com" in view.html(made)
    assert "<svg" in view.picture(made)


def test_below_the_picture_each_request_has_its_details_folded() -> None:
    made = exchange(reply="<Response><Say>Hi</Say></Response>")
    html = str(view.html(build_ladder([leg(fetched(made), exchanges=(made,))])))
    folded = html.partition("Requests")[2]
    text = re.sub("<[^>]*>", "", folded)

    assert folded.count("<details") == 1
    for part in ("Digits = 1", "X-Twilio-Signature = c2lnbmF0dXJl", "&lt;Say&gt;Hi&lt;/Say&gt;"):
        assert part in text


def test_of_many_requests_the_first_the_last_and_the_unlike_are_shown() -> None:
    made = [exchange(at=float(n), status=200 + n.bit_count() % 2) for n in range(50)]  # no loop
    made[30] = exchange(at=30.0, status=503)
    html = str(view.html(build_ladder([leg(exchanges=tuple(made))])))

    assert html.count("Parameters") == 13
    assert "… 22 more requests, the same as above, in call.webhooks …" in html
    assert "… 15 more requests, the same as above, in call.webhooks …" in html
    assert "503" in html


def test_a_ladder_of_a_day_is_folded_where_it_is_shown_and_whole_in_a_file(tmp_path: Path) -> None:
    made = build_ladder([leg(*(event("said", "“Hi”", at=float(number)) for number in range(500)))])
    folded = "… the same 499 more times …"

    assert folded in view.html(made).unescape()
    assert view.html(made).count("“Hi”") < 500
    assert len(repr(made).splitlines()) < 300
    assert made.save(tmp_path / "day.txt").read_text("utf-8").count("“Hi”") == 500
    assert made.save(tmp_path / "day.svg").read_text("utf-8").count("<g>") == 500


def test_a_long_reply_is_cut_and_says_so() -> None:
    made = exchange(reply="x" * 10_000)
    html = str(view.html(build_ladder([leg(exchanges=(made,))])))

    assert "… and 6,000 more characters" in html
    assert len(html) < 30_000


@pytest.mark.parametrize("text", [string.printable, HOSTILE])
def test_a_file_can_be_read_again(text: str) -> None:
    shown = view.picture(build_ladder([leg(event("said", text))])).encode()

    assert ET.fromstring(shown).tag == f"{SVG}svg"
