"""Drafts: edits of a document that change one place in the text, and nothing else.

Comments, processing instructions, CDATA, entities, blanks, the order of attributes and what the vocabulary does not
know stay as they were, because an edit cuts and pastes text. It never writes the whole document anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from ...errors import NotXml
from ...records import dataclass
from ..documents._document import Document, Twiml, as_document, parse
from ..language._escaping import escape, escape_attribute, unescape
from ..language._source import AttributeSpan, Lines, Markup, scan
from ..language._vocabulary import vocabulary

if TYPE_CHECKING:
    from ...problem import Problem

Path = tuple[int, ...]

_STEP = "  "
_BLANK = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Part:
    """One element in a text: its opening tag from *start* to *inside*, its closing tag from *close* to *end*.

    *path* counts children from the root, which is at ``()``. An element without a closing tag *is_empty*.
    """

    path: Path
    name: str
    start: int
    inside: int
    close: int
    end: int
    attributes: tuple[AttributeSpan, ...]
    is_empty: bool


class Draft:
    """A document's text, and edits of it. Each edit returns a new draft.

    Every edit raises :class:`NotXml` when what it would make is not XML, and :class:`KeyError` for a path where there
    is no element.
    """

    def __init__(self, document: Twiml) -> None:
        self.document: Document = as_document(document)
        self.text = self.document.text

    @cached_property
    def parts(self) -> dict[Path, Part]:
        """Every element by its path, in the order of the document."""
        return {
            part.path: part for part in sorted(_find_parts(self.text), key=lambda part: part.start)
        }

    def children(self, path: Path) -> list[Part]:
        """The elements directly inside the one at *path*."""
        return [part for part in self.parts.values() if part.path and part.path[:-1] == path]

    def attributes(self, path: Path) -> dict[str, str]:
        """The attributes of the element at *path*, as they are named in the text, with what their values mean."""
        return {
            each.name: unescape(
                re.sub(r"\r\n|[\t\r\n]", " ", self.text[each.value_start : each.value_end])
            )
            for each in self.parts[path].attributes
        }

    def content(self, path: Path) -> str:
        """The markup between the tags of the element at *path*, as it is written."""
        part = self.parts[path]
        return self.text[part.inside : part.close]

    def words(self, path: Path) -> str | None:
        """The text in the element at *path*; ``None`` if there is markup in it, a comment or CDATA included."""
        content = self.content(path)
        return None if "<" in content else unescape(content)

    def with_attribute(self, path: Path, name: str, value: str) -> Draft:
        """Give the element at *path* an attribute, or give one that it has another value."""
        part = self.parts[path]
        for each in part.attributes:
            if each.name == name:
                return self._splice(each.value_start, each.value_end, escape_attribute(value))
        at = (
            part.attributes[-1].value_end + 1
            if part.attributes
            else part.start + 1 + len(part.name)
        )
        return self._splice(at, at, f' {name}="{escape_attribute(value)}"')

    def with_name(self, path: Path, name: str) -> Draft:
        """Give the element at *path* another name, in both of its tags."""
        part = self.parts[path]
        closing = part.close + len("</")
        tail = self.text[part.inside : part.end]
        if not part.is_empty:
            tail = self.text[part.inside : closing] + name
            tail += self.text[closing + len(part.name) : part.end]
        start = part.start + len("<")
        head = name + self.text[start + len(part.name) : part.inside]
        return self._splice(start, part.end, head + tail)

    def with_renamed(self, path: Path, attribute: str, name: str) -> Draft:
        """Give an attribute of the element at *path* another *name*. One that is not there is no error."""
        for each in self.parts[path].attributes:
            if each.name == attribute:
                return self._splice(each.start, each.start + len(attribute), name)
        return self

    def without_attribute(self, path: Path, name: str) -> Draft:
        """Take an attribute away, with the blanks before it. One that is not there is no error."""
        for each in self.parts[path].attributes:
            if each.name == name:
                before = self.text[: each.start].rstrip(_BLANK)
                return self._splice(len(before), each.value_end + 1, "")
        return self

    def with_words(self, path: Path, words: str) -> Draft:
        """Put *words* between the tags of the element at *path*, instead of all that is there."""
        return self.with_content(path, escape(words))

    def with_content(self, path: Path, markup: str) -> Draft:
        """Put *markup*, which is XML, between the tags of the element at *path*, instead of all that is there."""
        part = self.parts[path]
        if part.is_empty and not markup:
            return self
        opening, closing = self.text[part.start : part.inside], self.text[part.close : part.end]
        if part.is_empty:
            opening, closing = opening.removesuffix("/>").rstrip(_BLANK) + ">", f"</{part.name}>"
        edited = self._splice(part.start, part.end, opening + markup + closing)
        if edited.parts[path].close != part.start + len(opening) + len(markup):
            line, column = Lines(self.text).place(part.inside)
            message = f"the content closes <{part.name}>, in which it stands"
            raise NotXml(message, line=line, column=column, hint="close only what it opens")
        return edited

    def with_child(self, path: Path, index: int, name: str) -> Draft:
        """Put a new element called *name* into the one at *path*, before its child at *index*, on a line of its own."""
        part, children = self.parts[path], self.children(path)
        new = _write_new(name)
        if not children and not self.content(path).strip(_BLANK):
            own = self._indent(part.start) or ""
            line = self._break + own
            return self.with_content(path, f"{line}{_STEP}{new}{line}")
        indent = self._indent(children[0].start) if children else None
        lead = "" if indent is None else self._break + indent
        at = children[index - 1].end if index else part.inside
        return self._splice(at, at, lead + new)

    def without(self, path: Path) -> Draft:
        """Take the element at *path* away with all in it, and the line where it stands alone."""
        if not path:
            raise KeyError(path)
        part = self.parts[path]
        indent = self._indent(part.start)
        is_alone = re.match(r"[ \t]*(?:\r?\n|\Z)", self.text[part.end :])
        if indent is None or not is_alone:
            return self._splice(part.start, part.end, "")
        line = part.start - len(indent)
        return self._splice(line, part.end + is_alone.end(), "")

    def with_moved(self, path: Path, by: int) -> Draft:
        """Swap the element at *path* with its sibling *by* places away."""
        other = (*path[:-1], path[-1] + by)
        first, second = sorted((self.parts[path], self.parts[other]), key=lambda part: part.start)
        between = self.text[first.end : second.start]
        moved = self.text[second.start : second.end] + between + self.text[first.start : first.end]
        return self._splice(first.start, second.end, moved)

    def locate(self, problem: Problem) -> tuple[Path, str | None]:
        """Find the path of the element that *problem* is about, and the name of its attribute as it is written."""
        lines = Lines(self.text)
        at = lines.offset(problem.line - self.document.first_line + 1, problem.column)
        around = [part for part in self.parts.values() if part.start <= at < part.end]
        part = around[-1] if around else next(iter(self.parts.values()))
        hit = (each.name for each in part.attributes if each.start <= at <= each.value_end)
        return part.path, next(hit, None)

    @property
    def _break(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"

    def _indent(self, at: int) -> str | None:
        """The blanks before *at* on its line; ``None`` if something else stands there."""
        line = self.text[max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1 : at]
        return None if line.strip(" \t") else line

    def _splice(self, start: int, end: int, text: str) -> Draft:
        whole = self.text[:start] + text + self.text[end:]
        before = self.document
        return Draft(parse(whole, name=before.name, first_line=before.first_line))


def _write_new(name: str) -> str:
    row = vocabulary().elements.get(name)
    return (
        f"<{name}/>" if row is not None and row.text.policy == "forbidden" else f"<{name}></{name}>"
    )


def _find_parts(text: str) -> Iterator[Part]:
    """Find the elements of a well-formed *text*, each when it ends."""
    opened: list[tuple[Path, Markup]] = []
    counts: list[int] = [0]
    for piece in scan(text):
        if piece.kind in ("open", "empty"):
            path = (*(opened[-1][0] if opened else ()), counts[-1])
            counts[-1] += 1
            opened.append((path, piece))
            counts.append(0)
        if piece.kind in ("close", "empty"):
            counts.pop()
            path, tag = opened.pop()
            close = tag.end if piece.kind == "empty" else piece.start
            yield Part(
                path=path[1:],  # the root is the only one of its kind
                name=tag.name,
                start=tag.start,
                inside=tag.end,
                close=close,
                end=piece.end,
                attributes=tag.attributes,
                is_empty=piece.kind == "empty",
            )
