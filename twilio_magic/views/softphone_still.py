"""A still picture of a softphone, for where no kernel runs: exports, and notebooks that are only read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from ..display import keep_units
from ._theme import (
    FAINT,
    FRAME,
    block,
    card,
    grid,
    span,
)

_SHAPE = f"{FRAME};border-radius:18px;padding:10px 22px;text-align:center;display:inline-block"


def html(address: str, status: str, lines: Iterable[Mapping[str, str]]) -> Markup:
    """The phone at *address*: its *status*, and the *lines* of its transcript, each with ``who`` and ``text``."""
    cells = [part for line in lines for part in (span(line["who"]), span(line["text"]))]
    own = block(address, "font-weight:600;font-size:110%")
    phone = block(Markup("").join([own, block(keep_units(status), f"color:{FAINT}")]), _SHAPE)
    heard = block(grid("auto minmax(0,1fr)", cells), "margin-top:8px") if cells else Markup("")
    return card(phone, heard)
