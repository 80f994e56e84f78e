"""Dial: what the called party hears and does before it is connected: whispers, keys sent, machines detected."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO, heard, told
from tests.parties import ACTION, ANN, BOB, IVR, Dial, after, asked, children, moments, story

WHISPER, SCREEN = f"{IVR}/whisper", f"{IVR}/screened"
STATUS = f"{IVR}/status"
SCREENED = (
    f'<Response><Gather numDigits="1" timeout="5" action="{SCREEN}"><Say>Press 1 to accept.</Say></Gather>'
    "<Hangup/></Response>"
)


def dialed(noun: str = "Number", address: str = ANN, more: str = "") -> str:
    return f'<Dial action="{ACTION}"><{noun} url="{WHISPER}" {more}>{address}</{noun}></Dial>'


@pytest.fixture
def screening(simulator: tm.Simulator) -> None:
    """Whispers ask for a key; 1 accepts the call, every other key declines it."""
    simulator.webhook(WHISPER)(lambda: SCREENED)

    @simulator.webhook(SCREEN)
    def screened(parameters: dict[str, str]) -> str:
        accepts = parameters["Digits"] == "1"
        return "<Response/>" if accepts else "<Response><Say>Declined.</Say><Hangup/></Response>"


@pytest.mark.usefixtures("screening")
def test_who_accepts_is_connected(dial: Dial) -> None:
    call = dial(dialed(), {ANN: "answer; press 1; wait 2; say 'Hello, this is Ann.'; hang up"})

    assert heard(call) == [
        "Twilio: Press 1 …",
        f"{ANN}: [presses 1]",
        f"{ANN}: Hello, this is Ann.",
        "Twilio: Afterwards.",
    ]
    assert after(call)["DialBridged"] == "true"


@pytest.mark.usefixtures("screening")
@pytest.mark.parametrize("ann", ["answer; press 2", "answer", "answer; wait 1; hang up"])
def test_who_declines_or_does_not_answer_the_question_is_not_connected(
    dial: Dial, ann: str
) -> None:
    """Whether DialCallStatus is completed then is not documented; DialBridged tells the two apart."""
    call = dial(dialed(), {ANN: ann})

    assert after(call)["DialBridged"] == "false"
    assert after(call)["DialCallStatus"] == "completed"
    assert "bridged" not in {event.kind for event in call.timeline}


@pytest.mark.usefixtures("screening")
def test_the_caller_hears_ringing_and_no_whisper(dial: Dial) -> None:
    call = dial(
        dialed(), {TO: 'answer; hear "accept"', ANN: "answer; wait 4; press 1; wait 2; hang up"}
    )
    (tone,) = (event for event in call.timeline if event.kind == "played")

    assert tone.at + tone.data["seconds"] == moments(call, "bridged")[0]
    assert f"{TO} waited to hear “accept”, but the call ended first" in told(call, "failed")


@pytest.mark.usefixtures("screening")
def test_one_who_hears_a_whisper_has_answered_for_all(dial: Dial, client: tm.Client) -> None:
    """The others stop to ring; if the one declines, nobody is connected."""
    numbers = f'<Number url="{WHISPER}">{ANN}</Number><Number>{BOB}</Number>'
    call = dial(
        f'<Dial action="{ACTION}">{numbers}</Dial>',
        {ANN: "answer; press 2", BOB: "ring 9; answer"},
    )

    assert [child.status for child in children(call, client)] == ["completed", "canceled"]
    assert after(call)["DialBridged"] == "false"


@pytest.mark.usefixtures("screening")
def test_in_turn_the_next_is_called_when_one_declines(dial: Dial) -> None:
    numbers = f'<Number url="{WHISPER}">{ANN}</Number><Number url="{WHISPER}">{BOB}</Number>'
    call = dial(
        f'<Dial sequential="true" action="{ACTION}">{numbers}</Dial>',
        {ANN: "answer; press 2", BOB: "answer; press 1; wait 3; hang up"},
    )

    assert story(call, "bridged") == [(TO, "bridged"), (BOB, "bridged")]
    assert after(call)["DialBridged"] == "true"


@pytest.mark.usefixtures("screening")
def test_a_caller_who_hangs_up_during_the_whisper_ends_it(dial: Dial, client: tm.Client) -> None:
    call = dial(dialed(), {TO: "answer; wait 5; hang up", ANN: "answer"})

    assert [child.status for child in children(call, client)] == ["completed"]
    assert after(call)["DialBridged"] == "false"


def test_a_whisper_is_requested_for_the_called_leg(
    dial: Dial, simulator: tm.Simulator, client: tm.Client
) -> None:
    simulator.webhook(WHISPER)(lambda: "<Response><Say>A call from {{From}}.</Say></Response>")
    call = dial(dialed(more='method="GET"'), {ANN: "answer; wait 9; hang up"})
    (request,) = (each for each in call.webhooks if each.purpose == "whisper")
    (child,) = children(call, client)
    parameters = request.parameters

    assert request.method == "GET"
    assert (parameters["CallSid"], parameters["ParentCallSid"]) == (child.sid, call.sid)
    assert (parameters["From"], parameters["To"]) == (FROM, ANN)
    assert (parameters["Direction"], parameters["CallStatus"]) == ("outbound-dial", "in-progress")


def test_a_whisper_to_a_sip_address_is_told_of_the_sip_call(
    dial: Dial, simulator: tm.Simulator
) -> None:
    simulator.webhook(WHISPER)(lambda: "<Response/>")
    call = dial(dialed("Sip", "sip:ann@pbx.example.com"), {"sip:*": "answer; hang up"})
    (whisper,), (told_to,) = asked(call, "whisper"), asked(call, "action")

    assert whisper["SipDomain"] == "pbx.example.com"
    assert whisper["SipCallId"] == told_to["DialSipCallId"]
    assert told_to["DialSipResponseCode"] == "200"


@pytest.mark.parametrize("noun", ["Number", "Client"])
def test_a_whisper_cannot_dial(dial: Dial, simulator: tm.Simulator, noun: str) -> None:
    """13201: the Dial is skipped, the rest is done, and the parties are connected."""
    simulator.webhook(WHISPER)(
        lambda: f"<Response><Dial>{BOB}</Dial><Say>Here it comes.</Say></Response>"
    )
    call = dial(dialed(noun), {"*": "answer; wait 4; hang up"})

    assert [text[:5] for text in told(call, "warned")] == ["13201"]
    assert heard(call)[0] == "Twilio: Here it comes."
    assert after(call)["DialBridged"] == "true"


@pytest.mark.parametrize(("noun", "works"), [("Number", False), ("Client", True)])
def test_a_whisper_to_a_number_has_few_verbs(
    dial: Dial, simulator: tm.Simulator, noun: str, works: bool
) -> None:
    """Facts: Number.url allows Say, Play, Gather and Hangup; of the others nothing is said."""
    simulator.webhook(WHISPER)(lambda: '<Response><Pause length="3"/></Response>')
    call = dial(dialed(noun), {"*": "answer; wait 4; hang up"})

    assert ("paused" in {event.kind for event in call.timeline}) == works


@pytest.mark.parametrize(("status", "code"), [(500, "11200"), (200, "12100")])
def test_a_whisper_that_fails_is_told_to_the_called_party_alone(
    dial: Dial, simulator: tm.Simulator, status: int, code: str
) -> None:
    simulator.webhook(WHISPER)(lambda: ("<Response><Say>", status))
    call = dial(dialed(), {TO: "answer", ANN: "answer"})

    assert [text[:5] for text in told(call, "failed")] == [code]
    assert next(event.leg for event in call.timeline if event.kind == "said") != call.sid
    assert after(call) == {
        "DialCallStatus": "completed",
        "DialBridged": "false",
        "DialCallDuration": "5",
    }


def test_a_relative_whisper_of_inline_twiml_is_left_out(dial: Dial) -> None:
    call = dial(
        f'<Dial action="{ACTION}"><Number url="whisper">{ANN}</Number></Dial>',
        {ANN: "answer; wait 1; hang up"},
    )

    assert [text[:5] for text in told(call, "failed")] == ["11100"]
    assert after(call)["DialBridged"] == "true"


def test_keys_are_sent_before_the_parties_are_connected(dial: Dial) -> None:
    call = dial(
        f'<Dial><Number sendDigits="ww12#">{ANN}</Number></Dial>',
        {ANN: 'answer; hear "12#"; wait 2; hang up'},
    )

    assert moments(call, "bridged")[0] - moments(call, "answered")[1] == pytest.approx(1.75)
    assert told(call, "failed") == []


@pytest.mark.parametrize("noun", ["Number", "Sip"])
@pytest.mark.parametrize(
    ("script", "detection", "result"),
    [
        ('answer; say "Hello?"', "Enable", "human"),
        ('machine "You have reached the office of Ann, who is away."', "Enable", "machine_start"),
        ('machine "You have reached the office of Ann."', "DetectMessageEnd", "machine_end_beep"),
        ("fax", "Enable", "fax"),
        ("answer", "Enable", "unknown"),
    ],
)
def test_a_machine_is_detected_while_the_parties_talk(
    dial: Dial, client: tm.Client, noun: str, script: str, detection: str, result: str
) -> None:
    address = ANN if noun == "Number" else "sip:ann@example.com"
    call = dial(
        f'<Dial><{noun} machineDetection="{detection}" amdStatusCallback="{STATUS}">{address}</{noun}></Dial>',
        {TO: "answer; wait 20; hang up", "*": script},
    )
    (told_to,), (child,) = asked(call, "machine detection"), children(call, client)
    answered, bridged = moments(call, "answered")[1], moments(call, "bridged")[0]

    assert (told_to["AnsweredBy"], told_to["CallSid"]) == (result, child.sid)
    assert (child.answered_by, call.answered_by) == (result, None)
    assert bridged == answered
