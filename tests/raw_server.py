"""A server on this machine that writes what it likes, byte by byte: HTTP it knows not."""

from __future__ import annotations

import re
import select
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from tests.waiting import SECONDS

#: Pieces of an answer; a pause of so many seconds is a piece, too.
Pieces = Iterable[bytes | float]
#: A server's address, ``http://127.0.0.1:PORT``, and how many connections it had.
Asked = tuple[str, Callable[[], int]]


def dripping(start: bytes, drop: bytes, pause: float = 0.02) -> Pieces:
    """*start*, and then a *drop* now and then, for ever."""
    yield start
    while True:
        yield pause
        yield drop


def read_request(connection: socket.socket) -> bytes:
    """The whole request: who closes a connection before that breaks it, and its answer is lost."""
    got = b""
    while b"\r\n\r\n" not in got and (more := connection.recv(2**16)):
        got += more
    head, _, body = got.partition(b"\r\n\r\n")
    length = re.search(rb"Content-Length: (\d+)", head)
    while length and len(body) < int(length[1]) and (more := connection.recv(2**16)):
        body += more
    return head + body


def _is_gone(connection: socket.socket) -> bool:
    """Whether the other side has closed *connection*: who writes nothing to it never hears of that otherwise."""
    is_readable, _, _ = select.select([connection], [], [], 0)
    return bool(is_readable) and not connection.recv(1, socket.MSG_PEEK)


@contextmanager
def writing(answer: Callable[[], Pieces], *, reads_first: bool = True) -> Iterator[Asked]:
    """A server that writes the pieces of *answer* on each connection and then closes it.

    It reads the request before, unless *reads_first* is false.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    stopped, threads, count = Event(), list[Thread](), [0]

    def write(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(SECONDS)
            if reads_first:
                read_request(connection)
            for piece in answer():
                if isinstance(piece, bytes):
                    connection.sendall(piece)
                elif stopped.wait(piece) or _is_gone(connection):
                    return

    def accept() -> None:
        with suppress(OSError):  # the listener was shut down
            while True:
                connection, _ = listener.accept()
                count[0] += 1
                threads[1:] = [thread for thread in threads[1:] if thread.is_alive()]
                threads.append(Thread(target=write, args=(connection,)))
                threads[-1].start()

    threads.append(Thread(target=accept))
    threads[0].start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", lambda: count[0]
    finally:
        stopped.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for thread in threads:
            thread.join(SECONDS)
