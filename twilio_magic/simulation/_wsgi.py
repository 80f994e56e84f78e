"""A web application answering a ``requests`` request in process: no socket, no thread, no port.

The environment follows PEP 3333; what the application logs to ``wsgi.errors`` is kept, because Flask writes there
the traceback of a failing view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO, StringIO
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit

from requests.adapters import HTTPAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse

if TYPE_CHECKING:
    from requests import PreparedRequest, Response

Wsgi = Callable[..., Iterable[bytes]]
_DEFAULT_PORT = {"http": 80, "https": 443}


class WsgiAdapter(HTTPAdapter):
    """A transport adapter for a ``requests`` session that hands each request to a web application.

    *choose* gives the application for a URL and the path at which it is mounted.
    """

    def __init__(self, choose: Callable[[str], tuple[Wsgi, str]]) -> None:
        super().__init__()
        self._choose = choose

    def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
        """The application's answer, as if it had come over the network."""
        app, mounted_at = self._choose(request.url or "")
        return self.build_response(request, answer(app, request, mounted_at))


def answer(app: Wsgi, request: PreparedRequest, mounted_at: str = "") -> HTTPResponse:
    """What *app* says to *request*; ``answer.logged`` is what it wrote to its error log."""
    log = StringIO()
    started: list[tuple[str, list[tuple[str, str]]]] = []
    body = BytesIO()

    def start_response(
        status: str,
        headers: list[tuple[str, str]],
        _: tuple[type[BaseException], BaseException, TracebackType] | None = None,
    ) -> Callable[[bytes], object]:
        started.append((status, headers))
        return body.write

    chunks = app(_environ(request, mounted_at, log), start_response)
    try:
        for chunk in chunks:
            body.write(chunk)
    finally:
        close = getattr(chunks, "close", None)
        if close:
            close()
    status, headers = started[-1]
    code, _, reason = status.partition(" ")
    body.seek(0)
    response = HTTPResponse(
        body=body,
        headers=HTTPHeaderDict(headers),
        status=int(code),
        reason=reason,
        preload_content=False,
        decode_content=False,
    )
    response.logged = log.getvalue()  # type: ignore[attr-defined] # our own note on their object
    return response


def _environ(request: PreparedRequest, mounted_at: str, log: StringIO) -> dict[str, Any]:
    parts = urlsplit(request.url or "")
    content = request.body or b""
    data = content.encode() if isinstance(content, str) else content
    path = unquote_to_bytes(parts.path).decode("latin-1")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": mounted_at,
        "PATH_INFO": path[len(mounted_at) :] or "/",
        "QUERY_STRING": parts.query,
        "SERVER_NAME": parts.hostname or "",
        "SERVER_PORT": str(parts.port or _DEFAULT_PORT.get(parts.scheme, 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(data)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": BytesIO(data),
        "wsgi.errors": log,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    return {"HTTP_HOST": parts.netloc.rpartition("@")[2], **environ, **_headers(request.headers)}


def _headers(headers: Mapping[str, str]) -> dict[str, str]:
    plain = ("CONTENT_TYPE", "CONTENT_LENGTH")
    return {
        key if key in plain else f"HTTP_{key}": str(value)
        for key, value in (
            (name.upper().replace("-", "_"), value) for name, value in headers.items()
        )
    }
