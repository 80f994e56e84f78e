"""ConversationRelay beside published captures of real calls: the same order, and nearly the same times.

A capture (of August 2026) is told here in our own words: what Twilio sent, and how long after the message before it.
Where that hangs on the caller, there is no time. Partial prompts come word by word here and syllable by syllable there,
so several in a row count as one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

import twilio_magic as tm
from twilio_magic.api import Call

from .agents import Agent, Answers, call_agent, text
from .socket_applications import Message

#: How far a time may be from that of the capture, in seconds.
NEAR = 0.5
GREETING = "This is the spike. Say something, or press a key."
ATTRIBUTES = (
    f"welcomeGreeting='{GREETING}' transcriptionProvider='Deepgram' speechModel='flux' partialPrompts='true' "
    "dtmfDetection='true' interruptible='any' reportInputDuringAgentSpeech='any' "
    "events='speaker-events tokens-played'"
)
DONE = "https://ivr.example.com/done"

#: The seconds since the message before, or ``None`` where the caller decides; the kind; what it says.
Row = tuple[float | None, str, str]
_GREETS: list[Row] = [
    (0.5, "agentSpeaking", "on"),
    (2.6, "tokensPlayed", GREETING),
    (0.0, "agentSpeaking", "off"),
]


def tokens(reply: str) -> list[Message]:
    """*reply* in tokens of one word each, as a model streams it."""
    words = reply.split(" ")
    return [
        text(word if place == 0 else f" {word}", last=place == len(words) - 1)
        for place, word in enumerate(words)
    ]


def spike(message: Message) -> Answers:
    """The agent of the captures: it repeats keys, and what it heard."""
    if message["type"] == "dtmf":
        return tokens(f"Key {message['digit']}.")
    if message["type"] == "prompt" and message["last"]:
        return tokens(f"I heard: {message['voicePrompt']}")
    return ()


def call(agent: Agent, script: str) -> Call:
    simulator = tm.Simulator()
    simulator.mount(DONE, "<Response><Say>The session ended.</Say></Response>")
    return call_agent(agent, script, ATTRIBUTES, action=f" action='{DONE}'", simulator=simulator)


def told(call: Call) -> list[tuple[float, str, str]]:
    """What Twilio sent after setup: moment, kind, and what it says; of partial prompts in a row the first."""
    seen: list[tuple[float, str, str]] = []
    for frame in call.sessions[0].frames[1:]:
        if frame.direction == "sent":
            assert isinstance(frame.message, Mapping)
            kind, said = _kind(frame.message)
            if not (kind == "partial" and seen and seen[-1][1] == "partial"):
                seen.append((frame.at, kind, said))
    return seen


def _kind(message: Message) -> tuple[str, str]:
    if message["type"] == "info":
        return message["name"], message["value"]
    if message["type"] == "prompt":
        return ("final", message["voicePrompt"]) if message["last"] else ("partial", "")
    said = {"dtmf": "digit", "interrupt": "utteranceUntilInterrupt"}[message["type"]]
    return message["type"], message[said]


def compare(call: Call, capture: Sequence[Row]) -> None:
    """The same messages in the same order, and each as long after the one before as in the *capture*, or nearly."""
    here = told(call)
    assert [(kind, said) for _, kind, said in here] == [(kind, said) for _, kind, said in capture]
    before = call.sessions[0].at
    for (at, kind, said), (gap, _, _) in zip(here, capture, strict=True):
        if gap is not None:
            assert at - before == pytest.approx(gap, abs=NEAR), f"{kind} {said}"
        before = at


def test_a_key_during_the_greeting_and_one_in_silence() -> None:
    made = call(spike, "hear 'This'; press 9; wait 6; press 8; wait 5; hang up")

    compare(
        made,
        [
            (0.245, "agentSpeaking", "on"),
            (None, "dtmf", "9"),
            (0.0, "tokensPlayed", told(made)[2][2]),
            (0.0, "interrupt", told(made)[2][2]),
            (0.002, "agentSpeaking", "off"),
            (0.39, "agentSpeaking", "on"),
            (0.66, "tokensPlayed", "Key 9."),
            (0.0, "agentSpeaking", "off"),
            (None, "dtmf", "8"),
            (0.45, "agentSpeaking", "on"),
            (0.68, "tokensPlayed", "Key 8."),
            (0.0, "agentSpeaking", "off"),
        ],
    )
    assert GREETING.startswith(told(made)[2][2])
    assert made.webhooks[1].parameters["SessionStatus"] == "completed"


def test_a_word_and_its_answer_and_the_end_of_the_session() -> None:
    def agent(message: Message) -> Answers:
        if message["type"] == "dtmf":
            return [{"type": "end", "handoffData": '{"reason":"spike"}'}]
        return spike(message)

    made = call(
        agent, "hear 'a key'; wait 2; say 'Holding.'; hear 'Holding'; wait 2; press 1; wait 9"
    )

    compare(
        made,
        [
            *_GREETS,
            (None, "clientSpeaking", "on"),
            (0.0, "partial", ""),
            (1.03, "clientSpeaking", "off"),
            (0.0, "final", "Holding."),
            (0.265, "agentSpeaking", "on"),
            (0.64, "tokensPlayed", "I heard:"),
            (0.78, "tokensPlayed", " Holding."),
            (0.0, "agentSpeaking", "off"),
            (None, "dtmf", "1"),
        ],
    )
    ends = next(each for each in made.sessions[0].frames if each.text.startswith('{"type": "end"'))
    closed = next(event for event in made.timeline if event.kind == "disconnected")
    assert closed.at - ends.at == pytest.approx(0.092, abs=0.01)
    action = made.webhooks[1]
    assert action.at - closed.at == pytest.approx(0.68, abs=NEAR)
    assert action.parameters["HandoffData"] == '{"reason":"spike"}'
    assert action.parameters["CallStatus"] == "in-progress"


LONG = " ".join(
    f"Sentence {number} of twelve: the quick brown fox jumps over the lazy dog while the spike "
    "keeps talking so you can interrupt it."
    for number in range(1, 13)
)


def test_speech_cuts_a_long_reply_in_its_second_sentence() -> None:
    def agent(message: Message) -> Answers:
        return tokens(LONG) if message["type"] == "dtmf" else spike(message)

    said = "Stop. Stop. Stop. I am interrupting you now."
    script = f"hear 'a key'; wait 2; press 1; hear 'Sentence 2'; say '{said}'; wait 9; hang up"
    made = call(agent, script)

    cut = told(made)[len(_GREETS) + 6][2]
    first = " the quick brown fox jumps over the lazy dog while the spike keeps talking so you can interrupt it."
    compare(
        made,
        [
            *_GREETS,
            (None, "dtmf", "1"),
            (0.3, "agentSpeaking", "on"),
            (1.3, "tokensPlayed", "Sentence 1 of twelve:"),
            (4.65, "tokensPlayed", first),
            (None, "clientSpeaking", "on"),
            (0.0, "tokensPlayed", cut),
            (0.0, "interrupt", cut),
            (0.002, "agentSpeaking", "off"),
            (0.0, "partial", ""),
            (None, "clientSpeaking", "off"),
            (0.0, "final", said),
            (0.304, "agentSpeaking", "on"),
            (0.71, "tokensPlayed", "I heard:"),
            (0.64, "tokensPlayed", " Stop."),
            (0.64, "tokensPlayed", " Stop."),
            (0.44, "tokensPlayed", " Stop."),
            (1.34, "tokensPlayed", " I am interrupting you now."),
            (0.0, "agentSpeaking", "off"),
        ],
    )
    assert "Sentence 2 of twelve:".startswith(cut)


def test_keys_are_pressed_while_the_caller_speaks() -> None:
    sent: list[Any] = []

    def agent(message: Message) -> Answers:
        is_partial = message["type"] == "prompt" and not message["last"]
        if is_partial and "line" in message["voicePrompt"] and not sent:
            sent.append(message)
            return [{"type": "sendDigits", "digits": "1234#"}]
        return ()

    line = "I am the caller, and I keep talking over the line."
    made = call(agent, f"hear 'a key'; wait 2; say '{line} {line}'; wait 3; hang up")

    compare(
        made,
        [
            *_GREETS,
            (None, "clientSpeaking", "on"),
            (0.0, "partial", ""),
            (None, "tokensPlayed", "1234#"),
            (0.0, "partial", ""),
            (None, "clientSpeaking", "off"),
            (0.0, "final", f"{line} {line}"),
        ],
    )
    asked = next(each for each in made.sessions[0].frames if "sendDigits" in each.text)
    keys = next(at for at, kind, _ in told(made) if kind == "tokensPlayed" and at > asked.at)
    assert keys - asked.at == pytest.approx(2.09, abs=NEAR)
