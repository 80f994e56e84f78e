"""Exercises of Media Streams: an ear for speech, and a caller who interrupts an agent that sends sound."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

from .. import mulaw
from ..simulation import Simulator
from ._answer import Answer, Missing
from ._exercise import Exercise, Goal
from ._goals import failure
from ._sandbox import CALLED, CALLER, START

if TYPE_CHECKING:
    from ..api import Call

_URL = "wss://agent.example.com/media"
_FUNCTION = "It takes the bytes of one frame: `def is_loud(sound): return …`"
_EXPAND = "`mulaw.expand(sound)` has numbers from -32768 to 32767, and `mulaw.loudness(sound)` has decibels."
_SCRIPT = 'The script of a phone is a text: `visitor = "hear sound; …; hang up"`.'
_SPEECH_LEVEL, _HUM_LEVEL, _LINE_LEVEL = 8000, 3000, 30
_GREETING, _REPLY = 5.0, 2.0  # seconds


def _tone(seconds: float, level: int) -> bytes:
    """A sound of this level: a square wave of 400 hertz."""
    samples = (level if n // 10 % 2 else -level for n in range(round(seconds * mulaw.RATE)))
    return mulaw.compress(samples)


def _judges(answer: Answer, level: int) -> bool:
    is_loud = answer.callable("is_loud", "a function", hint=_FUNCTION)
    try:
        return bool(is_loud(_tone(0.02, level) if level else mulaw.SILENCE * 160))
    except Exception as error:
        raise Missing(f"It raised {type(error).__name__}: {error}.", hint=_FUNCTION) from None


def _hears_speech(answer: Answer) -> None:
    for level in (_SPEECH_LEVEL, _HUM_LEVEL):
        if not _judges(answer, level):
            raise Missing("It says no where somebody speaks.", hint=_EXPAND)


def _knows_silence(answer: Answer) -> None:
    if _judges(answer, 0):
        raise Missing("It says yes where nobody speaks.", hint=_EXPAND)
    if _judges(answer, _LINE_LEVEL):
        raise Missing("It says yes where the line only hisses.", hint=_EXPAND)


async def _guide(scope: Any, receive: Any, send: Any) -> None:
    """An agent that greets for five seconds, and answers for two when it hears something."""
    if scope["type"] != "websocket":
        raise NotImplementedError(scope["type"])
    await receive()
    await send({"type": "websocket.accept"})
    has_answered = False

    async def tell(sid: str, event: str, **content: Any) -> None:
        message = {"event": event, "streamSid": sid, **content}
        await send({"type": "websocket.send", "text": json.dumps(message)})

    async def play(sid: str, seconds: float) -> None:
        payload = b64encode(_tone(seconds, _HUM_LEVEL)).decode()
        await tell(sid, "media", media={"payload": payload})

    while (event := await receive())["type"] == "websocket.receive":
        message = json.loads(event["text"])
        if message["event"] == "start":
            await play(message["streamSid"], _GREETING)
        if message["event"] == "media" and not has_answered:
            sound = b64decode(message["media"]["payload"])
            if mulaw.loudness(sound) > -40:
                has_answered = True
                await tell(message["streamSid"], "clear")
                await play(message["streamSid"], _REPLY)


def _visit(answer: Answer) -> Call:
    """A call of `visitor` to an agent that greets, and answers who interrupts it."""
    script = answer.of_kind("visitor", str, "a text", hint=_SCRIPT)
    world = Simulator()
    world.voices = "noise"
    world.mount("https://agent.example.com", _guide)
    world.host(f'<Response><Connect><Stream url="{_URL}"/></Connect></Response>', at=START)
    world.numbers[CALLED].voice_url = START
    made = world.receive(CALLER, CALLED, phone=script).wait()
    if failed := failure(made):
        raise failed
    return made


def _interrupts(answer: Answer) -> None:
    sounds = _visit(answer).sessions[0].sounds
    if not sounds or sounds[0].seconds >= _GREETING:
        raise Missing(
            "The agent greets to the end.", hint="What is said after `wait` is said at once."
        )
    if sounds[0].seconds < 1:
        raise Missing(
            f"The greeting is cut after {sounds[0].seconds:.1f} s.",
            hint="`hear sound`, then `wait`.",
        )


def _listens_to_the_end(answer: Answer) -> None:
    sounds = _visit(answer).sessions[0].sounds
    if not any(each.seconds == _REPLY and not each.is_cut for each in sounds[1:]):
        raise Missing(
            "The answer is not heard to its end.", hint="`silence 1` waits until it is over."
        )


EXERCISES = (
    Exercise(
        "an-ear",
        "An ear",
        "Write a function `is_loud` that takes the sound of one frame, 160 bytes of mu-law, and says whether somebody "
        "speaks in it. A line that only hisses is silent.",
        (
            Goal("it says yes where somebody speaks", _hears_speech),
            Goal("it says no in silence, and where the line hisses", _knows_silence),
        ),
    ),
    Exercise(
        "the-visitor",
        "The visitor",
        "An agent greets for five seconds, and answers who speaks. Write the script of a caller, a text called "
        "`visitor`, who listens to the greeting for a second at least, interrupts it, and hears the answer to its end "
        "before hanging up.",
        (
            Goal("the greeting is interrupted after a second or more", _interrupts),
            Goal("the answer is heard to its end", _listens_to_the_end),
        ),
    ),
)
