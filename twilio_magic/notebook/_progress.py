"""Keeps the card of a call up to date that goes on in real time after its cell has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._session import session

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from ..api import Call

_SECONDS_BETWEEN = 0.5

#: The event loop drops tasks that have no other reference.
_following: set[asyncio.Task[None]] = set()


def keep_card_current(call: Call) -> Call:
    """Return *call*; in real time its card follows it to its end."""
    if session().simulator.pace is not None and not _is_over(call):
        # the result of a cell has no display id, so the call displays itself with one
        call._ipython_display_ = lambda: _display(call)  # type: ignore[attr-defined]
    return call


def _display(call: Call) -> None:
    from IPython.display import display

    from .branches import show_card

    card = display(show_card(call), raw=True, display_id=True)
    follow_call(call, lambda: card.update(show_card(call), raw=True))


def follow_call(call: Call, draw: Callable[[], object]) -> None:
    """In real time, let *draw* be called whenever something has happened in *call*."""
    if session().simulator.pace is None or _is_over(call):
        return
    import asyncio

    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return  # another thread keeps the time; the card stays as it is
    task = loop.create_task(_follow(call, draw))
    _following.add(task)
    task.add_done_callback(_following.discard)


async def _follow(call: Call, draw: Callable[[], object]) -> None:
    """Call *draw* whenever something has happened, until the call is over."""
    import asyncio

    shown = _state(call)
    while not _is_over(call):
        await asyncio.sleep(_SECONDS_BETWEEN)
        call.fetch()
        if shown != (shown := _state(call)):
            draw()


def _is_over(call: Call) -> bool:
    from ..api import FINAL

    return call.status in FINAL


def _state(call: Call) -> tuple[str, int]:
    return call.status, len(call.timeline)
