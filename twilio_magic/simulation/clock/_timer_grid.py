"""How closely the timers of applications may follow each other, so that simulated time goes on whatever they do.

A task that sleeps a microsecond at a time, for ever, would need a million steps for each simulated second.
"""

from __future__ import annotations

from math import ceil, floor

#: The shortest time, in seconds, that a timer waits: as in a real loop on Linux, where epoll counts milliseconds.
_FINEST = 0.001
#: The same in a loop whose timers follow each other too closely for too long.
_COARSEST = 0.1
#: So many timers in a row are looked at together, and so many a second are too many.
_SAMPLE, _MOST_A_SECOND = 10_000, 100


class TimerGrid:
    """The moments at which timers happen. It is coarser from the time on when there were too many of them."""

    def __init__(self) -> None:
        self._step = _FINEST
        self._count = 0
        self._since = 0.0

    def place(self, when: float, now: float) -> float:
        """The moment for a timer that was set for *when*: a short time from *now* is made longer, others are kept."""
        if when >= now + self._step and self._step == _FINEST:
            return when
        steps = max(ceil(when / self._step), floor(now / self._step) + 1)
        return steps * self._step if steps * self._step > now else (steps + 1) * self._step

    def count(self, now: float) -> str:
        """Count one more moment at which timers happen; returns what to tell if there were too many."""
        self._count += 1
        if self._count < _SAMPLE:
            return ""
        seconds, self._count, self._since = now - self._since, 0, now
        if self._step == _COARSEST or seconds * _MOST_A_SECOND >= _SAMPLE:
            return ""
        self._step = _COARSEST
        return (
            f"Applications set timers for {_SAMPLE:,} moments within {seconds:.1f} simulated seconds."
            f" From now on their timers are up to {_COARSEST:g} s late, so that time goes on."
        )
