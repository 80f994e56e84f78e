"""Twilio's own library for voice agents, ``twilio-agent-connect``, on the other side of the WebSocket."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from pydantic import BaseModel

import twilio_magic as tm
from twilio_magic.api import Call

os.environ["TAC_ANALYTICS_DISABLED"] = "true"  # it is read once: nothing is told to anybody

from tac import TAC
from tac.channels.voice import VoiceChannel
from tac.core.config import TACConfig
from tac.models.voice import (
    ConversationRelayCallbackPayload,
    InterruptMessage,
    PromptMessage,
    SetupMessage,
)
from tac.server import TACFastAPIServer
from tac.server.config import TACServerConfig

from .agents import CALLER, NUMBER, Answers, call_agent, text
from .socket_applications import Message

DOMAIN = "agent.example.com"
LONG = "We are open from nine to five. On Sundays we are closed. Do you need anything else?"


@dataclass
class Agent:
    """An agent that the library runs, and what it was told."""

    server: TACFastAPIServer
    heard: list[str] = field(default_factory=list)
    interrupts: list[InterruptMessage] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)


def agent_of(simulator: tm.Simulator, answer: Callable[[str], str], token: str = "") -> Agent:
    """An agent that answers each prompt with *answer*, mounted at its domain; *token* is another than the account's."""
    environment: Mapping[str, str] = simulator.environment()
    tac = TAC(
        TACConfig(
            account_sid=environment["TWILIO_ACCOUNT_SID"],
            auth_token=token or environment["TWILIO_AUTH_TOKEN"],
            api_key="SK" + "0" * 32,
            api_secret="secret",
            phone_number=NUMBER,
            voice_public_domain=DOMAIN,
        )
    )
    agent = Agent(
        TACFastAPIServer(tac=tac, voice_channel=VoiceChannel(tac), config=TACServerConfig())
    )

    async def reply(message: str, *_: Any) -> str:
        agent.heard.append(message)
        return answer(message)

    tac.on_message_ready(reply)
    tac.on_interrupt(lambda _, told: agent.interrupts.append(told))
    tac.on_conversation_ended(lambda context: agent.ended.append(context.call_sid))
    simulator.mount(f"https://{DOMAIN}", agent.server.app)
    simulator.numbers[NUMBER].voice_url = f"https://{DOMAIN}{agent.server.config.twiml_path}"
    return agent


def call(simulator: tm.Simulator, phone: str) -> Call:
    return simulator.receive(CALLER, NUMBER, phone=phone).wait()


def test_its_server_answers_a_call_that_it_is_mounted_for() -> None:
    simulator = tm.Simulator()
    agent = agent_of(simulator, lambda prompt: f"You said: {prompt}")

    made = call(
        simulator, "hear 'today'; say 'Two loaves, please'; hear 'You said'; wait 4; hang up"
    )

    assert agent.heard == ["Two loaves, please"]
    assert "Two loaves, please" in " ".join(line.text for line in made.transcript[2:])
    assert agent.ended == [made.sid]
    assert made.sessions[0].status == "completed"


def test_an_interruption_calls_its_callback_with_what_was_heard() -> None:
    simulator = tm.Simulator()
    agent = agent_of(simulator, lambda _: LONG)
    script = (
        "hear 'today'; say 'When?'; hear 'We are open'; say 'Stop now, please'; wait 2; hang up"
    )

    made = call(simulator, script)

    [interrupt] = agent.interrupts
    sent = [each for each in made.sessions[0].messages("sent") if each["type"] == "interrupt"]
    assert [interrupt.utterance_until_interrupt] == [
        each["utteranceUntilInterrupt"] for each in sent
    ]
    assert isinstance(interrupt.duration_until_interrupt_ms, int)
    assert agent.heard == ["When?", "Stop now, please"]


def test_a_signature_with_another_token_is_refused_and_the_caller_hears_busy() -> None:
    simulator = tm.Simulator()
    agent_of(simulator, str, token="f" * 32)
    simulator.host(
        f"<Response><Connect><ConversationRelay url='wss://{DOMAIN}/ws'/></Connect></Response>",
        at="https://ivr.example.com/voice",
    )
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com/voice"

    made = call(simulator, "wait 2; hang up")

    assert made.status == "busy"
    assert [event.data["code"] for event in made.timeline if event.kind == "failed"] == [64102]


def test_two_calls_with_its_server_are_the_same() -> None:
    def run() -> Call:
        simulator = tm.Simulator()
        agent_of(simulator, lambda _: LONG)
        return call(
            simulator, "hear 'today'; say 'When?'; hear 'We are open'; say 'Stop now'; wait 9"
        )

    first, second = run(), run()

    assert repr(first.sessions[0].frames) == repr(second.sessions[0].frames)
    assert first.timeline == second.timeline


class _Setup(SetupMessage, extra="forbid"):
    pass


class _Prompt(PromptMessage, extra="forbid"):
    pass


class _Interrupt(InterruptMessage, extra="forbid"):
    pass


_MODELS: Mapping[str, type[BaseModel]] = {
    "setup": _Setup,
    "prompt": _Prompt,
    "interrupt": _Interrupt,
}


@pytest.mark.parametrize("attributes", ["", "partialPrompts='true' speechModel='flux'"])
def test_its_models_know_every_field_of_what_is_sent_and_want_no_other(attributes: str) -> None:
    def agent(message: Message) -> Answers:
        return [text(LONG)] if message["type"] == "prompt" and message["last"] else ()

    made = call_agent(
        agent,
        "say 'When?'; hear 'We are open'; say 'Stop now'; wait 2; press 1; wait 1; hang up",
        f"dtmfDetection='true' {attributes}",
        inside="<Parameter name='shop' value='north'/>",
        action=" action='https://ivr.example.com/done'",
    )

    seen = set()
    for message in made.sessions[0].messages("sent"):
        if message["type"] in _MODELS:
            model = _MODELS[message["type"]]
            read = model.model_validate(message, strict=True)
            assert read.model_dump(by_alias=True, exclude_unset=True) == message
            seen.add(message["type"])
    assert seen == set(_MODELS)
    told = ConversationRelayCallbackPayload.model_validate(dict(made.webhooks[1].parameters))
    assert (told.session_id, told.session_status) == (made.sessions[0].sid, "completed")
