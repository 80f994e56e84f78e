"""The lock around a world: whoever looks at it or changes it holds it, whatever thread it is on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, get_ident


class WorldLock:
    """A reentrant lock that its holder can lay down for a while.

    A call that asks a web application for instructions lays it down, because the application may use the API before it
    answers, from another thread or another process.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._holder: int | None = None
        self._depth = 0

    def __enter__(self) -> None:
        if self._holder != get_ident():
            self._lock.acquire()
            self._holder = get_ident()
        self._depth += 1

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if not self._depth:
            self._holder = None
            self._lock.release()

    @contextmanager
    def laid_down(self) -> Iterator[None]:
        """Let others in while the block runs; for who does not hold the lock, nothing changes."""
        if self._holder != get_ident():
            yield
            return
        depth, self._depth, self._holder = self._depth, 0, None
        self._lock.release()
        try:
            yield
        finally:
            self._lock.acquire()
            self._depth, self._holder = depth, get_ident()
