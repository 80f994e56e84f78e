"""Voice agents of Flask-Sock, mounted in process: each session is a thread, of which it is known whether it works."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import pytest
from flask import Flask
from flask_sock import Sock

import twilio_magic as tm

from .agent_applications import flask_agent
from .agents import CALLER, NUMBER, document, told

OTHER = "+13105550102"
PHONE = "say 'When do you open?'; hear 'We are open'; say 'Stop'; hear 'closed'; wait 1; hang up"
ANSWER = json.dumps({"type": "text", "token": "Yes.", "last": True})


def world(app: Any) -> tm.Simulator:
    simulator = tm.Simulator()
    simulator.mount("https://agent.example.com", app)
    simulator.host(document(), at="https://ivr.example.com/voice")
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com/voice"
    return simulator


def application(answer: Any) -> Flask:
    """An application that lets *answer* work with the connection for each final prompt."""
    app = Flask("agent")

    @Sock(app).route("/ws")  # type: ignore[untyped-decorator]
    def talk(connection: Any) -> None:
        while True:
            message = json.loads(connection.receive())
            if message["type"] == "prompt" and message["last"]:
                answer(connection)

    return app


def test_two_calls_at_once_have_the_frames_of_one() -> None:
    alone = world(flask_agent()).receive(CALLER, NUMBER, phone=PHONE).wait()
    simulator = world(flask_agent())
    simulator.patience = 60

    first = simulator.receive(CALLER, NUMBER, phone=PHONE)
    second = simulator.receive(OTHER, NUMBER, phone=PHONE)
    simulator.run()

    frames = [
        [(frame.at, frame.message) for frame in call.sessions[0].frames[1:]]
        for call in (alone, first.fetch(), second.fetch())
    ]
    assert frames[0] == frames[1] == frames[2]


def test_an_answer_that_a_thread_of_the_application_sends_later_is_waited_for() -> None:
    def answer(connection: Any) -> None:
        threading.Timer(0.3, lambda: connection.send(ANSWER)).start()

    call = world(application(answer)).receive(
        CALLER, NUMBER, phone="say 'Well?'; hear 'Yes'; hang up"
    )

    assert call.wait().sessions[0].turns[0].seconds < 1


def test_an_application_that_thinks_is_waited_for() -> None:
    def answer(connection: Any) -> None:
        time.sleep(0.3)
        connection.send(ANSWER)

    call = world(application(answer)).receive(
        CALLER, NUMBER, phone="say 'Well?'; hear 'Yes'; hang up"
    )

    assert call.wait().sessions[0].turns[0].seconds < 1


def test_the_application_uses_the_api_and_may_not_wait_for_time() -> None:
    refused: list[Exception] = []
    simulator = world(flask_agent())
    client = tm.Client(simulator=simulator)

    def answer(_: Any) -> None:
        try:
            simulator.advance(1)
        except tm.errors.SimulatorError as error:
            refused.append(error)
        call = client.calls.list()[0]
        client.calls.update(call.sid, twiml="<Response><Say>A person</Say></Response>")

    simulator.mount("https://agent.example.com", application(answer))
    call = simulator.receive(
        CALLER, NUMBER, phone="say 'A person'; hear 'A person'; hang up"
    ).wait()

    assert [type(error).__name__ for error in refused] == ["WaitingInsideWebhook"]
    assert call.transcript[-1].text == "A person"


def test_an_exception_ends_the_session_and_is_told_with_its_line() -> None:
    def answer(_: Any) -> None:
        raise KeyError("hours")

    call = world(application(answer)).receive(CALLER, NUMBER, phone="say 'Well?'; hear 'next verb'")

    [failed] = [event.text for event in call.wait().timeline if event.kind == "failed"]
    assert "KeyError: 'hours' (" in failed
    assert "test_flask_sock.py:" in failed
    assert call.sessions[0].close_code == 1006


def test_one_that_never_accepts_is_64102_and_ended_by_a_reset(
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = Flask("agent")

    def computes() -> None:
        while True:
            time.sleep(0.01)

    app.before_request(computes)
    simulator = world(app)
    call = simulator.receive(CALLER, NUMBER).wait()
    failed = [event.text for event in call.timeline if event.kind == "failed"]

    simulator.reset()

    assert "no answer to the handshake in time" in failed[0]
    assert "left the thread WebSocket /ws running; it was ended" in caplog.text


def test_the_words_of_a_caller_reach_the_application() -> None:
    heard: list[str] = []

    def answer(connection: Any) -> None:
        heard.append("asked")
        connection.send(ANSWER)

    call = world(application(answer)).receive(
        CALLER, NUMBER, phone="say 'one'; hear 'Yes'; say 'two'; hear 'Yes'; hang up"
    )

    assert [each["voicePrompt"] for each in told(call.wait(), "prompt")] == ["one", "two"]
    assert heard == ["asked", "asked"]
