"""A resource of the API that has no card of its own: the fields that its table has, one below the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ._theme import FAINT, WRAP, block, card, grid, span
from .table import color_of, read_columns

if TYPE_CHECKING:
    from markupsafe import Markup

    from ..api import Resource

_BEFORE_CAPITAL = re.compile("(?<=[a-z])(?=[A-Z])")


def bundle(resource: Resource) -> dict[str, str]:
    """The MIME bundle of *resource*."""
    return {"text/plain": repr(resource), "text/html": str(_html(resource))}


def _html(resource: Resource) -> Markup:
    kind = _BEFORE_CAPITAL.sub(" ", type(resource).__name__).capitalize()
    cells = [
        cell
        for name, value in read_columns(resource).items()
        if value
        for cell in (
            span(name, f"color:{FAINT}"),
            span(value, f"{color_of(value)}{WRAP}"),
        )
    ]
    title = block(kind, "font-weight:600;margin-bottom:4px")
    return card(title, grid("auto minmax(0,1fr)", cells))
