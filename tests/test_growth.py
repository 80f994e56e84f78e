"""What grows takes work in proportion, and what is shown of it stays short. Work is counted, never timed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.growth import LINEAR, growth
from twilio_magic.twiml import parse
from twilio_magic.views import document_text
from twilio_magic.views.preview import html

HANGUP = "<Response><Hangup/></Response>"
SCRIPTS = {
    "steps after an answer": ("answer;", "wait 1;"),
    "steps before an answer": ("", "ring 1;"),
    "lines": ("answer", "\nwait 1"),
}


@pytest.mark.parametrize("filters", [{}, {"status": "queued"}])
def test_all_calls_are_listed_in_proportion_to_their_number(filters: dict[str, str]) -> None:
    def prepare(size: int) -> Callable[[], object]:
        calls = tm.Client(simulator=tm.Simulator()).calls
        for _ in range(size):
            calls.create(to=TO, from_=FROM, twiml=HANGUP)
        return lambda: list(calls.list(limit=None, page_size=5, **filters))

    assert growth(prepare, 20) < LINEAR


def test_all_requests_of_a_call_are_listed_in_proportion_to_their_number() -> None:
    def prepare(size: int) -> Callable[[], object]:
        simulator = tm.Simulator(network=False)
        simulator.mount("https://a.example", "<Response><Pause/><Redirect/></Response>")
        calls = tm.Client(simulator=simulator).calls
        call = calls.create(to=TO, from_=FROM, url="https://a.example/voice", time_limit=size)
        call.wait()
        return lambda: list(call.events.list(limit=None, page_size=5))

    assert growth(prepare, 40) < LINEAR


def test_a_call_is_answered_at_once_however_much_is_mounted() -> None:
    def prepare(size: int) -> Callable[[], object]:
        simulator = tm.Simulator(network=False)
        for number in range(size):
            simulator.mount(f"https://a.example/{number}/voice", HANGUP)
        calls = tm.Client(simulator=simulator).calls
        url = "https://a.example/7/voice/menu"
        return lambda: calls.create(to=TO, from_=FROM, url=url).wait()

    prepare(10)()
    assert growth(prepare, 50) < 1.02


VERBS = {
    "all is well": "<Say>Hello, caller {}.</Say>",
    "attributes are misspelled": "<Say voce='{}'>Hello.</Say>",
}


@pytest.mark.parametrize("name", VERBS)
def test_a_document_of_more_than_a_hundred_elements_is_checked_in_proportion(name: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        body = "".join(VERBS[name].format(f"{size} {number}") for number in range(size))
        return lambda: tm.check(f"<Response>{body}</Response>")

    assert growth(prepare, 60) < LINEAR


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_phone_script_is_read_in_proportion_to_its_length(name: str) -> None:
    begin, step = SCRIPTS[name]

    def prepare(size: int) -> Callable[[], object]:
        phones = tm.Simulator().phones
        return lambda: phones.__setitem__(TO, begin + step * size)

    assert growth(prepare, 50) < LINEAR


def test_an_error_in_a_long_script_shows_the_place_and_not_all_of_it() -> None:
    script = "answer; " + "wait 1; " * 4000 + "bogus; " + "wait 1; " * 100
    with pytest.raises(tm.PhoneScriptError, match="'bogus'") as refused:
        tm.Simulator().phones[TO] = script

    shown, pointer = refused.value.excerpt
    assert shown[pointer.index("^") :].startswith("bogus;")
    assert len(str(refused.value)) < 1500


def test_a_step_without_an_end_is_shown_by_its_beginning() -> None:
    with pytest.raises(tm.PhoneScriptError) as refused:
        tm.Simulator().phones[TO] = "answer; say " + "“" * 32_000

    assert len(str(refused.value)) < 1500


def test_a_preview_shows_a_hundred_problems_and_says_how_many_more_there_are() -> None:
    document = parse(f"<Response>{'<Sy>a</Sy>' * 150}</Response>")

    assert len(document.problems) == 150
    for shown in (document_text(document), html(document)):
        assert shown.count("is no element of TwiML Voice") == 100
        assert "… 50 more, in document.problems …" in shown


def test_a_conference_takes_as_much_work_after_many_others() -> None:
    names = count()  # of which each is new: what was read before is remembered

    def prepare(size: int) -> Callable[[], object]:
        calls = tm.Client(simulator=tm.Simulator()).calls

        def meet() -> None:
            room = f"<Dial timeLimit='1'><Conference beep='false'>{next(names)}</Conference></Dial>"
            calls.create(to=TO, from_=FROM, twiml=f"<Response>{room}</Response>").wait()

        for _ in range(size):
            meet()
        return meet

    assert growth(prepare, 60) < 1.05  # four times as many calls lie behind


def test_a_call_of_four_hours_that_fetches_once_a_second_has_a_short_card_and_ladder() -> None:
    simulator = tm.Simulator(network=False)
    simulator.mount("https://a.example", "<Response><Pause length='1'/><Redirect/></Response>")
    calls = tm.Client(simulator=simulator).calls
    call = calls.create(to=TO, from_=FROM, url="https://a.example/voice").wait()

    assert (call.status, call.duration, len(call.timeline)) == ("completed", 14_400, 43_209)
    card = call._bundle()
    assert len(card["text/plain"]) < 20_000
    assert len(card["text/html"]) < 60_000
    assert len(str(call.ladder())) < 10_000
