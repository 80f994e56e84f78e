"""Who takes part in a call has a name, a side and a color; what is shown of the call says nothing twice."""

from __future__ import annotations

import re

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO
from twilio_magic.display import to_html
from twilio_magic.ladder import Arrow
from twilio_magic.views import settings

BOB = "+14155550100"
DIAL = f"<Response><Say>One moment.</Say><Dial>{BOB}</Dial></Response>"
GATHER = "<Response><Gather numDigits='3'><Say>Your code.</Say></Gather></Response>"


@pytest.fixture
def simulator() -> tm.Simulator:
    simulator = tm.Simulator(network=False)
    simulator.phones[TO] = "answer; wait 8; say 'Is that Bob?'; wait 9"
    simulator.phones[BOB] = "ring 2; answer; wait 4; say 'This is Bob.'; wait 3; hang up"
    simulator.phones.name(TO, "Ann")
    simulator.phones.name(BOB, "Bob")
    return simulator


def place(simulator: tm.Simulator, twiml: str = DIAL, **more: str) -> tm.Call:
    """A call that is over."""
    return (
        tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, twiml=twiml, **more).wait()
    )


def test_a_name_stands_in_card_transcript_timeline_and_ladder(simulator: tm.Simulator) -> None:
    call = place(simulator)

    assert f"<b>Ann {TO}</b>" in to_html(call)
    assert "Bob: This is Bob." in repr(call.transcript)
    assert re.search(r"Bob  spoke +“This is Bob.”", repr(call.timeline))
    assert f"Bob {BOB}" in call.ladder().lifelines[1].title
    assert {line.speaker for line in call.transcript} == {"Twilio", TO, BOB}


def test_who_is_called_joined_and_left_is_told_by_name_and_at_first_with_the_address(
    simulator: tm.Simulator,
) -> None:
    call = place(simulator)
    told = repr(call.timeline)

    assert f"queued         {FROM} calls Ann ({TO})\n" in told
    assert f"dialed         Bob ({BOB})\n" in told
    assert "bridged        with Bob\n" in told
    assert "bridged        with Ann\n" in told
    assert told.count(BOB) == 2  # where it is called, and where it is on its way there
    assert f"Bob ({BOB})" in to_html(call.timeline)
    assert "with Bob" in to_html(call)
    assert {event.text for event in call.timeline if event.kind == "dialed"} == {BOB}


def test_an_address_in_spoken_words_stays_as_it_was_said(simulator: tm.Simulator) -> None:
    call = place(simulator, f"<Response><Say>Call {BOB}, please.</Say></Response>")

    assert f"Call {BOB}, please." in repr(call.timeline)


def test_a_call_that_is_over_since_it_was_fetched_does_not_say_that_it_waits(
    simulator: tm.Simulator,
) -> None:
    call = tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, twiml=DIAL)
    assert "Simulated time stands still" in to_html(call)
    simulator.run()

    assert "It is over by now: call.wait() tells how it ended." in to_html(call)
    assert "Simulated time stands still" not in to_html(call)


def test_an_empty_name_takes_the_name_away(simulator: tm.Simulator) -> None:
    simulator.phones.name(TO, "")

    assert simulator.phones.names == {BOB: "Bob"}


def test_each_party_has_its_side_and_its_color(simulator: tm.Simulator) -> None:
    bubbles = re.findall(
        r"<li style=\"([^\"]*)\"><div><span[^>]*>([^<]*)<", to_html(place(simulator))
    )
    looks = {name: style for style, name in bubbles}

    assert "flex-end" in looks["Ann"]
    assert "flex-start" in looks["Bob"]
    assert len({looks[name] for name in ("Ann", "Bob", "Twilio to Ann")}) == 3


def test_what_bridged_parties_say_goes_to_each_other(simulator: tm.Simulator) -> None:
    ladder = place(simulator).ladder()
    names = [lifeline.called or lifeline.name for lifeline in ladder.lifelines]
    told = {
        step.label: (names[step.source], names[step.target])
        for step in ladder.steps
        if isinstance(step, Arrow)
        and step.label in ("“Is that Bob?”", "“This is Bob.”", "“One moment.”")
    }

    assert told["“Is that Bob?”"] == ("Ann", "Bob")
    assert told["“This is Bob.”"] == ("Bob", "Ann")
    assert told["“One moment.”"] == ("Twilio", "Ann")


def test_in_a_conference_the_phone_of_the_call_is_at_the_right_and_the_others_have_names(
    simulator: tm.Simulator,
) -> None:
    client = tm.Client(simulator=simulator)
    room = "<Response><Dial><Conference>room</Conference></Dial></Response>"
    client.calls.create(to=BOB, from_=FROM, twiml=room)
    call = place(simulator, room)
    right, left = "align-self:flex-end", "align-self:flex-start"
    sides = re.findall(
        r"<li style=\"[^\"]*(align-self:[a-z-]*)[^\"]*\"><div><span[^>]*>([^<]*)<", to_html(call)
    )

    assert [each for each in sides if each[1] in ("Ann", "Bob")] == [(left, "Bob"), (right, "Ann")]
    assert "Bob: “This is Bob.”" in [step.label for step in call.ladder().steps]


