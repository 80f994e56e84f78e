"""Faults of WebSockets: what goes wrong between Twilio and a voice agent, on demand, and told."""

from __future__ import annotations

from typing import Any

import pytest

import twilio_magic as tm
from twilio_magic.api import Call

from .agents import CALLER, NUMBER, URL, Answers, document, text, told
from .socket_applications import Message, application

LONG = "We are open from nine to five. On Sundays we are closed. Do you need anything else?"
ASKS = "say 'When do you open?'; hear 'We are open'; say 'Stop please'; wait 9; hang up"


def answers(*replies: Message) -> Any:
    """An agent that answers each final prompt with *replies*."""

    def agent(message: Message) -> Answers:
        return replies if message["type"] == "prompt" and message["last"] else ()

    return agent


def talk(agent: Any, phone: str, fault: dict[str, Any], attributes: str = "") -> Call:
    """A call that talks with *agent* over a WebSocket with a fault."""
    simulator = tm.Simulator()
    simulator.mount("https://agent.example.com", application(agent))
    action = " action='https://ivr.example.com/done'"
    simulator.host(document(attributes, action=action), at="https://ivr.example.com/voice")
    simulator.host("<Response><Say>Done</Say></Response>", at="https://ivr.example.com/done")
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com/voice"
    if fault:
        simulator.faults.add(URL, **fault)
    call: Call = simulator.receive(CALLER, NUMBER, phone=phone).wait()
    return call


def failures(call: Call) -> list[str]:
    return [event.text for event in call.timeline if event.kind == "failed"]


def said(call: Call) -> list[str]:
    return [line.text for line in call.transcript if line.speaker == "Agent"]


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ({"timeout": True}, "no answer to the handshake in time"),
        ({"unreachable": True}, "there is no way to it"),
        ({"refused": True}, "no server listens there"),
        ({"reset": True}, "the connection broke"),
        ({"garbled": True}, "its answer is not HTTP"),
        ({"dns": True}, "its name is not known"),
        ({"tls": "expired"}, "the TLS handshake failed"),
        ({"status": 403}, "the server answered HTTP 403"),
    ],
)
def test_a_handshake_that_fails_is_64102_and_busy(fault: dict[str, Any], why: str) -> None:
    call = talk(answers(), "wait 1; hang up", fault)

    assert call.status == "busy"
    assert failures(call)[0].startswith("64102: ")
    assert why in failures(call)[0]


@pytest.mark.parametrize("kind", ["wrong-token", "missing"])
def test_a_signature_that_is_wrong_reaches_the_application(kind: str) -> None:
    headers: list[dict[str, str]] = []
    simulator = tm.Simulator()
    simulator.mount("https://agent.example.com", application(answers(), headers=headers))
    simulator.host(document(), at="https://ivr.example.com/voice")
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com/voice"
    fault: Any = {"signature": kind}
    simulator.faults.add(URL, times=1, **fault)

    for _ in range(2):
        simulator.receive(CALLER, NUMBER, phone="wait 1; hang up").wait()

    wrong, right = (each.get("x-twilio-signature") for each in headers)
    assert wrong != right
    assert (wrong is None) is (kind == "missing")


def test_the_connection_breaks_behind_so_many_messages() -> None:
    call = talk(answers(text("Yes.")), "say 'one'; hear 'Yes'; wait 1; hang up", {"drop_after": 1})

    session = call.sessions[0]
    assert (session.close_code, session.status) == (1006, "failed")
    assert [each["type"] for each in session.messages("sent")] == ["setup"]
    assert session.fault == "drop_after=1"
    assert repr(session).endswith("1 frame, closed 1006, fault drop_after=1>")
    assert call.webhooks[1].parameters["ErrorCode"] == "64105"


def test_what_the_application_answers_to_the_last_message_is_heard_before_the_connection_breaks() -> (
    None
):
    call = talk(answers(text("Yes.")), "say 'one'; hear 'Done'", {"drop_after": 2})

    assert call.sessions[0].messages("received") == [text("Yes.")]


