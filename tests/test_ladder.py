"""A ladder says who sent what to whom, in the order of time, and its text stands in columns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO, Place
from tests.growth import LINEAR, growth
from tests.ladders import MENU, event, exchange, fetched, leg
from twilio_magic.ladder import Arrow, Ladder, Note, build_ladder
from twilio_magic.timeline import Event
from twilio_magic.views.ladder import find_exchanges

ASSISTANT = "+14155550100"
CHILD = "CA" + "2" * 32


def told(drawn: Ladder) -> list[str]:
    """Every step as ``from > to: text``, ``on: text`` for a note."""
    names = [lifeline.name for lifeline in drawn.lifelines]
    return [
        f"{names[step.on]}: {step.text}"
        if isinstance(step, Note)
        else f"{names[step.source]} > {names[step.target]}: {step.text}"
        for step in drawn.steps
    ]


def names(drawn: Ladder) -> list[str]:
    return [lifeline.name for lifeline in drawn.lifelines]


@pytest.mark.parametrize(
    ("happened", "drawn"),
    [
        (event("queued", f"{FROM} calls {TO}"), f"Twilio: queued: {FROM} calls {TO}"),
        (event("dialing", TO), f"{TO} < calls, as {FROM}"),
        (event("ringing"), f"{TO} > rings"),
        (event("answered"), f"{TO} > answers"),
        (event("busy"), f"{TO} > busy"),
        (event("no answer"), f"{TO} > no answer"),
        (event("said", "“Hello!”"), f"{TO} < “Hello!”"),
        (event("played", "a beep"), f"{TO} < ♪ a beep"),
        (event("spoke", "“Rye.”"), f"{TO} > “Rye.”"),
        (event("pressed", "1"), f"{TO} > presses 1"),
        (event("gathering", "waits 5 s for 1 key"), "Twilio: waits 5 s for 1 key"),
        (event("gathered", "1"), "Twilio: gathered: 1"),
        (event("recorded", "1.1 s"), "Twilio: recorded: 1.1 s"),
        (event("failed", "12100: no XML", code=12100), "Twilio: ✗ failed: 12100: no XML"),
        (event("warned", "12200: no such verb"), "Twilio: ! warned: 12200: no such verb"),
        (event("hung up", f"by {TO}", by=TO), f"{TO} > hangs up"),
        (event("hung up", "by the API", by="the API"), f"{TO} < hangs up: by the API"),
        (
            event("hung up", "by Twilio: nothing was left to do", by="Twilio"),
            f"{TO} < hangs up: nothing was left to do",
        ),
        (event("completed"), "Twilio: completed"),
        (event("dialed", ASSISTANT, call=CHILD), f"Twilio: dialed: {ASSISTANT}"),
    ],
    ids=lambda value: value.kind + value.text[:9] if isinstance(value, Event) else "",
)
def test_an_event_is_an_arrow_of_who_did_it_or_a_note(happened: Event, drawn: str) -> None:
    expected = drawn.replace(f"{TO} <", f"Twilio > {TO}:").replace(f"{TO} >", f"{TO} > Twilio:")

    assert told(build_ladder([leg(happened)])) == [expected]


@pytest.mark.parametrize(
    ("happened", "drawn"),
    [
        (event("ringing", f"{TO} calls {FROM}"), f"{TO} > Twilio: calls {FROM}"),
        (event("answered"), f"Twilio > {TO}: answers"),
        (event("busy"), f"Twilio > {TO}: busy"),
    ],
)
def test_the_phone_of_an_inbound_call_is_the_one_that_calls(happened: Event, drawn: str) -> None:
    assert told(build_ladder([leg(happened, direction="inbound")])) == [drawn]


def test_a_request_is_two_arrows_with_their_own_times() -> None:
    made = exchange(at=1.0, seconds=0.5)
    drawn = build_ladder([leg(fetched(made), exchanges=(made,))])

    assert names(drawn) == [TO, "Twilio", "ivr.example.com"]
    assert told(drawn) == [
        "Twilio > ivr.example.com: voice url: POST /menu",
        "ivr.example.com > Twilio: 200",
    ]
    assert [step.at for step in drawn.steps] == [1.0, 1.5]


def test_every_attempt_is_drawn_before_what_came_of_it() -> None:
    first = exchange(status=None, code=11200, error="no route")
    second = exchange(at=1.0, attempt=2)
    drawn = build_ladder(
        [leg(fetched(second), event("said", "“Hi”", at=1.0), exchanges=(first, second))]
    )

    assert told(drawn)[:4] == [
        "Twilio > ivr.example.com: voice url: POST /menu",
        "ivr.example.com > Twilio: no answer ✗ 11200: no route",
        "Twilio > ivr.example.com: voice url (attempt 2): POST /menu",
        "ivr.example.com > Twilio: 200",
    ]


def test_an_error_stands_at_the_reply_that_it_is_about() -> None:
    """What was wrong with a document is told of its request, and not a second time."""
    made = exchange(reply="oops")
    wrong = event("failed", "12100: no XML", code=12100, webhook=0)
    drawn = build_ladder([leg(fetched(made), wrong, exchanges=(made,))])

    assert told(drawn)[1:] == ["ivr.example.com > Twilio: 200 ✗ 12100: no XML"]


def test_a_request_that_no_event_speaks_of_is_drawn_all_the_same() -> None:
    drawn = build_ladder([leg(event("answered", at=3.0), exchanges=(exchange(at=1.0),))])

    assert [step.at for step in drawn.steps] == [1.0, 1.0, 3.0]


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://user:word@ivr.example.com:8080/menu?a=1", "ivr.example.com:8080"),
        ("no address", "no address"),
        ("https://[half", "https://[half"),
    ],
)
def test_a_web_application_is_known_by_its_host(url: str, host: str) -> None:
    assert names(build_ladder([leg(exchanges=(exchange(url),))]))[-1] == host


def test_each_phone_and_each_host_has_one_lifeline() -> None:
    elsewhere = exchange("https://ops.example.com/status", at=2.0)
    first = leg(exchanges=(exchange(), elsewhere, exchange(at=3.0)))
    second = leg(sid=CHILD, far_end=ASSISTANT)
    again = leg(sid="CA3")

    assert names(build_ladder([first, second, again])) == [
        TO,
        ASSISTANT,
        "Twilio",
        "ivr.example.com",
        "ops.example.com",
    ]


def test_a_leg_that_was_dialed_tells_its_own_part_at_its_time() -> None:
    parent = leg(
        event("dialed", ASSISTANT, at=2.0, call=CHILD),
        event("bridged", at=4.0, call=CHILD),
        order=(0, 3),
    )
    child = leg(
        event("dialing", ASSISTANT, leg=CHILD),
        event("answered", at=2.0, leg=CHILD),
        event("bridged", at=2.0, leg=CHILD, call=parent.sid),
        event("completed", at=5.0, leg=CHILD),
        sid=CHILD,
        far_end=ASSISTANT,
        direction="outbound-dial",
        order=(1, 2, 4, 5),
        start=2.0,
    )
    drawn = build_ladder([parent, child])

    assert told(drawn) == [
        f"Twilio > {ASSISTANT}: calls, as {FROM}",
        f"{ASSISTANT} > Twilio: answers",
        f"{TO} > {ASSISTANT}: connected",
        f"{ASSISTANT}: completed",
    ]
    assert drawn.phones == {parent.sid: TO, CHILD: ASSISTANT}


def test_the_requests_of_a_child_leg_are_made_at_moments_of_the_call(
    client: tm.Client, simulator: tm.Simulator
) -> None:
    """The ladder and ``call.webhooks`` give a request of a dialed leg the same moment."""
    simulator.webhook("https://ivr.example.com/whisper")(lambda: "<Response/>")
    number = '<Number url="https://ivr.example.com/whisper">+14155550100</Number>'
    twiml = f"<Response><Pause length='7'/><Dial timeLimit='3'>{number}</Dial></Response>"
    call = client.calls.create(to=TO, from_=FROM, twiml=twiml).wait()
    (whisper,) = call.webhooks
    drawn = [step.at for step in call.ladder().steps if getattr(step, "exchange", None)]
    shown = [made.at for made in find_exchanges(call.ladder())]

    assert drawn == [whisper.at, whisper.at]
    assert shown == [whisper.at]
    assert whisper.at > 7


def test_what_another_leg_said_is_drawn_once() -> None:
    speaking = leg(event("spoke", "“Hi”"))
    hearing = leg(event("heard", "“Hi”", leg=CHILD, from_leg=speaking.sid), sid=CHILD)

    assert told(build_ladder([speaking, hearing])) == [f"{TO} > Twilio: “Hi”"]


def test_the_text_is_a_diagram_with_the_times_on_the_left() -> None:
    made = exchange(at=1.0)
    calm = leg(
        event("answered", at=1.0),
        fetched(made),
        event("said", "“Welcome to the bakery, what may it be?”", at=1.0),
        event("completed", at=9.0),
        exchanges=(made,),
    )

    assert repr(build_ladder([calm])).splitlines() == [
        "+12125551234 → +13105555555",
        "                 +13105555555                     Twilio                    ivr.example.com",
        "                       │                             │                             │",
        " 0:01.0                ├╌╌╌╌╌╌╌╌╌╌ answers ╌╌╌╌╌╌╌╌╌>│                             │",
        "                       │                             ├─── voice url: POST /menu ──>│",
        "                       │                             │<╌╌╌╌╌╌╌╌╌╌╌ 200 ╌╌╌╌╌╌╌╌╌╌╌╌┤",
        "                       │   “Welcome to the bakery,   │                             │",
        "                       │      what may it be?”       │                             │",
        "                       │<────────────────────────────┤                             │",
        "                       │                             │                             │",
        " 0:09.0                │                         completed                         │",
        "                       │                             │                             │",
    ]


@pytest.mark.parametrize("hosts", range(12))
def test_the_text_fits_into_a_hundred_columns(hosts: int) -> None:
    """With more lifelines than columns have room for, it is a list."""
    made = tuple(exchange(f"https://application-{n}.example.com/menu") for n in range(hosts))
    text = repr(build_ladder([leg(event("said", "“word ” " * 20), exchanges=made)]))

    assert ("│" in text) == (hosts < 5)
    assert hosts >= 5 or max(map(len, text.splitlines())) <= 100


def test_wide_characters_do_not_move_the_lifelines() -> None:
    said, plain = (
        repr(build_ladder([leg(event("said", words))])).splitlines()[3]
        for words in ("“今日は”", "“12345678”")
    )

    assert said.index("┤") + 3 + 1 == plain.index("┤") + 1  # three characters of two columns


def test_text_that_turns_text_around_is_not_obeyed() -> None:
    drawn = repr(build_ladder([leg(event("said", "\u202egpj.exe\x1b[2J"), far_end="\u2066x")]))

    assert not {"\u202e", "\u2066", "\x1b"} & set(drawn)
    assert "⟨U+202E⟩" in drawn


def test_a_simulated_call_has_its_ladder(place: Place) -> None:
    drawn = place("<Say>Hello!</Say>").ladder()

    assert drawn.title == f"{FROM} → {TO}"
    assert told(drawn)[1:5] == [
        f"Twilio > {TO}: calls, as {FROM}",
        f"{TO} > Twilio: rings",
        f"{TO} > Twilio: answers",
        f"Twilio > {TO}: “Hello!”",
    ]


def test_a_call_that_comes_in_has_its_ladder(simulator: tm.Simulator) -> None:
    simulator.numbers[FROM].voice_url = simulator.host("<Response><Say>Hello!</Say></Response>")
    drawn = simulator.receive(from_=TO, to=FROM).wait().ladder()

    assert drawn.title == f"{TO} → {FROM}"
    assert told(drawn)[0] == f"{TO} > Twilio: calls {FROM}"


def test_the_ladder_of_a_call_knows_its_requests(place: Place, simulator: tm.Simulator) -> None:
    simulator.webhook(MENU)(lambda: ("", 500))
    drawn = place(url=MENU).ladder()
    replies = [step for step in drawn.steps if isinstance(step, Arrow) and step.status]

    assert [(step.status, step.error) for step in replies] == [
        (500, "11200: HTTP 500 INTERNAL SERVER ERROR")
    ]
    assert replies[0].exchange is not None


@pytest.mark.parametrize(
    ("name", "begins"),
    [("x.svg", "<?xml"), ("x.SVG", "<?xml"), ("x.html", "<!DOCTYPE html>"), ("x.txt", FROM)],
)
def test_a_ladder_is_kept_in_a_file(name: str, begins: str, tmp_path: Path) -> None:
    written = build_ladder([leg(event("said", "“Hé!”"))]).save(tmp_path / name)

    assert written == tmp_path / name
    assert written.read_text("utf-8").startswith(begins)
    assert "“Hé!”" in written.read_text("utf-8")


@pytest.mark.parametrize("name", ["x.png", "x", "svg"])
def test_another_suffix_is_refused_before_anything_is_written(name: str, tmp_path: Path) -> None:
    with pytest.raises(tm.TwilioMagicError, match="is not known") as caught:
        build_ladder([leg()]).save(tmp_path / name)

    assert ".svg, .html, .txt" in (caught.value.hint or "")
    assert not list(tmp_path.iterdir())


def test_a_ladder_takes_work_in_proportion_to_its_requests() -> None:
    """Whether an application answers one address again and again, or many."""

    def prepare(size: int) -> Callable[[], object]:
        made = tuple(exchange(at=float(number), seconds=0.5) for number in range(size))
        record = leg(*map(fetched, made), exchanges=made)
        return lambda: build_ladder([record])

    assert growth(prepare, 100) < LINEAR


def test_a_note_names_the_party_that_left_by_its_name(simulator: tm.Simulator) -> None:
    simulator.phones.name("+13105550101", "Ann")
    simulator.phones["+13105550101"] = "answer; wait 1; hang up"
    simulator.phones["+13105555555"] = "answer; wait 9"
    call = tm.Client(simulator=simulator).calls.create(
        to="+13105555555",
        from_="+12125551234",
        twiml="<Response><Dial>+13105550101</Dial></Response>",
    )

    assert "left: Ann, after 1.0 s" in repr(call.wait().ladder())
    assert "bridged with Ann" in {chapter.text for chapter in call.sound().chapters}
