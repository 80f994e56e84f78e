"""Web applications that do what no web application should, in process and over the network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any

from tests.raw_server import Pieces, dripping

from ._soak import ON_PURPOSE

#: Below this address every path is another misbehavior.
HOSTILE = "https://hostile.example.com"

_ERRORS: tuple[type[BaseException], ...] = (
    ValueError,
    KeyError,
    OSError,
    RecursionError,
    MemoryError,
    StopIteration,
    asyncio.CancelledError,
    GeneratorExit,
    SystemExit,
    KeyboardInterrupt,
    BaseException,
)
_AUDIO = b"RIFF\xff\xff\xff\xffWAVEfmt "
_BODIES = (
    b"",
    b"\x00" * 100,
    b"\xff\xfe<Response/>",
    b"<Response>",
    b"<Response><Say>" + b"<emphasis>" * 500,
    b"<!DOCTYPE r [<!ENTITY a 'aaaa'>]><Response>&a;</Response>",
    b"<Response>" + b"<Pause/>" * 20_000 + b"</Response>",
    b"<Response><Redirect/></Response>",
    b"<Response><Gather><Gather/><Record/></Gather><Dial><Dial/></Dial></Response>",
    b"<Response><Say voice='\xc3\xa9' loop='99999999999999999999'>x</Say></Response>",
    b"<Response><Play>javascript:alert(1)</Play><Dial>client:</Dial></Response>",
    b"x" * 200_000,
)
_TYPES = ("text/xml", "text/html; charset=utf-16", "audio/wav", "image/png", "\u2028", "")


def answer_badly(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """A WSGI application: what it does depends on the path, which ends in a number."""
    number = environ["PATH_INFO"].rpartition("/")[2]
    random = Random(number)  # noqa: S311 - nothing is secret
    return random.choice(_MISBEHAVIORS)(random, start_response)


def hostile_url(random: Random) -> str:
    """An address at which something goes wrong."""
    return f"{HOSTILE}/{random.randrange(10_000)}"


def _raise(random: Random, _: Any) -> Iterable[bytes]:
    raise random.choice(_ERRORS)(ON_PURPOSE)


def _raise_late(random: Random, start_response: Any) -> Iterator[bytes]:
    start_response("200 OK", [("Content-Type", "text/xml")])
    yield b"<Response>"
    raise random.choice(_ERRORS)(ON_PURPOSE)


def _garbage(random: Random, start_response: Any) -> Iterable[bytes]:
    status = random.choice(["200 OK", "204 No Content", "302 Found", "404 Not Found", "503 x"])
    headers = [("Content-Type", random.choice(_TYPES)), ("Location", "/%zz\u00e9/" * 3)]
    start_response(status, headers if random.random() < 0.5 else headers[:1])
    return [_AUDIO if random.random() < 0.1 else random.choice(_BODIES)]


def _no_status(random: Random, start_response: Any) -> Iterable[bytes]:
    if random.random() < 0.5:
        start_response("what?", [])
    return [b"<Response/>"]


def _not_bytes(random: Random, start_response: Any) -> Any:
    start_response("200 OK", [])
    return random.choice([None, 7, "<Response/>", ["<Response/>"], [None], {"a": 1}, object()])


_MISBEHAVIORS: tuple[Callable[[Random, Any], Iterable[bytes]], ...] = (
    _raise,
    _raise,
    _raise_late,
    _garbage,
    _garbage,
    _no_status,
    _not_bytes,
)


def write_badly(random: Random) -> Pieces:
    """What a server writes whose answer never comes, or comes in drops."""
    good = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
    answers: list[Callable[[], Pieces]] = [
        lambda: dripping(b"", b""),
        lambda: dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        lambda: dripping(good, b"a"),
        lambda: dripping(good + b"\r\n<Response><Say>", b"a"),
        lambda: dripping(good + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        lambda: [good, b"Content-Length: 100\r\n\r\n<Response/>"],
        lambda: [b"\x00\xff\r\n\r\n"],
        list,
        lambda: [good, b"\r\n<Response><Pause/></Response>"],
    ]
    return random.choice(answers)()
