"""One conversation with a barge-in, held with the same agent over loopback and in process, by whatever framework."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import twilio_magic as tm
from twilio_magic.api import Call

from .agent_applications import FIRST, IN_PROCESS, SECOND
from .agent_servers import SERVERS, running
from .agents import CALLER, NUMBER, document, told

SCRIPT = "say 'When do you open?'; hear 'We are open'; say 'Stop'; hear 'closed'; wait 1; hang up"
EVENTS = "partialPrompts='true' events='speaker-events tokens-played'"


@pytest.fixture(params=[*SERVERS, *IN_PROCESS], scope="module")
def agent(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The address of a server, or an application."""
    if request.param in IN_PROCESS:
        yield IN_PROCESS[request.param]()
        return
    with running(*SERVERS[request.param]) as address:
        yield address


def talk(agent: Any, phone: str = SCRIPT, attributes: str = EVENTS) -> Call:
    """An inbound call that talks with *agent*, when it is over."""
    simulator = tm.Simulator()
    simulator.mount("https://agent.example.com", agent)
    simulator.host(document(attributes), at="https://ivr.example.com/voice")
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com/voice"
    return simulator.receive(CALLER, NUMBER, phone=phone).wait()


def test_each_holds_the_same_conversation(agent: Any) -> None:
    call = talk(agent)

    assert [str(line) for line in call.transcript] == [
        f"{CALLER}: When do you open?",
        "Agent: We are open from nine …",
        f"{CALLER}: Stop",
        f"Agent: {FIRST.strip()}",
        f"Agent: {SECOND}",
    ]
    assert len(told(call, "interrupt")) == 1
    assert not [event.text for event in call.timeline if event.kind in ("failed", "warned")]


def test_each_has_the_frames_of_an_application_in_process(agent: Any) -> None:
    [expected] = talk(IN_PROCESS["fastapi in process"]()).sessions

    [session] = talk(agent).sessions

    assert [str(frame) for frame in session.frames] == [str(frame) for frame in expected.frames]
    assert (session.close_code, session.status) == (expected.close_code, expected.status)
