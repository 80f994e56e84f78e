"""The same voice agent as an application of each framework. None knows of the simulator.

It answers what a caller says with two sentences, in two messages.
"""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import Callable, Iterator
from typing import Any

from fastapi import FastAPI, WebSocket, WebSocketDisconnect

FIRST, SECOND = "We are open from nine to five. ", "On Sundays we are closed."


def answers(text: str | bytes) -> Iterator[str]:
    """What the agent sends for the message *text*."""
    message = json.loads(text)
    if message["type"] == "prompt" and message["last"]:
        yield json.dumps({"type": "text", "token": FIRST, "last": False})
        yield json.dumps({"type": "text", "token": SECOND, "last": True})


def fastapi_agent() -> Any:
    app = FastAPI()

    async def talk(websocket: WebSocket) -> None:
        await websocket.accept()
        try:
            while True:
                for answer in answers(await websocket.receive_text()):
                    await websocket.send_text(answer)
        except WebSocketDisconnect:
            pass

    app.add_api_websocket_route("/ws", talk)
    return app


def flask_agent() -> Any:
    from flask import Flask
    from flask_sock import Sock

    app = Flask("agent")

    @Sock(app).route("/ws")  # type: ignore[untyped-decorator]
    def talk(connection: Any) -> None:
        while True:
            for answer in answers(connection.receive()):
                connection.send(answer)

    return app


IN_PROCESS: dict[str, Callable[[], Any]] = {
    "fastapi in process": fastapi_agent,
    "flask-sock in process": flask_agent,
}


def serve_fastapi() -> None:
    import uvicorn

    taken = socket.create_server(("127.0.0.1", 0))
    _tell(taken.getsockname()[1])
    uvicorn.Server(uvicorn.Config(fastapi_agent(), log_level="critical")).run(sockets=[taken])


def serve_flask_sock() -> None:
    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").disabled = True
    server = make_server("127.0.0.1", 0, flask_agent(), threaded=True)
    _tell(server.server_port)
    server.serve_forever()


def serve_websockets() -> None:
    """An application without a framework, which takes some time for each message."""
    from websockets.asyncio.server import ServerConnection, serve

    async def talk(connection: ServerConnection) -> None:
        async for text in connection:
            for answer in answers(text):
                await asyncio.sleep(0.01)
                await connection.send(answer)

    async def main() -> None:
        async with serve(talk, "127.0.0.1", 0) as server:
            _tell(next(iter(server.sockets)).getsockname()[1])
            await server.serve_forever()

    asyncio.run(main())


def _tell(port: int) -> None:
    """Tell the test where the server listens."""
    print("port", port, flush=True)
