"""The documents that calls run, read and checked once where they come again: a menu says the same to most callers."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ...twiml import Document, Element, Speech, check, parse, speech

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...problem import Problem

#: Characters of a document that is kept; longer ones seldom come again.
_LONGEST = 4096
_KEPT = 64


def parse_once(text: str) -> Document:
    """The document that *text* is; nothing changes it. Raises :class:`NotXml`."""
    return _read_again(text) if len(text) <= _LONGEST else parse(text)


@lru_cache(maxsize=_KEPT)
def _read_again(text: str) -> Document:
    return parse(text)


def check_once(document: Document, *, inline: bool, context: str | None) -> Sequence[Problem]:
    """What :func:`check` finds in *document*."""
    if len(document.text) > _LONGEST:
        return check(document, inline=inline, context=context)
    return _check_again(document, inline, context)


@lru_cache(maxsize=_KEPT)
def _check_again(document: Document, inline: bool, context: str | None) -> Sequence[Problem]:
    return check(document, inline=inline, context=context)


@lru_cache(maxsize=4 * _KEPT)
def speech_of(element: Element) -> Speech:
    """What *element* says in one round."""
    return speech(element)
