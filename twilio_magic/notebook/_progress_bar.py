"""The bar of a notebook that shows how far something is, and goes when it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def widget_bar() -> Iterator[Callable[[int, int], object]]:
    """Show a bar below the cell while the block runs; gives the function to tell how much of how much is done."""
    from IPython.display import display
    from ipywidgets import HBox, IntProgress, Label

    from ..cli import now_and_then

    bar, label = IntProgress(), Label()
    box = HBox([bar, label])
    shown = display(box, display_id=True)

    def draw(done: int, whole: int) -> None:
        bar.max, bar.value, label.value = whole, done, f"{done:,} of {whole:,}"

    try:
        yield now_and_then(draw)
    finally:
        shown.update({"text/plain": ""}, raw=True)
        for widget in (bar, label, box):
            widget.close()
