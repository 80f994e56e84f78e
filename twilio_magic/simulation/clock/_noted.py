"""Noting what happens in a block, for whoever began it, however deep inside it happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: Where it is noted; ``None`` outside of such blocks.
Noted = ContextVar[list[str] | None]


@contextmanager
def note_in(noted: Noted) -> Iterator[list[str]]:
    """Let *noted* have a new list inside the block, which is given."""
    found: list[str] = []
    before = noted.set(found)
    try:
        yield found
    finally:
        noted.reset(before)
