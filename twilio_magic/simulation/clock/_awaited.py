"""The SimPy environment of a clock."""

from __future__ import annotations

from heapq import heapify, heappop
from math import inf

import simpy


class AwaitedEnvironment(simpy.Environment):
    """A SimPy environment that knows whether anybody waits for what happens next, and forgets timers.

    A timer that nobody waits for any more is no step: a past is replayed without those of the pasts before it.
    """

    def __init__(self, now: float = 0.0) -> None:
        super().__init__(now)
        self._forgotten: set[simpy.Event] = set()
        self._rounded = now, round(now, 3)

    @property
    def rounded_now(self) -> float:
        """The time now, to the millisecond. It is asked for far more often than it changes, and kept by records."""
        exact, rounded = self._rounded
        if self._now != exact:
            rounded = round(float(self._now), 3)
            self._rounded = self._now, rounded
        return rounded

    @property
    def is_awaited(self) -> bool:
        """Whether somebody waits for the next thing to happen, which was looked for with :meth:`peek`."""
        return bool(self._queue[0][-1].callbacks)

    def forget(self, timer: simpy.Event) -> None:
        """Let *timer* not happen, unless it has happened: nobody waits for it, and nobody will."""
        if timer.processed:
            return
        self._forgotten.add(timer)
        if 2 * len(self._forgotten) > len(self._queue):
            self._queue[:] = [each for each in self._queue if each[-1] not in self._forgotten]
            heapify(self._queue)
            self._forgotten.clear()

    def peek(self) -> float:
        """The moment of the next thing to happen; infinity if there is none."""
        queue, forgotten = self._queue, self._forgotten
        while forgotten and queue and queue[0][-1] in forgotten:
            forgotten.discard(heappop(queue)[-1])
        return queue[0][0] if queue else inf

    #: The same as :meth:`step` where the next thing was looked for.
    step_on = simpy.Environment.step

    def step(self) -> None:
        """Let the next thing happen."""
        if self._forgotten:
            self.peek()
        super().step()
