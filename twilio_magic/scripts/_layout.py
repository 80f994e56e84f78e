"""How a script's text is divided: steps between ``;`` and the ends of lines, and how far to the right they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..records import dataclass
from ._phrase import PATTERN

_MARK = re.compile(r"[;\n\"'“]|(?:(?<=\bhear)|(?<=\bor)|(?<=\bnot))[^\S\n]+(?=/)")
_CLOSING = {'"': '"', "'": "'", "“": "”"}
#: A block, and what stands behind its colon in the same line.
_INLINE = re.compile(r"((?:repeat\s+\d+|one\s+of)\s*):\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StepText:
    """The *text* of one step, where it begins in its source, and how far to the right its line does.

    What stands in one line with a block, behind its colon, counts as a little further to the right.
    """

    text: str
    start: int
    indent: float


def step_texts(source: str) -> Iterator[StepText]:
    """The steps in *source*, without empty ones and remarks."""
    line, indent = -1, 0.0
    for begin, end in cut(source):
        text = source[begin:end].lstrip()
        start, text = end - len(text), text.rstrip()
        if not text or text.startswith("#"):
            continue
        here = source.rfind("\n", 0, start) + 1
        if here != line:
            line = here
            before = source[here:start]
            indent = len(before.expandtabs()) if not before.strip() else 0.0
        while block := _INLINE.match(text):
            yield StepText(block[1], start, indent)
            text, start = text[block.end() :], start + block.end()
            indent += 0.5
        if text:
            yield StepText(text, start, indent)


def cut(source: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Where each step from *start* on begins and ends.

    In quotes and regular expressions nothing separates; a quote that nothing closes is none.
    """
    begin = behind = start
    unclosed: set[str] = set()
    for mark in _MARK.finditer(source, start):
        at, sign = mark.start(), mark.group()
        if at < behind or sign in unclosed:
            continue
        if sign in ";\n":
            yield begin, at
            begin = at + 1
            continue
        if sign.isspace():
            pattern = PATTERN.match(source, mark.end())
            behind = pattern.end() if pattern else behind
            continue
        closing = source.find(_CLOSING[sign], at + 1)
        behind = closing + 1
        if closing < 0:
            unclosed.add(sign)
    yield begin, len(source)
