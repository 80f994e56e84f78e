"""An asyncio event loop in simulated time, for the applications that are mounted in process.

It runs what can happen and stops: an ``asyncio.sleep(20)`` costs twenty simulated seconds, and no real ones. While a
thread or a socket owes the application an answer, simulated time stands still and real time passes.
"""

from __future__ import annotations

import asyncio
import ctypes
import selectors
from asyncio import Future, Task, TimerHandle
from collections.abc import Callable, Coroutine
from math import inf
from time import monotonic
from typing import Any

from ...errors import SimulatorError
from ._interrupts import run_foreign
from ._log import log_warning
from ._running_loop import outside_running_loop
from ._timer_grid import TimerGrid

#: How long, in real seconds, one look at threads and sockets takes at most.
_LOOK = 0.05
#: How long, in real seconds, what works in the background is waited for: sockets and what is busy, each time; threads,
#: in all until they are done. Those that work for a request, which may have been answered, have longer.
_PATIENCE, _THREAD_PATIENCE, _REQUEST_PATIENCE = 5.0, 5.0, 30.0
#: How long, in real and in simulated seconds, what still works may take to clean up when a world ends.
_LAST_PATIENCE, _LAST_SECONDS = 1.0, 10.0

#: The function of asyncio that a sleeping task sets its timer for.
_END_OF_SLEEP = "_set_result_unless_cancelled"

Select = Callable[[float | None], list[tuple[selectors.SelectorKey, int]]]


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time is that of a simulated world. It never runs by itself: see :meth:`run_due`.

    *threads_at_work* counts the threads of other libraries that work for a task; the loop's own are counted.
    """

    def __init__(self, now: float) -> None:
        self._moment = self._limit = now
        self._deadline = self._patience = 0.0
        self._wanted: Future[Any] | None = None
        self._executing = 0
        self._waited = 0.0
        self._given_up = 0
        self._grid = TimerGrid()
        self._is_restless = False
        self.threads_at_work: Callable[[], int] = int
        self.open_requests = 0
        self._unheeding: set[object] = set()
        self._waited_unheeded = 0.0
        selector = _Selector(self)
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
        return min((timer.when() for timer in timers if not timer.cancelled()), default=inf)

    def run_due(self, moment: float, patience: float = _PATIENCE) -> None:
        """Let happen what can happen until the simulated *moment*, and wait *patience* real seconds for sockets.

        What took so long without a rest gets only a moment in each of the next times. Threads that are given up go on
        beside simulated time.
        """
        if self._is_at_rest_until(moment):
            self._moment = max(moment, self._moment)
            return
        self._drive(None, moment, min(patience, _LOOK) if self._is_restless else patience)
        if self._is_owed_by_thread and self._left_for_threads <= 0:
            log_warning(
                f"A thread of a mounted application still works after {self._waited:.0f} real seconds."
                " Simulated time goes on without it."
            )
            self.give_up_threads()

    def _is_at_rest_until(self, moment: float) -> bool:
        """Whether nothing can happen until *moment*: then time moves without the loop, which costs most of a frame."""
        is_idle = not (self._ready or self._at_work or self._is_owed_by_somebody)  # type: ignore[attr-defined]
        return is_idle and len(self._selector_map) == self._own_sockets and self.next_at > moment

    def give_up_threads(self) -> None:
        """Wait no more for the threads that are at work now."""
        self._given_up = self._at_work

    def note_listening(self, session: object, *, is_listening: bool) -> None:
        """Note whether the application of *session* waits for its next message; else it owes something."""
        if is_listening:
            self._unheeding.discard(session)
            self._waited_unheeded = 0.0
        else:
            self._unheeding.add(session)

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
        self._deadline, self._is_restless = monotonic() + patience, False
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

    def wait(
        self, timeout: float | None, select: Select
    ) -> list[tuple[selectors.SelectorKey, int]]:
        """What to do when nothing is ready: wait for the real world, move time to the next timer, or stop.

        *timeout* is how many simulated seconds there are until the next timer.
        """
        if self._is_owed_by_thread and self._left_for_threads > 0:
            return self._wait_for_threads(select)
        left = self._deadline - monotonic()
        if left > 0 and (self._is_owed_by_socket or self._is_owed_by_somebody):
            begun = monotonic()
            found = select(min(left, _LOOK, inf if timeout is None else timeout))
            self._waited_unheeded += monotonic() - begun
            if found or timeout is None or not self._reaches(timeout):
                return found
            self._moment += min(timeout, _LOOK)  # real sockets are spoken with in real time
            return []
        if timeout is not None and self._reaches(timeout):
            self._moment += timeout
            if warning := self._grid.count(self._moment):
                log_warning(warning)
            return []
        if left > 0 and self._wanted is not None and timeout is None:
            return select(min(left, _LOOK))  # a thread that nobody knows of may bring the answer
        self.stop()
        return []

    def _wait_for_threads(self, select: Select) -> list[tuple[selectors.SelectorKey, int]]:
        begun = monotonic()
        found = select(min(self._left_for_threads, _LOOK))
        self._waited += monotonic() - begun
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
        return (_REQUEST_PATIENCE if self.open_requests else _THREAD_PATIENCE) - self._waited

    @property
    def _at_work(self) -> int:
        return self._executing + self.threads_at_work()

    @property
    def _is_owed_by_thread(self) -> bool:
        """Whether a thread is at work that was not given up."""
        self._given_up = min(self._given_up, self._at_work)
        return self._at_work > self._given_up

    @property
    def _is_owed_by_socket(self) -> bool:
        """Whether a request that is worked on has a socket open. One that is kept for later owes nothing."""
        return self.open_requests > 0 and len(self._selector_map) > self._own_sockets

    @property
    def _is_owed_by_somebody(self) -> bool:
        """Whether a session is at work on something that is no timer: on what a thread of its own brings, perhaps."""
        return (
            bool(self._unheeding)
            and self._waited_unheeded < _REQUEST_PATIENCE
            and not any(map(_is_sleep, self._scheduled))  # type: ignore[attr-defined]
        )


class _Selector(selectors.DefaultSelector):
    """Looks at sockets without waiting; the loop decides what to wait for."""

    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready now; if nothing is, what the loop finds after it has waited."""
        found = super().select(0)
        if found or timeout == 0:
            self._loop.stop_if_late()
            return found
        return self._loop.wait(timeout, super().select)


def _is_sleep(timer: TimerHandle) -> bool:
    """Whether *timer* ends an ``asyncio.sleep``, and not the patience of somebody who waits for something else."""
    callback = getattr(timer, "_callback", None)
    return not timer.cancelled() and getattr(callback, "__name__", "") == _END_OF_SLEEP


def _describe(task: Task[Any]) -> str:
    """The name that *task* was given, or that of the function that it runs."""
    work: Coroutine[Any, Any, Any] | Any = task.get_coro()
    name = task.get_name()
    return getattr(work, "__qualname__", name) if name.startswith("Task-") else name
