"""Requests of methods that end in ``_async``: a live one waits for its answer on a thread, so that the loop goes on.

What has to be agreed to is asked on the loop's own thread, where a person can answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")

#: The event loop that waits for what this thread does, if one does.
_WAITING: ContextVar[asyncio.AbstractEventLoop | None] = ContextVar("waiting", default=None)


async def run_on_thread(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What *function* returns or raises, while the event loop goes on."""
    loop = asyncio.get_running_loop()

    def run() -> T:
        _WAITING.set(loop)  # in the context of this one call
        return function(*args, **kwargs)

    return await asyncio.to_thread(run)


@contextmanager
def enter_on_loop(block: AbstractContextManager[T]) -> Iterator[T]:
    """*block*, entered on the thread of the event loop that waits for this one, or here if none does."""
    loop = _WAITING.get()
    with ExitStack() as stack:
        if loop is None:
            yield stack.enter_context(block)
            return

        async def enter() -> T:
            return block.__enter__()

        value = asyncio.run_coroutine_threadsafe(enter(), loop).result()
        stack.push(block.__exit__)
        yield value
