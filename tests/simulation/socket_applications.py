"""An ASGI application for tests, whose WebSocket answers each message: of ConversationRelay, and of Media Streams."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

Message = Mapping[str, Any]
#: What an application sends: a message, texts and bytes as they are, or a number that closes the socket.
Sent = Message | str | bytes | int
#: What it sends for a message of Twilio.
Answer = Callable[[Message], Iterable[Sent] | Awaitable[Iterable[Sent]]]


def application(agent: Answer, headers: list[dict[str, str]] | None = None) -> Any:
    """An ASGI application whose WebSocket answers each message with what *agent* returns for it.

    *headers* gets those of each handshake. Nothing is sent after a number has closed the socket.
    """

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError(scope["type"])
        if headers is not None:
            headers.append({name.decode(): value.decode() for name, value in scope["headers"]})
        await receive()
        await send({"type": "websocket.accept"})
        while (event := await receive())["type"] == "websocket.receive":
            answers = agent(json.loads(event["text"]))
            for answer in await answers if isinstance(answers, Awaitable) else answers:
                await send(_event(answer))
                if isinstance(answer, int):
                    return

    return app


def _event(answer: Sent) -> dict[str, Any]:
    if isinstance(answer, int):
        return {"type": "websocket.close", "code": answer}
    if isinstance(answer, bytes):
        return {"type": "websocket.send", "bytes": answer}
    told = answer if isinstance(answer, str) else json.dumps(answer)
    return {"type": "websocket.send", "text": told}
