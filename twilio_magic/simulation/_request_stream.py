"""The bytes of a connection to a served world: one request after the other, each until a deadline."""

from __future__ import annotations

import re
from socket import SHUT_WR, socket

from ..deadlines import Deadline
from ._request_body import BadRequest

_PIECE = 2**16
_LONGEST_HEAD = 2**16
_END_OF_HEAD = re.compile(rb"\n\r?\n")
_MOST_DRAINED = 2**24


class RequestStream:
    """What comes over *connection*. Reading raises :class:`TimeoutError` once the deadline of the request is over.

    What was received ahead of a request, because the client sends the next one before it has the answer, is kept.
    """

    def __init__(self, connection: socket) -> None:
        self._connection = connection
        self._deadline = Deadline(None)
        self._ahead = bytearray()

    @property
    def is_ahead(self) -> bool:
        """Whether something was received that is not read yet."""
        return bool(self._ahead)

    def begin(self, seconds: float) -> None:
        """Give the next request *seconds* to arrive as a whole."""
        self._deadline = Deadline(seconds)

    def wait(self, seconds: float) -> bool:
        """Wait so long for the next request to begin; returns whether it does, or raises :class:`TimeoutError`."""
        if not self._ahead:
            self._connection.settimeout(seconds)
            self._ahead += self._connection.recv(_PIECE)
        return bool(self._ahead)

    def read_head(self) -> bytes:
        """The head of a request, with the empty line at its end; nothing where the connection ends before it.

        Raises :class:`BadRequest` for one that is too long, or breaks off.
        """
        ahead, seen = self._ahead, 0
        while True:
            if ahead.startswith((b"\r", b"\n")):  # some clients send an empty line behind a body
                del ahead[: len(ahead) - len(ahead.lstrip(b"\r\n"))]
            found = _END_OF_HEAD.search(ahead, seen)
            if found and found.end() <= _LONGEST_HEAD:
                return self._take(found.end())
            if len(ahead) > _LONGEST_HEAD:
                raise _too_long(ahead)
            seen = max(0, len(ahead) - 2)
            if not self._receive():
                if ahead:
                    raise BadRequest(400, "The request ended in the middle of its head.")
                return b""

    def read(self, length: int) -> bytes:
        """So many bytes; fewer where the connection ends before."""
        while len(self._ahead) < length and self._receive():
            pass
        return self._take(length)

    def readline(self, most: int) -> bytes:
        """The bytes up to the end of the line, but no more than so many."""
        ahead = self._ahead
        while (end := ahead.find(b"\n", 0, most)) < 0 and len(ahead) < most and self._receive():
            pass
        return self._take(end + 1 if end >= 0 else most)

    def drain(self, seconds: float) -> None:
        """Let who is still sending notice the answer, instead of a connection that breaks."""
        self._connection.shutdown(SHUT_WR)
        self.begin(seconds)
        drained = 0
        while drained < _MOST_DRAINED and self._receive():
            drained += len(self._ahead)
            self._ahead.clear()

    def _take(self, length: int) -> bytes:
        taken = bytes(self._ahead[:length])
        del self._ahead[:length]
        return taken

    def _receive(self) -> bool:
        """Receive what is there; returns whether the connection goes on."""
        self._connection.settimeout(self._deadline.remaining())
        piece = self._connection.recv(_PIECE)
        self._ahead += piece
        return bool(piece)


def _too_long(ahead: bytearray) -> BadRequest:
    if 0 <= ahead.find(b"\n") < _LONGEST_HEAD:
        return BadRequest(431, f"The headers are longer than {_LONGEST_HEAD:,} bytes.")
    return BadRequest(414, f"The first line is longer than {_LONGEST_HEAD:,} bytes.")
