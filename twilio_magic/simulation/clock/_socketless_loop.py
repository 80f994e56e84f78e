"""An asyncio event loop that begins where there are no sockets: in a page of a browser."""

from __future__ import annotations

import asyncio
import sys
from socket import socket


class SocketlessLoop(asyncio.SelectorEventLoop):
    """asyncio's loop of selectors, which in a browser lacks the pair of sockets that threads wake it with.

    There are no threads, either.
    """

    _ssock: socket | None = None
    _csock: socket | None = None

    def _make_self_pipe(self) -> None:
        if sys.platform != "emscripten":
            super()._make_self_pipe()  # type: ignore[misc]  # asyncio's own, without types

    def _close_self_pipe(self) -> None:
        if self._ssock is not None:
            super()._close_self_pipe()  # type: ignore[misc]
