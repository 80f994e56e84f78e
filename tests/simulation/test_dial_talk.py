"""Dial: what the parties hear of each other while they are connected."""

from __future__ import annotations

import json

import pytest

import twilio_magic as tm
from tests.calls import TO, heard, told
from tests.parties import ANN, BOB, IVR, Dial, asked, children, moments

TEXT = f"{IVR}/text"


def test_what_one_says_the_other_hears(dial: Dial, simulator: tm.Simulator) -> None:
    call = dial(
        f"<Dial>{ANN}</Dial>",
        {
            TO: "answer; say 'Is Ann there?'; hear 'this is Ann'; say 'Good.'; hang up",
            ANN: "ring 3; answer; hear 'is Ann there'; say 'This is Ann.'; wait 9",
        },
    )

    assert heard(call) == [f"{TO}: Is Ann there?", f"{ANN}: This is Ann.", f"{TO}: Good."]
    simulator.phones.check()


def test_each_leg_tells_what_its_own_party_heard(dial: Dial, client: tm.Client) -> None:
    """In the timeline of the whole call it stands once."""
    call = dial(
        f"<Dial>{ANN}</Dial>",
        {TO: "answer; say 'Hello?'; press 5; wait 2; hang up", ANN: "answer; wait 1; say 'Ann.'"},
    )
    (child,) = children(call, client)
    overheard = [event for event in child.timeline if event.kind == "heard"]

    assert [event.text for event in overheard] == [f"{TO}: “Hello?”", f"{TO}: [presses 5]"]
    assert {event.data["from_leg"] for event in overheard} == {call.sid}
    assert "heard" not in {event.kind for event in call.timeline}


def test_a_key_of_one_is_heard_by_the_other(dial: Dial, simulator: tm.Simulator) -> None:
    call = dial(
        f"<Dial>{ANN}</Dial>",
        {TO: "answer; press 12; wait 9; hang up", ANN: 'answer; hear "2"; say "Two!"; hang up'},
    )

    assert heard(call) == [f"{TO}: [presses 1]", f"{TO}: [presses 2]", f"{ANN}: Two!"]
    simulator.phones.check()


def test_a_machine_answers_and_the_caller_leaves_a_message_after_its_beep(
    dial: Dial, simulator: tm.Simulator
) -> None:
    call = dial(
        f"<Dial>{ANN}</Dial>",
        {TO: "answer; hear beep; say 'Call me.'; hang up", ANN: 'machine "Ann is away."'},
    )

    assert heard(call) == [f"{ANN}: Ann is away.", f"{ANN}: [beep]", f"{TO}: Call me."]
    simulator.phones.check()


def test_a_fax_is_heard_by_the_caller(dial: Dial) -> None:
    call = dial(f"<Dial>{ANN}</Dial>", {TO: "answer; say 'Hello?'; hang up", ANN: "fax"})

    assert heard(call) == [f"{ANN}: [fax tones]", f"{TO}: Hello?"]


def test_a_person_does_not_speak_while_the_other_does(dial: Dial) -> None:
    call = dial(
        f"<Dial>{ANN}</Dial>",
        {TO: "answer; say 'A rather long question, is it not?'; hang up", ANN: "answer; say 'Hi.'"},
    )
    first, second = (event for event in call.timeline if event.kind == "spoke")

    assert second.at >= first.at


def test_nothing_is_heard_before_the_parties_are_connected_or_after(
    dial: Dial, client: tm.Client
) -> None:
    call = dial(
        f'<Dial>{ANN}</Dial><Pause length="9"/>',
        {
            TO: "answer; wait 1; say 'Too early.'; wait 9; say 'Too late.'; hang up",
            ANN: "ring 5; answer; wait 2; say 'Hello?'; hang up",
        },
        time_limit=40,
    )

    assert heard(call) == [f"{TO}: Too early.", f"{ANN}: Hello?", f"{TO}: Too late."]
    assert told(children(call, client)[0], "heard") == []


def test_words_that_were_cut_off_are_not_heard(dial: Dial, simulator: tm.Simulator) -> None:
    """The time limit of the Dial ends the conversation before the last words."""
    call = dial(
        f'<Dial timeLimit="2">{ANN}</Dial><Pause length="9"/>',
        {
            TO: "answer; hear 'last word'",
            ANN: "answer; say 'This goes on and on, to the last word.'",
        },
    )

    assert told(call, "failed") == [f"{TO} waited to hear “last word”, but the call ended first"]


def test_a_key_that_twilio_does_not_wait_for_is_not_lost_between_people(dial: Dial) -> None:
    call = dial(f"<Dial>{ANN}</Dial>", {ANN: "answer; press 5; hang up"})

    assert told(call, "pressed") == ["5"]


def test_a_live_transcription_writes_down_both_parties(dial: Dial) -> None:
    call = dial(
        f'<Start><Transcription statusCallbackUrl="{TEXT}"/></Start><Dial>{ANN}</Dial>',
        {
            TO: "answer; say 'Is Ann there?'; wait 9; hang up",
            ANN: "answer; hear 'is Ann there'; say 'This is Ann.'; wait 3",
        },
    )
    written = [
        (told_to["Track"], json.loads(told_to["TranscriptionData"])["transcript"])
        for told_to in asked(call, "transcription")
        if told_to["TranscriptionEvent"] == "transcription-content"
    ]

    assert written == [("inbound_track", "Is Ann there?"), ("outbound_track", "This is Ann.")]


@pytest.mark.parametrize(("track", "words"), [("inbound_track", "Hi."), ("outbound_track", "Ho.")])
def test_a_live_transcription_of_one_track_writes_down_one_party(
    dial: Dial, track: str, words: str
) -> None:
    call = dial(
        f'<Start><Transcription track="{track}" statusCallbackUrl="{TEXT}"/></Start><Dial>{ANN}</Dial>',
        {TO: "answer; say 'Hi.'; wait 3; hang up", ANN: "answer; hear 'hi'; say 'Ho.'; wait 9"},
    )
    written = [
        json.loads(told_to["TranscriptionData"])["transcript"]
        for told_to in asked(call, "transcription")
        if "TranscriptionData" in told_to
    ]

    assert written == [words]


def test_a_bridge_is_told_on_both_sides(dial: Dial, client: tm.Client) -> None:
    call = dial(f"<Dial>{ANN}</Dial>", {ANN: "answer; wait 4; hang up"})
    (child,) = children(call, client)
    joined = [event for event in call.timeline if event.kind in ("bridged", "left")]

    assert [(event.leg, event.data["call"]) for event in joined] == [
        (call.sid, child.sid),
        (child.sid, call.sid),
    ] * 2
    assert [event.data["seconds"] for event in joined[2:]] == [4, 4]


def test_phones_that_ring_in_turn_are_heard_one_at_a_time(dial: Dial) -> None:
    call = dial(
        f"<Dial>{ANN}</Dial><Dial>{BOB}</Dial>",
        {
            TO: "answer; hear 'Ann'; say 'Bob, please.'; hear 'Bob here'; hang up",
            ANN: "answer; say 'Ann here.'; hear 'please'; hang up",
            BOB: "answer; say 'Bob here.'",
        },
    )

    assert heard(call) == [f"{ANN}: Ann here.", f"{TO}: Bob, please.", f"{BOB}: Bob here."]
    assert len(moments(call, "bridged")) == 4
