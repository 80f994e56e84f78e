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
from ._socket import ABNORMAL, MOST_FRAMES

if TYPE_CHECKING:
    from ...tracebacks import Raised
    from ._socket import SocketListener
    from ._websocket import WebSocketConnection

#: So many rounds of ping and pong without a frame, and so many real seconds of silence, mean that nothing more comes;
#: on a slow machine, so many times as long as the slowest round took.
_ROUNDS, _SILENCE, _TIMES = 12, 0.02, 4
#: So many times as long as the patience may an answer take whose frames follow each other.
_LONGEST_ANSWER = 12
#: Bytes that are read in one go; of who sends without a pause, fewer: the connection holds it up, as it does who sends
#: faster than anybody reads.
_MOST_IN_A_GO, _PART = 2**18, 2**14
#: Real seconds that a close may take.
_CLOSE_PATIENCE = 1.0
_GLANCE = 0.05
_GOING_AWAY = 1001


class StreamSocket:
    """Twilio's end of an open WebSocket on *connection*. What comes is told to *listener*.

    *is_idle* says whether the application waits for the next frame, where somebody can know that; it is told whether an
    answer is owed. *find_raised* gives the exception that ended it, and *leave* is called when the socket is closed.
    """

    def __init__(
        self,
        connection: WebSocketConnection,
        listener: SocketListener,
        is_idle: Callable[[bool], bool] | None = None,
        find_raised: Callable[[], Raised | None] = lambda: None,
        leave: Callable[[], None] = lambda: None,
    ) -> None:
        self.took = 0.0
        self.is_open = True
        #: Whether it sends without a pause.
        self.is_restless = False
        self._connection = connection
        self._listener = listener
        self._is_idle = is_idle
        self._find_raised = find_raised
        self._leave = leave
        self._answers_pings = True
        self._pinged_at: float | None = None
        self._pings = self._rounds = 0
        self._slowest = 0.0
        self._frames = 0
        self._is_given_up = False
        self._began = self._heard_at = 0.0

    @property
    def has_news(self) -> bool:
        """Whether something has come that nobody has looked at."""
        return self.is_open and self._connection.is_readable

    def send(self, frame: str) -> None:
        """Send a text frame, and wait for what the application owes."""
        self._pump(0.0)  # what has come, and perhaps a close, was there before
        if self.is_open:
            self._connection.send_text(frame)
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
                self._connection.send_close(code, reason)
                run_foreign(self._await_close)
        finally:
            self._connection.release()
            self._leave()

    def end(self) -> None:
        """Close the socket because its world ends, and wait for nobody."""
        if self.is_open:
            self.is_open = False
            self._connection.send_close(_GOING_AWAY, "")
            self._connection.release()
            self._leave()

    def _await_close(self) -> None:
        until = monotonic() + _CLOSE_PATIENCE
        while not self._connection.is_over and (left := until - monotonic()) > 0:
            self._connection.pump(left)

    def _settle(self) -> None:
        """Wait until the application has done what it does at once, and has answered what it owes an answer to."""
        self._began = self._heard_at = monotonic()
        self._rounds, self._pinged_at, self._frames = 0, None, 0
        self._slowest = 0.0
        while self.is_open and not self._is_settled():
            interrupts.pass_on()  # one that came just before this began
            self._ping()
            self._pump(_GLANCE if self._pinged_at is not None else _SILENCE)

    def _is_settled(self) -> bool:
        now, patience = monotonic(), self._listener.patience
        silent = now - self._heard_at
        has_just_sent = silent <= max(self._listener.longest, _GLANCE)
        is_late = now - self._began > self._longest_settling
        if self._frames >= MOST_FRAMES or (is_late and has_just_sent):
            return self._note_restless()
        if self._is_idle is not None:
            return self._is_thread_settled(self._is_idle, silent)
        if not self._has_gone_round(now) or silent < max(_SILENCE, _TIMES * self._slowest):
            return False
        return silent >= patience and self._note_rest() and self._give_up()

    def _is_thread_settled(self, is_idle: Callable[[bool], bool], silent: float) -> bool:
        """The same of a thread. One that has been given up once is waited for again when it owes an answer."""
        patience, longest = self._listener.patience, self._listener.longest
        if self._rounds and is_idle(patience > 0):
            return not self._pump(0.0) and self._note_rest()
        if self._is_given_up and not patience:
            return self._rounds > 0 or silent > _GLANCE
        if silent <= longest:
            return False
        self._is_given_up = True
        return self._give_up(f"the application is still at work after {longest:g} real seconds")

    @property
    def _longest_settling(self) -> float:
        """How many real seconds are waited for the end of what the application sends."""
        is_owed, longest = self._listener.patience > 0, self._listener.longest
        if self.is_restless:
            return longest if is_owed else _GLANCE
        return longest * (_LONGEST_ANSWER if is_owed else 1) + _GLANCE

    def _note_rest(self) -> bool:
        self.is_restless = self._is_given_up = False
        return True

    def _note_restless(self) -> bool:
        """The application sends, and does not come to an end: that is told once, until it has been silent."""
        was_restless, self.is_restless = self.is_restless, True
        is_owed = self._listener.patience > 0
        if is_owed or not was_restless:
            self._give_up("the application sends without a pause")
        return True

    def _give_up(self, why: str = "") -> bool:
        if why or self._listener.patience:
            self._listener.give_up(why)
        return True

    def _has_gone_round(self, now: float) -> bool:
        """Whether the application's event loop has gone round a few times since its last frame."""
        longest = self._listener.longest
        if self._pinged_at is not None and now - self._pinged_at > longest:
            self._answers_pings, self._pinged_at = False, None
            text = f"the application has not answered a ping within {longest:g} real seconds"
            self._listener.warn(f"{text}; time goes on without it")
        return not self._answers_pings or self._rounds >= _ROUNDS

    def _ping(self) -> None:
        """Send the next ping, unless one is under way or there were enough."""
        if self._answers_pings and self._pinged_at is None and self._rounds < _ROUNDS:
            self._pings += 1
            self._pinged_at = monotonic()
            self._connection.ping(str(self._pings).encode())

    def _pump(self, seconds: float) -> bool:
        """Take in what comes within so many real seconds; returns whether it is more than a pong."""
        if not self.is_open:
            return False
        is_news = self._connection.pump(seconds, _PART if self.is_restless else _MOST_IN_A_GO)
        while self._connection.pongs:
            self._answers_pings = True
            if self._connection.pongs.popleft() == str(self._pings).encode():
                self._slowest = max(self._slowest, monotonic() - (self._pinged_at or monotonic()))
                self._rounds, self._pinged_at = self._rounds + 1, None
        while self._connection.messages:
            self._rounds, self._heard_at = 0, monotonic()
            self._frames, self._is_given_up = self._frames + 1, False
            self._listener.receive(self._connection.messages.popleft())
        if self.is_open and (self._connection.is_over or not self._connection.is_open):
            self._lose()
        return is_news

    def _lose(self) -> None:
        """The application has closed the socket, or has sent what no WebSocket sends."""
        self.is_open = False
        code, reason = self._connection.end
        self._connection.release()
        self._leave()
        self._listener.lose(code, reason, self._find_raised() if code == ABNORMAL else None)
