"""Errors that point at their place in the text of dialogs."""

from __future__ import annotations

from ..errors import DialogError
from ..records import dataclass

_LONGEST = 200  # characters of a line that an error shows


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the text, with its number from 1, and the column from 1 at which something stands in it."""

    whole: str
    line: int
    column: int

    @property
    def text(self) -> str:
        """The line from the column on."""
        return self.whole[self.column - 1 :].rstrip()

    def behind(self, count: int) -> Place:
        """The place so many characters further to the right, and behind the blanks there."""
        rest = self.whole[self.column - 1 + count :]
        blank = len(rest) - len(rest.lstrip())
        return Place(self.whole, self.line, self.column + count + blank)

    def error(self, message: str, hint: str, length: int | None = None) -> DialogError:
        """The error with *message* that points here, at so many characters or all that follow."""
        before = self.whole[: self.column - 1][-_LONGEST:]
        after = self.whole[self.column - 1 :].rstrip()[:_LONGEST]
        pointer = " " * len(before) + "^" * max(1, min(length or len(after), len(after)))
        return DialogError(
            message,
            hint=hint,
            place=f"line {self.line}, column {self.column}",
            excerpt=[before + after, pointer],
            line=self.line,
            column=self.column,
        )


def cut_long(text: str) -> str:
    """*text* as an error names it."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
