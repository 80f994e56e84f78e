"""A bar that shows how far something is: in a notebook a widget, in a terminal one line that is drawn over."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from time import monotonic

from ..display import load_view
from ._live import in_kernel, is_attended
from ._terminal import draw_over

#: Is told how much is done, and how much there is in all.
Tell = Callable[[int, int], object]

_BETWEEN = 0.1  # seconds until it is drawn again
_WIDTH = 30  # characters


def progress_bar() -> AbstractContextManager[Tell]:
    """The bar of a notebook with a person at it, that of a terminal, or else none; gives the function to tell."""
    if in_kernel():
        if not is_attended():
            return nullcontext(_ignore)
        bar: AbstractContextManager[Tell] = load_view("twilio_magic.notebook:widget_bar")()
        return bar
    is_watched = sys.stderr is not None and sys.stderr.isatty()
    return _terminal_bar() if is_watched else nullcontext(_ignore)


def _ignore(*_: int) -> None:
    """Nobody watches."""


def now_and_then(draw: Tell) -> Tell:
    """*draw*, called at most ten times a second, and for what is complete."""
    last = -_BETWEEN

    def tell(done: int, whole: int) -> None:
        nonlocal last
        if done == whole or monotonic() - last >= _BETWEEN:
            last = monotonic()
            draw(done, whole)

    return tell


@contextmanager
def _terminal_bar() -> Iterator[Tell]:
    try:
        yield now_and_then(_draw)
    finally:
        draw_over("")


def _draw(done: int, whole: int) -> None:
    full = _WIDTH * done // whole if whole else _WIDTH
    bar = "█" * full + "░" * (_WIDTH - full)
    draw_over(f"{bar} {done:,} of {whole:,}")
