"""Calls that talk with voice agents, against the same frames through the same applications on a bare event loop."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import twilio_magic as tm

from .ratio import Ratio
from .timing import side_by_side

_URL = "wss://agent.example.com/ws"
_CALLER, _NUMBER = "+13105550101", "+12125551234"
_TURNS = "; ".join(["say 'When do you open?'; hear 'to five'"] * 5)
_RELAY = f"<Response><Connect><ConversationRelay url='{_URL}'/></Connect></Response>"
_STREAM = f"<Response><Connect><Stream url='{_URL}'/></Connect></Response>"


def measure() -> Iterator[Ratio]:
    yield _compare(
        "a five-turn relay conversation / its bare frames",
        _Session(_answer, _RELAY, f"{_TURNS}; hang up"),
        repeat=60,
        aim=150,
        tell=lambda seconds: f"{1 / seconds:,.0f} sessions a second, on one core",
    )
    yield _compare(
        "a minute of Media Streams, echoed / its bare frames",
        _Session(_echo, _STREAM, "wait 1; say 'When do you open?'; wait 58.9; hang up"),
        repeat=20,
        aim=20,
        tell=lambda seconds: f"a minute of sound in each direction in {seconds:.2f} s",
    )


def _compare(
    name: str, session: _Session, repeat: int, aim: float, tell: Callable[[float], str]
) -> Ratio:
    frames = session.run()

    def bare() -> None:
        asyncio.run(_converse(session.agent, frames))

    ours, theirs = side_by_side(session.run, bare, repeat)
    return Ratio(
        name, ours, theirs, aim, f"{tell(ours)}, {len(frames):,} frames to the application"
    )


def _answer(message: Any) -> Sequence[Any]:
    if message["type"] == "prompt" and message["last"]:
        return [{"type": "text", "token": "We are open from nine to five.", "last": True}]
    return ()


def _echo(message: Any) -> Sequence[Any]:
    if message["event"] != "media":
        return ()
    sound = {"payload": message["media"]["payload"]}
    return [{"event": "media", "streamSid": message["streamSid"], "media": sound}]


class _Session:
    """A call that runs *document* and talks with *agent*, in one world again and again."""

    def __init__(self, agent: Callable[[Any], Sequence[Any]], document: str, script: str) -> None:
        self.agent = agent
        self._script = script
        self._simulator = tm.Simulator(seed=0)
        self._simulator.mount("https://agent.example.com", _application(agent))
        self._simulator.numbers[_NUMBER].voice_url = self._simulator.host(document)

    def run(self) -> Sequence[str]:
        """The frames that one call sends."""
        call = self._simulator.receive(_CALLER, _NUMBER, phone=self._script).wait()
        return [frame.text for frame in call.sessions[0].frames if frame.direction == "sent"]


def _application(agent: Callable[[Any], Sequence[Any]]) -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError(scope["type"])
        await receive()
        await send({"type": "websocket.accept"})
        while (event := await receive())["type"] == "websocket.receive":
            for answer in agent(json.loads(event["text"])):
                await send({"type": "websocket.send", "text": json.dumps(answer)})

    return app


async def _converse(agent: Callable[[Any], Sequence[Any]], frames: Sequence[str]) -> None:
    """Send *frames* to the application one after the other; the next comes when it waits again."""
    inbox: asyncio.Queue[Any] = asyncio.Queue()

    async def take(_: Any) -> None:
        await asyncio.sleep(0)

    task = asyncio.create_task(_application(agent)({"type": "websocket"}, inbox.get, take))
    events = [{"type": "websocket.receive", "text": frame} for frame in frames]
    for event in ({"type": "websocket.connect"}, *events, {"type": "websocket.disconnect"}):
        inbox.put_nowait(event)
        while not inbox.empty():
            await asyncio.sleep(0)
    await task
