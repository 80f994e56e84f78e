"""A WebSocket to an application that nobody can look into: a server that runs, or a thread.

Simulated time stands still while the application owes an answer, and real time passes. It owes one

- until it has read what it was sent, which its pong to a ping says. Each further pong says that its event loop has gone
  round: what was ready to run has run, however slow the machine is. Some rounds without a frame, and a short silence
  for those that work with threads, say that it has done what it does at once;
- while the session waits for it (``SocketListener.patience``), as after what a caller said.

What comes later than that is taken in at the simulated moment at which it is found.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from ..clock._interrupts import interrupts, run_foreign
from ..clock._log import log_warning
from ._socket import ABNORMAL

if TYPE_CHECKING:
    from ...tracebacks import Raised
    from ._socket import SocketListener
    from ._wire import Wire

#: So many rounds of ping and pong without a frame, and so many real seconds of silence, mean that nothing more comes;
#: on a slow machine, so many times as long as the slowest round took.
_ROUNDS, _SILENCE, _TIMES = 12, 0.02, 4
#: Real seconds within which a ping is answered, and for which frames without a pause are read.
_PONG_PATIENCE, _FLOOD_PATIENCE = 5.0, 5.0
#: Real seconds that an answer in many frames may take, and a close.
_LONGEST_ANSWER, _CLOSE_PATIENCE = 120.0, 1.0
_GLANCE = 0.05
_GOING_AWAY = 1001


class StreamSocket:
    """Twilio's end of an open WebSocket on *wire*. What comes is told to *listener*.

    *is_idle* says whether the application waits for the next frame, where somebody can know that; it is told whether an
    answer is owed. *find_raised* gives the exception that ended it, and *leave* is called when the socket is closed.
    """

    def __init__(
        self,
        wire: Wire,
        listener: SocketListener,
        is_idle: Callable[[bool], bool] | None = None,
        find_raised: Callable[[], Raised | None] = lambda: None,
        leave: Callable[[], None] = lambda: None,
    ) -> None:
        self.took = 0.0
        self.is_open = True
        #: Whether it sends without a pause.
        self.is_restless = False
        self._wire = wire
        self._listener = listener
        self._is_idle = is_idle
        self._find_raised = find_raised
        self._leave = leave
        self._answers_pings = True
        self._pinged_at: float | None = None
        self._pings = self._rounds = 0
        self._slowest = 0.0
        self._began = self._heard_at = 0.0

    @property
    def has_news(self) -> bool:
        """Whether something has come that nobody has looked at."""
        return self.is_open and self._wire.is_readable

    def send(self, frame: str) -> None:
        """Send a text frame, and wait for what the application owes."""
        self._pump(0.0)  # what has come, and perhaps a close, was there before
        if self.is_open:
            self._wire.send_text(frame)
            run_foreign(self._settle)

    def look(self) -> None:
        """Take in what has come by now; if it is a message, those that follow it, too."""
        if self.is_open and self._pump(0.0) and not self.is_restless:
            run_foreign(self._settle)

    def settle(self) -> None:
        """Wait for what the application does at once, when the socket has been opened."""
        run_foreign(self._settle)

    def close(self, code: int, reason: str) -> None:
        """Close the socket, and wait a moment for the application to close it, too; 1006 drops the connection."""
        if not self.is_open:
            return
        self.is_open = False
        try:
            if code != ABNORMAL:
                self._wire.send_close(code, reason)
                run_foreign(self._await_close)
        finally:
            self._wire.release()
            self._leave()

    def end(self) -> None:
        """Close the socket because its world ends, and wait for nobody."""
        if self.is_open:
            self.is_open = False
            self._wire.send_close(_GOING_AWAY, "")
            self._wire.release()
            self._leave()

    def _await_close(self) -> None:
        until = monotonic() + _CLOSE_PATIENCE
        while not self._wire.is_over and (left := until - monotonic()) > 0:
            self._wire.pump(left)

    def _settle(self) -> None:
        """Wait until the application has done what it does at once, and has answered what it owes an answer to."""
        self._began = self._heard_at = monotonic()
        self._rounds, self._pinged_at, self.is_restless = 0, None, False
        self._slowest = 0.0
        while self.is_open and not self._is_settled():
            interrupts.pass_on()  # one that came just before this began
            self._ping()
            self._pump(_GLANCE if self._pinged_at is not None else _SILENCE)

    def _is_settled(self) -> bool:
        now, patience = monotonic(), self._listener.patience
        silent = now - self._heard_at
        if now - self._began > (_LONGEST_ANSWER if patience else _FLOOD_PATIENCE + _PONG_PATIENCE):
            self.is_restless = True
            return self._give_up()
        if self._is_idle is not None and self._rounds and self._is_idle(patience > 0):
            return not self._pump(0.0)
        if self._is_idle is not None:
            return silent > max(patience, _PONG_PATIENCE) and self._give_up()
        if not self._has_gone_round(now) or silent < max(_SILENCE, _TIMES * self._slowest):
            return False
        return silent >= patience and self._give_up()

    def _give_up(self) -> bool:
        if self._listener.patience:
            self._listener.give_up()
        return True

    def _has_gone_round(self, now: float) -> bool:
        """Whether the application's event loop has gone round a few times since its last frame."""
        if self._pinged_at is not None and now - self._pinged_at > _PONG_PATIENCE:
            self._answers_pings, self._pinged_at = False, None
            log_warning(
                f"A server has not answered a ping of its WebSocket within {_PONG_PATIENCE:g} s;"
                " time goes on without it."
            )
        return not self._answers_pings or self._rounds >= _ROUNDS

    def _ping(self) -> None:
        """Send the next ping, unless one is under way or there were enough."""
        if self._answers_pings and self._pinged_at is None and self._rounds < _ROUNDS:
            self._pings += 1
            self._pinged_at = monotonic()
            self._wire.ping(str(self._pings).encode())

    def _pump(self, seconds: float) -> bool:
        """Take in what comes within so many real seconds; returns whether it is more than a pong."""
        if not self.is_open:
            return False
        is_news = self._wire.pump(seconds)
        while self._wire.pongs:
            if self._wire.pongs.popleft() == str(self._pings).encode():
                self._slowest = max(self._slowest, monotonic() - (self._pinged_at or monotonic()))
                self._rounds, self._pinged_at = self._rounds + 1, None
        while self._wire.messages:
            self._rounds, self._heard_at = 0, monotonic()
            self._listener.receive(self._wire.messages.popleft())
        if self.is_open and (self._wire.is_over or not self._wire.is_open):
            self._lose()
        return is_news

    def _lose(self) -> None:
        """The application has closed the socket, or has sent what no WebSocket sends."""
        self.is_open = False
        code, reason = self._wire.end
        self._wire.release()
        self._leave()
        self._listener.lose(code, reason, self._find_raised() if code == ABNORMAL else None)
