"""The bytes of a WebSocket on a stream, by the protocol of the library ``websockets`` without its input and output.

Source: RFC 6455, "The WebSocket Protocol".
"""

from __future__ import annotations

import selectors
import ssl
from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from weakref import finalize

from websockets.client import ClientProtocol
from websockets.exceptions import InvalidHandshake, InvalidMessage
from websockets.frames import CloseCode, Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import State
from websockets.uri import parse_uri

from ._socket import ABNORMAL, MOST_BYTES

if TYPE_CHECKING:
    import socket

_CHUNK = 2**16
_LATER = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)
#: What the application sends: a text, bytes, or the payload of a pong.
Message = str | bytes


class WebSocketConnection:
    """Twilio's end of a WebSocket to *url* on a connected *stream*. Nothing waits but :meth:`pump`.

    *messages* are those that came, and *pongs* the payloads of the answers to pings.
    """

    def __init__(self, stream: socket.socket, url: str) -> None:
        stream.setblocking(False)
        self._stream = stream
        self._selector = selectors.DefaultSelector()
        self._selector.register(stream, selectors.EVENT_READ)
        self._finalizer = finalize(self, _close, self._selector, stream)
        plain = urlsplit(url)._replace(netloc=urlsplit(url).netloc.rpartition("@")[2])
        self._url = plain
        self._protocol = ClientProtocol(parse_uri(plain.geturl()), max_size=MOST_BYTES)
        self._out = bytearray()
        self._parts: list[bytes] = []
        self._is_text = False
        self._is_cut = False
        self.response: Response | None = None
        self.messages: deque[Message] = deque()
        self.pongs: deque[bytes] = deque()

    def build_request(self, headers: Mapping[str, str], target: str = "") -> Request:
        """The request of the handshake, with *headers*, for the path and query *target* if it is another."""
        request = self._protocol.connect()
        own = {name.lower() for name in headers} & {"host"}
        for name in own:
            del request.headers[name]
        for name, value in headers.items():
            request.headers[name] = value
        return Request(target or request.path, request.headers)

    def send_request(self, request: Request) -> None:
        """Ask for the WebSocket."""
        self._protocol.send_request(request)
        self._flush()

    @property
    def problem(self) -> str:
        """What is wrong with the answer to the handshake; empty if nothing is."""
        error = self._protocol.handshake_exc
        if error is None or isinstance(error, EOFError) or isinstance(error.__cause__, EOFError):
            return ""
        is_answer = isinstance(error, InvalidHandshake) and not isinstance(error, InvalidMessage)
        return str(error) if is_answer else "its answer is not HTTP"

    @property
    def _has_ended(self) -> bool:
        """Whether the connection has ended, or is closed because nobody has its world any more."""
        return self._is_cut or not self._finalizer.alive

    @property
    def is_open(self) -> bool:
        """Whether frames may be sent."""
        return self._protocol.state is State.OPEN and not self._has_ended

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes: the connection has ended, or both sides have sent a close frame."""
        protocol = self._protocol
        return self._has_ended or (
            protocol.state is not State.OPEN and protocol.close_rcvd is not None
        )

    @property
    def end(self) -> tuple[int, str]:
        """The code and the reason of the close: the application's, or of what was wrong with its frames."""
        protocol = self._protocol
        close = protocol.close_rcvd or protocol.close_sent
        return (int(close.code), close.reason) if close else (ABNORMAL, "")

    @property
    def is_readable(self) -> bool:
        """Whether something has come, or the connection has ended, that nobody has looked at."""
        if self._has_ended:
            return False
        return bool(self._pending or any(mask & 1 for _, mask in self._selector.select(0)))

    @property
    def _pending(self) -> int:
        return self._stream.pending() if isinstance(self._stream, ssl.SSLSocket) else 0

    def send_text(self, text: str) -> None:
        """Send a text frame."""
        self._protocol.send_text(text.encode())
        self._flush()

    def ping(self, payload: bytes) -> None:
        """Send a ping; the pong has the same *payload*."""
        self._protocol.send_ping(payload)
        self._flush()

    def send_close(self, code: int, reason: str) -> None:
        """Send a close frame, unless the connection is closing."""
        if self.is_open:
            self._protocol.send_close(code, reason)
            self._flush()

    def pump(self, seconds: float, most: int = 2**18) -> bool:
        """Wait so long at most until something comes, and take it in; returns whether messages or an end came.

        So many bytes are read at *most*: a server may send faster than anybody reads.
        """
        if self._has_ended:
            return True
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if self._out else 0)
        self._selector.modify(self._stream, events)
        self._selector.select(0 if self._pending else max(0.0, seconds))
        self._selector.modify(self._stream, selectors.EVENT_READ)
        before = len(self.messages)
        self._read(most)
        self._flush()
        return len(self.messages) > before or self.is_over

    def release(self) -> None:
        """Close the stream."""
        self._is_cut = True
        self._finalizer()

    def _read(self, left: int) -> None:
        """Read what is there, so many bytes or a little more at most."""
        while left > 0:
            try:
                data = self._stream.recv(_CHUNK)
            except _LATER:
                return
            except OSError:
                data = b""
            left -= len(data)
            if not data:
                self._is_cut = True
                self._protocol.receive_eof()
                return
            self._protocol.receive_data(data)
            for event in self._protocol.events_received():
                self._take(event)

    def _take(self, event: Any) -> None:
        if isinstance(event, Response):
            self.response = event
        elif isinstance(event, Frame) and event.opcode is Opcode.PONG:
            self.pongs.append(bytes(event.data))
        elif isinstance(event, Frame) and event.opcode in (
            Opcode.TEXT,
            Opcode.BINARY,
            Opcode.CONT,
        ):
            self._take_part(event)

    def _take_part(self, frame: Frame) -> None:
        """Take in a frame of a message, which may be one of several."""
        if frame.opcode is not Opcode.CONT:
            self._is_text = frame.opcode is Opcode.TEXT
        self._parts.append(bytes(frame.data))
        if not frame.fin:
            return
        whole, self._parts = b"".join(self._parts), []
        try:
            self.messages.append(whole.decode() if self._is_text else whole)
        except UnicodeDecodeError:
            self._protocol.fail(CloseCode.INVALID_DATA, "a text that is no UTF-8")

    def _flush(self) -> None:
        """Write what can be written now; the rest waits for :meth:`pump`."""
        for data in self._protocol.data_to_send():
            self._out += data
        try:
            while self._out:
                del self._out[: self._stream.send(self._out)]
        except _LATER:
            return
        except OSError:  # reading finds the end
            self._out.clear()


def _close(selector: selectors.BaseSelector, stream: socket.socket) -> None:
    selector.close()
    stream.close()
