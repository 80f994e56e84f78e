"""Requests to a served world as bytes, over one connection or several, and the answers as they came."""

from __future__ import annotations

import re
import socket
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import twilio_magic as tm
from tests.waiting import SECONDS


@dataclass(frozen=True)
class Answer:
    """One answer: its status, its headers by their names in small letters, and its body."""

    status: int
    headers: dict[str, str]
    body: bytes


@contextmanager
def connect(port: int) -> Iterator[socket.socket]:
    """A connection whose pieces are sent as they are written."""
    with socket.create_connection(("127.0.0.1", port), SECONDS) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield connection


def port_of(base_url: str) -> int:
    """The port in *base_url*."""
    return int(base_url.rpartition(":")[2])


def sign(simulator: tm.Simulator) -> str:
    """The header that signs in to the simulated account."""
    account = simulator.credentials
    pair = f"{account.account_sid}:{account.password.reveal()}"
    return f"Authorization: Basic {b64encode(pair.encode()).decode()}"


def write_request(first: str, *headers: str, body: bytes = b"") -> bytes:
    """A request as bytes; *headers* and *body* go together as they are given."""
    return "\r\n".join([first, *headers, "", ""]).encode() + body


def receive_all(connection: socket.socket) -> bytes:
    """All that comes until the other end hangs up."""
    got = b""
    with suppress(ConnectionResetError):
        while more := connection.recv(2**16):
            got += more
    return got


def receive_answer(connection: socket.socket, method: str = "GET") -> Answer:
    """The next answer, and nothing of the one behind it."""
    with connection.makefile("rb", buffering=0) as file:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            byte = file.read(1)
            assert byte, f"the connection ended behind {head!r}"
            head += byte
        answer, _ = _split_head(head)
        length = 0 if method == "HEAD" else int(answer.headers.get("content-length", "0"))
        body = b""
        while len(body) < length:
            more = file.read(length - len(body))
            assert more, "the connection ended in a body"
            body += more
    return Answer(answer.status, answer.headers, body)


def split_answers(text: bytes, methods: Sequence[str]) -> list[Answer]:
    """The answers in *text* to requests with these *methods*; nothing else may be in it."""
    answers: list[Answer] = []
    while text:
        answer, text = _split_head(text)
        method = methods[len(answers)]
        length = 0 if method == "HEAD" else int(answer.headers.get("content-length", "0"))
        answers.append(Answer(answer.status, answer.headers, text[:length]))
        text = text[length:]
    return answers


def _split_head(text: bytes) -> tuple[Answer, bytes]:
    head, _, rest = text.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    found = re.fullmatch(r"HTTP/1\.1 (\d{3}) .+", first)
    assert found, first
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return Answer(int(found[1]), headers, b""), rest
