"""Rows that tell something: when, of what kind, and the words, which are below these where there is no room beside."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from ._theme import WRAP, block

_LETTER, _DIGIT = 0.58, 0.7  # how wide they are if they are bold, in sizes of the font
_SPACE = 0.9  # between two words of different columns
_LEAST = 13  # in sizes of the font: words that need more may stand beside the others if they have so much


def tell(time: Markup, heads: Iterable[tuple[Markup, float]], words: Markup) -> Markup:
    """A row with *time*, and *heads*, each with its width (see :func:`width_of_words`), before the *words*.

    Rows below each other with the same widths are a table, in which a narrow page has room for words.
    """
    columns = [block(head, f"min-width:{width:g}em") for head, width in heads]
    least = width_of_words([words.striptags()], _LEAST)
    told = block(words, f"flex:1 1 {least:g}em;min-width:0;{WRAP}")
    beside = block(
        Markup("").join([*columns, told]),
        f"flex:1;min-width:0;display:flex;flex-wrap:wrap;column-gap:{_SPACE}em",
    )
    return block(
        Markup("{}{}").format(block(time, "min-width:3.5em;text-align:right"), beside),
        f"display:flex;column-gap:{_SPACE}em",
    )


def width_of_words(words: Iterable[str], most: float = 14) -> float:
    """How wide a column with these *words* is, in sizes of the font."""
    return min(round(max(map(_width, words), default=0), 1), most)


def _width(words: str) -> float:
    return sum(_LETTER if each.isalpha() or each.isspace() else _DIGIT for each in words)
