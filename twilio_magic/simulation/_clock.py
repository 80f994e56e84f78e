"""Virtual time: it moves only while somebody waits, and then at once.

The clock is a SimPy environment, so a thirty-minute call takes milliseconds and runs the same way every time.
"""

from __future__ import annotations

from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from typing import Any

import simpy

from ..errors import WaitingInsideWebhook

#: The moment at which every simulated world begins.
BEGINNING = datetime(2026, 1, 6, 10, 0, tzinfo=UTC)

#: What a process of the simulation yields and gets back: SimPy is untyped.
Process = Generator[Any, Any, Any]


def whole(seconds: float) -> int:
    """The nearest whole second: the API's dates and durations have no fractions."""
    return int(seconds + 0.5)


class Clock:
    """Seconds since the world began, and the processes that wait for them."""

    def __init__(self) -> None:
        self.env = simpy.Environment()
        self._running = False

    @property
    def now(self) -> float:
        """Seconds since the beginning, to the millisecond."""
        return round(float(self.env.now), 3)

    def date(self, at: float | None = None) -> datetime:
        """The moment *at* seconds after the beginning, or now."""
        return BEGINNING + timedelta(seconds=self.now if at is None else at)

    def start(self, process: Process) -> simpy.Process:
        """Let *process* run from now on."""
        return self.env.process(process)

    def seconds(self, duration: float) -> simpy.Event:
        """An event that happens *duration* seconds from now."""
        return self.env.timeout(duration)

    def event(self) -> simpy.Event:
        """An event that somebody will make happen."""
        return self.env.event()

    def run(self, until: simpy.Event | float | None = None) -> None:
        """Move time until the event has happened, until the moment, or until nothing is left to happen.

        Raises :class:`WaitingInsideWebhook` when called by what the clock itself is running.
        """
        if self._running:
            raise WaitingInsideWebhook(
                "A webhook cannot wait: the simulated clock stands still until it has answered.",
                hint="Answer with TwiML first. To act later, use a status callback or an action URL.",
            )
        if isinstance(until, simpy.Event) and until.processed:
            return
        self._running = True
        try:
            self.env.run(until)
        finally:
            self._running = False


def until_interrupted(process: Process) -> Process:
    """Run *process*; an interrupt ends it wherever it is."""
    try:
        yield from process
    except simpy.Interrupt:
        return
