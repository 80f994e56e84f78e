"""The element or attribute at the cursor."""

from __future__ import annotations

from ..language._source import Markup, scan


def pointed_at(text: str, offset: int) -> tuple[str, str | None] | None:
    """Find the element at *offset*, and its attribute if the place is in one; ``None`` between tags.

    The text need not be complete: people ask while they write.
    """
    for piece in scan(text):
        if piece.start <= offset <= piece.end and piece.kind in {"open", "empty", "close"}:
            return piece.name, _find_attribute(piece, offset)
        if piece.kind == "broken":
            return _find_in_unfinished(text, piece.start, offset)
    return None


def _find_attribute(tag: Markup, offset: int) -> str | None:
    """Find the attribute whose name or value is at *offset*."""
    for span in tag.attributes:
        if span.start <= offset <= span.value_end + 1:
            return span.name
    return None


def _find_in_unfinished(text: str, start: int, offset: int) -> tuple[str, str | None] | None:
    """Find the same in a tag that is still being written, by closing it in the likely ways."""
    if offset < start:
        return None
    for ending in (">", '">', "'>", '="">'):
        piece = next(scan(text[start:offset] + ending), None)
        if piece is not None and piece.kind == "open":
            return piece.name, _find_attribute(piece, offset - start)
    return None
