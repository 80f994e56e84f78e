"""What can answer is told by what it is; what cannot is refused when it is mounted, with what to do instead."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from functools import partial, wraps
from types import ModuleType
from typing import Any

import pytest

import twilio_magic as tm
from tests.calls import Place, heard, told

BASE = "https://ivr.example.com"
HELLO = "<Response><Say>Hello.</Say></Response>"


async def asgi(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        raise NotImplementedError
    headers = [(b"content-type", b"text/xml")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": HELLO.encode()})


def wsgi(environ: Any, start_response: Any) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/xml")])
    return [HELLO.encode()]


class Asgi:
    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await asgi(scope, receive, send)


class Wsgi:
    def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
        return wsgi(environ, start_response)


def wsgi_generator(environ: Any, start_response: Any) -> Iterator[bytes]:
    yield from wsgi(environ, start_response)


async def any_asgi(*args: Any) -> None:
    await asgi(*args)


def any_wsgi(*args: Any) -> list[bytes]:
    return wsgi(*args)


async def optional_asgi(scope: Any, receive: Any = None, send: Any = None) -> None:
    await asgi(scope, receive, send)


def function() -> str:
    return HELLO


def with_request(request: Any) -> str:
    return HELLO if request["CallSid"] else ""


def with_options(request: Any, greeting: str = "Hello.", *, language: str = "en") -> str:
    return f"<Response><Say language='{language}'>{greeting}</Say></Response>"


def with_keywords_alone(*, greeting: str = "Hello.") -> str:
    return f"<Response><Say>{greeting}</Say></Response>"


async def coroutine(request: Any, greeting: str = "Hello.", repeats: int = 1) -> str:
    return f"<Response><Say>{greeting * repeats}</Say></Response>"


def flask_response() -> Any:
    from flask import Response

    return Response(HELLO, mimetype="text/xml")


def scoped(scope: Any, receive: Any, send: Any) -> Any:
    """What a server of ASGI awaits, too, though it is no coroutine function."""
    return asgi(scope, receive, send)


@wraps(asgi)
def wrapped(*arguments: Any) -> Any:
    return asgi(*arguments)


ANSWERS = [
    asgi,
    scoped,
    wrapped,
    Asgi(),
    Asgi().__call__,
    partial(asgi),
    any_asgi,
    optional_asgi,
    wsgi,
    Wsgi(),
    Wsgi().__call__,
    partial(wsgi),
    any_wsgi,
    wsgi_generator,
    function,
    with_request,
    with_options,
    with_keywords_alone,
    coroutine,
    flask_response,
    HELLO,
    HELLO.encode(),
    tm.parse(HELLO),
]


@pytest.mark.parametrize("app", ANSWERS, ids=lambda app: str(getattr(app, "__name__", type(app))))
def test_what_can_answer_answers(place: Place, simulator: tm.Simulator, app: Any) -> None:
    simulator.mount(BASE, app)

    assert heard(place(url=BASE)) == ["Twilio: Hello."]


def three(request: Any, session: Any, database: Any) -> str:
    return HELLO


async def two(request: Any, session: Any) -> str:
    return HELLO


def generator(request: Any) -> Iterator[str]:
    yield HELLO


async def async_generator(request: Any) -> AsyncIterator[str]:
    yield HELLO


def aiohttp_application() -> Any:
    from aiohttp import web

    return web.Application()


def tornado_application() -> Any:
    from tornado import web

    return web.Application()


def short_name(each: Any) -> str:
    """The text of *each* without its address in memory, for the name of a test."""
    return re.sub(r" (at )?0x[0-9a-f]+", "", str(each))[:40]


REFUSED = [
    ("nosuchdoc", "'nosuchdoc' cannot answer", "document or application itself, nosuchdoc"),
    (b"nosuchdoc", "b'nosuchdoc' cannot answer", "itself, nosuchdoc"),
    ("", "'' cannot answer", "<Response>"),
    ("Good day.", "'Good day.' cannot answer", "<Response>"),
    ("x" * 200, f"'{'x' * 60}'… cannot answer", "itself"),
    ("ftp://x", "'ftp://x' cannot answer", "web server: 'http://x'"),
    ("wss://ann:secret@x/ws", "'wss://x/ws' cannot answer", "'http://x/ws'"),
    ("127.0.0.1:5050", "'127.0.0.1:5050' cannot answer", "'http://127.0.0.1:5050'"),
    ("localhost:5050/voice", "'localhost:5050/voice'", "'http://localhost:5050/voice'"),
    ("[::1]:5050", "'[::1]:5050' cannot answer", "'http://[::1]:5050'"),
    ("server.local", "'server.local' cannot answer", "'http://server.local'"),
    ("http://", "'http://' is not the address", "http://127.0.0.1:5050"),
    ("http://[", "'http://[' is not the address", "http://127.0.0.1:5050"),
    ("http://127.0.0.1:99999", "99999' is not the address", "http://127.0.0.1:5050"),
    (three, "it takes (request, session, database)", "takes the request, or nothing"),
    (two, "it is async and takes (request, session)", "takes the request, or nothing"),
    (generator, "function generator cannot answer for a web address: it yields", "returns its"),
    (async_generator, "it yields", "returns its TwiML"),
    (aiohttp_application(), "has a server of its own", "aiohttp.web.run_app(app, port=5050)"),
    (tornado_application(), "has a server of its own", "app.listen(5050)"),
    (7, "7 cannot answer", "Mount a web application"),
    (None, "None cannot answer", "Mount a web application"),
    (dict, "The class dict cannot answer", "Mount a web application"),
    (object(), "A value of the type object cannot answer", "Mount a web application"),
    (ModuleType("ivr"), "A value of the type module ivr cannot answer", "Mount a web application"),
]


@pytest.mark.parametrize(
    ("thing", "message", "hint"),
    REFUSED,
    ids=lambda each: re.sub(r" (at )?0x[0-9a-f]+", "", str(each))[:40],
)
def test_what_cannot_answer_is_refused_with_what_to_do(
    simulator: tm.Simulator, thing: Any, message: str, hint: str
) -> None:
    with pytest.raises(tm.SimulatorError) as refused:
        simulator.mount(BASE, thing)

    assert message in refused.value.message
    assert hint in (refused.value.hint or "")
    assert len(simulator.mounts) == 0


@pytest.mark.parametrize("app", [three, wsgi, asgi, generator, dict, 7])
def test_only_a_function_decorates_an_address(simulator: tm.Simulator, app: Any) -> None:
    with pytest.raises(tm.SimulatorError, match="cannot answer for"):
        simulator.webhook(BASE)(app)


def test_a_function_that_makes_an_application_is_told_what_to_mount(
    place: Place, simulator: tm.Simulator
) -> None:
    def create_app() -> Any:
        from flask import Flask

        return Flask("ivr")

    simulator.mount(BASE, create_app)
    (failed,) = told(place(url=BASE), "failed")

    assert "a function that answers returns TwiML, not <Flask 'ivr'>: mount what it ret" in failed
