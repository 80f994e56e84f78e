"""The layout of a document: a line for each verb and each noun, two spaces for each level.

Only what means nothing is changed: the blanks between elements, how far a line of words is indented, blanks inside a
tag, and the quotes of its values. Words, comments, CDATA, entities, ``$names`` and the order of everything stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from typing import TYPE_CHECKING

from ...records import dataclass
from ..documents._document import Twiml, as_document
from ..language._source import AttributeSpan, Markup, scan
from ..language._vocabulary import vocabulary

if TYPE_CHECKING:
    from ..language._rows import ElementRow

_STEP = "  "
_WIDTH = 100
_BLANK = " \t\r\n"
#: The end of a line of words, with all blanks around it.
_BREAK = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t\r\n]*")
_LINE_END = re.compile(r"\r\n|\r|\n")
#: The type of text in which every blank arrives at the reader.
_KEPT = "message-text"


def format(twiml: Twiml) -> str:  # noqa: A001 - the name that people look for, as in json and black
    """Lay *twiml* out anew: a line for each verb and noun, indented by two spaces a level.

    What is said and done stays the same: words keep their lines, and comments, CDATA, entities, ``$names`` and the
    order of attributes stay. A tag with many attributes gets a line for each when it has more than 100 characters.
    At most one empty line stays between two elements. The text ends with the end of a line, as the document has them.

    Raises :class:`NotXml`, with line and column, for what is not well-formed.
    """
    text = as_document(twiml).text
    lines = _lay_out(_read(text), "")
    end = "\r\n" if "\r\n" in text else "\n"
    return _LINE_END.sub(end, "\n".join(lines) + "\n")


@dataclass(slots=True)
class _Piece:
    """Text, a comment, CDATA or a processing instruction, as it is written."""

    kind: str
    source: str


@dataclass(slots=True)
class _Branch:
    """An element: its opening tag, and what is in it; one that is *closed* has a closing tag."""

    name: str
    attributes: list[str]
    is_closed: bool
    content: list[_Piece | _Branch] = field(default_factory=list)

    @property
    def row(self) -> ElementRow | None:
        return vocabulary().elements.get(self.name)

    @property
    def has_words(self) -> bool:
        """Whether words stand directly in it, or could: then a blank more or less may mean something."""
        row = self.row
        if row is not None and row.text.policy == "forbidden" and row.kind != "ssml":
            return False
        if row is not None and row.text.type == "speech-text":
            return True
        is_bare = not any(isinstance(each, _Branch) for each in self.content)
        return is_bare or any(_is_text(each) for each in self.content)


def _is_text(each: _Piece | _Branch) -> bool:
    if isinstance(each, _Branch):
        return False
    return each.kind == "cdata" or (each.kind == "text" and bool(each.source.strip(_BLANK)))


def _read(text: str) -> list[_Piece | _Branch]:
    """Read the pieces of a well-formed *text*."""
    levels: list[list[_Piece | _Branch]] = [[]]
    done = 0
    for piece in scan(text):
        if piece.start > done:
            levels[-1].append(_Piece("text", text[done : piece.start]))
        done = piece.end
        if piece.kind == "close":
            levels.pop()
        elif piece.kind in {"open", "empty"}:
            branch = _Branch(piece.name, _write_attributes(text, piece), piece.kind == "open")
            levels[-1].append(branch)
            if branch.is_closed:
                levels.append(branch.content)
        else:
            levels[-1].append(_Piece(piece.kind, text[piece.start : piece.end]))
    if text[done:]:
        levels[0].append(_Piece("text", text[done:]))
    return levels[0]


def _write_attributes(text: str, tag: Markup) -> list[str]:
    return [_write_attribute(text, span) for span in tag.attributes]


def _write_attribute(text: str, span: AttributeSpan) -> str:
    value = text[span.value_start : span.value_end]
    quote = "'" if '"' in value else '"'
    return f"{span.name}={quote}{value}{quote}"


def _lay_out(content: list[_Piece | _Branch], indent: str) -> list[str]:
    """Write *content* in which blanks mean nothing, each thing on a line of its own."""
    lines: list[str] = []
    follows_element = False
    for breaks, each in _count_breaks(content):
        written = _write(each, indent)
        if follows_element and not breaks and isinstance(each, _Piece) and each.kind == "comment":
            lines[-1] += f" {each.source}"
        else:
            lines += [""] * (breaks > 1 and bool(lines)) + written
        follows_element = isinstance(each, _Branch)
    return lines


def _count_breaks(content: list[_Piece | _Branch]) -> Iterator[tuple[int, _Piece | _Branch]]:
    """Each thing in *content* that is not blank, with the number of line ends before it."""
    before = ""
    for each in content:
        source = each.source if isinstance(each, _Piece) and each.kind == "text" else "x"
        words = source.strip(_BLANK)
        if not words:
            before += source
            continue
        start = source.index(words)
        yield len(_LINE_END.findall(before + source[:start])), each
        before = source[start + len(words) :]


def _write(each: _Piece | _Branch, indent: str) -> list[str]:
    if isinstance(each, _Branch):
        return _write_branch(each, indent)
    if each.kind == "text":  # words where none belong, or a $name that stands for verbs
        return [indent + line.strip(_BLANK) for line in _LINE_END.split(each.source.strip(_BLANK))]
    return [indent + each.source]


def _write_branch(branch: _Branch, indent: str) -> list[str]:
    head = _write_head(branch, indent)
    if not branch.is_closed or _could_be_empty(branch):
        return [f"{head}/>"]
    end = f"</{branch.name}>"
    if branch.has_words:
        return [f"{head}>{_write_words(branch, indent)}{end}"]
    inner = _lay_out(branch.content, indent + _STEP)
    return [f"{head}>", *inner, indent + end] if inner else [f"{head}>{end}"]


def _could_be_empty(branch: _Branch) -> bool:
    """Whether a closing tag says nothing: the element is empty, and nothing may stand in it."""
    row = branch.row
    is_empty = not any(_write(each, "") != [""] for each in branch.content)
    return is_empty and row is not None and row.text.policy == "forbidden" and not row.children


def _write_head(branch: _Branch, indent: str) -> str:
    """Write the opening tag without its end: on one line, or with a line for each attribute."""
    head = " ".join([f"<{branch.name}", *branch.attributes])
    if len(indent) + len(head) < _WIDTH or len(branch.attributes) < 2:
        return indent + head
    lines = [f"{indent}{_STEP}{_STEP}{attribute}" for attribute in branch.attributes]
    return "\n".join([f"{indent}<{branch.name}", *lines])


def _write_words(branch: _Branch, indent: str) -> str:
    """Write what stands between the tags of an element with words: each line break stays where it is."""
    if branch.row is not None and branch.row.text.type == _KEPT:
        return "".join(_write_inline(branch.content))
    shift = _Shift(branch.content, indent)
    return "".join(_write_inline(branch.content, shift))


class _Shift:
    """Moves lines of words below their element: the one that is indented least to the next level, others with it."""

    def __init__(self, content: list[_Piece | _Branch], indent: str) -> None:
        self._indent = indent
        self._last = content[-1] if content else None
        depths = [len(line) for line in self._find_indents(content)]
        self._least = min(depths, default=0)

    def _find_indents(self, content: list[_Piece | _Branch]) -> Iterator[str]:
        for each in content:
            if isinstance(each, _Branch):
                yield from self._find_indents(each.content)
            elif each.kind == "text":
                for found in _BREAK.finditer(each.source):
                    if not self._is_end(each, found):
                        yield self._own_indent(found)

    def _is_end(self, piece: _Piece, found: re.Match[str]) -> bool:
        """Whether the line that begins there is that of the closing tag."""
        return piece is self._last and found.end() == len(piece.source)

    @staticmethod
    def _own_indent(found: re.Match[str]) -> str:
        return _LINE_END.split(found.group())[-1].expandtabs(4)

    def move(self, piece: _Piece) -> str:
        """The text of *piece* with its lines moved."""
        return _BREAK.sub(lambda found: self._move_line(piece, found), piece.source)

    def _move_line(self, piece: _Piece, found: re.Match[str]) -> str:
        if self._is_end(piece, found):
            return f"\n{self._indent}"
        breaks = min(len(_LINE_END.findall(found.group())), 2)
        further = " " * (len(self._own_indent(found)) - self._least)
        return "\n" * breaks + self._indent + _STEP + further


def _write_inline(content: list[_Piece | _Branch], shift: _Shift | None = None) -> Iterator[str]:
    for each in content:
        if isinstance(each, _Piece):
            yield shift.move(each) if shift and each.kind == "text" else each.source
            continue
        head = " ".join([f"<{each.name}", *each.attributes])
        if each.is_closed:
            yield f"{head}>"
            yield from _write_inline(each.content, shift)
            yield f"</{each.name}>"
        else:
            yield f"{head}/>"
