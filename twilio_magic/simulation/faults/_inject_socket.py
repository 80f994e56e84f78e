"""Turns a configured fault into a WebSocket that is refused, or that goes wrong.

What comes from the application, and what goes there, passes through a :class:`FaultySocket`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..mounts._socket import ABNORMAL, RefusalKind, SocketRefused

if TYPE_CHECKING:
    from ...tracebacks import Raised
    from ..clock._clock import Clock, Process
    from ..clock._lock import WorldLock
    from ..mounts._socket import Socket, SocketListener
    from ._fault import Effects, Fault

#: Why the handshake fails, by the effect that says so.
_REFUSALS: Mapping[str, tuple[RefusalKind, str]] = {
    "timeout": ("timeout", "no answer to the handshake in time"),
    "unreachable": ("unreachable", "there is no way to it"),
    "refused": ("refused", "no server listens there"),
    "reset": ("broken", "the connection broke before the handshake was answered"),
    "garbled": ("protocol", "the handshake is wrong: its answer is not HTTP"),
    "dns": ("unreachable", "its name is not known"),
    "tls": ("tls", "the TLS handshake failed"),
}


def open_faulty(
    fault: Fault | None,
    connect: Callable[[SocketListener], Socket],
    listener: SocketListener,
    clock: Clock,
    lock: WorldLock,
) -> Socket:
    """The WebSocket that *connect* opens for *listener*, with the *fault* if there is one.

    Raises :class:`SocketRefused` for a fault of the handshake, too.
    """
    if fault is None:
        return connect(listener)
    effects = fault.effects
    for name, (kind, text) in _REFUSALS.items():
        if effects.get(name):
            raise SocketRefused(text, kind)
    status = effects.get("status")
    if status is not None:
        raise SocketRefused(f"the server answered HTTP {status}", "status", status)
    faulty = FaultySocket(effects, listener, clock, lock)
    faulty.inner = connect(faulty)
    faulty.took = faulty.inner.took
    return faulty


class FaultySocket:
    """A WebSocket with *effects*: both ends of it speak through this."""

    inner: Socket

    def __init__(
        self, effects: Effects, listener: SocketListener, clock: Clock, lock: WorldLock
    ) -> None:
        self.took = 0.0
        self._listener = listener
        self._clock = clock
        self._lock = lock
        self._late = effects.get("slow", 0.0)
        self._sends_left = effects.get("drop_after")
        self._malformed_left = effects.get("malformed", 0)
        self._is_dropped = False

    def send(self, frame: str) -> None:
        """Send a text frame: late, if the application reads slowly."""
        if self._late:
            self._clock.start(self._send_late(frame))
        else:
            self._send(frame)

    def _send_late(self, frame: str) -> Process[None]:
        yield self._clock.seconds(self._late)
        with self._lock.laid_down():
            self._send(frame)

    def _send(self, frame: str) -> None:
        if self._is_dropped:
            return
        self.inner.send(frame)
        if self._sends_left is not None:
            self._sends_left -= 1
            if self._sends_left <= 0:
                self._drop()

    def _drop(self) -> None:
        """The connection breaks: neither side sends a closing frame."""
        self._is_dropped = True
        self.inner.close(ABNORMAL, "")
        self._listener.lose(ABNORMAL, "")

    def close(self, code: int, reason: str) -> None:
        """Close the socket."""
        if not self._is_dropped:
            self._is_dropped = True
            self.inner.close(code, reason)

    def receive(self, frame: str | bytes) -> None:
        """Take in a frame of the application; the next ones are cut off, if so many are to be malformed."""
        if self._malformed_left > 0:
            self._malformed_left -= 1
            frame = frame[: len(frame) // 2]
        self._listener.receive(frame)

    def lose(self, code: int, reason: str, raised: Raised | None = None) -> None:
        """The application has closed the socket."""
        if not self._is_dropped:
            self._is_dropped = True
            self._listener.lose(code, reason, raised)

    @property
    def patience(self) -> float:
        """How long the application is waited for now, in real seconds."""
        return self._listener.patience

    @property
    def longest(self) -> float:
        """How long it is waited for at most."""
        return self._listener.longest

    def give_up(self, why: str) -> None:
        """Time goes on without what the application owes."""
        self._listener.give_up(why)

    def warn(self, text: str) -> None:
        """Tell what the application does wrong."""
        self._listener.warn(text)
