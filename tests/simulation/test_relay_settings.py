"""ConversationRelay: its attributes and nouns, and the messages that change them during a session."""

from __future__ import annotations

from typing import Any

import pytest

import twilio_magic as tm
from twilio_magic.api import Call

from .agents import CALLER, NUMBER, Answers, call_agent, document, says_nothing, text, told
from .socket_applications import Message

LONG = "We are open from nine to five. On Sundays we are closed. Do you need anything else?"
OVER = "say 'When?'; hear 'We are'; say 'Stop now'; wait 9; hang up"


def configured(**config: Any) -> Any:
    """An agent that changes the session before it answers the first prompt with a long text."""

    def agent(message: Message) -> Answers:
        if message["type"] == "setup":
            return [{"type": "config", **config}]
        return [text(LONG)] if message["type"] == "prompt" and message["last"] else []

    return agent


def events(call: Call, kind: str) -> list[str]:
    return [event.text for event in call.timeline if event.kind == kind]


@pytest.mark.parametrize("attribute", ["hints='nine, five'", "turnDetection='true'"])
def test_what_an_attribute_changes_at_twilio_alone_is_told(attribute: str) -> None:
    call = call_agent(says_nothing, "wait 1; hang up", attribute)

    name = attribute.partition("=")[0]
    assert events(call, "not simulated") == [f"{name} of <ConversationRelay> (line 1)"]


def test_nouns_that_change_nothing_here_are_told() -> None:
    inside = "<Language code='de-DE' hints='neun'/><Failover ttsProvider='Google'/>"

    call = call_agent(says_nothing, "wait 1; hang up", inside=inside)

    assert events(call, "not simulated") == ["hints of <Language> (line 1)", "<Failover> (line 1)"]


def test_a_language_has_its_own_voice_and_model() -> None:
    inside = "<Language code='de-DE' voice='Hans' speechModel='flux'/>"

    def agent(message: Message) -> Answers:
        if message["type"] == "setup":
            return [text("One."), {"type": "language", "ttsLanguage": "de-DE"}, text("Zwei.")]
        switch = {"type": "language", "transcriptionLanguage": "de-DE"}
        return [switch, text("Three.", lang="en-US")]

    script = "hear 'Zwei'; say 'one'; hear 'Three'; say 'two'; wait 2; hang up"
    call = call_agent(agent, script, "voice='Ann'", inside=inside)

    said = [event.data for event in call.timeline if event.kind == "said"]
    assert [(each["voice"], each["language"]) for each in said[:3]] == [
        ("Ann", "en-US"),
        ("Hans", "de-DE"),
        ("Ann", "en-US"),
    ]
    assert [each["lang"] for each in told(call, "prompt")] == ["en-US", "de"]


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        ("ttsProvider='ElevenLabs' voice='Google.en-US-Neural2-F'", "64101"),
        ("interruptible='perhaps'", "64101"),
        ("speechModel='telephony' transcriptionProvider='Deepgram'", "64106"),
    ],
)
def test_no_session_is_opened_with_a_wrong_attribute(attributes: str, code: str) -> None:
    simulator = tm.Simulator()
    simulator.phones[CALLER] = "answer; wait 5; hang up"
    client = tm.Client(simulator=simulator)
    twiml = document(attributes, action=" action='https://ivr.example.com/done'")

    call = client.calls.create(to=CALLER, from_=NUMBER, twiml=twiml).wait()

    action = call.webhooks[0].parameters
    assert call.sessions == []
    assert (action["SessionStatus"], action["ErrorCode"]) == ("failed", code)
    assert action["SessionDuration"] == "0"


def test_capital_letters_make_no_value_wrong() -> None:
    attributes = "dtmfDetection='True' interruptible='None' interruptSensitivity='LOW'"

    call = call_agent(configured(), f"wait 1; press 1; {OVER}", attributes)

    assert told(call, "dtmf") == [{"type": "dtmf", "digit": "1"}]
    assert told(call, "interrupt") == []


