"""``applicationReconnect``: a socket that was lost is opened again, and nothing that was said meanwhile is lost."""

from __future__ import annotations

from typing import Any

import pytest

import twilio_magic as tm
from twilio_magic.api import Call

from .agents import CALLER, NUMBER, URL, Answers, document, text, told
from .socket_applications import Message, application

RECONNECTS = "applicationReconnect='true'"


def talk(
    agent: Any,
    phone: str,
    attributes: str = RECONNECTS,
    *,
    faults: tuple[dict[str, Any], ...] = (),
) -> Call:
    """A call that talks with *agent*, where the first sessions have *faults*, one after the other."""
    simulator = tm.Simulator()
    rest = list(faults)

    def watched(message: Message) -> Any:
        if message["type"] == "setup" and rest:
            simulator.faults.add(URL, times=1, **rest.pop(0))
        return agent(message)

    simulator.mount("https://agent.example.com", application(watched))
    action = " action='https://ivr.example.com/done'"
    simulator.host(document(attributes, action=action), at="https://ivr.example.com/voice")
    simulator.host("<Response><Say>Done</Say></Response>", at="https://ivr.example.com/done")
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com/voice"
    if rest:
        simulator.faults.add(URL, times=1, **rest.pop(0))
    call: Call = simulator.receive(CALLER, NUMBER, phone=phone).wait()
    return call


def echoes(message: Message) -> Answers:
    """An agent that says what it heard."""
    if message["type"] == "prompt" and message["last"]:
        yield text(f"You said {message['voicePrompt']}.")


def kinds(call: Call) -> list[str]:
    return [event.kind for event in call.timeline if event.kind in ("connected", "disconnected")]


def test_a_dropped_socket_is_opened_again_with_the_same_session() -> None:
    phone = "say 'one'; wait 5; say 'two'; hear 'You said two'; hang up"

    call = talk(echoes, phone, faults=({"drop_after": 2},))

    [session] = call.sessions
    first, second = told(call, "setup")
    assert (first["callStatus"], second["callStatus"]) == ("RINGING", "IN_PROGRESS")
    assert {**first, "callStatus": ""} == {**second, "callStatus": ""}
    assert kinds(call) == ["connected", "disconnected", "connected", "disconnected"]
    assert (session.status, session.close_code) == ("completed", 1000)


def test_what_was_told_meanwhile_is_repeated_in_order() -> None:
    phone = "say 'one'; wait 0.6; press 1; press 2; hear 'You said one'; hang up"

    call = talk(echoes, phone, f"{RECONNECTS} dtmfDetection='true'", faults=({"drop_after": 1},))

    sent = [each["type"] for each in call.sessions[0].messages("sent")]
    assert sent[:2] == ["setup", "setup"]
    assert sent[2:5] == ["prompt", "dtmf", "dtmf"]


def test_without_the_attribute_the_session_fails() -> None:
    call = talk(echoes, "say 'one'; hear 'Done'", "", faults=({"drop_after": 1},))

    assert call.sessions[0].status == "failed"
    assert kinds(call) == ["connected", "disconnected"]


def test_an_application_that_closes_in_order_is_not_opened_again() -> None:
    call = talk(
        lambda message: [1000] if message["type"] == "prompt" else (), "say 'one'; hear 'Done'"
    )

    assert call.sessions[0].status == "failed"
    assert len(told(call, "setup")) == 1


def test_after_three_attempts_it_is_64105_as_without() -> None:
    gone = talk_with_one_who_leaves()

    assert gone.webhooks[1].parameters["ErrorCode"] == "64105"
    lost, failed = (
        next(event.at for event in gone.timeline if event.kind == kind)
        for kind in ("disconnected", "failed")
    )
    assert failed - lost == pytest.approx(7)


def talk_with_one_who_leaves() -> Call:
    """A call with an agent that is not there any more after it has dropped the socket."""
    simulator = tm.Simulator()

    def drops(message: Message) -> Answers:
        simulator.unmount("https://agent.example.com")
        return [1011]

    simulator.network = False
    simulator.mount("https://agent.example.com", application(drops))
    action = " action='https://ivr.example.com/done'"
    simulator.host(document(RECONNECTS, action=action), at="https://ivr.example.com/voice")
    simulator.host("<Response><Say>Done</Say></Response>", at="https://ivr.example.com/done")
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com/voice"
    call: Call = simulator.receive(CALLER, NUMBER, phone="hear 'Done'").wait()
    return call


def test_an_application_that_drops_every_socket_is_given_up() -> None:
    call = talk(lambda _: [1011], "hear 'Done'")

    assert call.sessions[0].status == "failed"
    assert len(told(call, "setup")) == 4


def test_a_caller_who_leaves_meanwhile_ends_the_session() -> None:
    call = talk(echoes, "wait 0.5; hang up", faults=({"drop_after": 1},))

    assert call.status == "completed"
    assert call.sessions[0].close_code == 1006
