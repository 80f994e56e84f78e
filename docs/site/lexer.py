"""Colours for cells: TwiML below ``%%twiml`` is XML, everything else is Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pygments.lexers.html import XmlLexer
from pygments.lexers.python import Python3Lexer
from pygments.token import Keyword, Text, _TokenType

_MARKS = ("%", "!")


class CellLexer(Python3Lexer):
    """A cell of a notebook."""

    name = "Cell"
    aliases = ["ipython3"]  # noqa: RUF012 - as its base has it

    def get_tokens_unprocessed(
        self, text: str, stack: Iterable[str] = ("root",)
    ) -> Iterator[tuple[int, _TokenType, str]]:
        """What each part of *text* is, with the place where it begins."""
        head, newline, below = text.partition("\n")
        if not head.startswith(_MARKS):
            yield from super().get_tokens_unprocessed(text, stack)
            return
        magic = head.partition(" ")[0]
        yield 0, Keyword, magic
        yield len(magic), Text, head[len(magic) :] + newline
        lexer = XmlLexer() if below.lstrip().startswith("<") else CellLexer()
        for index, token, value in lexer.get_tokens_unprocessed(below):
            yield len(head) + 1 + index, token, value
