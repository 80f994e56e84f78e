"""What a parser says of a text that is not well-formed XML."""

from __future__ import annotations


class ParseError(Exception):
    """A parser could not read on at *line* and *column*, both from 1; its text is what it said of that."""

    def __init__(self, said: str, line: int, column: int) -> None:
        super().__init__(said)
        self.line = line
        self.column = column
