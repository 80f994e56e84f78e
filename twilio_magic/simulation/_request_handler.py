"""Reads a request to a served world, and answers it.

It is there as a whole, or refused, before the application sees it: nobody waits inside the world for a network.
"""

from __future__ import annotations

import json
import socket
from contextlib import suppress
from http import HTTPStatus
from io import BufferedReader, BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from wsgiref.simple_server import ServerHandler, WSGIRequestHandler, WSGIServer

from ..deadlines import Deadline, DeadlineReader
from ._request_body import BadRequest, read_body

if TYPE_CHECKING:
    from .mounts._wsgi import WsgiApp

#: Seconds for a request to arrive as a whole, and for its answer to be taken.
SECONDS = 10.0
_SECONDS_TO_NOTICE = 1.0
_MOST_DRAINED = 2**24
_LONGEST_LINE = 2**16


class _Responder(ServerHandler):
    """Runs the application on a request. Whoever does not take the answer counts as gone."""

    def _write(self, data: bytes) -> None:
        try:
            super()._write(data)
        except TimeoutError:
            raise ConnectionAbortedError("the answer was not taken in time") from None


class RequestHandler(WSGIRequestHandler):
    """Serves one request of a connection, without writing a log."""

    server: WSGIServer
    timeout = SECONDS
    default_request_version = "HTTP/1.0"
    requestline = command = ""
    request_version = default_request_version
    _body = b""

    def setup(self) -> None:
        """Read the connection until a deadline, at whatever pace bytes come."""
        super().setup()
        reader = DeadlineReader(self.connection, Deadline(SECONDS), self.rfile)
        self.rfile = BufferedReader(reader)

    def handle(self) -> None:
        """Answer the request, or say why it cannot be read."""
        try:
            is_read = self._read_request()
        except TimeoutError:
            self.send_error(408, f"The request did not arrive within {SECONDS:g} s.")
        except BadRequest as bad:
            self.send_error(bad.status, str(bad))
        else:
            if is_read:
                self._respond()

    def _read_request(self) -> bool:
        """Read the request up to its end; returns whether there is one that was not answered yet."""
        self.raw_requestline = self.rfile.readline(_LONGEST_LINE + 1)
        if len(self.raw_requestline) > _LONGEST_LINE:
            raise BadRequest(414, f"The first line is longer than {_LONGEST_LINE:,} bytes.")
        if not self.raw_requestline or not self.parse_request():
            return False
        self._body = read_body(self.headers, self.rfile)
        return True

    def _respond(self) -> None:
        self.connection.settimeout(SECONDS)
        body, environ = BytesIO(self._body), self.get_environ()
        responder = _Responder(body, cast("BinaryIO", self.wfile), self.get_stderr(), environ)
        responder.request_handler = self  # type: ignore[attr-defined] # as in the base class
        responder.run(cast("WsgiApp", self.server.get_app()))

    def get_environ(self) -> dict[str, Any]:
        """The request alone: the base class makes up a type for one that has none."""
        environ: dict[str, Any] = super().get_environ()
        if "Content-Type" not in self.headers:
            del environ["CONTENT_TYPE"]
        environ.pop("HTTP_TRANSFER_ENCODING", None)  # the chunks are joined by now
        environ.pop("CONTENT_LENGTH", None)
        if self._body:
            environ["CONTENT_LENGTH"] = str(len(self._body))
        return environ

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with an error in the form of Twilio's, so that SDKs show it."""
        status = HTTPStatus(code)
        said = message or explain or status.description or status.phrase
        body = json.dumps({"status": code, "message": said}).encode()
        with suppress(OSError):  # who went away needs no answer
            self.connection.settimeout(SECONDS)
            self.send_response(code, status.phrase)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            self.wfile.write(body)
            self._drain()

    def _drain(self) -> None:
        """Let who is still sending notice the answer, instead of a connection that breaks."""
        self.connection.shutdown(socket.SHUT_WR)
        reader, buffer = (
            DeadlineReader(self.connection, Deadline(_SECONDS_TO_NOTICE)),
            bytearray(2**16),
        )
        drained = 0
        while drained < _MOST_DRAINED and (count := reader.readinto(buffer)):
            drained += count

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
