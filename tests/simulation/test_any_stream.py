"""Whatever an application sends over a media stream, and a phone does: the call ends, and is the same again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from twilio_magic.api import Call
from twilio_magic.display import to_html

from .socket_applications import Message, Sent, application
from .streams import beep, call_stream, clear, mark, media, one_way, sent, two_way

#: What an application may send, given the sid of its stream; a number closes the socket.
Reply = Callable[[str], Sent]

_ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
_VALID: Sequence[Reply] = (
    lambda sid: media(sid, beep(0.3)),
    lambda sid: media(sid, b""),
    lambda sid: media(sid, b"\x00" * 100),
    lambda sid: mark(sid, "m"),
    clear,
)
_BAD: Sequence[Reply] = (
    lambda sid: media(sid, b"\x55" * 6_000_000),
    lambda sid: {"event": "media", "streamSid": sid, "media": {"payload": "é"}},
    lambda _: media("MZ0", b"\x00"),
    lambda _: b"\x00\x01",
    lambda _: "[" * 5000,
    lambda _: 1000,
    lambda _: 1011,
    lambda _: 4000,
)


def _say(value: Any) -> Reply:
    return lambda _: value if isinstance(value, str) else json.dumps(value)


def _event(name: str, rest: Mapping[str, Any]) -> Reply:
    return lambda sid: {"event": name, "streamSid": sid, **rest}


REPLIES = st.one_of(
    st.sampled_from(_VALID),
    st.sampled_from(_BAD),
    st.builds(_say, _ANY_JSON | st.text(max_size=20)),
    st.builds(
        _event,
        st.sampled_from(["media", "mark", "clear", "start", "stop"]),
        st.dictionaries(
            st.sampled_from(["media", "mark", "extra", "event"]), _ANY_JSON, max_size=2
        ),
    ),
)
#: Replies by the number of the frame that they answer.
AGENTS = st.dictionaries(st.integers(0, 90), st.lists(REPLIES, max_size=3), max_size=6)
STEPS = st.sampled_from(
    [
        "wait 0.3",
        "say 'Hello there'",
        "press 1",
        "press 12",
        "hear sound within 1",
        "silence 0.5 within 2",
        "hear 'a word' within 1",
    ]
)
SCRIPTS = st.lists(STEPS, max_size=4).map(lambda steps: "; ".join([*steps, "wait 1", "hang up"]))
DOCUMENTS = st.sampled_from(
    [
        two_way(),
        two_way(action=" action='https://ivr.example.com/next'"),
        one_way("track='both_tracks'", "<Say>Hello</Say><Pause length='2'/>"),
    ]
)


def play(agent: Mapping[int, Sequence[Reply]], script: str, document: str) -> Call:
    simulator = tm.Simulator(seed=1)
    simulator.voices = "noise"
    count = 0
    sid = ""

    def answer(message: Message) -> Iterable[Sent]:
        nonlocal count, sid
        sid = message.get("streamSid", sid)
        count += 1
        return [reply(sid) for reply in agent.get(count - 1, ())]

    return call_stream(None, script, document, simulator=simulator, app=application(answer))


@settings(max_examples=40)
@given(agent=AGENTS, script=SCRIPTS, document=DOCUMENTS)
def test_a_call_ends_whatever_comes_and_is_the_same_again(
    agent: Mapping[int, Sequence[Reply]], script: str, document: str
) -> None:
    first, second = (play(agent, script, document) for _ in range(2))

    assert first.status == "completed"
    assert not any("simulator" in event.text for event in first.timeline if event.kind == "failed")
    assert first.timeline == second.timeline
    frames, others = first.sessions[0].frames, second.sessions[0].frames
    assert [(each.at, each.text) for each in frames] == [(each.at, each.text) for each in others]
    assert first.sessions[0].sounds == second.sessions[0].sounds


@settings(max_examples=25)
@given(agent=AGENTS, script=SCRIPTS, document=DOCUMENTS)
def test_messages_keep_their_order_and_every_mark_comes_back_once(
    agent: Mapping[int, Sequence[Reply]], script: str, document: str
) -> None:
    call = play(agent, script, document)

    connected, *numbered = sent(call)
    assert connected["event"] == "connected"
    numbers = [int(each["sequenceNumber"]) for each in numbered]
    assert numbers == list(range(1, len(numbers) + 1))
    events = [each["event"] for each in numbered]
    assert events[0] == "start"
    assert "stop" not in events[:-1]
    received = call.sessions[0].messages("received")
    marks = [each for each in received if isinstance(each, Mapping) and each["event"] == "mark"]
    assert len(sent(call, "mark")) <= len(marks)
    assert to_html(call)
    assert str(call.ladder())


def test_an_application_that_marks_every_mark_does_not_stop_time() -> None:
    def agent(message: Message) -> Iterable[Sent]:
        if message["event"] in ("start", "mark"):
            sid = message["streamSid"]
            return [mark(sid, "again"), clear(sid), mark(sid, "and again")]
        return ()

    call = call_stream(agent, "wait 0.3; hang up")

    assert call.status == "completed"
    assert len(sent(call, "mark")) < 2000


def test_every_mark_of_many_comes_back_in_order() -> None:
    names = [str(number) for number in range(300)]

    def agent(message: Message) -> Iterable[Sent]:
        sid = message.get("streamSid", "")
        return [mark(sid, name) for name in names] if message["event"] == "start" else ()

    call = call_stream(agent, "wait 1; hang up")

    assert [each["mark"]["name"] for each in sent(call, "mark")] == names