def test_keys_that_follow_each_other_are_one_bubble(simulator: tm.Simulator) -> None:
    simulator.phones[TO] = "answer; press 123; wait 3"
    shown = to_html(place(simulator, GATHER))

    assert shown.count("presses <kbd") == 1
    assert re.findall(r"<kbd[^>]*>(.)</kbd>", shown) == ["1", "2", "3"]


def test_the_timeline_is_folded_where_the_conversation_tells_the_same(
    simulator: tm.Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = place(simulator)
    assert ">What happened (" in to_html(call)

    monkeypatch.setattr(settings, "card", "full")
    assert ">What happened<" in to_html(call)


def test_a_long_conversation_is_folded(simulator: tm.Simulator) -> None:
    words = "".join(f"<Say>Sentence {number}.</Say>" for number in range(40))
    shown = to_html(place(simulator, f"<Response>{words}</Response>"))

    assert "33 more turns" in shown


def test_the_seconds_of_a_call_say_what_they_count(simulator: tm.Simulator) -> None:
    simulator.phones[TO] = "answer; hang up"
    answered = place(simulator, "<Response><Pause length='5'/></Response>")
    simulator.phones[TO] = "busy"

    assert "completed, connected for" in to_html(answered)
    assert re.search(r">✗ busy<", to_html(place(simulator)))


def test_a_call_that_waits_says_how_time_goes_on(simulator: tm.Simulator) -> None:
    call = tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, twiml=DIAL)

    assert "Simulated time stands still: call.wait()" in to_html(call)
    assert "stands still" not in to_html(call.wait())


def test_a_call_that_its_fallback_saved_is_not_lost(simulator: tm.Simulator) -> None:
    simulator.host(
        "<Response><Say>Good that you call.</Say></Response>", at="https://ivr.example.com/b"
    )
    client = tm.Client(simulator=simulator)
    ends = {"to": TO, "from_": FROM, "url": "https://ivr.example.com/a"}
    saved = client.calls.create(**ends, fallback_url="https://ivr.example.com/b").wait()
    lost = client.calls.create(**ends).wait()

    assert re.search(r">! completed, [^<]*, saved by the fallback<", to_html(saved))
    assert re.search(r">✗ completed, [^<]*error 11210<", to_html(lost))


def test_a_request_tells_what_is_new_in_it_first(simulator: tm.Simulator) -> None:
    simulator.phones[TO] = "answer; press 123; wait 3"
    simulator.host(GATHER.replace("<Gather", "<Gather action='/b'"), at="https://ivr.example.com/a")
    simulator.host("<Response/>", at="https://ivr.example.com/b")
    client = tm.Client(simulator=simulator)
    call = client.calls.create(to=TO, from_=FROM, url="https://ivr.example.com/a").wait()
    asked = to_html(call.webhooks).split("<details")

    assert any("Digits=123" in each for each in asked)
    new, before = (
        to_html(call.webhooks).split("Parameters that are new")[1].split("Parameters as before")
    )
    assert "Digits = 123" in new
    assert "AccountSid" not in new
    assert "AccountSid" in before


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("timeline", "nothing has happened"),
        ("transcript", "nothing was heard"),
        ("webhooks", "no requests"),
    ],
)
def test_an_empty_list_says_so(name: str, said: str) -> None:
    listed = type(getattr(_silent_call(), name))()

    assert said == repr(listed)
    assert said in to_html(listed)


def _silent_call() -> tm.Call:
    simulator = tm.Simulator(network=False)
    client = tm.Client(simulator=simulator)
    return client.calls.create(to=TO, from_=FROM, twiml="<Response/>").wait()


def test_a_world_is_shown_with_its_parts(simulator: tm.Simulator) -> None:
    simulator.numbers[FROM].voice_url = "https://ivr.example.com/voice"
    simulator.faults.add("https://ivr.example.com/voice", status=500)
    place(simulator)
    shown = to_html(simulator)

    for part in (
        "https://ivr.example.com/voice",
        "status=500",
        "Ann",
        "ring 2; answer",
        "completed",
        "stands still",
    ):
        assert part in shown


def test_problems_and_sentences_are_lists_with_a_view() -> None:
    found = tm.check("<Response><Sya/></Response>")
    told = tm.explain("<Response><Say>Hi</Say></Response>")

    assert "did you mean &lt;Say&gt;?" in to_html(found)
    assert "Says “Hi”" in to_html(told)
    assert "no problems" in to_html(tm.check("<Response><Say>Hi</Say></Response>"))


def test_a_recording_has_a_player_and_a_waveform(simulator: tm.Simulator) -> None:
    simulator.phones[TO] = "answer; say 'Two loaves of rye, please.'; wait 3"
    call = place(simulator, "<Response><Record maxLength='5' playBeep='false'/></Response>")
    shown = to_html(call.recordings.list()[0])

    assert 'aria-label="Waveform"' in shown
    assert "<audio controls" in shown


def test_a_long_script_is_shown_by_its_beginning(simulator: tm.Simulator) -> None:
    simulator.phones[BOB] = "answer; " + "wait 1; " * 200 + "say 'The end'"

    shown = to_html(simulator.phones)
    assert "answer; wait 1; wait 1;" in shown
    assert "The end" not in shown
    assert "The end" in str(simulator.phones[BOB])
