"""An agent with Media Streams for tests: it beeps back after each thing that is said, one time longer than before.

It keeps what it knows in its connection. It runs in process, or as a server of its own with ``websockets``.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterable
from typing import Any

from .socket_applications import Message, Sent, application
from .streams import beep, mark, media, sound

_SILENT = (0xFF, 0x7F)  # the two zeros of µ-law
_PAUSE = 10  # messages of silence, 20 ms each, that end what is said


class Answering:
    """What the agent knows of one connection: how often the caller has spoken."""

    def __init__(self) -> None:
        self.said = self._silence = 0
        self._is_spoken_to = False

    def __call__(self, message: Message) -> Iterable[Sent]:
        if message["event"] != "media":
            return ()
        self._silence += 1
        if any(sample not in _SILENT for sample in sound(message)):
            self._silence, self._is_spoken_to = 0, True
        if not self._is_spoken_to or self._silence < _PAUSE:
            return ()
        self._is_spoken_to = False
        self.said += 1
        sid = message["streamSid"]
        return [media(sid, beep(self.said / 10)), mark(sid, f"answer {self.said}")]


def answering() -> Any:
    """The agent as an ASGI application."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await application(Answering())(scope, receive, send)

    return app


def serve() -> None:
    """Run the agent as a server, and print its port."""
    from websockets.asyncio.server import ServerConnection
    from websockets.asyncio.server import serve as listen

    async def talk(connection: ServerConnection) -> None:
        agent = Answering()
        async for text in connection:
            for answer in agent(json.loads(text)):
                await connection.send(json.dumps(answer))

    async def main() -> None:
        async with listen(talk, "127.0.0.1", 0) as server:
            sys.stdout.write(f"port {next(iter(server.sockets)).getsockname()[1]}\n")
            sys.stdout.flush()
            await server.serve_forever()

    asyncio.run(main())
