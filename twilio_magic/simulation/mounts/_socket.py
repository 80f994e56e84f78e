"""Twilio's end of a WebSocket, whatever carries it to the application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ...tracebacks import Raised


def web_address(url: str) -> str:
    """The web address of the server that answers WebSockets to *url*: ``https://`` for ``wss://``."""
    return f"http{url[2:]}" if url.startswith(("ws://", "wss://")) else url


class SocketListener(Protocol):
    """Is told what comes from the application."""

    def receive(self, frame: str | bytes) -> None:
        """Take in a text or binary frame."""

    def lose(self, code: int, reason: str, raised: Raised | None = None) -> None:
        """The application has closed the socket, or dropped it, because of what it *raised* if it did."""


class Socket(Protocol):
    """An open WebSocket. *took* is how many simulated seconds its handshake took."""

    took: float

    def send(self, frame: str) -> None:
        """Send a text frame. The application has done what it can do at this moment when this returns."""

    def close(self, code: int, reason: str) -> None:
        """Close the socket; the application is told."""


class SocketRefused(Exception):  # noqa: N818 - says what happened
    """No WebSocket can be opened; the argument says why."""
