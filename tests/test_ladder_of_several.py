"""A ladder may show several calls that met: in a conference, or through a queue."""

from __future__ import annotations

from typing import Any

import pytest

import twilio_magic as tm
from tests.simulation.conferences import Meeting
from tests.simulation.queues import IVR, PHONES, WAITS, WHISPER, Person, mount, play
from tests.test_ladder import names, told
from twilio_magic.ladder import Ladder


@pytest.fixture
def meeting() -> Meeting:
    """Ann, Bob and Cleo, who meet and talk one after the other."""
    meeting = Meeting()
    meeting.invite("ann", 'answer; wait 5; say "Good morning."; wait 9; hang up')
    meeting.invite("bob", 'answer; hear "morning"; say "Bob here."; wait 9; hang up')
    meeting.invite("cleo", 'answer; hear "bob"; say "And Cleo."; wait 9; hang up')
    meeting.run()
    return meeting


def spoken(drawn: Ladder) -> list[str]:
    return [step for step in told(drawn) if "“" in step]


def test_calls_that_met_in_a_conference_stand_side_by_side(meeting: Meeting) -> None:
    """In the order in which they are given; what one says is drawn once, however many hear it."""
    ann, bob, cleo = meeting.calls.values()
    drawn = ann.ladder(bob, cleo)

    assert names(drawn)[:4] == ["client:ann", "client:bob", "client:cleo", "Twilio"]
    assert spoken(drawn) == [
        "client:ann > Twilio: “Good morning.”",
        "client:bob > Twilio: “Bob here.”",
        "client:cleo > Twilio: “And Cleo.”",
    ]
    assert drawn.title == "+12125551234 → client:ann, client:bob, client:cleo"
    assert drawn.phones == {call.sid: f"client:{name}" for name, call in meeting.calls.items()}


def test_who_is_not_shown_is_heard_by_those_who_are(meeting: Meeting) -> None:
    ann, bob, cleo = meeting.calls.values()

    assert spoken(ann.ladder(bob))[-2:] == [
        "Twilio > client:ann: client:cleo: “And Cleo.”",
        "Twilio > client:bob: client:cleo: “And Cleo.”",
    ]
    assert len(spoken(cleo.ladder())) == 3


def test_all_moments_are_of_the_clock_of_the_call_that_was_created_first() -> None:
    """Whoever's ladder it is: everything stands where it happened."""
    meeting = Meeting()
    meeting.invite("ann", "answer; wait 20; hang up")
    meeting.simulator.advance(5)
    meeting.invite("bob", 'answer; wait 2; say "Bob here."; wait 9; hang up')
    meeting.run()
    ann, bob = meeting.calls.values()
    (spoke,) = (event for event in bob.timeline if event.kind == "spoke")
    at = {step.text: step.at for step in bob.ladder(ann).steps}

    assert at["“Bob here.”"] == spoke.at + 5
    assert [(s.at, s.text) for s in ann.ladder(bob).steps] == [
        (s.at, s.text) for s in bob.ladder(ann).steps
    ]
    assert names(bob.ladder(ann))[:2] == ["client:bob", "client:ann"]


def test_a_caller_from_a_queue_and_the_agent_are_connected_once() -> None:
    """Each request is drawn once, and the agent's dialing is the caller's story."""
    simulator = tm.Simulator()
    mount(simulator)
    calls = play(
        simulator, Person("ada", 0, WAITS), Person("ann", 6, WHISPER, "answer; wait 20; hang up")
    )
    drawn = calls["ada"].ladder(calls["ann"])
    steps = told(drawn)

    assert names(drawn) == [PHONES["ada"], PHONES["ann"], "Twilio", "ivr.example.com"]
    assert [step for step in steps if "connected" in step] == [
        f"{PHONES['ann']} > {PHONES['ada']}: connected"
    ]
    assert not [step for step in steps if "dialed:" in step]
    for call in calls.values():
        for made in call.webhooks:
            path = made.url.removeprefix(IVR)
            assert steps.count(f"Twilio > ivr.example.com: {made.purpose}: POST {path}") == 1


def test_a_call_brings_the_legs_that_it_made_and_is_drawn_once(
    client: tm.Client, simulator: tm.Simulator
) -> None:
    """A call that is given twice, or that is a leg of another one, adds nothing."""
    for name in ("ann", "bob", "cleo"):
        simulator.phones[f"client:{name}"] = "answer; wait 9; hang up"
    dial = "<Response><Dial><Client>bob</Client></Dial></Response>"
    room = "<Response><Dial><Conference>Room</Conference></Dial></Response>"
    ann = client.calls.create(to="client:ann", from_="+12125551234", twiml=dial)
    cleo = client.calls.create(to="client:cleo", from_="+12125551234", twiml=room)
    simulator.run()
    (bob,) = (call for call in client.calls if call.parent_call_sid == ann.sid)
    drawn = ann.ladder(cleo)

    assert names(drawn) == ["client:ann", "client:bob", "client:cleo", "Twilio"]
    assert drawn.title == "+12125551234 → client:ann, client:cleo"
    assert told(ann.ladder(cleo, cleo, ann, bob)) == told(drawn)
    assert told(ann.ladder(ann)) == told(ann.ladder(bob)) == told(ann.ladder())
    assert bob.ladder(ann).title == ann.ladder().title


def test_two_clients_of_one_simulator_share_their_calls(meeting: Meeting) -> None:
    ann, bob, _ = meeting.calls.values()
    same = tm.Client(simulator=meeting.simulator).calls.fetch(bob.sid)

    assert told(ann.ladder(same)) == told(ann.ladder(bob))


def test_a_title_names_each_caller_once_in_a_row(
    client: tm.Client, simulator: tm.Simulator
) -> None:
    simulator.numbers["+12125551234"].voice_url = simulator.host(
        "<Response><Say>Hi.</Say></Response>"
    )
    ada = simulator.receive("+14155550101", "+12125551234")
    ann, ben = (
        client.calls.create(
            to=to, from_="+12125551234", twiml="<Response><Say>Hi.</Say></Response>"
        )
        for to in ("client:ann", "client:ben")
    )
    simulator.run()

    assert ada.ladder(ann, ben).title == (
        "+14155550101 → +12125551234; +12125551234 → client:ann, client:ben"
    )


@pytest.mark.parametrize("other", [[], "CA" + "1" * 32, None, tm.Simulator()], ids=repr)
def test_what_is_no_call_is_refused(meeting: Meeting, other: Any) -> None:
    """The message says what was given, and the hint how calls are given."""
    with pytest.raises(
        tm.TwilioMagicError, match=r"A ladder shows calls, and .* is none"
    ) as refused:
        meeting.calls["ann"].ladder(other)

    assert "ann.ladder(bob, cleo)" in str(refused.value.hint)


def test_a_call_of_another_simulator_is_refused(meeting: Meeting) -> None:
    """Though its sid may be the same."""
    elsewhere = Meeting().invite("ann")

    with pytest.raises(tm.TwilioMagicError, match="of another simulator, or another account, than"):
        meeting.calls["bob"].ladder(elsewhere)


def test_a_call_that_was_deleted_is_named(meeting: Meeting) -> None:
    ann, bob, _ = meeting.calls.values()
    bob.delete()

    with pytest.raises(tm.SimulatorError, match=f"There is no call {bob.sid}"):
        ann.ladder(bob)