def test_a_wrong_attribute_of_one_session_does_not_hinder_another() -> None:
    wrong = document("interruptible='perhaps'").removeprefix("<Response>")
    simulator = tm.Simulator()
    simulator.mount("https://agent.example.com", _silent())
    right = "<ConversationRelay url='wss://agent.example.com/ws'/>"
    simulator.host(
        f"<Response><Connect>{right}</Connect>{wrong}", at="https://ivr.example.com/voice"
    )
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com/voice"

    call = simulator.receive(CALLER, NUMBER, phone="wait 1; hang up").wait()

    assert len(call.sessions) == 1


def _silent() -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError
        await receive()
        await send({"type": "websocket.accept"})
        while (await receive())["type"] != "websocket.disconnect":
            pass

    return app


@pytest.mark.parametrize("nested", [False, True])
def test_a_config_message_changes_the_settings_of_the_session(nested: bool) -> None:
    settings = {"interruptible": "none", "reportInputDuringAgentSpeech": "speech"}

    call = call_agent(configured(**({"session": settings} if nested else settings)), OVER)

    assert told(call, "error") == told(call, "interrupt") == []
    assert [each["voicePrompt"] for each in told(call, "prompt")] == ["When?", "Stop now"]


@pytest.mark.parametrize(
    ("settings", "kinds"),
    [
        ({"interruptible": False}, ["setup", "prompt"]),
        ({"dtmfDetection": True}, ["setup", "prompt", "interrupt", "prompt"]),
        ({"interruptSensitivity": "low"}, ["setup", "prompt"]),
        ({"preemptible": True}, ["setup", "prompt", "interrupt", "prompt"]),
        ({"ignoreBackchannel": True}, ["setup", "prompt", "interrupt", "prompt"]),
        ({"speechTimeout": 5000}, ["setup", "prompt", "interrupt", "prompt"]),
    ],
)
def test_each_setting_may_change_alone(settings: dict[str, Any], kinds: list[str]) -> None:
    call = call_agent(configured(**settings), OVER)

    assert [each["type"] for each in call.sessions[0].messages("sent")] == kinds


def test_partial_prompts_may_be_switched_on_in_the_middle() -> None:
    script = "wait 1; say 'one two three four'; wait 2; hang up"

    call = call_agent(configured(partialPrompts=True), script)

    assert [each["last"] for each in told(call, "prompt")][:1] == [False]


@pytest.mark.parametrize(
    "config",
    [
        {"interruptible": "perhaps"},
        {"dtmfDetection": 7},
        {"speechTimeout": 10},
        {"preemptible": None},
        {"session": "interruptible"},
        {"session": {"interruptSensitivity": ["low"]}},
    ],
    ids=str,
)
def test_a_config_message_with_a_wrong_value_is_malformed(config: dict[str, Any]) -> None:
    call = call_agent(configured(**config), "wait 1; hang up")

    [error] = told(call, "error")
    assert error["description"].startswith("Invalid message received, code: 64107, ")


def test_what_a_config_message_changes_at_twilio_alone_is_told() -> None:
    agent = configured(eotThreshold=0.7, languages=[{"code": "de-DE"}])

    call = call_agent(agent, "wait 1; hang up", "events='config-updated'")

    assert events(call, "not simulated") == [
        "the events config-updated",
        "eotThreshold in the message config",
        "languages in the message config",
        "the message configUpdated",
    ]


def test_hints_during_a_session_are_told() -> None:
    def agent(message: Message) -> Answers:
        return [{"type": "hints", "hints": "nine, five"}] if message["type"] == "setup" else ()

    call = call_agent(agent, "wait 1; hang up")

    assert told(call, "error") == []
    assert events(call, "not simulated") == ["the message hints changes nothing"]


def test_a_caller_who_hangs_up_in_the_middle_of_a_sentence_is_told_if_the_document_asks() -> None:
    script = "wait 1; say 'one two three four five six seven'; hang up"

    plain = call_agent(says_nothing, script)
    call = call_agent(says_nothing, script, "partialPromptOnHangup='true'")

    assert told(plain, "prompt") == []
    [prompt] = told(call, "prompt")
    assert prompt["last"] is True
    assert "one two three".startswith(prompt["voicePrompt"][:13])
