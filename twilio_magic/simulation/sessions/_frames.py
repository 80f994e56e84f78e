"""The frames of one session: what is sent and received, in order, and when it counts."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from time import monotonic
from typing import TYPE_CHECKING, Any

from ...sessions import Frame
from ..clock._waiting import Signal
from ..mounts._socket import SocketRefused
from ..webhooks._sockets import open_socket

if TYPE_CHECKING:
    from ...sessions import WebSocketSession
    from ...tracebacks import Raised
    from ..legs._leg import Leg
    from ..mounts._socket import Socket


class FrameLine:
    """Carries the frames of *session* on *leg*. *news* happens when something came from the application.

    While the application works on a frame, the world's lock is laid down, as for a webhook: it may use the API.
    *is_answer* says of a frame whether it is the end of an answer, after which the application owes nothing.
    *is_busy* says whether the agent speaks: a fault may hold frames back as long, so that an interruption is first.
    """

    def __init__(
        self,
        leg: Leg,
        session: WebSocketSession,
        is_answer: Callable[[str | bytes], bool] = lambda _: True,
        is_busy: Callable[[], bool] = lambda: False,
    ) -> None:
        self.news = Signal(leg.clock)
        self.loss: tuple[int, str, Raised | None] | None = None
        self._leg = leg
        self._session = session
        self._socket: Socket | None = None
        self._inbox: deque[tuple[float, str | bytes]] = deque()
        self._sent_at = 0.0
        self._is_answer = is_answer
        self._is_busy = is_busy
        self._reply = ""
        self._kept: deque[Mapping[str, Any]] | None = None
        #: How many frames came from the application.
        self.count = 0
        self._patience = 0.0
        self._owed = ""

    def await_answer(self, seconds: float, to: str = "") -> None:
        """Let the application owe an answer to what is sent next, for so many real *seconds*.

        With *to*, the name of what it is to answer, it is told that it has not answered in this time.
        """
        self._patience, self._owed = seconds, to

    @property
    def patience(self) -> float:
        """How long the application is waited for now, which owes an answer, in real seconds; 0 if it owes none."""
        return self._patience

    @property
    def longest(self) -> float:
        """How many real seconds the application is waited for at most, until something comes."""
        return self._leg.world.waiting_time.seconds

    def give_up(self, why: str) -> None:
        """Time goes on without the answer that the application owes, or, if it owes none, for the reason *why*."""
        seconds, self._patience = self._patience, 0.0
        if seconds and self._owed:
            limit = f": {why}" if why else f" within {seconds:g} real seconds"
            why = f"no whole answer to {self._owed}{limit}"
        if why:
            self.warn(f"{why}; time goes on")

    def warn(self, text: str) -> None:
        """Record what the application does wrong."""
        session = self._session
        with self._leg.world.lock:
            if not self._leg.is_over:
                self._leg.record_event("warned", text, session=session.sid, url=session.url)

    def open(
        self,
        url: str,
        headers: Mapping[str, str],
        seconds: float,
        also_signed: tuple[str, ...] = (),
    ) -> float:
        """Open the socket to *url*; returns the simulated seconds that it took. Raises :class:`SocketRefused`.

        The headers named in *also_signed* have the signature, too.
        """
        world = self._leg.world
        self._sent_at, session = monotonic(), self._session
        before = session.close_code, session.close_reason  # of a socket that was lost
        session.close_code, session.close_reason = None, ""
        try:
            self._socket, fault = open_socket(
                world.network,
                world.clock,
                url,
                headers,
                world.account.auth_token,
                self,
                seconds=seconds,
                also_signed=also_signed,
            )
        except SocketRefused:
            session.close_code, session.close_reason = before
            raise
        if self._kept is None:
            session.at = self._now
        if fault is not None:
            self._session.fault, self._reply = fault.text, fault.effects.get("reply", "")
        return self._socket.took

    def send(self, message: Mapping[str, Any]) -> None:
        """Send *message*; the application has done what it can do at this moment when this returns."""
        if self._kept is not None:
            self._kept.append(message)
            return
        frame = Frame(self._now, "sent", dict(message))
        self._keep(frame)
        if self._socket is not None:
            with self._leg.world.lock.laid_down():
                self._sent_at = monotonic()
                self._socket.send(frame.text)

    def suspend(self, most: int) -> None:
        """Keep the last *most* messages until the socket, which was lost, is opened again."""
        self._kept = deque(self._kept or (), most)
        self._socket = self.loss = None

    def resume(self, *first: Mapping[str, Any]) -> None:
        """The socket is open again: send the *first* messages, and those that were kept."""
        kept, self._kept = self._kept or (), None
        for message in (*first, *kept):
            self.send(message)

    def close(self, code: int, reason: str) -> None:
        """Close the socket, unless the application has lost it."""
        if self._session.close_code is not None or self._socket is None:
            return
        self._session.close_code, self._session.close_reason = code, reason
        with self._leg.world.lock.laid_down():
            self._socket.close(code, reason)

    def receive(self, frame: str | bytes) -> None:
        """Keep *frame* until it is due: after what the application's thinking costs."""
        with self._leg.world.lock:
            self.count += 1
            now, earlier = self._leg.clock.now, self._inbox[-1][0] if self._inbox else 0.0
            if self._patience and self._is_answer(frame):
                self._patience = 0.0
            self._inbox.append((max(earlier, round(now + self._thinking(), 3)), frame))
            self.news.happen()

    def lose(self, code: int, reason: str, raised: Raised | None = None) -> None:
        """The application has closed the socket, or dropped it."""
        with self._leg.world.lock:
            if self._session.close_code is None:
                self._session.close_code, self._session.close_reason = code, reason
                self.loss = (code, reason, raised)
            self._patience = 0.0
            self.news.happen()

    @property
    def next_at(self) -> float | None:
        """When the next frame is due; ``None`` if none is there, or a fault holds it back."""
        return self._inbox[0][0] if self._inbox and not self._is_held else None

    def take(self) -> str | bytes | None:
        """The next frame that is due now; ``None`` if none is."""
        at = self.next_at
        if at is None or at > self._leg.clock.now:
            return None
        return self._inbox.popleft()[1]

    def land(self) -> bool:
        """The caller interrupts: let what is on its way land before that, if a fault says so; returns whether."""
        if self._reply != "before-interrupt":
            return False
        now = self._leg.clock.now
        self._inbox = deque((min(at, now), frame) for at, frame in self._inbox)
        return True

    @property
    def _is_held(self) -> bool:
        return self._reply == "after-interrupt" and self._is_busy()

    def keep(self, message: Mapping[str, Any] | str) -> None:
        """Keep *message*, which was received now, among the frames of the session."""
        self._keep(Frame(self._now, "received", message))

    def _keep(self, frame: Frame) -> None:
        self._session.frames.append(frame)
        self._session.order.append(self._leg.world.number_event())

    @property
    def _now(self) -> float:
        return round(self._leg.clock.now - self._leg.created, 3)

    def _thinking(self) -> float:
        """The simulated seconds that an answer costs."""
        cost = self._leg.world.reply_time
        if cost == "measured":
            return monotonic() - self._sent_at
        return 0.0 if cost == "free" else float(cost)
