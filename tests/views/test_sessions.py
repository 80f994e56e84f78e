"""The WebSocket sessions of a call on their own: a table, with the frames of each to unfold."""

from __future__ import annotations

import re

import twilio_magic as tm
from twilio_magic.display import mime_bundle


def talk(document: str) -> tm.Call:
    """A call that *document* answers, when it is over."""
    simulator = tm.Simulator()
    simulator.agent("wss://agent.example.com/ws")(lambda prompt: f"{prompt} At nine.")
    simulator.numbers["+12125551234"].voice_url = simulator.host(f"<Response>{document}</Response>")
    phone = "say 'When?'; wait 3; hang up"
    return simulator.receive("+13105550101", "+12125551234", phone=phone).wait()


def words_of(call: tm.Call) -> str:
    """The words that a notebook shows of the sessions of *call*."""
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", mime_bundle(call.sessions)["text/html"]))


def test_the_sessions_of_a_call_are_a_table() -> None:
    call = talk("<Connect><ConversationRelay url='wss://agent.example.com/ws'/></Connect>")
    words, session = words_of(call), call.sessions[0]

    frames = f"{len(session.frames)} frames"
    row = f"0:00.5 conversation-relay {session.url} {session.sid} {frames} closed 1000 completed"
    assert f"WebSocket sessions (1) {row}" in words
    assert session.turns.summary in words
    assert f"Session with {session.url} ({frames})" in words


def test_a_call_without_sessions_says_so() -> None:
    assert words_of(talk("<Say>Hello.</Say>")).strip() == "no sessions"
