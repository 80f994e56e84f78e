"""A server on this machine that speaks WebSocket byte by byte, right or wrong."""

from __future__ import annotations

import base64
import hashlib
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread

from tests.raw_server import read_request
from tests.waiting import SECONDS

_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


class Peer:
    """The server's end of one connection; *request* is that of the handshake."""

    def __init__(self, connection: socket.socket) -> None:
        connection.settimeout(SECONDS)
        self.connection = connection
        self.request = read_request(connection)

    def accept(self, more: str = "") -> None:
        """Answer the handshake as it should be, with *more* headers."""
        key = re.search(rb"(?i)sec-websocket-key: (\S+)", self.request)
        assert key
        accept = base64.b64encode(hashlib.sha1(key[1] + _MAGIC, usedforsecurity=False).digest())
        head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        told = f"{head}{more}Sec-WebSocket-Accept: {accept.decode()}\r\n\r\n"
        self.connection.sendall(told.encode())

    def send(self, kind: int, payload: bytes, *, is_last: bool = True) -> None:
        """Send a frame."""
        size = len(payload)
        length = bytes([size]) if size < 126 else b"\x7f" + size.to_bytes(8)
        self.connection.sendall(bytes([kind | (128 if is_last else 0)]) + length + payload)

    def close(self, code: int, reason: bytes = b"") -> None:
        """Send a close frame."""
        self.send(CLOSE, code.to_bytes(2) + reason)

    def receive(self) -> tuple[int, bytes]:
        """The next frame: its kind and payload."""
        head = self._read(2)
        size = head[1] & 127
        if size >= 126:
            size = int.from_bytes(self._read(2 if size == 126 else 8))
        mask, masked = self._read(4), self._read(size)
        return head[0] & 15, bytes(byte ^ mask[at % 4] for at, byte in enumerate(masked))

    def serve(self, *, pongs: bool = True) -> tuple[int, bytes]:
        """Answer pings, and take all frames in until one closes the connection, which is returned."""
        while True:
            kind, payload = self.receive()
            if kind == PING and pongs:
                self.send(PONG, payload)
            if kind == CLOSE:
                return kind, payload

    def _read(self, size: int) -> bytes:
        got = b""
        while len(got) < size:
            more = self.connection.recv(size - len(got))
            if not more:
                raise ConnectionError
            got += more
        return got


@contextmanager
def serving(talk: Callable[[Peer], None]) -> Iterator[str]:
    """A server that lets *talk* speak on each connection and then closes it; gives its address."""
    listener = socket.create_server(("127.0.0.1", 0))

    def handle(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            talk(Peer(connection))

    def accept() -> None:
        with suppress(OSError):  # the listener was shut down
            while True:
                connection, _ = listener.accept()
                threads.append(Thread(target=handle, args=(connection,)))
                threads[-1].start()

    threads = [Thread(target=accept)]
    threads[0].start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for thread in threads:
            thread.join(SECONDS)
