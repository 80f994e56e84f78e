"""Virtual time: it moves only while a caller waits for it, and then at once.

The clock is a SimPy environment, so a thirty-minute call takes milliseconds and runs the same way every time.

One thread at a time moves it: it has the turn. Locks are taken in this order, none while a later one is held:

1. ``Session.lock`` of a notebook: one button at a time;
2. the turn to move time (``Clock._turns``);
3. the lock of the world (:class:`WorldLock`);
4. ``Softphone._drawing``: what a softphone shows.

Webhooks, phones' functions and people's listeners run while 2 or 3 are held. So who is inside the world never waits for
the turn: :meth:`Clock.run` refuses it, and what moves time only if nobody else does leaves it be.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from textwrap import indent
from threading import Lock
from traceback import format_exception
from typing import TYPE_CHECKING, Any, TypeVar

import simpy

from ...display import visible
from ...errors import SimulatorError, WaitingInsideWebhook

if TYPE_CHECKING:
    from ._lock import WorldLock

_LOG = logging.getLogger("twilio_magic.clock")
#: The moment at which every simulated world begins.
BEGINNING = datetime(2026, 1, 6, 10, 0, tzinfo=UTC)
#: Seconds from the beginning that time may go to: a hundred years. Dates end with the year 9999.
_LAST = 100 * 366 * 86400.0

T = TypeVar("T")
#: A process of the simulation: it yields the events that it waits for, gets back their values, and returns a ``T``.
Process = Generator[simpy.Event, Any, T]


def whole(seconds: float) -> int:
    """The nearest whole second: the API's dates and durations have no fractions."""
    return int(round(seconds, 6) + 0.5)  # a half is a half, however its sum came about


class Clock:
    """Seconds since the world began, and the processes that wait for them."""

    def __init__(self, lock: WorldLock) -> None:
        self.env = simpy.Environment()
        self._lock = lock
        self._turns = Lock()

    @property
    def now(self) -> float:
        """Seconds since the beginning, to the millisecond."""
        return round(float(self.env.now), 3)

    def date(self, at: float | None = None) -> datetime:
        """The moment *at* seconds after the beginning, or now."""
        return BEGINNING + timedelta(seconds=self.now if at is None else at)

    def start(
        self, process: Process[object], fail: Callable[[Exception], None] | None = None
    ) -> simpy.Process:
        """Let *process* run from now on. An exception in it ends it, and nothing else: *fail* is told, or the log."""
        return self.env.process(_guard(process, fail or _log_fault))

    def seconds(self, duration: float) -> simpy.Event:
        """An event that happens *duration* seconds from now."""
        return self.env.timeout(duration)

    def event(self) -> simpy.Event:
        """An event that other code triggers."""
        return self.env.event()

    @property
    def next_at(self) -> float:
        """The moment of the next thing to happen; infinity if there is none."""
        with self._lock:
            return float(self.env.peek())

    @property
    def may_wait(self) -> bool:
        """Whether this thread may wait for time to pass: not while it is inside the world, where time stands still."""
        return not (self._lock.is_held or self._lock.is_laid_down)

    def refuse_waiting(self) -> None:
        """Raise :class:`WaitingInsideWebhook` unless this thread may wait."""
        if self._lock.is_laid_down:
            raise WaitingInsideWebhook(
                "A webhook cannot wait: the simulated clock stands still until it has answered.",
                hint="Answer with TwiML first. To act later, use a status callback or an action URL.",
            )
        if self._lock.is_held:
            raise WaitingInsideWebhook(
                "A phone cannot wait for the clock, which stands still until its function or listener returns.",
                hint="A function lets time pass with a step: yield “wait 2”. A listener acts on a later notice.",
            )

    def run(self, until: simpy.Event | float | None = None) -> None:
        """Move time until the event has happened, until the moment, or until nothing is left to happen.

        While another thread moves it, this one waits for its turn. Raises :class:`WaitingInsideWebhook` when called
        from inside the world: by a process of the clock itself, or by a thread that holds the world's lock.
        """
        with self._turn():
            if isinstance(until, simpy.Event) and until.processed:
                return
            if isinstance(until, float | int) and until <= self.env.now:
                return
            self.env.run(until)

    def advance(self, seconds: float) -> None:
        """Move time by *seconds*; raises :class:`SimulatorError` for what is no time that can pass, too."""
        if not 0 <= seconds <= _LAST - self.now:
            raise SimulatorError(
                f"Time cannot move by {seconds!r} seconds.",
                hint="It goes forward, to a hundred years after the beginning at most.",
            )
        self.run(self.now + seconds)

    def run_due(self, moment: float) -> None:
        """Let happen what is due at *moment*; time stands at the last of it then."""
        with self._turn():
            while self.env.peek() <= moment:
                self.env.step()

    def reach(self, moment: float) -> None:
        """Move time to *moment*, unless it is being moved already or is there."""
        with self._turn_if_free() as is_mine:
            if is_mine and moment > self.env.now:
                self.env.run(moment)

    def settle(self) -> None:
        """Let happen what is due now, unless another thread moves time: that one does it then."""
        with self._turn_if_free() as is_mine:
            while is_mine and self.env.peek() <= self.env.now:
                self.env.step()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Have the turn to move time, once no other thread has it."""
        self.refuse_waiting()
        with self._turns, self._lock:
            yield

    @contextmanager
    def _turn_if_free(self) -> Iterator[bool]:
        """The same without waiting; says whether it came about. It never does inside the world."""
        if not self.may_wait or not self._turns.acquire(blocking=False):
            yield False
            return
        try:
            with self._lock:
                yield True
        finally:
            self._turns.release()


def _guard(process: Process[object], fail: Callable[[Exception], None]) -> Process[None]:
    """Run *process*; SimPy would stop the world for an exception in it, whoever moves time then."""
    try:
        yield from process
    except Exception as error:
        fail(error)


def _log_fault(error: Exception) -> None:
    # Every line of the traceback is indented: a message in it cannot look like a line of the log.
    told = indent(visible("".join(format_exception(error))), "  | ", lambda _: True)
    _LOG.error("A fault of the simulator; please report it.\n%s", told)


def until_interrupted(process: Process[object]) -> Process[None]:
    """Run *process*; an interrupt ends it wherever it is."""
    try:
        yield from process
    except simpy.Interrupt:
        return
