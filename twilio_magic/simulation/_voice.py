"""Whether the far end of a leg makes a sound. What waits for silence asks here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import simpy

    from ._clock import Clock


class Voice:
    """The sounds of the far end, as they begin: *until* is the moment at which the last one ends, or ended."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.until = 0.0
        #: Happens when the next sound begins.
        self.begins: simpy.Event = clock.event()

    def sound(self, seconds: float) -> None:
        """A sound begins, and lasts so many *seconds*."""
        self.until = max(self.until, self._clock.now + seconds)
        begins, self.begins = self.begins, self._clock.event()
        begins.succeed()
