"""Rows that tell something: when, of what kind, and the words, which are below these where there is no room beside."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from ..timeline import clock
from ._theme import WRAP, block

#: How wide bold letters are in the widest of the usual fonts, in sizes of the font; those that are named nowhere, and
#: digits, as most. Rows align only if no word is wider than is thought.
_WIDTHS = (("mwMW@%", 1.05), ("ABCDEFGHJKLNOPQRSTUVXYZ+=<>&", 0.85), ("fijlrtI.,:;'|!()[]- ", 0.5))
_MOST_LETTERS, _WIDE = 0.72, 1.05
_REGULAR = 0.9  # of the width of bold letters
_COUNTED = 0.62  # the width of a character of a time, in any font
_SPACE = 0.9  # between two words of different columns
_LEAST = 13  # in sizes of the font: words that need more may stand beside the others if they have so much


def tell(
    first: tuple[Markup, float], heads: Iterable[tuple[Markup, float]], words: Markup
) -> Markup:
    """A row with *first* at the right of its column, then *heads*, then the *words*.

    Each but the words has the width of its column: :func:`width_of_words`, :func:`width_of_times`. Rows below each
    other with the same widths are a table, in which a narrow page has room for words.
    """
    columns = [block(head, f"min-width:{width:g}em") for head, width in heads]
    least = width_of_words([words.striptags()], _LEAST)
    told = block(words, f"flex:1 1 {least:g}em;min-width:0;{WRAP}")
    beside = block(
        Markup("").join([*columns, told]),
        f"flex:1;min-width:0;display:flex;flex-wrap:wrap;column-gap:{_SPACE}em",
    )
    shown, width = first
    return block(
        Markup("{}{}").format(block(shown, f"min-width:{width:g}em;text-align:right"), beside),
        f"display:flex;column-gap:{_SPACE}em",
    )


def width_of_words(words: Iterable[str], most: float = 14, *, is_bold: bool = False) -> float:
    """How wide a column with these *words* is, in sizes of the font."""
    scale = 1 if is_bold else _REGULAR
    return min(round(max(map(_width, words), default=0) * scale, 1), most)


def width_of_times(times: Iterable[float]) -> float:
    """How wide a column with these *times* is, in sizes of the font."""
    return round(max((len(clock(each)) for each in times), default=0) * _COUNTED, 1)


def _width(words: str) -> float:
    return sum(map(_width_of_letter, words))


def _width_of_letter(letter: str) -> float:
    known = (width for letters, width in _WIDTHS if letter in letters)
    return next(known, _MOST_LETTERS if letter.isascii() or letter.islower() else _WIDE)
