"""A scan of the user's text into pieces of markup, with their places.

lxml does not know columns, so places come from this scan. It is linear, stops at the first markup
that it cannot read, and runs only where its result is needed: for the place of a problem, for the
reason why a text is not XML, and for completion at the cursor.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple

from ...records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINES = re.compile(r"\r\n|\r|\n")
#: XML has these four blanks; others, such as U+1680, are parts of names. Source: XML 1.0, [3] S and [4] NameStartChar.
_NAME = re.compile(r"[^ \t\r\n<>/=\"'&!?]+")
_ATTRIBUTE = re.compile(r"[ \t\r\n]*([^ \t\r\n=<>/\"']+)([ \t\r\n]*=[ \t\r\n]*)?")
_BLANK = re.compile(r"[ \t\r\n]*")
_BRACKET = re.compile(r"[\[\]>]")
#: Where tags begin in a well-formed text, in which no < stands in an attribute; what is no opening tag is a match, too.
_STARTS = re.compile(r"<(?:([^/!?])|!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>)", re.DOTALL)

Kind = Literal["open", "close", "empty", "comment", "cdata", "instruction", "doctype", "broken"]

#: How a piece of markup that is not a tag begins and ends.
ENCLOSED: tuple[tuple[str, str, Kind], ...] = (
    ("<!--", "-->", "comment"),
    ("<![CDATA[", "]]>", "cdata"),
    ("<?", "?>", "instruction"),
)


class AttributeSpan(NamedTuple):
    """An attribute as written: *start* of its name, and the span of its value without the quotes."""

    name: str
    start: int
    value_start: int
    value_end: int


@dataclass(frozen=True, slots=True)
class Markup:
    """One piece of markup. For a broken one, *reason* says what is wrong, and *at* where.

    It *is_cut* where the text ran out in the middle of it.
    """

    kind: Kind
    start: int
    end: int
    name: str = ""
    attributes: tuple[AttributeSpan, ...] = ()
    reason: str = ""
    at: int = 0
    is_cut: bool = False


@dataclass(slots=True)
class Extent:
    """The place of an element: its opening tag from *start* to *inside*, and all of it up to *end*."""

    start: int
    inside: int
    end: int
    attributes: dict[str, int]


class Lines:
    """Turns an offset in a text into a line and a column, both from 1, in characters."""

    def __init__(self, text: str) -> None:
        self._starts = _find_line_starts(text)
        self._text = text

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of the character at *offset*."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The reverse of *place*; never beyond the end of the text."""
        start = self._starts[min(line, len(self._starts)) - 1]
        return min(start + column - 1, len(self._text))

    def line(self, number: int) -> str:
        """The text of a line, without its end."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self._text)
        return self._text[start:end].rstrip("\r\n")


def _find_line_starts(text: str) -> list[int]:
    if "\r" in text:
        return [0, *(match.end() for match in _LINES.finditer(text))]
    lengths = (len(line) + 1 for line in text.split("\n"))
    return [0, *accumulate(lengths)][:-1]


def scan(text: str) -> Iterator[Markup]:
    """Scan *text* for markup, in order; the last piece is broken where the text cannot be read further."""
    at = text.find("<")
    while at >= 0:
        piece = _read_piece(text, at)
        yield piece
        if piece.kind == "broken":
            return
        at = text.find("<", piece.end)


def find_opening_tags(text: str) -> list[int]:
    """Find where the opening tag of each element of a well-formed text begins, in document order."""
    return [match.start() for match in _STARTS.finditer(text) if match.lastindex]


def read_opening_tag(text: str, start: int) -> Extent:
    """Read the opening tag that begins at *start*: the place of an element, with the end of its tag as its end."""
    return _extent(_read_tag(text, start))


def find_extents(text: str) -> list[Extent]:
    """Find where each element of a well-formed text is, in document order."""
    found: list[Extent] = []
    open_ones: list[Extent] = []
    for piece in scan(text):
        if piece.kind in {"open", "empty"}:
            found.append(_extent(piece))
        if piece.kind == "open":
            open_ones.append(found[-1])
        elif piece.kind == "close":
            open_ones.pop().end = piece.end
    return found


def _extent(tag: Markup) -> Extent:
    return Extent(tag.start, tag.end, tag.end, {span.name: span.start for span in tag.attributes})


def _read_piece(text: str, at: int) -> Markup:
    for opening, closing, kind in ENCLOSED:
        if text.startswith(opening, at):
            return _read_enclosed(text, at, opening, closing, kind)
    if text.startswith("<!", at):
        return _read_doctype(text, at)
    if text.startswith("</", at):
        return _read_closing_tag(text, at)
    return _read_tag(text, at)


def _read_enclosed(text: str, at: int, opening: str, closing: str, kind: Kind) -> Markup:
    end = text.find(closing, at + len(opening))
    if end < 0:
        reason = f"the {kind} that begins with {opening} is never closed with {closing}"
        return _give_up(at, reason, is_cut=True)
    return Markup(kind, at, end + len(closing))


def _read_doctype(text: str, at: int) -> Markup:
    depth = 0
    for match in _BRACKET.finditer(text, at):
        depth += {"[": 1, "]": -1, ">": 0}[match.group()]
        if match.group() == ">" and depth <= 0:
            return Markup("doctype", at, match.end())
    return _give_up(at, "the <! declaration is never closed with >", is_cut=True)


def _read_closing_tag(text: str, at: int) -> Markup:
    name = _NAME.match(text, at + 2)
    if not name:
        is_cut = at + 2 == len(text)
        return _give_up(at, "after </ comes the name of the element that ends here", is_cut=is_cut)
    end = _BLANK.match(text, name.end()).end()  # type: ignore[union-attr]  # matches always
    if not text.startswith(">", end):
        is_cut = end == len(text)
        return _give_up(at, f"the closing tag </{name.group()} has no >", is_cut=is_cut)
    return Markup("close", at, end + 1, name.group())


def _read_tag(text: str, at: int) -> Markup:
    name = _NAME.match(text, at + 1)
    if not name:
        is_cut = at + 1 == len(text)
        reason = "a < that begins no tag; as a character it is written &lt;"
        return _give_up(at, reason, is_cut=is_cut)
    attributes: list[AttributeSpan] = []
    here = name.end()
    while True:
        after = _BLANK.match(text, here).end()  # type: ignore[union-attr]  # matches always
        if text.startswith((">", "/>"), after):
            kind: Kind = "open" if text[after] == ">" else "empty"
            end = after + (1 if kind == "open" else 2)
            return Markup(kind, at, end, name.group(), tuple(attributes))
        span = _read_attribute(text, here, after, name.group())
        if isinstance(span, Markup):
            return replace(
                span, start=at, end=len(text), name=name.group(), attributes=tuple(attributes)
            )
        attributes.append(span)
        here = span.value_end + 1


def _read_attribute(text: str, here: int, after: int, tag: str) -> AttributeSpan | Markup:
    match = _ATTRIBUTE.match(text, here)
    if not match or after == len(text):
        is_cut = text[after:] in {"", "/"}
        return _give_up(after, f"the tag <{tag} has no > at its end", is_cut=is_cut)
    name, equals = match.groups()
    if after == here:
        return _give_up(after, f"a blank is missing before {name}")
    if equals is None:
        reason = f'the attribute {name} has no value, as in {name}="…"'
        return _give_up(match.start(1), reason, is_cut=match.end() == len(text))
    quote = text[match.end() : match.end() + 1]
    if quote not in {'"', "'"}:
        reason = f'the value of {name} is not in quotes, as in {name}="…"'
        return _give_up(match.end(), reason, is_cut=match.end() == len(text))
    end = text.find(quote, match.end() + 1)
    if end < 0:
        return _give_up(match.end(), f"the value of {name} has no closing {quote}", is_cut=True)
    return AttributeSpan(name, match.start(1), match.end() + 1, end)


def _give_up(at: int, reason: str, *, is_cut: bool = False) -> Markup:
    return Markup("broken", at, at, reason=reason, at=at, is_cut=is_cut)
