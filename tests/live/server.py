"""A server on this machine that answers as it is told: well, slowly, half, or with lies."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

ACCOUNT = "AC" + "1234abcd" * 4
TOKEN = "5f3c9a7be1d24860f7a95c3e8b1d0642"
CALL = "CA" + "7" * 32

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Server:
    """*answers* are given in order, the last one for ever; *seen* has the method, path and form of each request."""

    base: str
    answers: list[Answer] = field(default_factory=list)
    seen: list[tuple[str, str, dict[str, list[str]]]] = field(default_factory=list)
    authorizations: list[str] = field(default_factory=list, repr=False)

    def next(self) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def says(status: int, body: Any, **headers: str) -> Answer:
    """An answer with *body*: text as it is, anything else as JSON."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        content = body if isinstance(body, str) else json.dumps(body)
        send(handler, status, content.encode(), headers)

    return answer


def refuses(status: int, code: int, message: str = "No.", **headers: str) -> Answer:
    """Twilio's error body."""
    more = f"https://www.twilio.com/docs/errors/{code}"
    body = {"code": code, "message": message, "more_info": more, "status": status}
    return says(status, body, **headers)


def send(
    handler: BaseHTTPRequestHandler, status: int, content: bytes, headers: dict[str, str]
) -> None:
    handler.send_response(status)
    for name, value in {"Content-Type": "application/json", **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def hangs_up(handler: BaseHTTPRequestHandler) -> None:
    """Closes the connection without a word."""
    handler.connection.close()


def breaks_off(handler: BaseHTTPRequestHandler) -> None:
    """Promises more than it sends."""
    handler.send_response(201)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"sid": "CA')


def breaks_encryption(handler: BaseHTTPRequestHandler) -> None:
    """Sends what is no TLS over a connection that is encrypted."""
    socket.socket.sendall(handler.connection, b"This is not a record of TLS.")
    hangs_up(handler)


def says_nothing(handler: BaseHTTPRequestHandler) -> None:
    """Keeps the line open without a word until the other end hangs up."""
    handler.connection.recv(1)
    hangs_up(handler)


def echoes(handler: BaseHTTPRequestHandler) -> None:
    """Sends back the headers that it got, credentials and all, as an error."""
    body = {"code": 20001, "message": str(handler.headers), "status": 400, "token": TOKEN}
    send(handler, 400, json.dumps(body).encode(), {})


def call(status: str = "queued", **fields: Any) -> dict[str, Any]:
    """The Call resource."""
    return {"sid": CALL, "to": "+13105555555", "from": "+12125551234", "status": status} | fields


@contextmanager
def serving(*answers: Answer, certificate: Path | None = None) -> Iterator[Server]:
    """A server for the length of the block; with a *certificate* and its key it speaks TLS."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            form = parse_qs(self.rfile.read(length).decode())
            server.seen.append((self.command, self.path, form))
            server.authorizations.append(self.headers.get("Authorization", ""))
            server.next()(self)

        do_GET = do_POST = do_DELETE = answer  # noqa: N815 - as http.server calls them

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    scheme = "http"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        http.socket = context.wrap_socket(http.socket, server_side=True)
        scheme = "https"
    server = Server(f"{scheme}://127.0.0.1:{http.server_address[1]}", list(answers))
    thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
