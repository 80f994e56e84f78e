"""``applicationReconnect``: the socket of a session is opened again after it was lost.

Source: Twilio's changelog of 2026-10-28, which says that it reconnects after an unexpected drop and repeats up to 500
events. How often it tries, and that a setup message comes first, is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..mounts._socket import SocketRefused
from ._spec import relay_spec

if TYPE_CHECKING:
    from ...tracebacks import Raised
    from ._agenda import Agenda
    from ._frames import FrameLine

#: The code and the reason with which a socket was lost, and the exception that the application raised.
Loss = tuple[int, str, "Raised | None"]


class Reconnection:
    """Lets *connect* open the socket of *frames* again, a few times; then *fail* is told what was lost.

    What is to be told to the application meanwhile is kept.
    """

    def __init__(
        self,
        frames: FrameLine,
        agenda: Agenda,
        connect: Callable[[], None],
        fail: Callable[[Loss], None],
    ) -> None:
        self._frames = frames
        self._agenda = agenda
        self._connect = connect
        self._fail = fail
        self._waits: Iterator[float] = iter(relay_spec().reconnect_after)
        self._count = 0

    def begin(self, loss: Loss) -> None:
        """The socket is lost. An application that never says anything is given up sooner or later."""
        self._loss = loss
        if self._frames.count > self._count:
            self._waits = iter(relay_spec().reconnect_after)
        self._frames.suspend(relay_spec().most_kept)
        self._wait()

    def _wait(self) -> None:
        seconds = next(self._waits, None)
        if seconds is None:
            self._fail(self._loss)
        else:
            self._agenda.after(seconds, self._try)

    def _try(self) -> None:
        self._count = self._frames.count
        try:
            self._connect()
        except SocketRefused:
            self._wait()
