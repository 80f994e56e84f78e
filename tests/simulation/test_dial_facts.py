"""Dial, as public bug reports and Twilio's own samples have it."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO, Place, told
from tests.parties import ACTION, ANN, Dial, after, asked, children

CLIENT = "client:ann"
SIP = "sip:kate@example.com"


@pytest.mark.parametrize(
    ("noun", "address", "status"),
    [
        ("<Client>ann</Client>", CLIENT, "busy"),
        (f"<Number>{ANN}</Number>", ANN, "no-answer"),
        (f"<Sip>{SIP}</Sip>", SIP, "no-answer"),
    ],
)
def test_a_client_that_rejects_is_busy(dial: Dial, noun: str, address: str, status: str) -> None:
    call = dial(f'<Dial action="{ACTION}">{noun}</Dial>', {address: "ring 2; reject"})

    assert after(call)["DialCallStatus"] == status


def test_a_client_that_rejects_a_call_of_the_api_is_busy(place: Place) -> None:
    assert place("<Hangup/>", to=CLIENT, phone="reject").status == "busy"


@pytest.mark.parametrize("script", ["no answer", "ring 3; no answer"])
def test_a_phone_that_does_not_answer_lets_the_dial_ring_out_its_time(
    dial: Dial, client: tm.Client, script: str
) -> None:
    call = dial(f'<Dial timeout="12" action="{ACTION}">{ANN}</Dial>', {ANN: script})
    (child,) = children(call, client)
    at = {event.kind: event.at for event in child.timeline}

    assert at["no answer"] - at["ringing"] == 12 + 5
    assert after(call) == {"DialCallStatus": "no-answer", "DialBridged": "false"}


def test_a_phone_that_does_not_answer_lets_a_call_ring_out_its_time(place: Place) -> None:
    call = place("<Hangup/>", phone="no answer", timeout=20)

    assert (call.status, call.timeline[-1].at) == ("no-answer", 21)


@pytest.mark.parametrize("text", ["kate@example.com", "kate@example.com;transport=tls", SIP])
def test_a_sip_address_may_leave_out_its_scheme(
    dial: Dial, simulator: tm.Simulator, text: str
) -> None:
    call = dial(
        f'<Dial action="{ACTION}"><Sip>{text}</Sip></Dial>',
        {TO: 'answer; hear "Kate here"; hang up', SIP: 'answer; say "Kate here."; wait 9'},
    )

    assert told(call, "dialed") == [SIP]
    assert asked(call, "action")[0]["DialSipResponseCode"] == "200"
    simulator.phones.check()


def test_a_transfer_may_leave_out_the_scheme_too(place: Place, simulator: tm.Simulator) -> None:
    simulator.phones[SIP] = "busy"
    call = place(
        f'<Refer action="{ACTION}"><Sip>kate@example.com</Sip></Refer>', to="sip:bob@example.com"
    )

    assert f"by <Refer> to {SIP}: busy" in told(call, "redirected")


def test_the_action_is_told_why_nobody_could_be_called(dial: Dial) -> None:
    call = dial(
        f'<Dial action="{ACTION}">{ANN}</Dial>',
        {"client:jack": "answer"},
        to="client:jack",
        from_="client:jim",
    )
    (told_to,) = asked(call, "action")

    assert told_to["DialCallStatus"] == "failed"
    assert "caller ID" in told_to["ErrorMessage"]
    assert [text[:5] for text in told(call, "failed")] == ["13214"]


def test_a_dial_that_rang_tells_no_error(dial: Dial) -> None:
    call = dial(f'<Dial action="{ACTION}">{ANN}</Dial>', {ANN: "fail"})

    assert "ErrorMessage" not in asked(call, "action")[0]


def test_a_caller_id_of_a_client_rings_a_client_with_a_warning_and_no_number(dial: Dial) -> None:
    rings = dial(f'<Dial callerId="client:jim" action="{ACTION}"><Client>ann</Client></Dial>')
    fails = dial(f'<Dial callerId="client:jim" action="{ACTION}">{ANN}</Dial>')

    assert told(rings, "dialed") == [CLIENT]
    assert any(text.startswith("13214: ") for text in told(rings, "warned"))
    assert told(fails, "dialed") == []
    assert any(text.startswith("13214: ") for text in told(fails, "failed"))


@pytest.mark.parametrize("verb", ["Hangup", "Reject"])
@pytest.mark.parametrize("noun", ["Number", "Client"])
def test_a_screening_document_declines_with_hangup_or_reject(
    dial: Dial, simulator: tm.Simulator, verb: str, noun: str
) -> None:
    """Source: TwiML changelog, 2020-12-09."""
    whisper = simulator.host(f"<Response><Say>A call.</Say><{verb}/></Response>")
    to = ANN if noun == "Number" else "ann"
    call = dial(f'<Dial action="{ACTION}"><{noun} url="{whisper}">{to}</{noun}></Dial>')

    assert after(call)["DialCallStatus"] == "completed"
    assert after(call)["DialBridged"] == "false"
    assert not [text for text in told(call, "warned") if "too late" in text]


def test_with_answer_on_bridge_a_caller_whom_nobody_is_connected_with_was_never_answered(
    simulator: tm.Simulator,
) -> None:
    whisper = simulator.host("<Response><Say>A call.</Say><Hangup/></Response>")
    voice = simulator.host(
        f'<Response><Dial answerOnBridge="true"><Number url="{whisper}">{ANN}</Number></Dial></Response>'
    )
    simulator.numbers[FROM].voice_url = voice
    call = simulator.receive(TO, FROM).wait()

    assert (call.status, call.duration) == ("no-answer", None)


def test_a_caller_who_gives_up_while_a_dial_rings(dial: Dial) -> None:
    call = dial(
        f'<Dial action="{ACTION}">{ANN}</Dial>', {TO: "answer; wait 5; hang up", ANN: "no answer"}
    )
    (told_to,) = asked(call, "action")

    assert (told_to["DialCallStatus"], told_to["CallStatus"]) == ("canceled", "completed")
    assert "DialCallDuration" not in told_to


@pytest.mark.parametrize("text", [SIP, "kate@example.com"])
@pytest.mark.parametrize("inside", ["<Sip {1}>{0}</Sip>", "<Sip><Uri {1}>{0}</Uri></Sip>"])
def test_a_sip_address_has_its_credentials_with_a_scheme_and_without(
    dial: Dial, inside: str, text: str
) -> None:
    """They are right, and have no effect here; the password is shown nowhere."""
    credentials = 'username="kate" password="hush-hush"'
    twiml = f"<Dial>{inside.format(text, credentials)}</Dial>"
    call = dial(twiml)

    assert tm.check(f"<Response>{twiml}</Response>") == []
    assert told(call, "dialed") == [SIP]
    assert {text.partition(" of ")[0] for text in told(call, "not simulated")} == {
        "username",
        "password",
    }
    assert "hush-hush" not in repr(call.timeline)
