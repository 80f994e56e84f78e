"""A call to a number of the account: an inbound leg of its own rings there, and runs the number's voice URL."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO, Place, heard, kinds, told
from tests.parties import ACTION, Dial, after, asked, children

OWN = "+12125550199"
VOICE = "https://ivr.example.com/own"
MENU = '<Gather numDigits="1" timeout="9"><Say>Press 1 to talk.</Say></Gather><Say>Bye.</Say>'


def answer_at(simulator: tm.Simulator, number: str, twiml: str) -> None:
    simulator.numbers[number].voice_url = VOICE
    simulator.webhook(VOICE)(lambda: f"<Response>{twiml}</Response>")


def inbound(client: tm.Client) -> tm.Call:
    """The only call that came in."""
    (call,) = (each for each in client.calls.list() if each.direction == "inbound")
    return call


def test_both_legs_run_their_documents_and_hear_each_other(
    place: Place, simulator: tm.Simulator, client: tm.Client
) -> None:
    answer_at(simulator, OWN, "<Pause length='2'/><Say>Hello, this is the office.</Say>")
    call = place("<Say>This is the other side.</Say><Pause length='9'/>", to=OWN)
    came = inbound(client)

    assert (call.status, call.direction) == ("completed", "outbound-api")
    assert (came.status, came.from_, came.to) == ("completed", FROM, OWN)
    assert came.sid != call.sid
    assert came.webhooks[0].parameters["Direction"] == "inbound"
    assert "Twilio: This is the other side." in heard(call)
    assert f"{OWN}: Hello, this is the office." in heard(call)
    assert "Twilio: Hello, this is the office." in heard(came)


def test_a_number_may_call_itself(place: Place, simulator: tm.Simulator, client: tm.Client) -> None:
    answer_at(simulator, OWN, "<Say>Hello, me.</Say>")
    call = place("<Pause length='9'/>", to=OWN, from_=OWN)
    came = inbound(client)

    assert (came.from_, came.to) == (OWN, OWN)
    assert (call.status, came.status) == ("completed", "completed")
    assert heard(call) == [f"{OWN}: Hello, me."]


@pytest.mark.parametrize(
    ("twiml", "status"),
    [
        ("<Reject reason='busy'/>", "busy"),
        ("<Reject/>", "no-answer"),
        ("<Pause/>", "no-answer"),
        ("<Pause length='90'/>", "no-answer"),
    ],
)
def test_a_number_that_declines_leaves_the_call_unanswered(
    place: Place, simulator: tm.Simulator, client: tm.Client, twiml: str, status: str
) -> None:
    answer_at(simulator, OWN, twiml)

    assert place("<Say>Hello.</Say>", to=OWN, timeout=20).status == status
    simulator.run()
    assert inbound(client).status == status


def test_a_number_without_a_voice_url_fails_at_once(
    place: Place, simulator: tm.Simulator, client: tm.Client
) -> None:
    assert simulator.numbers[OWN].phone_number == OWN
    call = place("<Say>Hello.</Say>", to=OWN)

    assert (call.status, call.duration, call.timeline[-1].at) == ("failed", 0, 0)
    assert not call.notifications.list()
    assert len(client.calls.list()) == 1


def test_a_number_without_a_voice_url_may_have_somebody_at_it(
    place: Place, simulator: tm.Simulator
) -> None:
    assert simulator.numbers[OWN]

    assert place("<Say>Hello.</Say>", to=OWN, phone="answer; wait 3; hang up").status == "completed"


def test_keys_and_hang_ups_pass_from_one_leg_to_the_other(
    place: Place, simulator: tm.Simulator, client: tm.Client
) -> None:
    answer_at(simulator, OWN, MENU.replace("<Say>Bye.</Say>", "<Hangup/>"))
    call = place("<Pause length='30'/>", to=OWN, send_digits="ww1")
    came = inbound(client)

    assert told(came, "gathered") == ["1"]
    assert call.status == "completed"
    assert told(call, "hung up") == [f"by {OWN}"]


def test_who_calls_may_hang_up_while_the_number_rings(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    answer_at(simulator, OWN, "<Pause length='30'/>")
    call = client.calls.create(to=OWN, from_=FROM, twiml="<Response/>")
    simulator.advance(5)
    call.update(status="canceled")
    simulator.run()

    assert call.fetch().status == "canceled"
    assert inbound(client).status == "no-answer"


def test_a_dial_to_an_own_number_has_a_leg_at_each_end(
    dial: Dial, simulator: tm.Simulator, client: tm.Client
) -> None:
    answer_at(simulator, OWN, "<Say>This is the night service.</Say><Pause length='3'/>")
    call = dial(
        f'<Dial action="{ACTION}">{OWN}</Dial>', {TO: 'answer; hear "night service"; say "Hi."'}
    )
    (child,) = children(call, client)
    came = inbound(client)

    assert (child.direction, child.to, child.status) == ("outbound-dial", OWN, "completed")
    assert after(call)["DialCallStatus"] == "completed"
    assert came.parent_call_sid is None
    assert f"{FROM}: Hi." in heard(came)
    simulator.phones.check()


def test_a_dial_to_an_own_number_without_a_voice_url_fails(
    dial: Dial, simulator: tm.Simulator
) -> None:
    assert simulator.numbers[OWN]
    call = dial(f'<Dial action="{ACTION}">{OWN}</Dial>')

    assert asked(call, "action")[0]["DialCallStatus"] == "failed"


def test_a_participant_may_be_an_own_number(simulator: tm.Simulator, client: tm.Client) -> None:
    answer_at(simulator, OWN, "<Say>I take part.</Say><Pause length='5'/>")
    room = "<Response><Dial><Conference>room</Conference></Dial></Response>"
    simulator.phones[TO] = 'answer; hear "take part"; hang up'
    call = client.calls.create(to=TO, from_=FROM, twiml=room)
    simulator.advance(5)
    (conference,) = client.conferences.list()
    conference.participants.create(to=OWN, from_=FROM)
    call.wait()
    simulator.run()

    simulator.phones.check()
    assert inbound(client).status == "completed"


def test_a_number_that_dials_itself_does_not_do_so_forever(
    place: Place, simulator: tm.Simulator, client: tm.Client
) -> None:
    answer_at(simulator, OWN, f"<Dial>{OWN}</Dial>")
    call = place("<Pause length='20'/>", to=OWN)
    simulator.run()

    assert call.is_over
    assert len(client.calls.list()) < 30
    assert all("fault" not in text for text in told(call, "failed"))
    assert "hung up" in kinds(call)
