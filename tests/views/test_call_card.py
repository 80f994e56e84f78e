"""The card of a call: what became of it, what was heard, what happened, and every request."""

from __future__ import annotations

import re
from base64 import b64decode
from xml.etree import ElementTree as ET

import pytest

import twilio_magic as tm
from tests.calls import TO, Place

ASSISTANT = "+14155550100"
RECORD = (
    '<Record maxLength="{}" timeout="60" trim="do-not-trim" playBeep="false" '
    'action="https://ivr.example.com/done"/>'
)
AGAIN = RECORD.format(8).replace("/done", "/again")


@pytest.fixture(autouse=True)
def application(simulator: tm.Simulator) -> None:
    simulator.webhook("https://ivr.example.com/done")(lambda: "<Response/>")
    once_more = f"<Response>{RECORD.format(8)}</Response>"
    simulator.webhook("https://ivr.example.com/again")(lambda: once_more)


def html(call: tm.Call) -> str:
    return call._repr_mimebundle_()["text/html"]


def text(call: tm.Call) -> str:
    return call._repr_mimebundle_()["text/plain"]


def read(part: str) -> str:
    """What a person reads of some HTML, with one blank between its parts."""
    return " ".join(re.sub("<[^>]*>", " ", part).split())


def heard(call: tm.Call) -> list[str]:
    """The bubbles of the conversation."""
    return [read(each) for each in re.findall("<li.*?</li>", html(call), re.DOTALL)]


def test_the_conversation_is_what_was_heard_by_whom(place: Place) -> None:
    call = place(
        '<Gather numDigits="1" action="https://ivr.example.com/done"><Say>Press 1.</Say></Gather>',
        phone="answer; hear '1'; press 1; hang up",
    )

    assert heard(call) == ["Twilio 0:01.0 Press 1.", f"{TO} 0:01.9 presses 1"]


def test_a_call_in_which_nothing_was_heard_has_no_conversation(place: Place) -> None:
    assert "What was heard" not in html(place("<Say>Hello!</Say>", phone="busy"))


@pytest.mark.parametrize(
    ("document", "heading"),
    [
        ("<Say>Hello!</Say>", ""),
        ("<Say>Hello!</Say><Sya>Again</Sya>", "Worth a look"),
        ("<Say>Hello!</Say><Redirect>https://nowhere.example.com</Redirect>", "What went wrong"),
    ],
)
def test_only_what_failed_went_wrong(place: Place, document: str, heading: str) -> None:
    shown = html(place(document))

    assert [each for each in ("Worth a look", "What went wrong") if each in shown] == (
        [heading] if heading else []
    )


def test_a_short_recording_can_be_played_from_the_card(place: Place) -> None:
    call = place(RECORD.format(5), phone="answer; say 'two loaves'; press #")
    (source,) = re.findall('src="data:audio/wav;base64,([^"]*)"', html(call))

    assert b64decode(source) == next(iter(call.recordings)).wav()


def test_a_long_recording_stays_where_it_is_and_the_card_says_so(place: Place) -> None:
    call = place(RECORD.format(60), phone="answer; say 'Well'; wait 30; press #")

    assert "<audio" not in html(call)
    assert "call.recordings has its sound" in html(call)


def test_recordings_share_the_room_of_a_card(place: Place) -> None:
    """Eight seconds fit, eight more do not."""
    call = place(AGAIN, phone="answer; say 'Well'; wait 9; say 'Well'; wait 9; hang up")

    assert len(list(call.recordings)) == 2
    assert html(call).count("<audio") == 1
    assert html(call).count("call.recordings has its sound") == 1


def test_a_recording_that_was_deleted_is_not_there(place: Place) -> None:
    call = place(RECORD.format(5), phone="answer; say 'two loaves'; press #")
    next(iter(call.recordings)).delete()

    assert "<audio" not in html(call)


@pytest.mark.parametrize("phone", ["busy", "answer; hang up"])
def test_the_ladder_and_the_requests_are_folded(place: Place, phone: str) -> None:
    call = place("<Say>Hello!</Say>", phone=phone, status_callback="https://ivr.example.com/done")

    assert re.findall("<summary[^>]*>([A-Z][^<]*)", html(call)) == [
        *(["What happened (8 events)"] if "answer" in phone else []),
        "Ladder",
        "The ladder as text",
        "Requests to web applications (1)",
    ]


def test_a_card_of_one_leg_does_not_repeat_whose_leg_it_is(place: Place) -> None:
    assert text(place("<Say>Hello!</Say>")).splitlines()[4] == "  0:01.0   ringing"


def test_a_card_of_several_legs_says_whose_leg_each_event_is_of(
    place: Place, simulator: tm.Simulator
) -> None:
    simulator.phones[ASSISTANT] = "answer; say 'This is Bob.'; hang up"
    call = place(f"<Dial>{ASSISTANT}</Dial>")

    assert re.search(rf"0:\S+   {re.escape(ASSISTANT)}  spoke          “This is Bob.”", text(call))
    assert re.search(rf"0:\S+ {re.escape(ASSISTANT)} spoke “This is Bob.”", read(html(call)))
    assert f"{ASSISTANT} 0:" in heard(call)[-1]


