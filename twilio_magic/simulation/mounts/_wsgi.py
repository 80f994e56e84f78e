"""A web application answering a ``requests`` request in process: no socket, no thread, no port.

The environment follows PEP 3333. What goes wrong inside the application is kept beside its answer, because the reason
of an "application error" is what people look for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from http.client import HTTPMessage
from io import BytesIO, StringIO
from traceback import format_exception
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable
from urllib.parse import unquote_to_bytes, urlsplit

from flask import got_request_exception, request
from requests.adapters import HTTPAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse

if TYPE_CHECKING:
    from requests import PreparedRequest, Response


WsgiApp = Callable[..., Iterable[bytes]]
#: The attribute of a request with the address that the application sees, where a proxy in between changes it.
SEEN_AS = "seen_as"
_STATUS = re.compile("[1-5][0-9][0-9]( |$)")
_DEFAULT_PORT = {"http": 80, "https": 443}


@runtime_checkable
class _File(Protocol):
    """A body that is read, such as a file that was opened."""

    def read(self, length: int = ..., /) -> str | bytes:
        """All of it."""


class WsgiAdapter(HTTPAdapter):
    """A transport adapter for a ``requests`` session that hands each request to a web application.

    *choose* gives the application for a URL and the path at which it is mounted.
    """

    def __init__(self, choose: Callable[[str], tuple[WsgiApp, str]]) -> None:
        super().__init__()
        self._choose = choose

    def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
        """The application's answer, as if it had come over the network."""
        app, mounted_at = self._choose(request.url or "")
        return self.build_response(request, call_app(app, request, mounted_at))


class AppResponse(HTTPResponse):
    """A response, and in *logged* what went wrong inside the application that gave it."""

    logged: str = ""


def call_app(app: WsgiApp, request: PreparedRequest, mounted_at: str = "") -> AppResponse:
    """What *app* says to *request*."""
    log = StringIO()
    started: list[tuple[str, list[tuple[str, str]]]] = []
    body = BytesIO()

    def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
        started.append((status, headers))
        return body.write

    for chunk in _close_after(app(_environ(request, mounted_at, log), start_response)):
        body.write(chunk)
    status, headers = started[-1]
    return build_raw_response(status, headers, body.getvalue(), log.getvalue())


def _close_after(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """*chunks*, closed behind the last: an application may have something to do then."""
    try:
        yield from chunks
    finally:
        close = getattr(chunks, "close", None)
        if close:
            close()


def guard(app: WsgiApp) -> WsgiApp:
    """*app* as a web server runs it: an exception becomes an answer 500, with its traceback in the error log.

    So does what breaks the rules of PEP 3333: an answer of texts instead of bytes, and one that never began.
    """

    def guarded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        log = environ["wsgi.errors"]

        def note(exception: BaseException) -> None:
            log.write("".join(format_exception(exception)))

        def overhear(_: object, exception: BaseException, **__: Any) -> None:
            if request.environ["wsgi.errors"] is log:  # Flask tells everybody of every request
                note(exception)

        with got_request_exception.connected_to(overhear):  # Flask keeps it to itself otherwise
            try:
                return [_body(app, environ, start_response)]
            except Exception as exception:
                note(exception)
                start_response("500 INTERNAL SERVER ERROR", [("Content-Type", "text/plain")])
                return [b"The application raised an exception."]

    return guarded


def _body(app: WsgiApp, environ: dict[str, Any], start_response: Callable[..., Any]) -> bytes:
    """What *app* answers; raises :class:`TypeError` for what is no answer by the rules of PEP 3333."""
    begun: list[str] = []

    def start(status: str, *rest: Any) -> Any:
        begun.append(status)
        return start_response(status, *rest)

    body = b"".join(_close_after(app(environ, start)))
    if not begun or not _STATUS.match(begun[-1]):
        raise TypeError("start_response() was not called with a status such as 200 OK")
    return body


def build_raw_response(
    status: str, headers: list[tuple[str, str]], body: bytes, logged: str = ""
) -> AppResponse:
    """A response of these parts; *status* is such as ``200 OK``."""
    code, _, reason = status.partition(" ")
    made = AppResponse(
        body=BytesIO(body),
        headers=HTTPHeaderDict(headers),
        status=int(code),
        reason=reason,
        preload_content=False,
        decode_content=False,
        original_response=_carrying_cookies(headers),
    )
    made.logged = logged
    return made


def _carrying_cookies(headers: list[tuple[str, str]]) -> Any:
    """The part of a response in which ``requests`` looks for cookies."""
    message = HTTPMessage()
    for name, value in headers:
        message[name] = value
    return SimpleNamespace(msg=message, isclosed=lambda: True, close=lambda: None)


def _environ(request: PreparedRequest, mounted_at: str, log: StringIO) -> dict[str, Any]:
    parts = urlsplit(getattr(request, SEEN_AS, None) or request.url or "")
    data = _content(request.body)
    script, path = _decode_path(mounted_at), _decode_path(parts.path)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": script,
        "PATH_INFO": path[len(script) :] or "/",
        "QUERY_STRING": parts.query,
        "SERVER_NAME": parts.hostname or "",
        "SERVER_PORT": str(parts.port or _DEFAULT_PORT.get(parts.scheme, 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": BytesIO(data),
        "wsgi.errors": log,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if data:
        environ["CONTENT_LENGTH"] = str(len(data))
    headers = _headers(request.headers)
    headers.pop("HTTP_TRANSFER_ENCODING", None)  # the chunks are joined, as a web server does
    return {"HTTP_HOST": parts.netloc.rpartition("@")[2], **environ, **headers}


def _content(body: str | bytes | _File | Iterable[str | bytes] | None) -> bytes:
    """The bytes of a request's body, which ``requests`` takes as a text, bytes, a file, or chunks."""
    if isinstance(body, _File):
        body = body.read()
    if body is None or isinstance(body, str | bytes):
        return _encode(body or b"")
    return b"".join(map(_encode, body))


def _encode(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def _decode_path(path: str) -> str:
    """*path* as PEP 3333 wants it: its bytes, one character each."""
    return unquote_to_bytes(path).decode("latin-1")


def header_text(value: str | bytes) -> str:
    """The *value* of a header, which ``requests`` also takes as bytes."""
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _headers(headers: Mapping[str, str | bytes]) -> dict[str, str]:
    plain = ("CONTENT_TYPE", "CONTENT_LENGTH")
    return {
        key if key in plain else f"HTTP_{key}": header_text(value)
        for key, value in (
            (name.upper().replace("-", "_"), value) for name, value in headers.items()
        )
    }
