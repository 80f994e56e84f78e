"""An asyncio event loop in simulated time, for the applications that are mounted in process.

It runs what can happen and stops: an ``asyncio.sleep(20)`` costs twenty simulated seconds, and no real ones. While a
thread or a socket owes the application an answer, simulated time stands still and real time passes.
"""

from __future__ import annotations

import asyncio
import ctypes
from asyncio import Future, Task, TimerHandle
from collections.abc import Callable, Coroutine
from math import inf
from time import monotonic
from typing import Any

from ...errors import SimulatorError
from ._foreign_threads import waits_for_thread
from ._interrupts import run_foreign
from ._log import log_warning
from ._open_work import OpenWork, WaitingTime
from ._running_loop import outside_running_loop
from ._selector import LoopSelector, Ready, SocketSelect
from ._socketless_loop import SocketlessLoop
from ._timer_grid import TimerGrid

#: How long, in real seconds, one look at threads and sockets takes at most.
_LOOK = 0.05
#: How long, in real and in simulated seconds, what still works may take to clean up when a world ends.
_LAST_PATIENCE, _LAST_SECONDS = 1.0, 10.0

#: The function of asyncio that a sleeping task sets its timer for.
_END_OF_SLEEP = "_set_result_unless_cancelled"


class VirtualLoop(SocketlessLoop):
    """An event loop whose time is that of a simulated world. It never runs by itself: see :meth:`run_due`.

    *patience* is how many real seconds it waits for what is no timer. *threads_at_work* counts the threads of other
    libraries that work for a task; the loop's own are counted, and those that tasks of *answered* requests wait for.
    """

    def __init__(self, now: float, patience: WaitingTime | None = None) -> None:
        self._moment = self._limit = now
        self._deadline = self._patience = 0.0
        self._wanted: Future[Any] | None = None
        self._executing = 0
        self._waited = 0.0
        self._given_up = 0
        self._grid = TimerGrid()
        self._is_restless = False
        self.threads_at_work: Callable[[], int] = int
        self.work = OpenWork(patience or WaitingTime())
        self.answered: set[Task[Any]] = set()
        selector = LoopSelector(self)
        super().__init__(selector)
        self._selector_map = selector.get_map()
        self._own_sockets = len(self._selector_map)

    def time(self) -> float:
        """Simulated seconds since the world began."""
        return self._moment

    @property
    def next_at(self) -> float:
        """The moment of the application's next timer; infinity if there is none."""
        timers: list[TimerHandle] = self._scheduled  # type: ignore[attr-defined]
        if not timers:
            return inf
        return min((timer.when() for timer in timers if not timer.cancelled()), default=inf)

    def run_due(self, moment: float, patience: float | None = None) -> None:
        """Let happen what can happen until the simulated *moment*; what is busy without a rest has *patience* real
        seconds, and only a moment in each of the next times.

        What is given up goes on beside simulated time, and whoever it works for is told.
        """
        seconds, was_restless = (
            self.work.patience.seconds if patience is None else patience,
            self._is_restless,
        )
        self._drive(None, moment, min(seconds, _LOOK) if was_restless else seconds)
        if self._is_owed_by_thread and self._left_for_threads <= 0:
            self.give_up_threads()
            self.work.give_up("a thread of the application still works")
        if self._is_restless and not was_restless:
            self.work.give_up("the application is busy without a rest")
        self.work.give_up_late(**self._what_is_there)

    def run_ready(self) -> None:
        """Let who was given up do what it can do at once. Nobody waits for it, so nobody is told that it is late."""
        was_restless = self._is_restless
        self._drive(None, self._moment, 0.0)
        self._is_restless = was_restless

    def rest_until(self, moment: float) -> bool:
        """Move time to *moment* without the loop, which costs most of a frame; returns whether nothing can happen until
        then.
        """
        is_idle = not (self._ready or self._at_work or self.has_sockets)  # type: ignore[attr-defined]
        is_at_rest = is_idle and self.next_at > moment and self._left_for_others <= 0
        if is_at_rest:
            self._moment = max(moment, self._moment)
        return is_at_rest

    def give_up_threads(self) -> None:
        """Wait no more for the threads that are at work now."""
        self._given_up = self._at_work

    def run_for(self, wanted: Future[Any], moment: float, patience: float) -> bool:
        """Let things happen until *wanted* is done; returns whether it is.

        It is not when simulated time would pass *moment*, or after *patience* real seconds.
        """
        wanted.add_done_callback(self._stop_for)
        try:
            self._drive(wanted, moment, patience)
        finally:
            wanted.remove_done_callback(self._stop_for)
        return wanted.done()

    def run_in_executor(self, executor: Any, func: Any, *args: Any) -> Any:  # type: ignore[override]
        """The same as in any loop; the thread counts as at work until it is done."""
        future = super().run_in_executor(executor, func, *args)
        self._executing += 1
        future.add_done_callback(self._end_execution)
        return future

    def call_at(self, when: float, callback: Any, *args: Any, context: Any = None) -> TimerHandle:  # type: ignore[override]
        """The same as in any loop; but a timer of less than a millisecond waits for the next one."""
        return super().call_at(
            self._grid.place(when, self._moment), callback, *args, context=context
        )

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        """The same as in any loop, except for exceptions that end programs: whoever runs the loop got those."""
        if not isinstance(context.get("exception"), KeyboardInterrupt | SystemExit):
            super().call_exception_handler(context)

    def settle_threads(self) -> bool:
        """Give the threads that were given up a last moment; returns whether one still works."""
        if self._given_up:
            self._given_up, self._wanted = 0, None
            self._waited += self._left_for_threads - _LAST_PATIENCE
            self._drive(None, self._moment, _LAST_PATIENCE)
        return self._at_work > 0

    def end(self) -> list[tuple[str, bool]]:
        """Cancel what still runs, and close the loop.

        Returns the names of the tasks that did not end by themselves, each with whether it ended then. One that did not
        is kept for ever: where it catches all exceptions, Python would never come to the end of closing it.
        """
        left = list(asyncio.all_tasks(self))
        try:
            for task in left:
                task.cancel()
            if left:
                self._run_last(asyncio.wait(left))
            self._run_last(self.shutdown_asyncgens())
        finally:
            for task in asyncio.all_tasks(self):
                ctypes.pythonapi.Py_IncRef(ctypes.py_object(task))
            self.close()  # which lets the threads of the executor end by themselves
        return [(_describe(task), task.done()) for task in left]

    def _run_last(self, work: Coroutine[Any, Any, Any]) -> None:
        self.run_for(self.create_task(work), self._moment + _LAST_SECONDS, _LAST_PATIENCE)

    def _drive(self, wanted: Future[Any] | None, moment: float, patience: float) -> None:
        if self.is_running():
            raise SimulatorError(
                "A mounted application cannot be requested while it works on a request.",
                hint="Let it answer first, or mount the other part as an application of its own.",
            )
        self._wanted, self._limit = wanted, max(moment, self._moment)
        self._patience = patience
        self._deadline = monotonic() + patience
        if not self._is_owed_by_thread:
            self._waited = 0.0
        with outside_running_loop():
            run_foreign(self.run_forever)
        if wanted is None:
            self._moment = self._limit

    def stop_if_late(self) -> None:
        """Stop if the real time is over: an application may be ready for ever, and never wait."""
        if monotonic() > self._deadline:
            self._is_restless = True
            self.stop()

    def _stop_for(self, _: Future[Any]) -> None:
        self.stop()

    def _end_execution(self, _: object) -> None:
        self._executing -= 1

    def wait(self, timeout: float | None, select: SocketSelect) -> Ready:
        """What to do when nothing is ready: wait for the real world, move time to the next timer, or stop.

        *timeout* is how many simulated seconds there are until the next timer.
        """
        self._is_restless = False
        if self._is_owed_by_thread and self._left_for_threads > 0:
            return self._wait_for_threads(select)
        left = self._left_for_others
        if left > 0:
            found = self._wait_for_others(
                select, min(left, _LOOK, inf if timeout is None else timeout)
            )
            if found or timeout is None or not self._reaches(timeout):
                return found
            self._moment += min(timeout, _LOOK)  # real sockets are spoken with in real time
            return []
        if timeout is not None and self._reaches(timeout):
            self._moment += timeout
            if warning := self._grid.count(self._moment):
                log_warning(warning)
            return []
        left = self._deadline - monotonic()
        if left > 0 and self._wanted is not None and timeout is None:
            return select(min(left, _LOOK))  # a thread that nobody knows of may bring the answer
        self.stop()
        return []

    def _wait_for_threads(self, select: SocketSelect) -> Ready:
        begun = monotonic()
        found = select(min(self._left_for_threads, _LOOK))
        self._waited += monotonic() - begun
        if self._wanted is None:
            self._deadline = monotonic() + self._patience  # it was not busy meanwhile
        return found

    def _wait_for_others(self, select: SocketSelect, seconds: float) -> Ready:
        begun = monotonic()
        found = select(seconds)
        if found:
            self.work.note_progress()
        else:
            self.work.spend(monotonic() - begun)
        if self._wanted is None:
            self._deadline = monotonic() + self._patience  # it was not busy meanwhile
        return found

    def _reaches(self, timeout: float) -> bool:
        return self._moment + timeout <= self._limit

    @property
    def _left_for_threads(self) -> float:
        """How many real seconds more threads are waited for: within the time limit of a request, else in all."""
        if self._wanted is not None:
            return self._deadline - monotonic()
        return self.work.patience.seconds - self._waited

    @property
    def _at_work(self) -> int:
        behind_answers = sum(map(waits_for_thread, self.answered)) if self.answered else 0
        return self._executing + self.threads_at_work() + behind_answers

    @property
    def _is_owed_by_thread(self) -> bool:
        """Whether a thread is at work that was not given up."""
        at_work = self._at_work
        self._given_up = min(self._given_up, at_work)
        return at_work > self._given_up

    @property
    def has_sockets(self) -> bool:
        """Whether applications have sockets open."""
        return len(self._selector_map) > self._own_sockets

    @property
    def has_news(self) -> bool:
        """Whether something has come on a socket of an application that nobody has looked at."""
        return self.has_sockets and bool(self._selector.peek())  # type: ignore[attr-defined]

    @property
    def _what_is_there(self) -> dict[str, bool]:
        """What may bring what is owed."""
        is_asleep = any(map(_is_sleep, self._scheduled))  # type: ignore[attr-defined]
        return {"has_sockets": self.has_sockets, "is_asleep": is_asleep}

    @property
    def _left_for_others(self) -> float:
        """How many real seconds more are waited for sockets, and for threads that nobody knows of."""
        left = self.work.left(**self._what_is_there)
        return left if self._wanted is None or left <= 0 else self._deadline - monotonic()


def _is_sleep(timer: TimerHandle) -> bool:
    """Whether *timer* ends an ``asyncio.sleep``, and not the patience of somebody who waits for something else."""
    callback = getattr(timer, "_callback", None)
    return not timer.cancelled() and getattr(callback, "__name__", "") == _END_OF_SLEEP


def _describe(task: Task[Any]) -> str:
    """The name that *task* was given, or that of the function that it runs."""
    work: Coroutine[Any, Any, Any] | Any = task.get_coro()
    name = task.get_name()
    return getattr(work, "__qualname__", name) if name.startswith("Task-") else name
