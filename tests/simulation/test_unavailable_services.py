"""Nouns of Connect whose service is not here: each says what it would do, fails, and the call goes on."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import Place, heard, kinds, told
from twilio_magic.twiml import vocabulary

ACTION = "https://ivr.example.com/action"
#: Nouns that are simulated, or will be: sessions over WebSockets.
SESSIONS = {"ConversationRelay", "Stream"}
NOUNS = {
    "AiSession": '<AiSession aiConnector="x"/>',
    "Assistant": '<Assistant id="x"/>',
    "Autopilot": "<Autopilot>x</Autopilot>",
    "Conversation": f'<Conversation serviceInstanceSid="IS{"0" * 32}"/>',
    "ConversationRelaySession": '<ConversationRelaySession connector="x"/>',
    "Room": "<Room>DailyStandup</Room>",
    "VirtualAgent": '<VirtualAgent connectorName="x"><Config name="language" value="en"/></VirtualAgent>',
}
CODES = {"Conversation": 32500, "VirtualAgent": 32602}


@pytest.fixture(autouse=True)
def application(simulator: tm.Simulator) -> None:
    simulator.webhook(ACTION)(lambda: "<Response><Say>What now?</Say></Response>")


def test_the_nouns_of_connect_are_all_here() -> None:
    assert NOUNS.keys() | SESSIONS == set(vocabulary().elements["Connect"].children)


@pytest.mark.parametrize("name", NOUNS)
def test_without_an_action_the_next_verb_follows(place: Place, name: str) -> None:
    call = place(f"<Connect>{NOUNS[name]}</Connect><Say>Next.</Say>")
    (text,) = told(call, "not simulated")

    assert text.startswith(f"<{name}> (line 1) would connect the call with ")
    assert text.endswith("; the next verb follows")
    assert heard(call) == ["Twilio: Next."]
    assert call.status == "completed"


@pytest.mark.parametrize("name", NOUNS)
def test_its_action_follows_with_what_is_known_of_the_failure(place: Place, name: str) -> None:
    call = place(f'<Connect action="{ACTION}">{NOUNS[name]}</Connect><Say>Never heard.</Say>')
    (action,) = [each for each in call.webhooks if each.url == ACTION]
    code = CODES.get(name)

    assert told(call, "not simulated")[0].endswith("; its action follows")
    assert heard(call) == ["Twilio: What now?"]
    assert [event.data["code"] for event in call.timeline if event.kind == "failed"] == (
        [code] if code else []
    )
    own = {key: value for key, value in action.parameters.items() if "Agent" in key}
    assert own == (
        {
            "VirtualAgentStatus": "failed",
            "VirtualAgentErrorCode": "32602",
            "VirtualAgentError": "no connector is installed here",
        }
        if name == "VirtualAgent"
        else {}
    )


@pytest.mark.parametrize("name", NOUNS)
def test_an_inbound_call_is_answered_and_ends_with_a_word(
    simulator: tm.Simulator, name: str
) -> None:
    document = f"<Response><Connect>{NOUNS[name]}</Connect></Response>"
    simulator.webhook("https://ivr.example.com/voice")(lambda: document)
    simulator.numbers["+12125551234"].voice_url = "https://ivr.example.com/voice"
    call = simulator.receive("+14155550100", "+12125551234").wait()

    assert call.status == "completed"
    assert {"answered", "not simulated", "hung up"} <= set(kinds(call))
    assert told(call, "hung up") == ["by Twilio: nothing was left to do"]
