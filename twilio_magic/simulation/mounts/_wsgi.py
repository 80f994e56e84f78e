"""Runs a WSGI application (PEP 3333) on a request of ``requests``, in process: no socket, no thread, no port.

The error log of the application is kept with its response, because it has the reason of an "application error".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from http.client import HTTPMessage
from io import BytesIO, StringIO
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable
from urllib.parse import unquote_to_bytes, urlsplit

from requests.adapters import HTTPAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse

from ..clock._running_loop import run_foreign_outside_loop
from ._app_answer import AppAnswer, PlainResponse
from ._raised import note_unhandled

if TYPE_CHECKING:
    from requests import PreparedRequest, Response

    from ...tracebacks import Raised

WsgiApp = Callable[..., Iterable[bytes]]
#: The attribute of a prepared request with the URL that the application sees, if a proxy changes it.
SEEN_AS = "seen_as"
#: How much of an answer is read: more than any document or file of sound that is used.
MOST_BYTES = 2**26
_STATUS = re.compile("[1-5][0-9][0-9]( |$)")
DEFAULT_PORT = {"http": 80, "https": 443}


@runtime_checkable
class _File(Protocol):
    """The body of a request given as an open file."""

    def read(self, length: int = ..., /) -> str | bytes:
        """The content, up to *length*."""


class WsgiAdapter(HTTPAdapter):
    """A transport adapter for a ``requests`` session that hands each request to a WSGI application.

    *choose* returns the application for a URL, and the path at which it is mounted. A session of our own gets responses
    that are :class:`PlainResponse`, where they can be; those of users are as from a network in every part.
    """

    def __init__(
        self, choose: Callable[[str], tuple[WsgiApp, str]], *, is_own: bool = False
    ) -> None:
        super().__init__()
        self._choose = choose
        self._is_own = is_own

    def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
        """The response of the application, as if it had come over the network."""
        app, mounted_at = self._choose(request.url or "")
        answer = call_app(app, request, mounted_at)
        if self._is_own:
            return respond(self, request, answer)
        return self.build_response(request, to_raw_response(answer))


def respond(adapter: HTTPAdapter, request: PreparedRequest, answer: AppAnswer) -> Response:
    """The response to *request* that *answer* is, made by *adapter* unless it is plain."""
    if answer.is_plain:
        return PlainResponse(request, answer)
    return adapter.build_response(request, to_raw_response(answer))


class AppResponse(HTTPResponse):
    """A response of an application that *took* so many simulated seconds.

    *raised* is the exception that it raised, and *logged* what went to its error log.
    """

    raised: Raised | None = None
    logged: str = ""
    took: float = 0.0
    #: Whether the body is as its headers say it is, and not packed: it is read as it is.
    is_plain = False

    def stream(
        self, amt: int | None = 2**16, decode_content: bool | None = None
    ) -> Generator[bytes]:
        """The body in pieces of *amt* bytes: what urllib3 makes of a body that may be packed or cut."""
        if not (self.is_plain and amt and self._fp):
            yield from super().stream(amt, decode_content)
            return
        yield from iter(partial(self._fp.read, amt), b"")
        self._fp.close()


def call_app(app: WsgiApp, request: PreparedRequest, mounted_at: str = "") -> AppAnswer:
    """Call *app* with *request*, and return what it answers."""
    log = StringIO()
    started: list[tuple[str, list[tuple[str, str]]]] = []
    body = BytesIO()

    def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
        started.append((status, headers))
        return body.write

    for chunk in _close_after(app(build_environ(request, mounted_at, log), start_response)):
        body.write(chunk)
        if body.tell() > MOST_BYTES:
            break
    status, headers = started[-1]
    return AppAnswer(status, headers, body.getvalue(), log.getvalue())


def _close_after(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield *chunks* and then close them, as PEP 3333 asks: applications clean up then."""
    try:
        yield from chunks
    finally:
        close = getattr(chunks, "close", None)
        if close:
            close()


def guard_app(app: WsgiApp) -> WsgiApp:
    """Wrap *app* as a web server does: an exception becomes a response 500, and is noted.

    A response that breaks the rules of PEP 3333 is such an exception: texts instead of bytes, or no status. What is no
    :class:`Exception`, such as ``SystemExit``, is raised.
    """

    def run_guarded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            return [run_foreign_outside_loop(_read_body, app, environ, start_response)]
        except Exception as exception:
            note_unhandled(exception)
            start_response("500 INTERNAL SERVER ERROR", [("Content-Type", "text/plain")])
            return [b"The application raised an exception."]

    return run_guarded


