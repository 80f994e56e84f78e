"""The lock around a world: every thread that reads or changes the world holds it.

``_clock.py`` has the order in which it and the other locks are taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context, ContextVar, copy_context
from threading import Lock, get_ident

from ...errors import WaitingInsideWebhook
from ...records import dataclass
from ._interrupts import acquire, interrupts


@dataclass(slots=True)
class _Request:
    """A time for which *lock* is laid down; it belongs to what an application does on other threads, too."""

    lock: WorldLock
    is_over: bool = False


#: The request that this thread or task works for. The tasks and threads of an application inherit it.
_REQUEST: ContextVar[_Request | None] = ContextVar("request", default=None)


def session_context() -> Context:
    """The context for a thread that works for an application as long as it likes: it is never one that may wait."""
    context = copy_context()
    request = _REQUEST.get()
    if request is not None:
        context.run(_REQUEST.set, _Request(request.lock))
    return context


class WorldLock:
    """A reentrant lock that its holder can lay down for a while.

    A call that asks a web application for instructions lays it down, because the application may use the API before it
    answers, from another thread or another process. Interrupts are held back from before it is acquired until it is
    released.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._holder: int | None = None
        self._depth = 0
        self._laid_down_by: set[int] = set()

    @property
    def is_held(self) -> bool:
        """Whether this thread holds it."""
        return self._holder == get_ident()

    @property
    def is_laid_down(self) -> bool:
        """Whether this thread has laid it down, and takes it up again: it waits for a web application.

        So has a thread or task of that application.
        """
        request = _REQUEST.get()
        is_inside = request is not None and request.lock is self and not request.is_over
        return is_inside or get_ident() in self._laid_down_by

    def refuse_ending(self, is_answering: bool) -> None:
        """Raise :class:`WaitingInsideWebhook` if this thread is inside the world, or an application *is_answering*."""
        if is_answering or self.is_laid_down:
            raise WaitingInsideWebhook(
                "A simulated world cannot begin anew while an application in it answers.",
                hint="Let the application answer first, then call simulator.reset().",
            )
        if self.is_held:
            raise WaitingInsideWebhook(
                "A simulated world cannot begin anew before a phone's function or listener returns.",
                hint="Let it return first, then call simulator.reset().",
            )

    def __enter__(self) -> None:
        if not self.is_held:
            self._acquire()
        self._depth += 1

    def _acquire(self) -> None:
        interrupts.__enter__()
        try:
            acquire(self._lock)
        except BaseException:
            interrupts.__exit__()
            raise
        self._holder = get_ident()

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if not self._depth:
            self._holder = None
            self._lock.release()
            interrupts.__exit__()

    @contextmanager
    def laid_down(self) -> Iterator[None]:
        """Let other threads in while the block runs; without effect on a thread that does not hold the lock."""
        if not self.is_held:
            yield
            return
        me, was_laid_down = get_ident(), self.is_laid_down
        self._laid_down_by.add(me)
        depth, self._depth, self._holder = self._depth, 0, None
        request = _Request(self)
        before = _REQUEST.set(request)
        self._lock.release()
        try:
            yield
        finally:
            request.is_over = True
            _REQUEST.reset(before)
            self._lock.acquire()
            self._depth, self._holder = depth, me
            if not was_laid_down:
                self._laid_down_by.remove(me)
