"""Threads that a library has begun by itself: an event loop knows no more than the future that ends with one."""

from __future__ import annotations

from asyncio import Task
from typing import Any

#: What asyncio calls when such a future is canceled: it was made by ``asyncio.wrap_future``.
_CHAINED = "_chain_future.<locals>._call_check_cancel"


def waits_for_thread(task: Task[Any]) -> bool:
    """Whether *task* waits for a future of ``concurrent.futures``, which some thread brings to its end."""
    waited = getattr(task, "_fut_waiter", None)
    callbacks = getattr(waited, "_callbacks", None) or ()
    return any(getattr(each, "__qualname__", "") == _CHAINED for each, _ in callbacks)