def test_what_twilio_says_in_a_call_of_several_legs_is_said_to_one(
    place: Place, simulator: tm.Simulator
) -> None:
    simulator.phones[ASSISTANT] = "answer; hang up"
    call = place(f"<Say>One moment.</Say><Dial>{ASSISTANT}</Dial>")

    assert heard(call)[0] == f"Twilio to {TO} 0:03.0 One moment."


def test_the_outcome_is_told_by_a_mark_and_not_by_colour_alone(place: Place) -> None:
    assert "✓ completed" in html(place("<Say>Hello!</Say>"))
    assert "✗ busy" in html(place("<Say>Hello!</Say>", phone="busy"))


def test_a_card_folds_what_is_repeated(place: Place, simulator: tm.Simulator) -> None:
    """The timeline itself has everything."""
    call = place(url=simulator.host(f"<Response>{'<Say>a</Say>' * 50}</Response>"))

    assert re.findall("… .*? more [^<]*, in call.[a-z]+ …", html(call)) == [
        "… the same 49 more times, in call.transcript …",
        "… the same 49 more times, in call.timeline …",
    ]
    assert "… the same 49 more times, in call.timeline …" in text(call)
    assert sum(event.kind == "said" for event in call.timeline) == 50


def test_a_card_of_a_very_long_call_is_bounded(place: Place, simulator: tm.Simulator) -> None:
    said = "".join(f"<Say>{number}</Say>" for number in range(500))
    call = place(url=simulator.host(f"<Response>{said}</Response>"))

    assert len(text(call).splitlines()) < 410
    assert " more events, in call.timeline …" in text(call)


def test_what_is_unlike_in_the_middle_of_a_very_long_call_is_on_its_card(
    place: Place, simulator: tm.Simulator
) -> None:
    said = "<Say>a</Say>" * 250
    call = place(url=simulator.host(f"<Response>{said}<Pause length='7'/>{said}</Response>"))

    assert "paused         7 s" in text(call)
    assert text(call).count("… the same 249 more times") == 2


def test_a_simulated_call_says_nothing_of_cost(place: Place) -> None:
    assert "cost" not in read(html(place("<Say>Hello!</Say>")))


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "&lt;b&gt;", "\u202eexe", "\" onload='x'"]
)
def test_what_is_said_is_shown_as_it_was_said(place: Place, words: str) -> None:
    call = place("<Say>Hello!</Say><Pause/>", phone=f"answer; say “{words}”; wait 1")
    element = ET.fromstring(html(call).replace(" controls", ""))

    assert words.replace("\u202e", "⟨U+202E⟩") in "".join(element.itertext())
    assert not [each for each in element.iter() if each.tag == "script" or "onload" in each.attrib]


def test_a_card_shows_what_an_agent_said_and_how_long_the_caller_waited() -> None:
    simulator = tm.Simulator()
    simulator.agent("wss://agent.example.com/ws")(lambda prompt: f"<b>{prompt}</b>")
    relay = "<ConversationRelay url='wss://agent.example.com/ws'/>"
    simulator.phones["+13105550101"] = "answer; say 'Hello'; wait 3; hang up"
    client = tm.Client(simulator=simulator)
    twiml = f"<Response><Connect>{relay}</Connect></Response>"
    call = client.calls.create(to="+13105550101", from_="+12125551234", twiml=twiml).wait()

    shown = html(call)

    assert "Session with wss://agent.example.com/ws (" in shown
    assert "median 0.75 s, worst 0.75 s" in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert "&lt;b&gt;Hello&lt;/b&gt;" in shown
    assert "<b>Hello</b>" not in shown
    assert shown.index("median 0.75") < shown.index("What happened")


def test_what_nobody_heard_of_an_agent_is_gray_on_its_side_of_the_card() -> None:
    simulator = tm.Simulator()
    simulator.agent("wss://agent.example.com/ws")(lambda _: "We are open from nine to five.")
    relay = "<ConversationRelay url='wss://agent.example.com/ws'/>"
    script = "answer; say 'When?'; hear 'We are open'; say 'And on Sundays?'; wait 1; hang up"
    simulator.phones["+13105550101"] = script
    client = tm.Client(simulator=simulator)
    twiml = f"<Response><Connect>{relay}</Connect></Response>"
    call = client.calls.create(to="+13105550101", from_="+12125551234", twiml=twiml).wait()

    caller, agent, *_ = ET.fromstring(html(call)).iter("li")

    assert "flex-end" in caller.attrib["style"]
    assert "flex-start" in agent.attrib["style"]
    [unheard] = [each for each in agent.iter("span") if "italic" in each.attrib.get("style", "")]
    assert unheard.text == "to five."
    assert "We are open from nine" in "".join(agent.itertext())
