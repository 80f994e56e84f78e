"""The process of a leg, and what interrupts it: the end of the call, or other instructions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import simpy

if TYPE_CHECKING:
    from ..clock._clock import Clock, Process
    from ._page import Instructions


@dataclass(frozen=True, slots=True)
class CallEnded:
    """Why a leg must stop what it does: it ends, with this *status*."""

    status: str
    by: str


@dataclass(frozen=True, slots=True)
class CallRedirected:
    """Why a leg must stop what it does: it goes on with other instructions."""

    instructions: Instructions


class LegProcess:
    """The process that a leg goes through, from its beginning to its end, on *clock*."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._process: simpy.Process | None = None
        self._pending: CallEnded | CallRedirected | None = None

    def start(self, process: Process[None]) -> None:
        """Go through *process*, from now on."""
        self._process = self._clock.start(process)

    def interrupt(self, cause: CallEnded | CallRedirected) -> None:
        """Make the leg stop what it does, for *cause*. What its own webhook asks for happens when that has answered."""
        if self._process is None or not self._process.is_alive:
            return
        if self._clock.env.active_process is self._process:
            self._pending = cause
        else:
            self._process.interrupt(cause)

    @property
    def has_pending(self) -> bool:
        """Whether a webhook of this leg asked for an interruption that has not happened yet."""
        return self._pending is not None

    def raise_pending(self) -> None:
        """Raise what a webhook of this leg asked for while it ran."""
        if self._pending is not None:
            cause, self._pending = self._pending, None
            raise simpy.Interrupt(cause)
