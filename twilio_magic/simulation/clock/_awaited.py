"""The SimPy environment of a clock."""

from __future__ import annotations

import simpy


class AwaitedEnvironment(simpy.Environment):
    """A SimPy environment that knows whether anybody waits for what happens next.

    A timer that nobody waits for any more is no step: a past is replayed without those of the pasts before it.
    """

    @property
    def is_awaited(self) -> bool:
        """Whether somebody waits for the next thing to happen."""
        return bool(self._queue and self._queue[0][-1].callbacks)
