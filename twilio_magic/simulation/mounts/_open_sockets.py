"""The WebSockets of one world that are open to servers and threads: they are looked at before simulated time moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf
from typing import TYPE_CHECKING
from urllib.parse import SplitResult

from ...errors import NotInstalled

if TYPE_CHECKING:
    from ._socket import Socket, SocketListener
    from ._stream_socket import StreamSocket
    from ._wsgi import WsgiApp
    from ._wsgi_socket import WsgiSession

#: Simulated seconds between two looks at a server that sends without a pause.
_RESTLESS_STEP = 0.1


class OpenSockets:
    """Opens sockets, and keeps those that are open. *now* is the world's moment."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._open: list[StreamSocket] = []
        self._sessions: list[WsgiSession] = []
        self._looked_at = 0.0

    def connect(
        self,
        url: str,
        server: SplitResult,
        headers: Mapping[str, str],
        listener: SocketListener,
        seconds: float,
    ) -> Socket:
        """A WebSocket to *url*, at the address of a *server*.

        Raises :class:`SocketRefused` if it is not open in *seconds*, and :class:`NotInstalled` without the library.
        """
        try:
            from ._server_socket import open_server_socket
        except ModuleNotFoundError as error:
            raise missing_library(error) from None
        return self._keep(open_server_socket(url, server, headers, listener, seconds))

    def connect_in_process(
        self,
        app: WsgiApp,
        url: str,
        headers: Mapping[str, str],
        path: str,
        listener: SocketListener,
        seconds: float,
    ) -> Socket:
        """A WebSocket to a WSGI application, mounted at *path*; raises the same."""
        try:
            from ._wsgi_socket import open_wsgi_socket
        except ModuleNotFoundError as error:
            raise missing_library(error) from None
        self._sessions = [each for each in self._sessions if not each.has_returned()]
        keep = self._sessions.append
        return self._keep(open_wsgi_socket(app, url, headers, path, listener, seconds, keep))

    def _keep(self, socket: StreamSocket) -> StreamSocket:
        self._open = [each for each in self._open if each.is_open]
        self._open.append(socket)
        return socket

    @property
    def are_there(self) -> bool:
        """Whether any is open: something may come from outside at any time."""
        return any(each.is_open for each in self._open)

    @property
    def next_at(self) -> float:
        """The moment at which something that has come is taken in: this one. Infinity if nothing has."""
        news = [each.is_restless for each in self._open if each.has_news]
        if not news:
            return inf
        return max(self._now(), self._looked_at + _RESTLESS_STEP) if all(news) else self._now()

    def look(self) -> None:
        """Take in what has come."""
        self._looked_at = self._now()
        for each in [each for each in self._open if each.has_news]:
            each.look()

    def end(self) -> None:
        """Close all, and end the threads of applications."""
        ended, self._open = self._open, []
        for each in ended:
            each.end()
        left, self._sessions = self._sessions, []
        for session in left:
            session.stop()


def missing_library(error: ModuleNotFoundError) -> NotInstalled:
    """What to say where the module that *error* names is missing."""
    package = (error.name or "websockets").partition(".")[0]
    return NotInstalled(
        f"WebSockets to servers and to WSGI applications need the package {package}, which is not installed here.",
        hint='Run pip install "twilio-magic[agents]", or mount an ASGI application.',
    )
