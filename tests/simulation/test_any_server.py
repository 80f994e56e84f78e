"""Whatever a server sends over a WebSocket, the call ends, nothing is raised, and the order of frames is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import twilio_magic as tm

from .agents import CALLER, NUMBER, document
from .raw_sockets import PING, PONG, TEXT, Peer, serving

_PAYLOAD = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=50).map(str.encode),
    st.sampled_from(
        [
            json.dumps({"type": "text", "token": "Hello. ", "last": True}).encode(),
            json.dumps({"type": "end"}).encode(),
            b"{}",
        ]
    ),
)
#: What a server does next: a frame of any kind, whole or not, or bytes that are no frame.
_ACTION = st.one_of(
    st.tuples(st.integers(0, 15), _PAYLOAD, st.booleans()),
    st.tuples(st.just(TEXT), _PAYLOAD, st.just(True)),
    st.tuples(st.just(-1), st.binary(max_size=30), st.just(True)),
)
Action = tuple[int, bytes, bool]


class Script:
    """What the server does on the next connection."""

    actions: tuple[Action, ...] = ()

    def talk(self, peer: Peer) -> None:
        """Send it all at once, and answer pings then."""
        peer.accept()
        for kind, payload, is_last in self.actions:
            if kind < 0:
                peer.connection.sendall(payload)
            else:
                peer.send(kind, payload, is_last=is_last)
        while (frame := peer.receive())[0] != 8:
            if frame[0] == PING:
                peer.send(PONG, frame[1])


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[Script, str]]:
    script = Script()
    with serving(script.talk) as address:
        yield script, address


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(actions=st.lists(_ACTION, max_size=6))
def test_whatever_a_server_sends_the_call_ends(
    server: tuple[Script, str], actions: list[Action]
) -> None:
    script, address = server
    script.actions = tuple(actions)
    simulator: Any = tm.Simulator()
    simulator.patience = 0.05
    simulator.mount("https://agent.example.com", address)
    simulator.host(document(), at="https://ivr.example.com/voice")
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com/voice"

    call = simulator.receive(CALLER, NUMBER, phone="say 'Hello?'; wait 3; hang up").wait()

    assert call.status == "completed"
    [session] = call.sessions
    assert session.close_code is not None
    assert [frame.at for frame in session.frames] == sorted(frame.at for frame in session.frames)
    simulator.reset()
