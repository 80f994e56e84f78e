"""Virtual time: it moves only while a caller waits for it, and then at once.

The clock is a SimPy environment, so a thirty-minute call takes milliseconds and runs the same way every time.

One thread at a time moves it: it has the turn. Locks are taken in this order, none while a later one is held:

1. ``Session.lock`` of a notebook: one button at a time;
2. the turn to move time (``Clock._turns``);
3. the lock of the world (:class:`WorldLock`);
4. ``Softphone._drawing``: what a softphone shows.

Webhooks, phones' functions and people's listeners run while 2 or 3 are held. So who is inside the world never waits for
the turn: :meth:`Clock.run` refuses it, and what moves time only if nobody else does leaves it be.

Interrupts are held back while 2 or 3 are held, and take effect between two steps, when neither is: ``_interrupts.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from math import inf
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import simpy

from ...errors import SimulatorError, WaitingInsideWebhook
from ._awaited import AwaitedEnvironment
from ._interrupts import acquire, interrupts
from ._log import log_error

if TYPE_CHECKING:
    from ._lock import WorldLock

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


class Background(Protocol):
    """What happens in simulated time beside the processes of the clock: mounted applications have timers, too."""

    @property
    def next_at(self) -> float:
        """The moment of the next thing to happen; infinity if there is none."""

    @property
    def is_connected(self) -> bool:
        """Whether something may come from outside at any time, from a server that runs."""

    def run_due(self, moment: float) -> None:
        """Let happen what is due at *moment*."""


class Clock:
    """Seconds since the world began, and the processes that wait for them."""

    def __init__(self, lock: WorldLock, now: float = 0.0) -> None:
        self.env = AwaitedEnvironment(now)
        #: The simulated moment from which its seconds count.
        self.beginning = BEGINNING
        self._lock = lock
        self._turns = Lock()
        self.background: Background | None = None
        #: How many steps its processes have taken, and how many of the processes go on.
        self.steps = self.processes = 0
        #: While the past is replayed, only that moves time.
        self.is_stepping = self.is_replaying = False
        #: Is told when time begins to move.
        self.moves: Callable[[], None] = lambda: None

    @property
    def now(self) -> float:
        """Seconds since the beginning, to the millisecond."""
        return self.env.rounded_now

    def date(self, at: float | None = None) -> datetime:
        """The moment *at* seconds after the beginning, or now."""
        return self.beginning + timedelta(seconds=self.now if at is None else at)

    def start(
        self, process: Process[object], fail: Callable[[BaseException], None] | None = None
    ) -> simpy.Process:
        """Let *process* run from now on. An exception in it ends it, and nothing else: *fail* is told, or the log.

        One that is no :class:`Exception` is also raised again, when the step is over.
        """
        self.processes += 1
        return self.env.process(self._guard(process, fail or _log_fault))

    def _guard(
        self, process: Process[object], fail: Callable[[BaseException], None]
    ) -> Process[None]:
        """Run *process*; SimPy would stop the world for an exception in it, whoever moves time then."""
        try:
            yield from process
        except GeneratorExit:  # it is closed, and nobody's exception
            raise
        except BaseException as error:
            fail(error)
            if not isinstance(error, Exception):
                interrupts.keep(error)
        finally:
            self.processes -= 1

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
            return self._next_at

    @property
    def is_connected(self) -> bool:
        """Whether something may come from outside at any time, so that it is looked at again and again."""
        return self.background is not None and self.background.is_connected

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

        While another thread moves it, this one waits for its turn. An interrupt takes effect between two steps: time
        stands then, nothing is lost, and it can be moved on. Raises :class:`WaitingInsideWebhook` when called from
        inside the world: by a process of the clock itself, or by a thread that holds the world's lock. The timers of an
        application may go on for ever: they are not what time moves for when there is no *until*.
        """
        if isinstance(until, simpy.Event):
            event = until
            self._move(self._turn, lambda: self._is_awaited(event))
        elif until is None:
            self._move(self._turn, lambda: self.env.peek() < inf)
        else:
            moment = until
            self._move(self._turn, lambda: self._next_at < moment, moment)

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
        self._move(self._turn, lambda: self._next_at <= moment)

    def reach(self, moment: float) -> None:
        """Move time to *moment*, unless it is being moved already or is there."""
        self._move(self._turn_if_free, lambda: self._next_at < moment, moment)

    def settle(self) -> None:
        """Let happen what is due now, unless another thread moves time: that one does it then."""
        if self.is_replaying:
            return
        self._move(self._turn_if_free, lambda: self._next_at <= self.env.now)

    def _move(
        self,
        take_turn: Callable[[], AbstractContextManager[bool]],
        is_due: Callable[[], bool],
        moment: float = -inf,
    ) -> None:
        """Take the steps that are due, then go on to *moment*. For an interrupt the turn is given up in between."""
        is_done = False
        while not is_done:
            with take_turn() as is_mine:
                if is_mine:
                    self.moves()
                is_done = not is_mine or self._step_while(is_due)
                if is_mine and is_done and moment > self.env.now:
                    self.env.run(moment)

    def _step_while(self, is_due: Callable[[], bool]) -> bool:
        """Take the steps that are due; returns whether it was all of them, and not an interrupt that came first."""
        while is_due():
            self._step()
            if interrupts.is_due:
                return False
        return True

    @property
    def _next_at(self) -> float:
        at = float(self.env.peek())
        return at if self.background is None else min(at, self.background.next_at)

    def _step(self) -> None:
        """Let the next thing happen. Of two at one moment, that of the world is the first."""
        own, background = self.env.peek(), self.background
        if background is None or (at := background.next_at) >= own:
            self.steps += self.env.is_awaited
            self.is_stepping = True
            try:
                self.env.step_on()
            finally:
                self.is_stepping = False
            return
        if at > self.env.now:
            self.env.timeout(at - self.env.now)
            self.env.step()
        with self._lock.laid_down():
            try:
                background.run_due(at)
            except Exception as error:
                _log_fault(error)
            except BaseException as error:
                interrupts.keep(error)

    @property
    def mark(self) -> int:
        """Twice the number of steps that are over, and one more within a step."""
        return 2 * self.steps - self.is_stepping

    def step_while(self, is_due: Callable[[], bool]) -> None:
        """Take steps while *is_due*, and there are any."""
        self._move(self._turn, lambda: self._next_at < inf and is_due())

    def _is_awaited(self, event: simpy.Event) -> bool:
        if event.processed:
            return False
        if self.env.peek() == inf and self._next_at == inf:
            raise SimulatorError(
                "What is waited for never happens: nothing is left to come in this world.",
                hint="This is a fault of the simulator; please report it.",
            )
        return True

    @contextmanager
    def _turn(self) -> Iterator[bool]:
        """Have the turn to move time, once no other thread has it."""
        self.refuse_waiting()
        with interrupts:
            acquire(self._turns)
            try:
                with self._lock:
                    yield True
            finally:
                self._turns.release()

    @contextmanager
    def _turn_if_free(self) -> Iterator[bool]:
        """The same without waiting; says whether it came about. It never does inside the world."""
        with interrupts:
            if not self.may_wait or not self._turns.acquire(blocking=False):
                yield False
                return
            try:
                with self._lock:
                    yield True
            finally:
                self._turns.release()


def _log_fault(error: BaseException) -> None:
    log_error("A fault of the simulator; please report it.", error)


def until_interrupted(process: Process[object]) -> Process[None]:
    """Run *process*; an interrupt ends it wherever it is."""
    try:
        yield from process
    except simpy.Interrupt:
        return
