"""A call with a media stream is forked before it, within it and behind it: frame by frame the same past."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

import twilio_magic as tm

from .agent_servers import running
from .socket_applications import Message, application
from .stream_server import answering
from .streams import CALLER, NUMBER, URL

_HOST = "https://ivr.example.com"
_SERVER = (
    sys.executable,
    "-c",
    "from tests.simulation.stream_server import serve; serve()",
)
_TWO_WAY = f"""<Response><Gather numDigits="1" timeout="1" action="{_HOST}/talk"/></Response>"""
_TALK = f"<Response><Connect action='{_HOST}/next'><Stream url='{URL}'/></Connect></Response>"
_NEXT = f"<Response><Gather numDigits='1' timeout='1' action='{_HOST}/bye'/></Response>"
_ONE_WAY = (
    f"<Response><Start><Stream url='{URL}' name='tap' track='both_tracks'/></Start>"
    "<Say>Who is there?</Say><Pause length='3'/><Stop><Stream name='tap'/></Stop>"
    f"<Gather numDigits='1' timeout='1' action='{_HOST}/bye'><Say>Press 1.</Say></Gather></Response>"
)
_SPEAKS = "press 1; wait 0.5; say 'One'; wait 1; say 'Two'; wait 1; hang up"


def world(agent: Any, voice: str = _TWO_WAY) -> tm.Simulator:
    simulator = tm.Simulator()
    simulator.mount("https://agent.example.com", agent)
    for path, document in (("voice", voice), ("talk", _TALK), ("next", _NEXT)):
        simulator.mount(f"{_HOST}/{path}", document)
    simulator.mount(
        f"{_HOST}/bye", lambda asked: f"<Response><Say>{asked['Digits']}</Say></Response>"
    )
    simulator.numbers[NUMBER].voice_url = f"{_HOST}/voice"
    return simulator


def sounds(call: tm.Call) -> list[tuple[str, str]]:
    """What the caller and the agent did, in order."""
    return [(each.kind, each.text) for each in call.timeline if each.kind in ("spoke", "played")]


def is_past(fork: tm.Call, call: tm.Call) -> bool:
    """Whether all that has happened in *fork*, and been sent there, is the same in *call*, byte for byte."""
    happened = [each for each in fork.timeline if each.kind != "played"]
    return all(each in call.timeline for each in happened) and all(
        again.frames == was.frames[: len(again.frames)]
        for again, was in zip(fork.sessions, call.sessions, strict=False)
    )


@pytest.fixture(scope="module", params=["in process", "a server"])
def call(request: pytest.FixtureRequest) -> Iterator[tm.Call]:
    """A caller who speaks twice to an agent, which answers twice."""
    if request.param == "in process":
        yield world(answering()).receive(CALLER, NUMBER, phone=_SPEAKS).wait()
        return
    with running(*_SERVER) as url:
        yield world(url).receive(CALLER, NUMBER, phone=_SPEAKS).wait()


def test_the_agent_answers_twice(call: tm.Call) -> None:
    assert sounds(call) == [
        ("spoke", "“One”"),
        ("played", "sound of the agent, 0.1 s"),
        ("spoke", "“Two”"),
        ("played", "sound of the agent, 0.2 s"),
    ]


def test_before_the_session_another_key_may_be_pressed(call: tm.Call) -> None:
    fork = call.fork(before="gather 1", phone="wait 3; hang up")

    assert fork.sessions == []
    assert is_past(fork, call)
    assert fork.wait().sessions == []


def test_within_the_session_the_past_is_the_same_and_the_agent_knows_what_was_said(
    call: tm.Call,
) -> None:
    fork = call.fork(before="speech 2", phone="say 'Something else'; wait 1; hang up")
    had = len(fork.sessions[0].frames)

    assert had > 10
    assert is_past(fork, call)
    assert sounds(fork.wait()) == [
        ("spoke", "“One”"),
        ("played", "sound of the agent, 0.1 s"),
        ("spoke", "“Something else”"),
        ("played", "sound of the agent, 0.2 s"),
    ]


def test_a_fork_in_which_nothing_is_different_has_every_frame_of_the_call(call: tm.Call) -> None:
    begun = next(event.at for event in call.timeline if event.kind == "connected")
    fork = call.fork(at=begun + 1).wait()

    assert fork.timeline == call.timeline
    assert fork.sessions[0].frames == call.sessions[0].frames


ENDS = "press 1; wait 0.5; say 'One'; wait 1; hang up"


def test_behind_a_session_that_was_two_way_or_stopped_another_key_is_pressed() -> None:
    """The application is not needed for it: its frames are on the tape."""

    def leave(message: Message) -> list[int]:
        return [1000] if message["event"] == "media" else []

    closed = world(application(leave)).receive(CALLER, NUMBER, phone="press 1; wait 9").wait()
    stopped = world(answering(), _ONE_WAY).receive(CALLER, NUMBER, phone="wait 9").wait()
    for call, gather in ((closed, 2), (stopped, 1)):
        fork = call.fork(before=f"gather {gather}", phone="press 7")

        assert len(call.sessions) == 1
        assert fork.sessions[0].frames == call.sessions[0].frames
        assert str(fork.wait().transcript[-1]) == "Twilio: 7"


def test_a_one_way_stream_is_forked_while_it_runs() -> None:
    script = "wait 2; say 'Anna'; wait 4; hang up"
    call = world(answering(), _ONE_WAY).receive(CALLER, NUMBER, phone=script).wait()
    fork = call.fork(before="speech 1", phone="say 'Berta'; wait 4; hang up")
    had = len(fork.sessions[0].frames)

    assert had > 10
    assert is_past(fork, call)
    assert [each.text for each in fork.wait().timeline if each.kind == "spoke"] == ["“Berta”"]
    assert len(fork.sessions[0].frames) > had


def test_a_server_that_is_gone_is_told_where_the_fork_goes_on_and_not_needed_behind_its_session() -> (
    None
):
    with running(*_SERVER) as url:
        call = world(url).receive(CALLER, NUMBER, phone=ENDS).wait()
    within = call.fork(before="speech 1").wait()

    assert [(each.data["code"], each.kind) for each in within.timeline if "code" in each.data] == [
        (31903, "failed")
    ]
    assert "no server listens there" in str(within.timeline)
    assert call.fork(at=call.timeline[-1].at).sessions[0].frames == call.sessions[0].frames
