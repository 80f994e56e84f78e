"""Whether people take part in the calls of a world: time that keeps pace with real time does not leap past them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import simpy

    from ._clock import Clock


class Attendance:
    """Counts the calls that people take part in. *begun* has happened while there is one, and happens with the next."""

    def __init__(self, clock: Clock) -> None:
        self.begun: simpy.Event = clock.event()
        self._clock = clock
        self._calls = 0

    def begin(self) -> None:
        """A person's phone rings, or calls."""
        if not self._calls:
            self.begun.succeed()
        self._calls += 1

    def end(self) -> None:
        """... and is free again."""
        self._calls -= 1
        if not self._calls:
            self.begun = self._clock.event()
