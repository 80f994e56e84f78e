"""What is made when it is first asked for, once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from threading import RLock
from typing import TypeVar

T = TypeVar("T")


def once(make: Callable[[], T]) -> Callable[[], T]:
    """Wrap *make*, so that its result is kept, and made by one thread while the others wait for it."""
    lock, made = RLock(), cache(make)

    @wraps(make)
    def get() -> T:
        with lock:
            return made()

    return get
