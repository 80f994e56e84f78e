"""Keeping simulated time in step with real time. The same happens as without it, only slower."""

from __future__ import annotations

from collections.abc import Callable
from math import floor, inf
from time import monotonic
from typing import TYPE_CHECKING

from ...errors import SimulatorError

if TYPE_CHECKING:
    from ._clock import Clock

_SHORTEST = 0.001  # seconds between two steps
_GLANCE = 0.05  # and between two looks at the sockets of servers


class Pacing:
    """Moves a clock so that *speed* simulated seconds pass in one real second.

    *clock* gives the clock of the world as it is now, since a simulator may begin anew. The driver calls
    :meth:`step`, sleeps for as long as that says, or until *wake* is called, and calls it again.
    """

    def __init__(self, clock: Callable[[], Clock], speed: float, wake: Callable[[], None]) -> None:
        if not 0 < speed < inf:
            raise SimulatorError(
                f"Time cannot pass at speed {speed:g}.",
                hint="Speed is simulated seconds for each real one, such as 1 or 20.",
            )
        self.speed = speed
        self.wake = wake
        self._clock = clock
        self._keep_pace_with(clock())

    def step(self) -> float | None:
        """Let happen what is due; returns the real seconds until more is, ``None`` if nothing is to come."""
        clock = self._clock()
        clock.run_due(self._due(clock))
        if clock.next_at == inf and not clock.is_connected:
            return None
        pause = max(_SHORTEST, (clock.next_at - self._due(clock)) / self.speed)
        return min(pause, _GLANCE) if clock.is_connected else pause

    def arrive(self, grain: float = 1.0) -> None:
        """Bring the clock to the moment that is now, before the world is looked at.

        It stops at a multiple of *grain*: at a whole second, so that what a call does is the same whenever it begins.
        """
        clock = self._clock()
        clock.reach(round(floor(self._due(clock) / grain) * grain, 3))

    @property
    def may_wait(self) -> bool:
        """Whether this thread may wait for a step that another one takes: see :attr:`Clock.may_wait`."""
        return self._paced.may_wait

    def _due(self, clock: Clock) -> float:
        """The simulated moment that is now. A clock that was moved on is followed from where it is."""
        moment = self._then + (monotonic() - self._since) * self.speed
        if clock is not self._paced or clock.now > moment:
            self._keep_pace_with(clock)
            return clock.now
        return moment

    def _keep_pace_with(self, clock: Clock) -> None:
        self._paced, self._then, self._since = clock, clock.now, monotonic()
