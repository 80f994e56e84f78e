"""Waiting for one thing while another goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import simpy

    from ._clock import Clock, Process

T = TypeVar("T")


class Signal:
    """Something that happens again and again; *next* is the event of the next time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.next = clock.event()

    def happen(self) -> None:
        """Wake all processes that wait for it."""
        happened, self.next = self.next, self._clock.event()
        happened.succeed()


def until(stop: simpy.Event, process: Process[T]) -> Process[T | None]:
    """Run *process* until it ends or *stop* happens; returns what it returns, ``None`` if it was stopped.

    A process that is stopped has cleaned up behind itself before anything else happens: it is closed, not interrupted.
    """
    try:
        waited = None if stop.triggered else next(process)
        while waited is not None:
            try:
                yield waited | stop
            except Exception as interruption:
                waited = process.throw(interruption)
                continue
            if stop.triggered:
                break
            waited = process.send(waited.value)
    except StopIteration as over:
        returned: T = over.value
        return returned
    process.close()
    return None
