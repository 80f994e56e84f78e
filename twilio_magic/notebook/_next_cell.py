"""Text that a form or a softphone puts into a new cell of the notebook."""

from __future__ import annotations

from IPython.core.getipython import get_ipython

from .lab import write_below

BELOW = "The text is in a new cell, below the current one."
NEXT = (
    "The text goes into a new cell, below the next cell that you run. JupyterLab lets no button add a cell: "
    "press Shift-Enter in any cell, or copy the text above."
)


def write_to_next_cell(text: str) -> str:
    """Put *text* into a new cell, below the current one or as :data:`NEXT` says; returns the sentence to show."""
    if write_below(text):
        return BELOW
    shell = get_ipython()
    if shell is None:
        return "There is no notebook here: copy the text above."
    shell.set_next_input(text, replace=False)
    return NEXT
