"""ConversationRelay: text of an agent that no sentence end and no ``last`` closes is spoken, or told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest

import twilio_magic as tm
from twilio_magic.api import Call

from .agents import Answers, call_agent, text
from .socket_applications import Message

EVENTS = "events='speaker-events tokens-played'"


def says(*tokens: Message | str) -> Any:
    """An agent that answers each prompt with *tokens*, which close no talk cycle."""

    def agent(message: Message) -> Answers:
        if message["type"] != "prompt":
            return ()
        return [text(each, last=False) if isinstance(each, str) else each for each in tokens]

    return agent


def streams(*tokens: str, pause: float) -> Any:
    """An agent that says *tokens* when it is connected, with a *pause* behind each."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError
        await receive()
        await send({"type": "websocket.accept"})
        await receive()
        for token in tokens:
            await send({"type": "websocket.send", "text": json.dumps(text(token, last=False))})
            await asyncio.sleep(pause)
        while (await receive())["type"] != "websocket.disconnect":
            pass

    app.is_application = True  # type: ignore[attr-defined]
    return app


def heard(call: Call) -> list[str]:
    return [line.text for line in call.transcript if line.speaker == "Agent"]


def unspoken(call: Call) -> list[tuple[float, str]]:
    return [(event.at, event.text) for event in call.timeline if "unspoken" in event.data]


@pytest.mark.parametrize("token", ["We are open.", "Are you there?", "Stop!", "One thing:"])
def test_a_sentence_is_spoken_when_no_text_comes_behind_it(token: str) -> None:
    call = call_agent(says(token), "say 'hello'; wait 9; hang up")

    assert heard(call) == [token]
    assert unspoken(call) == []


def test_what_comes_soon_enough_belongs_to_the_piece() -> None:
    for pause, pieces in [(0.2, ["It costs 3.50 dollars."]), (0.4, ["It costs 3.", "50 dollars."])]:
        call = call_agent(streams("It costs 3.", "50 dollars.", pause=pause), "wait 9; hang up")

        assert heard(call) == pieces


def test_words_that_end_no_sentence_wait_and_are_told() -> None:
    call = call_agent(says("Hello", " there"), "say 'hello'; wait 30; hang up", EVENTS)

    [(at, told)] = unspoken(call)
    asked = next(frame.at for frame in call.sessions[0].frames if '"prompt"' in frame.text)
    assert heard(call) == []
    assert at == pytest.approx(asked + 2)
    assert told == (
        "“Hello there” is not spoken: it ends no sentence, and no text with last follows"
    )


def test_words_that_a_later_message_closes_are_spoken_and_not_told() -> None:
    call = call_agent(says("Hello", " there", text("")), "say 'hello'; wait 30; hang up")

    assert heard(call) == ["Hello there"]
    assert unspoken(call) == []


def test_what_is_left_when_the_caller_hangs_up_is_told() -> None:
    call = call_agent(streams("Hello there", pause=0), "wait 1; hang up")

    assert [told for _, told in unspoken(call)] == ["“Hello there” is not spoken: the session ends"]
    assert call.timeline[-1].kind in ("completed", "reported")


def test_what_waits_when_the_application_ends_the_session_is_told() -> None:
    goodbye: Sequence[Message] = [text("One moment. I will get somebody."), {"type": "end"}]
    call = call_agent(says(*goodbye), "say 'A person!'; hear 'next verb'")

    assert heard(call) == []
    assert [told for _, told in unspoken(call)] == [
        "“One moment. I will get somebody.” is not spoken: the application ends the session"
    ]


def test_text_without_any_end_is_spoken_in_long_pieces() -> None:
    call = call_agent(says(*["never "] * 400), "say 'hello'; wait 300; hang up")

    assert len(heard(call)) == 2
    assert all(each.split() == ["never"] * 166 for each in heard(call))
    assert len(unspoken(call)) == 1


def test_an_interruption_forgets_what_waits() -> None:
    def agent(message: Message) -> Answers:
        return [text("We are open from nine to five. And", last=False)] * (
            message["type"] == "prompt"
        )

    script = "say 'When?'; hear 'open'; say 'stop it'; wait 9; hang up"
    call = call_agent(agent, script, simulator=tm.Simulator())

    assert [told for _, told in unspoken(call)] == [
        "“And” is not spoken: it ends no sentence, and no text with last follows"
    ]
