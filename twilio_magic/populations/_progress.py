"""Who is told how far it is: a function, or the bar of whoever shows one, which stands on a higher floor."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from ..display import load_view

#: Is told how many callers are done, and how many there are in all.
Progress = Callable[[int, int], object]


def show_progress(progress: Progress | bool) -> AbstractContextManager[Progress]:
    """Gives the function to tell: *progress* itself, that of a bar where a person watches, or one that does nothing."""
    if callable(progress):
        return nullcontext(progress)
    if not progress:
        return nullcontext(lambda *_: None)
    bar: AbstractContextManager[Progress] = load_view("twilio_magic.cli:progress_bar")()
    return bar
