"""How far a call has come: its status, the moments at which that changed, and the limit of its length.

Source: Twilio's page "Call resource", Call status values.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ...api import FINAL
from ..clock._clock import whole

if TYPE_CHECKING:
    import simpy

    from ..clock._clock import Clock, Process


class CallProgress:
    """The status of a call, and when it was created, dialed, answered and ended, in seconds of *clock*.

    *start* runs a process beside the call. *in_progress* happens with the answer, *over* at the end.
    """

    def __init__(
        self, clock: Clock, status: str, start: Callable[[Process[object]], simpy.Process]
    ) -> None:
        self.status = status
        self.created = self.updated = clock.now
        self.dialed: float | None = None
        self.started: float | None = None
        self.ended: float | None = None
        self.in_progress: simpy.Event = clock.event()
        self.over: simpy.Event = clock.event()
        self._clock = clock
        self._start = start
        self._limit: float | None = None

    @property
    def is_over(self) -> bool:
        """Whether the status is one in which a call stays."""
        return self.status in FINAL

    @property
    def seconds(self) -> float | None:
        """The seconds since the answer, or from the answer to the end; ``None`` for a call that was never answered."""
        if self.started is None:
            return None
        return round((self._clock.now if self.ended is None else self.ended) - self.started, 3)

    @property
    def duration(self) -> int | None:
        """Whole seconds from the answer to the end; ``None`` for a call that is not completed."""
        if self.started is None or self.ended is None:
            return None
        return whole(self.ended) - whole(self.started)

    @property
    def queue_ms(self) -> int:
        """Milliseconds in the queue."""
        return 0 if self.dialed is None else round((self.dialed - self.created) * 1000)

    def dial(self) -> None:
        """The call leaves the queue, or comes in."""
        self.dialed = self._clock.now

    def enter(self, status: str) -> None:
        """Go on to *status*."""
        self.status, self.updated = status, self._clock.now
        if status == "in-progress":
            self.started = self.updated
        if self.is_over:
            self.ended = self.updated

    def limit(self, seconds: float, exceed: Callable[[float], None]) -> None:
        """Call *exceed* so many *seconds* after the answer, if the call is in progress then.

        A limit that is set later replaces one that was set before.
        """
        self._limit = seconds
        answered = self._clock.now if self.started is None else self.started
        rest = max(0.0, answered + seconds - self._clock.now)
        self._start(self._wait_for_limit(seconds, rest, exceed))

    def _wait_for_limit(
        self, seconds: float, rest: float, exceed: Callable[[float], None]
    ) -> Process[None]:
        timer = self._clock.seconds(rest)
        yield timer | self.over
        self._clock.env.forget(timer)
        if self._limit == seconds and self.status == "in-progress":
            exceed(seconds)
