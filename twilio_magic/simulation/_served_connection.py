"""What is said over one connection to a served world: requests and their answers, one after the other.

A request is there as a whole, or refused, before the application sees it: nobody waits inside the world for a network.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import partial
from io import BytesIO
from socket import IPPROTO_TCP, TCP_NODELAY, socket
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from ._request_body import BadRequest, read_body
from ._request_head import RequestHead, read_request_head
from ._request_stream import RequestStream
from ._served_answer import refuse_request, run_app
from .clock._log import log_error

if TYPE_CHECKING:
    from ._places import Places
    from .mounts._wsgi import WsgiApp

#: Seconds for a request to arrive as a whole, and for its answer to be taken.
SECONDS = 10.0
#: Seconds for which a connection is kept on which nothing is asked: longer than clients keep theirs.
_SECONDS_IDLE = 75.0
#: Seconds for who is refused to notice the answer before the connection breaks.
SECONDS_TO_NOTICE = 1.0
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_NOT_HEADERS = ("HTTP_CONTENT_LENGTH", "HTTP_CONTENT_TYPE", "HTTP_TRANSFER_ENCODING")


class ServedConnection:
    """Lets *app* answer the requests that come over *connection*, which has one of *places*."""

    def __init__(self, connection: socket, app: WsgiApp, port: int, places: Places) -> None:
        self._connection = connection
        self._app = app
        self._places = places
        self._stream = RequestStream(connection)
        self._environ = {
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": str(port),
            "SCRIPT_NAME": "",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }

    def hold(self) -> None:
        """Answer, until one of the two hangs up."""
        with suppress(OSError):  # who went away, or does not take the answer, needs none
            self._connection.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
            self._stream.begin(SECONDS)
            while self._answer_next() and self._stream.wait(_SECONDS_IDLE):
                self._stream.begin(SECONDS)

    def _answer_next(self) -> bool:
        """Answer the next request, or say why it cannot be read; returns whether another one may come."""
        try:
            if not (head := self._stream.read_head()):
                return False
            request = read_request_head(head)
            body = read_body(request.fields, self._stream, partial(self._let_continue, request))
        except TimeoutError:
            return self._refuse(408, f"The request did not arrive within {SECONDS:g} s.")
        except BadRequest as bad:
            return self._refuse(bad.status, str(bad))
        return self._answer(request, body)

    def _let_continue(self, request: RequestHead) -> None:
        """Let a client send the body that waits to be told so; one that has begun is not told."""
        if request.waits_to_continue and not self._stream.is_ahead:
            self._send(_CONTINUE)

    def _answer(self, request: RequestHead, body: bytes) -> bool:
        if not self._places.begin_answer(self._connection):
            return False
        try:
            self._send(self._run(request, body))
        finally:
            goes_on = self._places.end_answer(self._connection)
        return goes_on and request.keeps_connection

    def _keeps(self, request: RequestHead) -> bool:
        """Whether another request may come behind this one."""
        return request.keeps_connection and not self._places.is_closed

    def _run(self, request: RequestHead, body: bytes) -> bytes:
        """The answer of the application, as it is sent."""
        is_head, environ = request.method == "HEAD", self._environ_of(request, body)
        try:
            answer = run_app(self._app, environ)
            return answer.to_bytes(self._ending(request), is_head=is_head)
        except Exception as error:
            log_error("A request was not answered.", error)
            answer = refuse_request(500, "The simulator failed; its log says why.")
            return answer.to_bytes(self._ending(request), is_head=is_head)

    def _ending(self, request: RequestHead) -> str | None:
        """What an answer says of the connection, unless that is clear."""
        is_kept = self._keeps(request)
        if is_kept == request.is_current:
            return None
        return "keep-alive" if is_kept else "close"

    def _environ_of(self, request: RequestHead, body: bytes) -> dict[str, Any]:
        """The *request* as a web application gets it. Its chunks are joined by now."""
        path, _, query = request.target.partition("?")
        if path.startswith("//"):  # it would name another host in a redirect
            path = "/" + path.lstrip("/")
        environ = {
            **self._environ,
            "SERVER_PROTOCOL": "HTTP/1.1" if request.is_current else "HTTP/1.0",
            "REQUEST_METHOD": request.method,
            "PATH_INFO": unquote(path, "iso-8859-1"),
            "QUERY_STRING": query,
            **request.fields,
            "wsgi.input": BytesIO(body),
            "wsgi.errors": sys.stderr,
        }
        if "HTTP_CONTENT_TYPE" in environ:
            environ["CONTENT_TYPE"] = environ["HTTP_CONTENT_TYPE"]
        if body:
            environ["CONTENT_LENGTH"] = str(len(body))
        for name in _NOT_HEADERS:
            environ.pop(name, None)
        return environ

    def _send(self, answer: bytes) -> None:
        self._connection.settimeout(SECONDS)
        self._connection.sendall(answer)

    def _refuse(self, status: int, sentence: str) -> bool:
        """Say why nothing more is read."""
        self._send(refuse_request(status, sentence).to_bytes("close"))
        self._stream.drain(SECONDS_TO_NOTICE)
        return False
