"""The same menu as an application of each framework, as its users write it. None knows of the simulator.

``/voice`` asks for a key, ``/key`` says which it was. Each refuses a request whose signature is not Twilio's.
"""

import asyncio
import sys
from collections.abc import Callable, Mapping
from contextlib import asynccontextmanager
from types import ModuleType
from typing import Any

from twilio.request_validator import RequestValidator

MENU = '<Response><Gather numDigits="1" action="/key"><Say>Press a key.</Say></Gather></Response>'
XML = "text/xml"


def answer(path: str, url: str, form: Mapping[str, str], signature: str, token: str) -> str:
    """The document for a request, as the user of any framework would write it."""
    if not RequestValidator(token).validate(url, dict(form), signature):
        raise PermissionError(url)
    if path == "/voice":
        return MENU
    return f"<Response><Say>You pressed {form['Digits']}.</Say></Response>"


def asks(work: Any) -> Any:
    """An ASGI application that does *work*, and answers with a greeting."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError
        await work()
        headers = [(b"content-type", b"text/xml")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"<Response><Say>Hi.</Say></Response>"})

    return app


def flask(token: str) -> Any:
    from flask import Flask, Response, request

    app = Flask("menu")

    @app.post("/<path>")
    def serve(path: str) -> Response:
        signature = request.headers["X-Twilio-Signature"]
        return Response(
            answer(request.path, request.url, request.form, signature, token), mimetype=XML
        )

    return app


def flask_async(token: str) -> Any:
    """Its views are ``async``: Flask runs each on an event loop of its own, through asgiref."""
    from flask import Flask, Response, request

    app = Flask("menu")

    @app.post("/<path>")
    async def serve(path: str) -> Response:
        await asyncio.sleep(0)
        signature = request.headers["X-Twilio-Signature"]
        return Response(
            answer(request.path, request.url, request.form, signature, token), mimetype=XML
        )

    return app


def fastapi(token: str) -> Any:
    """With a lifespan, an ``async`` and a plain endpoint, a background task, and a route for WebSockets."""
    from fastapi import BackgroundTasks, FastAPI, Form, Request, Response, WebSocket

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> Any:
        app.state.log.append("starts")
        yield {"menu": "open"}
        app.state.log.append("ends")

    app = FastAPI(lifespan=lifespan)
    app.state.log = []

    @app.post("/voice")
    async def voice(request: Request) -> Response:
        assert request.state.menu == "open"
        form, signature = await request.form(), request.headers["x-twilio-signature"]
        return Response(answer("/voice", str(request.url), form, signature, token), media_type=XML)  # type: ignore[arg-type]

    @app.post("/key")
    def key(request: Request, later: BackgroundTasks, Digits: str = Form(...)) -> Response:  # noqa: N803
        later.add_task(app.state.log.append, f"pressed {Digits}")
        return Response(f"<Response><Say>You pressed {Digits}.</Say></Response>", media_type=XML)

    @app.websocket("/ws")
    async def listen(socket: WebSocket) -> None:
        await socket.accept()

    return app


def starlette(token: str) -> Any:
    """With an answer in pieces."""
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import StreamingResponse
    from starlette.routing import Route

    async def serve(request: Request) -> StreamingResponse:
        form, signature = await request.form(), request.headers["x-twilio-signature"]
        text = answer(request.url.path, str(request.url), form, signature, token)  # type: ignore[arg-type]
        return StreamingResponse(iter([text[:9], text[9:]]), media_type=XML)

    return Starlette(routes=[Route("/{path}", serve, methods=["POST"])])


def quart(token: str) -> Any:
    from quart import Quart, Response, request

    app = Quart("menu")

    @app.post("/<path>")
    async def serve(path: str) -> Response:
        form, signature = await request.form, request.headers["X-Twilio-Signature"]
        return Response(answer(request.path, request.url, form, signature, token), mimetype=XML)

    return app


def django_asgi(token: str) -> Any:
    _set_up_django(token)
    from django.core.asgi import get_asgi_application

    return get_asgi_application()


def django_wsgi(token: str) -> Any:
    _set_up_django(token)
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def django_asgi_async(token: str) -> Any:
    app = django_asgi(token)
    _make_django_asynchronous()
    return app


def django_wsgi_async(token: str) -> Any:
    app = django_wsgi(token)
    _make_django_asynchronous()
    return app


def _set_up_django(token: str) -> None:
    import django
    from django.conf import settings
    from django.http import HttpRequest, HttpResponse

    def serve(request: HttpRequest, path: str) -> HttpResponse:
        url, signature = request.build_absolute_uri(), request.headers["X-Twilio-Signature"]
        text = answer(request.path, url, request.POST.dict(), signature, token)
        return HttpResponse(text, content_type=XML)

    if not settings.configured:
        settings.configure(
            DEBUG=False,
            ROOT_URLCONF="menu_urls",
            SECRET_KEY="for the test",
            ALLOWED_HOSTS=["ivr.example.com"],
            LOGGING_CONFIG=None,
            SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
        )
        django.setup()
    _serve_in_django(serve)


def _make_django_asynchronous() -> None:
    """Let an ``async`` view answer that does the same."""
    (route,) = sys.modules["menu_urls"].urlpatterns

    async def serve(request: Any, path: str) -> Any:
        await asyncio.sleep(0)
        return route.callback(request, path)

    _serve_in_django(serve)


def _serve_in_django(view: Callable[..., Any]) -> None:
    from django.urls import clear_url_caches, path

    urls = sys.modules["menu_urls"] = ModuleType("menu_urls")
    urls.urlpatterns = [path("<path>", view)]  # type: ignore[attr-defined]
    clear_url_caches()


FRAMEWORKS: dict[str, Callable[[str], Any]] = {
    each.__name__: each
    for each in (
        flask,
        flask_async,
        fastapi,
        starlette,
        quart,
        django_asgi,
        django_wsgi,
        django_asgi_async,
        django_wsgi_async,
    )
}
