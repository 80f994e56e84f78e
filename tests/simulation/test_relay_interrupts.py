"""ConversationRelay: an agent that begins to speak while the caller speaks."""

from __future__ import annotations

import asyncio
from typing import Any

from .agents import Answers, call_agent, text, told
from .socket_applications import Message

STORY = "I called last week about my order and nobody has called me back since then"


def answers_partials(token: str, **more: Any) -> Any:
    """An agent that speaks as soon as it hears the first words."""
    answered: list[Message] = []

    def agent(message: Message) -> Answers:
        if message["type"] != "prompt" or answered:
            return ()
        answered.append(message)
        return [text(token, **more)]

    return agent


def test_a_caller_who_goes_on_speaking_interrupts_an_agent_that_has_just_begun() -> None:
    agent = answers_partials("I am very sorry to hear that, and I will find out.")

    call = call_agent(agent, f"say '{STORY}'; wait 3; hang up", "partialPrompts='true'")

    [interrupt] = told(call, "interrupt")
    assert interrupt["durationUntilInterruptMs"] == 300
    last = told(call, "prompt")[-1]
    assert (last["voicePrompt"], last["last"]) == (STORY, True)


def test_an_agent_that_may_not_be_interrupted_speaks_over_the_caller() -> None:
    agent = answers_partials("I am very sorry.", interruptible=False)

    call = call_agent(agent, f"say '{STORY}'; wait 3; hang up", "partialPrompts='true'")

    assert told(call, "interrupt") == []
    assert "I am very sorry." in [line.text for line in call.transcript]


def test_each_piece_of_speech_is_interrupted_by_a_caller_who_speaks_over_its_beginning() -> None:
    def agent(message: Message) -> Answers:
        if message["type"] != "prompt" or message["last"]:
            return ()
        return [text("One moment. ", interruptible=False), text("I will look it up for you now.")]

    call = call_agent(agent, f"say '{STORY}'; wait 3; hang up", "partialPrompts='true'")

    cut = [event.text for event in call.timeline if event.kind == "said"]
    assert cut[0] == "“One moment.”"
    assert told(call, "interrupt")


def test_a_caller_who_has_finished_does_not_interrupt_an_agent_that_begins() -> None:
    async def agent(message: Message) -> Answers:
        await asyncio.sleep(0.1)
        return [text("Certainly, I will.")] if message["type"] == "prompt" else ()

    call = call_agent(agent, "say 'Please'; hear 'Certainly'; wait 3; hang up")

    assert told(call, "interrupt") == []


def test_an_interruption_in_the_last_word_is_seen_wherever_the_call_is_shown() -> None:
    """... not only in the frames."""

    def agent(message: Message) -> Answers:
        return [text("Unquestionably.")] if message["type"] == "prompt" else ()

    call = call_agent(agent, "say 'Is it?'; wait 1; say 'stop it'; wait 5; hang up")

    [interrupt] = told(call, "interrupt")[:1]
    said = next(event for event in call.timeline if event.kind == "said")
    assert interrupt["utteranceUntilInterrupt"] == "Unquestionably."
    assert said.text == "“Unquestionably. …” (cut off)"
    assert (said.data["cut"], said.data["seconds"]) == (
        True,
        interrupt["durationUntilInterruptMs"] / 1000,
    )
    assert "Agent: Unquestionably. …" in str(call.transcript)
    assert "(cut off)" in call._repr_mimebundle_()["text/html"]