def test_messages_that_arrive_malformed_are_64107() -> None:
    call = talk(
        answers(text("Yes.")), "say 'one'; wait 2; say 'two'; hear 'Yes'; hang up", {"malformed": 1}
    )

    assert len(told(call, "error")) == 1
    assert failures(call)[0].startswith("64107: ")
    assert said(call) == ["Yes."]


def test_a_slow_reader_gets_each_message_late_and_in_order() -> None:
    phone = "say 'one'; hear 'Yes'; hang up"
    slow, fast = (talk(answers(text("Yes.")), phone, fault) for fault in ({"slow": 3}, {}))

    assert slow.sessions[0].turns[0].seconds == fast.sessions[0].turns[0].seconds + 3
    assert slow.sessions[0].messages("sent") == fast.sessions[0].messages("sent")


def test_a_reply_that_lands_after_the_interrupt_is_spoken() -> None:
    pieces = [text("We are open from nine. ", last=False), text("On Sundays we are closed.")]

    def agent(message: Message) -> Answers:
        is_asked = message["type"] == "prompt" and "open" in message["voicePrompt"]
        return pieces if is_asked else ()

    lost, spoken = (talk(agent, ASKS, fault) for fault in ({}, {"reply": "after-interrupt"}))

    assert (
        said(lost) == ["We are open from nine."[: len(said(lost)[0]) - 2] + " …"]
        or len(said(lost)) == 1
    )
    assert said(spoken)[-1] == "On Sundays we are closed."
    kinds = [
        frame.message["type"]
        for frame in spoken.sessions[0].frames
        if isinstance(frame.message, dict)
    ]
    assert kinds.index("interrupt") < len(kinds) - 1 - kinds[::-1].index("text")


def test_a_reply_that_lands_before_the_interrupt_is_dropped_with_the_rest() -> None:
    def agent(message: Message) -> Answers:
        return [text("You pressed a key.")] if message["type"] == "dtmf" else ()

    attributes = "welcomeGreeting='Welcome to the bakery. How can I help?' dtmfDetection='true'"
    phone = "hear 'Welcome'; press 1; wait 5; hang up"
    spoken, lost = (
        talk(agent, phone, fault, attributes) for fault in ({}, {"reply": "before-interrupt"})
    )

    assert said(spoken)[-1] == "You pressed a key."
    assert "You pressed a key." not in said(lost)
    assert lost.sessions[0].messages("received") == [text("You pressed a key.")]


def test_without_an_interruption_a_held_reply_is_spoken_when_the_agent_is_silent() -> None:
    pieces = [text("One. ", last=False), text("Two.")]

    call = talk(answers(*pieces), "say 'go'; hear 'Two'; hang up", {"reply": "after-interrupt"})

    assert said(call) == ["One.", "Two."]


def test_a_fault_happens_so_many_times_and_is_listed_and_removed() -> None:
    simulator = tm.Simulator()
    simulator.faults.add(URL, times=2, drop_after=3)
    assert repr(simulator.faults) == f"{URL}: drop_after=3, 2 times"
    simulator.faults.remove(URL)
    simulator.faults.add("wss://agent.example.com/*", refused=True)
    simulator.reset()
    assert repr(simulator.faults) == "no faults"


@pytest.mark.parametrize(
    ("url", "fault", "why"),
    [
        (URL, {"body": "<Response/>"}, "is for webhooks"),
        (URL, {"signature": "http-behind-tls"}, "Give one of wrong-token, missing"),
        ("https://ivr.example.com", {"drop_after": 1}, "is for WebSockets"),
        (URL, {"drop_after": 0}, "not possible"),
        (URL, {"malformed": True}, "not possible"),
        (URL, {"reply": "late"}, "not possible"),
        (URL, {"refused": True, "drop_after": 2}, "no answer after refused"),
    ],
    ids=str,
)
def test_what_fits_no_websocket_is_refused_with_what_does(url: str, fault: Any, why: str) -> None:
    with pytest.raises(tm.errors.SimulatorError) as caught:
        tm.Simulator().faults.add(url, **fault)

    assert why in f"{caught.value} {caught.value.hint}"
