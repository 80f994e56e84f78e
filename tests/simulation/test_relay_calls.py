"""ConversationRelay and the call around it: the REST API, recordings, sessions in a row, the action callback."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

import twilio_magic as tm
from twilio_magic.api import Call

from .agents import CALLER, NUMBER, Agent, Answers, call_agent, document, says_nothing, text, told
from .socket_applications import Message, application

DONE = "https://ivr.example.com/done"
ACTION = f" action='{DONE}'"
STANDARD = {
    "AccountSid",
    "ApiVersion",
    "CallSid",
    "CallStatus",
    "Called",
    "Caller",
    "Direction",
    "From",
    "To",
    *(f"{who}{what}" for who in ("From", "To") for what in ("City", "State", "Zip", "Country")),
    *(
        f"{who}{what}"
        for who in ("Caller", "Called")
        for what in ("City", "State", "Zip", "Country")
    ),
}
OF_SESSIONS = {"SessionId", "SessionStatus", "SessionDuration"}


def place_call(agent: Agent, phone: str, *, record: bool = False, twiml: str = "") -> Call:
    """An outbound call that talks with *agent*, when it is over."""
    simulator = tm.Simulator()
    simulator.mount("https://agent.example.com", application(agent))
    simulator.phones[CALLER] = phone
    client = tm.Client(simulator=simulator)
    options: Mapping[str, Any] = {"record": True} if record else {}
    return client.calls.create(to=CALLER, from_=NUMBER, twiml=twiml or document(), **options).wait()


def test_the_api_tells_of_a_call_in_progress_while_its_session_runs() -> None:
    simulator = tm.Simulator()
    client = tm.Client(simulator=simulator)
    seen: list[tuple[str, str | None, int]] = []

    def agent(message: Message) -> Answers:
        call = client.calls(sid_of(client)).fetch()
        seen.append((message["type"], call.status, len(call.sessions[0].frames)))
        return ()

    call_agent(agent, "say 'Hello'; wait 2; hang up", simulator=simulator)

    assert [(kind, status) for kind, status, _ in seen] == [
        ("setup", "in-progress"),
        ("prompt", "in-progress"),
    ]


def sid_of(client: tm.Client) -> str:
    return client.calls.list()[0].sid


def test_record_makes_no_recording_of_a_call_that_talks_with_an_agent() -> None:
    call = place_call(says_nothing, "answer; wait 3; hang up", record=True)

    assert call.recordings.list() == []
    warned = [event.text for event in call.timeline if event.kind == "warned"]
    assert warned == ["Record=true makes no recording of this call: it talks with a voice agent"]


def test_a_recording_that_was_started_before_goes_on_beside_the_session() -> None:
    relay = document().removeprefix("<Response>")
    twiml = f"<Response><Start><Recording/></Start>{relay}"

    call = place_call(says_nothing, "answer; wait 3; hang up", twiml=twiml)

    [recording] = call.recordings.list()
    assert recording.duration is not None
    assert int(recording.duration) >= 3


def test_a_second_session_of_a_call_greets_again_and_is_in_progress() -> None:
    def agent(message: Message) -> Answers:
        return [{"type": "end"}] if message["type"] == "prompt" else ()

    simulator = tm.Simulator()
    again = document("welcomeGreeting='Hello again.'")
    simulator.mount(DONE, again)
    script = "hear 'Hello'; say 'Next'; hear 'again'; say 'Stop'; hear 'next verb'; hang up"

    call = call_agent(agent, script, "welcomeGreeting='Hello.'", simulator=simulator, action=ACTION)

    first, second = call.sessions
    assert first.sid != second.sid
    statuses = [session.messages("sent")[0]["callStatus"] for session in call.sessions]
    assert statuses == ["RINGING", "IN_PROGRESS"]
    assert call.transcript[-1].text == "The next verb"
    assert (first.status, second.status) == ("ended", "ended")


def test_a_live_update_closes_the_session_and_what_was_said_is_cut() -> None:
    simulator = tm.Simulator()
    client = tm.Client(simulator=simulator)

    def agent(message: Message) -> Answers:
        if message["type"] == "prompt":
            twiml = "<Response><Say>A person</Say></Response>"
            client.calls.update(sid_of(client), twiml=twiml)
        return [text("I am still talking about this and that and will not stop.")]

    script = "hear 'I am'; say 'A person'; hear 'A person'"
    call = call_agent(
        agent,
        script,
        "interruptible='none' reportInputDuringAgentSpeech='any'",
        simulator=simulator,
        action=ACTION,
    )

    session = call.sessions[0]
    assert (session.status, session.close_code) == ("completed", 1000)
    assert call.transcript[-1].text == "A person"
    assert DONE not in [exchange.url for exchange in call.webhooks]


def ends(handoff: str | None = None) -> Agent:
    message = {"type": "end"} if handoff is None else {"type": "end", "handoffData": handoff}
    return lambda told: [message] if told["type"] == "setup" else ()


def closes(message: Message) -> Answers:
    return [1000] if message["type"] == "setup" else ()


def babbles(message: Message) -> Answers:
    return ["babble"] * 10 if message["type"] == "setup" else ()


@pytest.mark.parametrize(
    ("agent", "phone", "status", "call_status", "more"),
    [
        (says_nothing, "wait 3; hang up", "completed", "completed", {}),
        (ends(), "wait 9", "ended", "in-progress", {}),
        (ends(""), "wait 9", "ended", "in-progress", {"HandoffData": ""}),
        (ends("{}"), "wait 9", "ended", "in-progress", {"HandoffData": "{}"}),
        (
            closes,
            "wait 9",
            "failed",
            "in-progress",
            {"ErrorCode": "64105", "ErrorMessage": "Websocket ended"},
        ),
        (
            babbles,
            "wait 9",
            "failed",
            "in-progress",
            {"ErrorCode": "64105", "ErrorMessage": "Websocket ended"},
        ),
    ],
    ids=["hang-up", "end", "empty handoff", "handoff", "close", "malformed"],
)
def test_the_action_is_told_how_the_session_ended_and_nothing_else(
    agent: Agent, phone: str, status: str, call_status: str, more: Mapping[str, str]
) -> None:
    call = call_agent(agent, phone, action=ACTION)

    action = call.webhooks[1].parameters
    assert {name: action[name] for name in more} == more
    assert (action["SessionStatus"], action["CallStatus"]) == (status, call_status)
    assert set(action) == STANDARD | OF_SESSIONS | set(more)


def test_the_action_is_told_of_a_socket_that_cannot_be_opened() -> None:
    simulator = tm.Simulator()
    simulator.phones[CALLER] = "answer; wait 3; hang up"
    client = tm.Client(simulator=simulator)

    call = client.calls.create(to=CALLER, from_=NUMBER, twiml=document(action=ACTION)).wait()

    action = call.webhooks[0].parameters
    assert (action["SessionStatus"], action["ErrorCode"]) == ("failed", "64102")
    assert action["SessionDuration"] == "0"


def test_the_end_of_a_call_by_the_api_is_told_as_a_hang_up() -> None:
    simulator = tm.Simulator()
    client = tm.Client(simulator=simulator)

    def agent(message: Message) -> Answers:
        if message["type"] == "prompt":
            client.calls.update(sid_of(client), status="completed")
        return ()

    call = call_agent(agent, "say 'Stop'; wait 9", simulator=simulator, action=ACTION)

    action = call.webhooks[1].parameters
    assert (action["SessionStatus"], action["CallStatus"]) == ("completed", "completed")
    assert call.sessions[0].close_code == 1000


def test_the_action_is_requested_before_the_status_callback_of_a_call_that_was_hung_up() -> None:
    simulator = tm.Simulator()
    simulator.numbers[NUMBER].status_callback = "https://ivr.example.com/status"

    call = call_agent(says_nothing, "wait 3; hang up", simulator=simulator, action=ACTION)

    assert [exchange.purpose for exchange in call.webhooks] == [
        "voice url",
        "action",
        "status callback",
    ]


def test_two_legs_may_talk_with_agents_at_once() -> None:
    simulator = tm.Simulator()
    simulator.mount("https://agent.example.com", application(says_nothing))
    simulator.host(document(), at="https://ivr.example.com/voice")
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com/voice"
    client = tm.Client(simulator=simulator)

    call = client.calls.create(to=NUMBER, from_="+12125550001", twiml=document(), time_limit=5)
    call.wait()

    legs = [each.fetch() for each in client.calls.list()]
    assert len(legs) == 2
    assert [len(leg.sessions) for leg in legs] == [1, 1]
    assert told(legs[0], "setup")[0]["direction"] != told(legs[1], "setup")[0]["direction"]
