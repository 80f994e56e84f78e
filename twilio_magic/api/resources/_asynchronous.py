"""The methods of Twilio's library that end in ``_async``, made from those that do not.

A simulated request is answered at once, and nothing is to be waited for. A live one waits on a thread.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from functools import wraps
from typing import Any

from ..transport._asynchronous import run_on_thread

_ENDING = "_async"
_END = object()
#: The methods that there are so, where there are these.
_METHODS = (
    "create",
    "delete",
    "fetch",
    "get_page",
    "list",
    "page",
    "stream",
    "update",
)


def asynchronous_names(kind: type) -> list[str]:
    """The methods of objects of *kind* that end in ``_async``."""
    return [name + _ENDING for name in _METHODS if callable(getattr(kind, name, None))]


def asynchronous(thing: Any, name: str) -> Callable[..., Any] | None:
    """The method of *thing* that is called *name*, which ends in ``_async``; ``None`` if there is none."""
    if not name.endswith(_ENDING) or name not in asynchronous_names(type(thing)):
        return None
    method = getattr(thing, name.removesuffix(_ENDING))

    async def run(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if thing._transport.is_live:
            return await run_on_thread(function, *args, **kwargs)
        return function(*args, **kwargs)

    @wraps(method)
    async def answer(*args: Any, **kwargs: Any) -> Any:
        made = await run(method, *args, **kwargs)
        if name == "list_async":
            await run(len, made)  # all of it: who goes through it afterwards waits for nothing
        return _stream(made, run) if name == "stream_async" else made

    answer.__name__ = name
    answer.__qualname__ = f"{type(thing).__name__}.{name}"
    return answer


async def _stream(rows: Iterator[Any], run: Callable[..., Any]) -> AsyncIterator[Any]:
    while (row := await run(next, rows, _END)) is not _END:
        yield row
