"""What would mend a problem: changes of a text, and the place that a problem is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...records import dataclass
from ..language._source import Markup, scan

if TYPE_CHECKING:
    from ...problem import Problem

_MEANT = re.compile(r"did you mean <?\"?(?P<meant>[^<>\"?]+)", re.IGNORECASE)
_MISSING = re.compile(r"add (?P<name>[\w-]+)=")
_RELATIVE = "relative-url"
#: What a relative address is put behind, until its writer says where the application is.
_SITE = "https://example.com"


@dataclass(frozen=True, slots=True)
class Change:
    """The characters of a text from *start* to *end* become *text*."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """*changes* that mend a problem, from the first to the last, and a *label* that says what they do."""

    label: str
    changes: tuple[Change, ...]


def find_extent(text: str, problem: Problem, start: int) -> tuple[int, int]:
    """Find what *problem*, which is at *start*, is about: its attribute, the name of its element, or its word."""
    tag = _tag_at(text, start)
    if tag is None:
        word = re.compile(r"[^\s<]+|.").match(text, start)
        return start, word.end() if word else min(start + 1, len(text))
    for span in tag.attributes:
        if span.name == problem.attribute:
            return span.start, span.value_end + 1
    return tag.start, tag.start + 1 + len(tag.name)


def find_fixes(text: str, problem: Problem, start: int) -> list[Fix]:
    """Find what would mend *problem*, which is at *start* in *text*."""
    tag, hint = _tag_at(text, start), problem.hint or ""
    if tag is None:
        return []
    if problem.name == _RELATIVE:
        return _fix_relative(text, problem, tag)
    meant, missing = _MEANT.search(hint), _MISSING.match(hint)
    if meant is not None:
        return _fix_word(text, problem, tag, meant["meant"])
    if missing is not None and problem.name == "missing-attribute":
        end = tag.start + 1 + len(tag.name)
        name = missing["name"]
        return [Fix(f"Add {name}", (Change(end, end, f' {name}=""'),))]
    return []


def _tag_at(text: str, start: int) -> Markup | None:
    tags = (piece for piece in scan(text) if piece.start <= start < piece.end)
    return next((piece for piece in tags if piece.name and text[piece.start + 1] != "/"), None)


def _fix_word(text: str, problem: Problem, tag: Markup, meant: str) -> list[Fix]:
    label = f"Write {meant}"
    for span in tag.attributes:
        if span.name != problem.attribute:
            continue
        if problem.name == "unknown-attribute":
            return [Fix(label, (Change(span.start, span.start + len(span.name), meant),))]
        return [Fix(label, (Change(span.value_start, span.value_end, meant),))]
    if problem.attribute is not None or tag.name != problem.element:
        return []
    begin = tag.start + 1
    opening = Change(begin, begin + len(tag.name), meant)
    return [Fix(label, (opening, *_closing(text, tag, meant)))]


def _closing(text: str, tag: Markup, meant: str) -> tuple[Change, ...]:
    """The change of the closing tag that belongs to *tag*, if it has one."""
    if text[tag.end - 2 : tag.end] == "/>":
        return ()
    depth = 0
    for piece in scan(text):
        if piece.start < tag.start or piece.name != tag.name:
            continue
        if text[piece.start + 1] == "/":
            depth -= 1
        elif text[piece.end - 2 : piece.end] != "/>":
            depth += 1
        if depth == 0:
            at = piece.start + 2
            return (Change(at, at + len(tag.name), meant),)
    return ()


def _fix_relative(text: str, problem: Problem, tag: Markup) -> list[Fix]:
    """The address behind a site that may stand in a document that has no address of its own."""
    named = [each for each in tag.attributes if each.name == problem.attribute]
    named = [each for each in tag.attributes if each.name == problem.attribute]
    spans = [(each.value_start, each.value_end) for each in named]
    if problem.attribute is None:
        inside = re.compile(r"\s*([^<\s]+)").match(text, tag.end)
        spans = [inside.span(1)] if inside else []
    return [
        Fix(f"Write {url}", (Change(start, end, url),))
        for start, end in spans
        for url in [f"{_SITE}/{text[start:end].lstrip('/')}"]
    ]
