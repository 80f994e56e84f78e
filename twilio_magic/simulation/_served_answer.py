"""Runs a web application on a request of a connection, and writes its answer as bytes. Source: PEP 3333; RFC 9112."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from time import time
from typing import TYPE_CHECKING, Any

from ..records import dataclass

if TYPE_CHECKING:
    from .mounts._wsgi import WsgiApp

_WITHOUT_BODY = re.compile("1..|204|304")
_LINE_END = re.compile("[\r\n\0]")


@dataclass(slots=True)
class ServedAnswer:
    """What an application answered."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes

    def to_bytes(self, connection: str | None, *, is_head: bool = False) -> bytes:
        """It as it is sent. *connection* says in a header what becomes of it; a HEAD *is_head* gets no body.

        Raises :class:`ValueError` for headers that would be others on the wire.
        """
        headers, body = list(self.headers), b"" if is_head else self.body
        lengths = [value for name, value in headers if name.lower() == "content-length"]
        has_none = bool(_WITHOUT_BODY.match(self.status))
        is_right = lengths == [str(len(self.body))] or (is_head and len(lengths) == 1)
        if has_none or not is_right:
            headers = [each for each in headers if each[0].lower() != "content-length"]
            if not has_none:
                headers.append(("Content-Length", str(len(self.body))))
        if connection:
            headers.append(("Connection", connection))
        lines = [self.status, *(f"{name}: {value}" for name, value in headers)]
        if any(map(_LINE_END.search, lines)):
            raise ValueError("a header of the answer has more than one line")
        lines[:1] = f"HTTP/1.1 {self.status}", *_own_headers(int(time()))
        head = "\r\n".join([*lines, "", ""]).encode("latin-1")
        return head if has_none else head + body


def run_app(app: WsgiApp, environ: dict[str, Any]) -> ServedAnswer:
    """The answer of *app* to the request in *environ*; raises what it raises."""
    started: list[tuple[str, list[tuple[str, str]]]] = []
    body: list[bytes] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], _: Any = None
    ) -> Callable[[bytes], None]:
        started.append((status, headers))
        return body.append

    pieces: Iterable[bytes] = app(environ, start_response)
    try:
        body.extend(pieces)
    finally:
        if hasattr(pieces, "close"):
            pieces.close()
    return ServedAnswer(*started[-1], b"".join(body))


def refuse_request(status: int, sentence: str) -> ServedAnswer:
    """An answer that says in a *sentence* what is wrong, in the form of Twilio's errors, so that SDKs show it."""
    headers = [("Content-Type", "application/json"), ("X-Content-Type-Options", "nosniff")]
    body = json.dumps({"status": status, "message": sentence}).encode()
    return ServedAnswer(f"{status} {HTTPStatus(status).phrase}", headers, body)


@lru_cache(maxsize=1)
def _own_headers(second: int) -> tuple[str, str]:
    """The headers of a server itself, at a *second* since 1970."""
    return f"Date: {formatdate(second, usegmt=True)}", "Server: twilio-magic"
