"""A voice agent in three lines: a function that answers what the caller says."""

from __future__ import annotations

import asyncio
import functools
import gc
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

import twilio_magic as tm
from twilio_magic.api import Call

from .agents import CALLER, NUMBER, URL, document


def talk(
    agent: Callable[[str], Any], phone: str, attributes: str = "", *, speed: Any = "free"
) -> Call:
    """An inbound call that talks with the function *agent*."""
    simulator = tm.Simulator()
    simulator.reply_time = speed
    simulator.agent(URL)(agent)
    simulator.host(document(attributes), at="https://ivr.example.com/voice")
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com/voice"
    return simulator.receive(CALLER, NUMBER, phone=phone).wait()


def plain(prompt: str) -> str:
    return f"You said {prompt}."


async def coroutine(prompt: str) -> str:
    await asyncio.sleep(1)
    return f"You said {prompt}."


def generator(prompt: str) -> Iterator[str]:
    yield "You said "
    yield f"{prompt}."


async def asynchronous_generator(prompt: str) -> AsyncIterator[str]:
    yield "You said "
    await asyncio.sleep(1)
    yield f"{prompt}."


@pytest.mark.parametrize("agent", [plain, coroutine, generator, asynchronous_generator])
def test_a_function_of_any_kind_answers_the_caller(agent: Callable[[str], Any]) -> None:
    call = talk(agent, "say 'hello'; hear 'You said hello'; say 'bye'; hear 'said bye'; hang up")

    assert [line.text for line in call.transcript if line.speaker == "Agent"] == [
        "You said hello.",
        "You said bye.",
    ]


def test_a_mapping_is_a_message_of_its_own() -> None:
    def agent(_: str) -> dict[str, str]:
        return {"type": "end", "handoffData": "a person"}

    call = talk(agent, "say 'A person, please'; hear 'next verb'")

    assert call.sessions[0].status == "ended"
    assert call.sessions[0].messages("received") == [{"type": "end", "handoffData": "a person"}]


def test_an_interruption_ends_the_answer() -> None:
    told: list[str] = []

    async def agent(prompt: str) -> AsyncIterator[str]:
        for number in range(20):
            told.append(f"{prompt} {number}")
            yield f"This is sentence number {number}. "
            await asyncio.sleep(1)

    talk(agent, "say 'Tell me'; hear 'number'; say 'Stop it'; wait 3; hang up")

    assert "Tell me 0" in told
    assert "Tell me 19" not in told
    assert "Stop it 0" in told


def test_an_exception_of_the_function_ends_the_session_and_is_told() -> None:
    def agent(prompt: str) -> str:
        return {"hello": "Hi."}[prompt]

    call = talk(agent, "say 'unknown'; hear 'next verb'")

    [failed] = [event for event in call.timeline if event.kind == "failed"]
    assert "KeyError: 'unknown'" in failed.text
    assert call.sessions[0].status == "failed"


def test_what_is_no_text_is_refused_with_its_value() -> None:
    def agent(_: str) -> Any:
        return 42

    call = talk(agent, "say 'hello'; hear 'next verb'")

    assert any("an agent says a text, not 42" in event.text for event in call.timeline)


class Told:
    def __call__(self, prompt: str, history: str) -> str:
        return prompt + history


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("ws://agent.example.com/ws", "at 'ws://agent.example.com/ws'"),
        ("https://agent.example.com/ws", "addresses with wss://"),
        ("agent.example.com/ws", "addresses with wss://"),
        ("wss://", "and a host"),
        ("wss://[::1", "and a host"),
        (7, "at 7"),
        ("ws://ann:secret@agent.example.com/\x1b[2J", "at 'ws://agent.example.com/"),
    ],
)
def test_an_address_that_no_agent_can_have_is_refused_where_it_stands(url: Any, told: str) -> None:
    simulator = tm.Simulator()

    with pytest.raises(tm.errors.SimulatorError) as refused:
        simulator.agent(url)

    assert told in refused.value.message
    assert "secret" not in str(refused.value)
    assert "\x1b" not in str(refused.value)
    assert '@simulator.agent("wss://agent.example.com/ws")' in str(refused.value.hint)


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (5, "5 cannot be the voice agent at wss://agent.example.com/ws: it is no function"),
        ("You said it.", "'You said it.' cannot be the voice agent"),
        (None, "None cannot be the voice agent"),
        (str, "The class str cannot be the voice agent"),
        (lambda: "hello", "it takes ()"),
        (lambda prompt, history: prompt + history, "it takes (prompt, history)"),
        (lambda *, prompt: prompt, "it takes (*, prompt)"),
        (lambda prompt, *, history: prompt + history, "it takes (prompt, *, history)"),
        (Told(), "Told cannot be the voice agent"),
    ],
)
def test_what_cannot_answer_a_prompt_is_refused_where_it_is_decorated(
    function: Any, told: str
) -> None:
    simulator = tm.Simulator()

    with pytest.raises(tm.errors.SimulatorError) as refused:
        simulator.agent(URL)(function)

    assert told in refused.value.message
    assert "def answer(prompt)" in str(refused.value.hint)
    assert len(simulator.mounts) == 0


def test_parameters_with_defaults_are_no_hindrance() -> None:
    def agent(prompt: str, history: tuple[str, ...] = ()) -> str:
        return f"You said {prompt}{history or '.'}"

    for each in (agent, functools.partial(agent, history=()), lambda *said: f"You said {said[0]}."):
        assert "Agent: You said hello." in str(
            talk(each, "say 'hello'; hear 'hello'; hang up").transcript
        )


def test_the_ladder_has_a_lifeline_for_the_agent() -> None:
    call = talk(generator, "say 'hello'; hear 'said hello'; hang up", "welcomeGreeting='Hi!'")

    ladder = call.ladder()
    labels = [step.label for step in ladder.steps]
    assert "agent.example.com" in [lifeline.name for lifeline in ladder.lifelines]
    assert "prompt “hello”" in labels
    assert "text “You said hello.”" in labels
    assert labels.index("WebSocket /ws") < labels.index("setup") < labels.index("prompt “hello”")


def test_an_agent_that_raises_leaves_no_task_behind(caplog: pytest.LogCaptureFixture) -> None:
    def fails(_: str) -> str:
        raise KeyError("cake")

    call = talk(fails, "say 'Cake?'; wait 2; hang up")
    gc.collect()

    assert call.sessions[0].status == "failed"
    assert "never" not in caplog.text
    assert "destroyed" not in caplog.text
