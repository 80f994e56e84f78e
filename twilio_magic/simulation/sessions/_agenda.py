"""What a session will do at which moment: the timers of one process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import TYPE_CHECKING

from ...records import dataclass

if TYPE_CHECKING:
    from ..clock._clock import Clock


@dataclass(order=True, slots=True)
class Appointment:
    """Something to do *at* a moment. A canceled one is not done."""

    at: float
    number: int
    action: Callable[[], None] = field(compare=False)
    is_canceled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        """Do not do it."""
        self.is_canceled = True


class Agenda:
    """Appointments in the order of their moments; of two at one moment the one that was made first comes first."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._numbers = count()
        self._appointments: list[Appointment] = []

    def after(self, seconds: float, action: Callable[[], None]) -> Appointment:
        """Do *action* in so many *seconds*."""
        return self.at(self._clock.now + seconds, action)

    def at(self, moment: float, action: Callable[[], None]) -> Appointment:
        """Do *action* at *moment*."""
        appointment = Appointment(round(moment, 3), next(self._numbers), action)
        heappush(self._appointments, appointment)
        return appointment

    @property
    def next_at(self) -> float:
        """The moment of the next appointment; infinity if there is none."""
        while self._appointments and self._appointments[0].is_canceled:
            heappop(self._appointments)
        return self._appointments[0].at if self._appointments else inf

    def run_due(self) -> None:
        """Do what is due now."""
        while self.next_at <= self._clock.now:
            heappop(self._appointments).action()
