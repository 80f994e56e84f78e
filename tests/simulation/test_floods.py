"""An agent that sends without a pause is told, and holds no call up: neither in process nor over loopback."""

from __future__ import annotations

from typing import Any

import pytest

import twilio_magic as tm
from twilio_magic.api import Call

from .agents import call_agent
from .raw_sockets import TEXT, Peer, serving

HELLO = '{"type": "text", "token": "Hello. ", "last": false}'
TOLD = "the application sends without a pause; time goes on"


def floods_in_process() -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError
        await receive()
        await send({"type": "websocket.accept"})
        await receive()
        while True:
            await send({"type": "websocket.send", "text": HELLO})

    app.is_application = True  # type: ignore[attr-defined]
    return app


def floods(peer: Peer) -> None:
    peer.accept()
    try:
        while True:
            peer.send(TEXT, HELLO.encode())
    except OSError:  # Twilio has hung up
        return


def warned(call: Call) -> list[str]:
    return [event.text for event in call.timeline if event.kind == "warned"]


@pytest.fixture
def patient(simulator: tm.Simulator) -> tm.Simulator:
    """A simulator that waits for an hour: what holds the call up is not the end of its patience."""
    simulator.patience = 3600
    return simulator


def test_an_application_in_process_is_held_up_in_simulated_time(patient: tm.Simulator) -> None:
    call = call_agent(floods_in_process(), "wait 2; hang up", simulator=patient)

    frames = call.sessions[0].messages("received")
    assert warned(call) == [TOLD]
    assert 5_000 < len(frames) < 8_000
    assert "Agent: Hello." in str(call.transcript)


def test_a_server_is_read_in_parts(patient: tm.Simulator) -> None:
    with serving(floods) as address:
        call = call_agent(address, "wait 2; hang up", simulator=patient)

    assert warned(call) == [TOLD]
    assert call.sessions[0].close_code == 1000
    assert "Agent: Hello." in str(call.transcript)
