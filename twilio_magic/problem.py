"""A problem: one thing that is wrong with a document, and what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal, get_args

from .display import count_of, visible_line
from .records import dataclass

Level = Literal["error", "warning", "advice"]
_ADVICE = ("piece of advice", "pieces of advice")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that Twilio would refuse (error), log (warning), or that a caller would suffer from
    (advice).

    *code* is Twilio's error code, None where Twilio has none. *line* and *column* count from 1, in
    characters of the user's text. *name* is the rule's own short name, by which it can be switched
    off.
    """

    code: int | None
    level: Level
    message: str
    line: int
    column: int
    element: str | None = None
    attribute: str | None = None
    hint: str | None = None
    name: str = ""

    def __str__(self) -> str:
        kind = f"{self.level} {self.code}" if self.code else f"{self.level} ({self.name})"
        hint = f" ({self.hint})" if self.hint else ""
        return visible_line(f"{self.line}:{self.column} {kind}: {self.message}{hint}")


def count_problems(problems: Iterable[Problem]) -> str:
    """How many there are of each level, the worst first: ``2 errors, 1 piece of advice``; empty for none."""
    counted = Counter(problem.level for problem in problems)
    return ", ".join(
        count_of(counted[level], *(_ADVICE if level == "advice" else (level,)))
        for level in get_args(Level)
        if counted[level]
    )
