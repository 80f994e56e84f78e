"""Twilio's end of a WebSocket, whatever carries it to the application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from ...tracebacks import Raised

#: The largest message that is taken from an application, in bytes; a larger one closes the socket with 1009.
MOST_BYTES = 2**24
TOO_BIG = 1009
#: So many frames in a row are no answer, but come from who sends without a pause.
MOST_FRAMES = 5_000
#: How many it may send in each simulated second then, if it is in process.
FRAMES_HELD_UP = 1_000
#: What either side sees where the connection ends without a closing frame.
ABNORMAL = 1006

#: Why no WebSocket was opened: nobody answered in time; no port is open; the host is not known or not reached; the
#: certificate or its handshake is bad; the connection broke; the answer is no 101, or no handshake at all.
RefusalKind = Literal["timeout", "refused", "unreachable", "tls", "broken", "status", "protocol"]


def web_address(url: str) -> str:
    """The web address of the server that answers WebSockets to *url*: ``https://`` for ``wss://``."""
    return f"http{url[2:]}" if url.startswith(("ws://", "wss://")) else url


class SocketListener(Protocol):
    """Is told what comes from the application."""

    def receive(self, frame: str | bytes) -> None:
        """Take in a text or binary frame."""

    def lose(self, code: int, reason: str, raised: Raised | None = None) -> None:
        """The application has closed the socket, or dropped it, because of what it *raised* if it did."""

    @property
    def patience(self) -> float:
        """How long the application is waited for now, which owes an answer, in real seconds; 0 if it owes none."""

    @property
    def longest(self) -> float:
        """How many real seconds an application is waited for at most, until something comes: ``simulator.patience``."""

    def give_up(self, why: str) -> None:
        """Time goes on without what the application owes, if it owes an answer; *why* is told, unless it is empty."""

    def warn(self, text: str) -> None:
        """Tell *text*, what the application does wrong."""


class Socket(Protocol):
    """An open WebSocket. *took* is how many simulated seconds its handshake took."""

    took: float

    def send(self, frame: str) -> None:
        """Send a text frame. The application has done what it can do at this moment when this returns."""

    def close(self, code: int, reason: str) -> None:
        """Close the socket; the application is told."""


class SocketRefused(Exception):  # noqa: N818 - says what happened
    """No WebSocket can be opened; the argument says why, *kind* in one word, and *status* is that of the answer."""

    def __init__(
        self, reason: str, kind: RefusalKind = "unreachable", status: int | None = None
    ) -> None:
        super().__init__(reason)
        self.kind = kind
        self.status = status
