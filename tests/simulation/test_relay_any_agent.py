"""ConversationRelay with any agent: whatever it sends, and whenever, the call ends, and the order of messages holds."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import twilio_magic as tm
from twilio_magic.api import Call
from twilio_magic.sessions import Frame

from .agents import URL, call_agent

HUGE = "We are open from nine to five. " * 4000
DEEP = "[" * 20_000

_FIELDS: Mapping[str, st.SearchStrategy[Any]] = {
    "token": st.one_of(
        st.text(max_size=30), st.sampled_from(["One. Two, three.", HUGE]), st.integers()
    ),
    "last": st.one_of(st.booleans(), st.none(), st.text(max_size=3)),
    "lang": st.sampled_from(["de-DE", "", "x"]),
    "preemptible": st.booleans(),
    "interruptible": st.booleans(),
    "digits": st.text("0123w#*x", max_size=5),
    "source": st.sampled_from(["https://files.example.com/a.wav", "nothing", URL]),
    "loop": st.sampled_from([0, 1, -1, 10**6]),
    "ttsLanguage": st.text(max_size=5),
    "handoffData": st.one_of(st.text(max_size=9), st.integers()),
    "speechTimeout": st.sampled_from([600, "auto", 1]),
    "session": st.sampled_from([{"interruptible": "none"}, {"partialPrompts": False}, 1]),
}
_TYPES = ["text", "text", "play", "sendDigits", "language", "end", "config", "hints", "unknown"]
_MESSAGES = st.fixed_dictionaries({"type": st.sampled_from(_TYPES)}, optional=_FIELDS)
_SENTENCES = st.sampled_from(
    [
        {
            "type": "text",
            "token": "We are open from nine to five. On Sundays we bake.",
            "last": True,
        },
        {"type": "text", "token": "One moment. ", "last": False},
        {"type": "text", "token": "Certainly.", "last": True, "preemptible": True},
    ]
)
#: A message, a text that is none, bytes, a number that closes the socket or raises (0), or a pause in seconds.
_SENT = st.one_of(
    _SENTENCES,
    _MESSAGES,
    st.text(max_size=20),
    st.binary(max_size=10),
    st.sampled_from([HUGE, DEEP, '{"type": NaN}', "\ud800", 1000, 1011, 4999, 0]),
    st.sampled_from([0.1, 0.7, 3.0]),
)
_STEP = st.sampled_from(
    [
        "say 'Hello there'",
        "say 'I called last week about my order and nobody has called me back since then'",
        "press 12",
        "wait 1",
        "say 'yes'",
        "wait 0.1",
    ]
)
_ATTRIBUTES = st.sampled_from(
    [
        "",
        "partialPrompts='true'",
        "partialPrompts='true' reportInputDuringAgentSpeech='any' interruptible='dtmf'",
        "welcomeGreeting='Hello, how can I help you today?' speechTimeout='600'",
        "preemptible='true' interruptSensitivity='low' partialPromptOnHangup='true'",
        "applicationReconnect='true' partialPrompts='true'",
    ]
)


def agent_of(replies: Sequence[Sequence[Any]]) -> Any:
    """An application that answers the messages it gets with *replies*, one list each, some of it late."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError
        await receive()
        await send({"type": "websocket.accept"})
        rest = iter(replies)
        while (await receive())["type"] == "websocket.receive":
            for each in next(rest, ()):
                await act(each, send)

    app.is_application = True  # type: ignore[attr-defined]
    return app


async def act(reply: Any, send: Any) -> None:
    """Send *reply*, or do what it stands for."""
    if isinstance(reply, float):
        await asyncio.sleep(reply)
    elif reply == 0:
        raise RuntimeError("the agent gives up")
    elif isinstance(reply, int):
        await send({"type": "websocket.close", "code": reply})
    elif isinstance(reply, bytes):
        await send({"type": "websocket.send", "bytes": reply})
    else:
        told = reply if isinstance(reply, str) else json.dumps(reply)
        await send({"type": "websocket.send", "text": told})


def run(replies: Sequence[Sequence[Any]], steps: Sequence[str], attributes: str, cost: Any) -> Call:
    simulator = tm.Simulator()
    simulator.reply_time = cost
    script = "; ".join([*steps, "wait 3", "hang up"])
    attributes += " dtmfDetection='true' events='speaker-events tokens-played'"
    call = call_agent(agent_of(replies), script, attributes, simulator=simulator)
    simulator.advance(60)  # what the agent still waits for
    return call


@given(
    st.lists(st.lists(_SENT, max_size=4), max_size=6),
    st.lists(_STEP, max_size=6),
    _ATTRIBUTES,
    st.sampled_from(["free", 0.1, 3]),
)
def test_whatever_an_agent_sends_the_call_ends_in_order_and_replays_identically(
    replies: list[list[Any]], steps: list[str], attributes: str, cost: Any
) -> None:
    first, second = (run(replies, steps, attributes, cost) for _ in range(2))

    assert first.status == "completed"
    assert not any(event.text.startswith("a fault") for event in first.timeline)
    for session in first.sessions:
        assert session.close_code is not None
        assert session.status in ("completed", "ended", "failed")
        check_order(session.frames, reconnects="applicationReconnect" in attributes)
    assert repr(first.sessions) == repr(second.sessions)
    assert first.timeline == second.timeline
    for one, other in zip(first.sessions, second.sessions, strict=True):
        assert [frame.text for frame in one.frames] == [frame.text for frame in other.frames]


def check_order(frames: Sequence[Frame], *, reconnects: bool) -> None:
    """The order that captures of live calls have."""
    assert all(one.at <= other.at for one, other in pairwise(frames))
    sent = [frame.message for frame in frames if frame.direction == "sent"]
    messages = [message for message in sent if isinstance(message, Mapping)]
    assert [message["type"] for message in messages].index("setup") == 0
    opened = sum(message["type"] == "setup" for message in messages)
    assert opened == 1 or reconnects
    for name in ("agentSpeaking", "clientSpeaking"):
        values = [each["value"] for each in messages if each.get("name") == name]
        assert values == ["on", "off"] * (len(values) // 2) + ["on"] * (len(values) % 2)
    check_interrupts(messages)
    check_prompts(messages)


def check_interrupts(messages: Sequence[Mapping[str, Any]]) -> None:
    """What was heard is told before, and silence after."""
    for place, message in enumerate(messages):
        if message["type"] != "interrupt":
            continue
        assert isinstance(message["durationUntilInterruptMs"], int)
        if heard := message["utteranceUntilInterrupt"]:
            before = messages[place - 1]
            assert (before.get("name"), before.get("value")) == ("tokensPlayed", heard)
        rest = [each for each in messages[place + 1 :] if each.get("name") == "agentSpeaking"]
        assert not rest or rest[0]["value"] == "off"


def check_prompts(messages: Sequence[Mapping[str, Any]]) -> None:
    """A final prompt follows on the end of speech, and repeats or goes on from the partial ones before it."""
    so_far = ""
    for before, message in pairwise(messages):
        if message["type"] != "prompt":
            continue
        words = message["voicePrompt"]
        assert words.startswith(so_far) or message["last"]
        if message["last"]:
            is_end = (before.get("name"), before.get("value")) == ("clientSpeaking", "off")
            assert is_end or message is messages[-1]  # or the call has ended
        so_far = "" if message["last"] else words