def _read_body(app: WsgiApp, environ: dict[str, Any], start_response: Callable[..., Any]) -> bytes:
    """The body of the response of *app*; raises :class:`TypeError` if it breaks the rules of PEP 3333."""
    statuses: list[str] = []

    def start(status: str, *rest: Any) -> Any:
        statuses.append(status)
        return start_response(status, *rest)

    read = BytesIO()
    for chunk in _close_after(app(environ, start)):
        read.write(chunk)
        if read.tell() > MOST_BYTES:
            break
    body = read.getvalue()
    if not statuses or not _STATUS.match(statuses[-1]):
        raise TypeError("start_response() was not called with a status such as 200 OK")
    return body


def to_raw_response(answer: AppAnswer) -> AppResponse:
    """The response of urllib3 that *answer* is."""
    headers, body = answer.headers, answer.body
    code, _, reason = answer.status.partition(" ")
    response = AppResponse(
        body=BytesIO(body),
        headers=HTTPHeaderDict(headers),
        status=int(code),
        reason=reason,
        preload_content=False,
        decode_content=False,
        original_response=_original_response(headers),
    )
    response.logged, response.raised, response.took = answer.logged, answer.raised, answer.took
    response.is_plain = _is_plain(response, len(body))
    return response


def _is_plain(response: AppResponse, length: int) -> bool:
    """Whether a body of this *length* is that of *response* as it stands."""
    headers = response.headers
    is_packed = "Content-Encoding" in headers or "Transfer-Encoding" in headers
    has_body = response.status >= 200 and response.status not in (204, 304)
    return has_body and not is_packed and headers.get("Content-Length", str(length)) == str(length)


def _original_response(headers: list[tuple[str, str]]) -> Any:
    """A stand-in for the ``http.client`` response, in which ``requests`` looks for cookies; none without cookies."""
    if not any(name.lower().startswith("set-cookie") for name, _ in headers):
        return None
    message = HTTPMessage()
    for name, value in headers:
        message[name] = value
    return SimpleNamespace(msg=message, isclosed=lambda: True, close=lambda: None)


def build_environ(request: PreparedRequest, mounted_at: str, log: StringIO) -> dict[str, Any]:
    """The environment of PEP 3333 for *request* to an application at *mounted_at*."""
    data = content(request.body)
    host, name, port, scheme, script, path, query = _read_address(
        getattr(request, SEEN_AS, None) or request.url or "", mounted_at
    )
    environ: dict[str, Any] = {
        "HTTP_HOST": host,
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": script,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": name,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": BytesIO(data),
        "wsgi.errors": log,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if data:
        environ["CONTENT_LENGTH"] = str(len(data))
    headers = _headers(request.headers)
    headers.pop("HTTP_TRANSFER_ENCODING", None)  # the chunks are joined by now, as in a web server
    return environ | headers


@lru_cache(maxsize=256)
def _read_address(url: str, mounted_at: str) -> tuple[str, str, str, str, str, str, str]:
    """What an environment says of an address: host, its name and port, scheme, path of the mount and below, query."""
    parts = urlsplit(url)
    script, path = _decode_path(mounted_at), _decode_path(parts.path)
    host, port = parts.netloc.rpartition("@")[2], parts.port or DEFAULT_PORT.get(parts.scheme, 80)
    at = host, parts.hostname or "", str(port), parts.scheme
    return *at, script, path[len(script) :] or "/", parts.query


def content(body: str | bytes | _File | Iterable[str | bytes] | None) -> bytes:
    """The bytes of a request's body, which may be a text, bytes, a file, or chunks."""
    if body is None or isinstance(body, str | bytes):
        return _encode(body or b"")
    if isinstance(body, _File):
        return _encode(body.read())
    return b"".join(map(_encode, body))


def _encode(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def _decode_path(path: str) -> str:
    """*path* as PEP 3333 has it: each byte is one character."""
    return unquote_to_bytes(path).decode("latin-1")


def header_text(value: str | bytes) -> str:
    """The *value* of a header, which may be bytes in ``requests``."""
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _headers(headers: Mapping[str, str | bytes]) -> dict[str, str]:
    """The headers under their names in a WSGI environment."""
    return {_variable(name): header_text(value) for name, value in headers.items()}


@lru_cache(maxsize=256)
def _variable(name: str) -> str:
    """The name of the header *name* in a WSGI environment."""
    key = name.upper().replace("-", "_")
    return key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
