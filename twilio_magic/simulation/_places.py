"""Who is connected to a served world: so many at most, and what becomes of them when it is not served any more."""

from __future__ import annotations

from contextlib import suppress
from socket import SHUT_RDWR, socket
from threading import Lock


class Places:
    """Places for so many connections at *most*. One on which nothing is asked gives way to a new one."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._open: set[socket] = set()
        self._answering: set[socket] = set()
        self._idle: dict[socket, None] = {}  # the one that has been idle for longest is the first
        self.is_closed = False

    def take(self, connection: socket) -> bool:
        """Give *connection* a place; returns whether there is one."""
        with self._lock:
            if self.is_closed or (len(self._open) >= self._most and not self._make_room()):
                return False
            self._open.add(connection)
            return True

    def leave(self, connection: socket) -> None:
        """Take back the place of *connection*, which is over."""
        with self._lock:
            self._open.discard(connection)
            self._idle.pop(connection, None)

    def begin_answer(self, connection: socket) -> bool:
        """Note that a request of *connection* is there as a whole; returns whether it may still be answered."""
        with self._lock:
            self._idle.pop(connection, None)
            if connection not in self._open:
                return False
            self._answering.add(connection)
            return True

    def end_answer(self, connection: socket) -> bool:
        """Note that nothing is asked over *connection* now; returns whether something still may be."""
        with self._lock:
            self._answering.discard(connection)
            if not self.is_closed:
                self._idle[connection] = None
            return not self.is_closed

    def close(self) -> frozenset[socket]:
        """Hang up wherever no request is being answered, and let no other be; returns where one is."""
        with self._lock:
            self.is_closed = True
            for connection in self._open - self._answering:
                _hang_up(connection)
            self._open &= self._answering
            return frozenset(self._answering)

    def _make_room(self) -> bool:
        if not self._idle:
            return False
        connection = next(iter(self._idle))
        del self._idle[connection]
        self._open.discard(connection)
        _hang_up(connection)
        return True


def _hang_up(connection: socket) -> None:
    """Let the thread that reads *connection* see its end."""
    with suppress(OSError):  # the other side was first
        connection.shutdown(SHUT_RDWR)
