"""Leaves the event loop that this thread runs, such as that of a notebook's kernel, while other code runs."""

from __future__ import annotations

import asyncio
from asyncio import events
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from ._interrupts import run_foreign

P = ParamSpec("P")
T = TypeVar("T")


def run_foreign_outside_loop(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call *function*, which is not ours, as :func:`run_foreign` does, and as if this thread ran no event loop."""
    with outside_running_loop():
        return run_foreign(function, *args, **kwargs)


@contextmanager
def outside_running_loop() -> Iterator[None]:
    """Let the block do what is allowed only where no event loop runs: run one itself, as ``asyncio.run`` does.

    So does an application whose framework is synchronous and whose views are ``async``: Flask and Django refuse that
    inside a loop, and Django its database, too.
    """
    running = events._get_running_loop()
    if running is None:
        yield
        return
    task = asyncio.current_task(running)
    if task is not None:
        asyncio.tasks._leave_task(running, task)
    events._set_running_loop(None)
    try:
        yield
    finally:
        events.set_event_loop(running)  # asyncio.run has put None there
        events._set_running_loop(running)
        if task is not None:
            asyncio.tasks._enter_task(running, task)
