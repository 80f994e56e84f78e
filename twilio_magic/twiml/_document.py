"""Documents and their elements, as everything else sees them."""

from __future__ import annotations

import re
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, overload

from lxml import etree

from twilio_magic.display import Shown

from ._source import Extent, Lines, extents
from ._values import Value, typed
from ._vocabulary import ElementRow, vocabulary
from ._wellformed import decoded, tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..problem import Problem

#: What may stand before words without being one: blanks, comments, processing instructions.
_LAYOUT = re.compile(r"(?:\s+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_XML = "{http://www.w3.org/XML/1998/namespace}"


def parse(text: str | bytes, *, name: str | None = None, first_line: int = 1) -> Document:
    """The document that *text* is.

    *name* is what the document is called in a repr, *first_line* the number that its first line has
    where the user sees it. A root other than ``<Response>`` is a document too; `check` has
    something to say about it. Raises `NotXml`, with line and column, for what is not well-formed,
    has a DTD or entities of its own (12100), or is too large (11750).
    """
    source = decoded(text) if isinstance(text, bytes) else text
    return Document(source, tree(source, first_line=first_line), name=name, first_line=first_line)


class Document(Shown):
    """A TwiML document: the text as it was written, and the elements in it.

    Made by `parse`. Two documents are equal when their texts are.
    """

    view = "twilio_magic.views.preview:bundle"

    def __init__(
        self, text: str, node: etree._Element, *, name: str | None = None, first_line: int = 1
    ) -> None:
        self.text = text
        self.name = name
        self.first_line = first_line
        self._node = node

    @cached_property
    def root(self) -> Element:
        """The outermost element, which should be ``<Response>``."""
        return Element(self._node, self, None)

    @property
    def verbs(self) -> tuple[Element, ...]:
        """The elements directly inside the root, in the order in which Twilio runs them."""
        return self.root.children

    @cached_property
    def problems(self) -> list[Problem]:
        """What `check` finds in this document, with nothing switched off."""
        from .rules._check import check

        return check(self)

    def checked(self, **use: Any) -> Document:
        """The same document, with *problems* as `check` finds them for a certain use: its keywords."""
        from .rules._check import check

        again = Document(self.text, self._node, name=self.name, first_line=self.first_line)
        again.problems = check(again, **use)
        return again

    def to_python(self, flavour: Literal["twilio_magic", "sdk"] = "twilio_magic") -> str:
        """Python code that builds this document again, with our builder or with the official SDK's."""
        from .writing._to_python import to_python

        return to_python(self, flavour)

    def place(
        self, node: etree._Element, attribute: str | None = None, *, text: bool = False
    ) -> tuple[int, int]:
        """The line and column where an element begins in the user's text, or an attribute of it.

        With *text*, where the first words begin that stand directly in the element.
        """
        extent = self._extents[node]
        offset = extent.attributes.get(attribute or "", extent.start)
        if text:
            offset = self._words(node, extent)
        line, column = self._lines.place(offset)
        return line + self.first_line - 1, column

    def _words(self, node: etree._Element, extent: Extent) -> int:
        ends = [extent.inside, *(self._extents[child].end for child in node)]
        texts = [node.text, *(child.tail for child in node)]
        at = next((e for e, text in zip(ends, texts, strict=True) if (text or "").strip()), ends[0])
        return _LAYOUT.match(self.text, at).end()  # type: ignore[union-attr]  # matches always

    def extent(self, node: etree._Element) -> tuple[int, int]:
        """The offsets in the text at which an element begins and ends."""
        extent = self._extents[node]
        return extent.start, extent.end

    def nodes(self) -> list[etree._Element]:
        """Lxml's own nodes of all elements, in document order, for walks that have to be quick."""
        return list(self._node.iter("*"))

    @staticmethod
    def called(node: etree._Element) -> str:
        """The name of a node as it is written."""
        return local(str(node.tag))

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    @cached_property
    def _extents(self) -> dict[etree._Element, Extent]:
        return dict(zip(self._node.iter("*"), extents(self.text), strict=True))

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        title = f"Document {self.name}" if self.name else "Document"
        return f"<{title}: {', '.join(verb.name for verb in self.verbs) or 'no verbs'}>"

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, Document) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.text, self.name, self.first_line)


def _again(text: str, name: str | None, first_line: int) -> Document:
    return parse(text, name=name, first_line=first_line)


class Element:
    """One element of a document: its name, its attributes with their types and defaults, its
    children.
    """

    def __init__(self, node: etree._Element, document: Document, parent: Element | None) -> None:
        self._node = node
        self._document = document
        self.parent = parent

    @cached_property
    def name(self) -> str:
        """The name as written."""
        return local(str(self._node.tag))

    @property
    def line(self) -> int:
        """The line of the opening tag, from 1."""
        return self._document.place(self._node)[0]

    @property
    def column(self) -> int:
        """The column of the opening tag, from 1, in characters."""
        return self._document.place(self._node)[1]

    @property
    def extent(self) -> tuple[int, int]:
        """Where the element stands in the text of its document: the offsets of its beginning and of its end."""
        return self._document.extent(self._node)

    @cached_property
    def text(self) -> str:
        """The text directly in the element, without that of its children, blanks collapsed."""
        pieces = [self._node.text, *(child.tail for child in self._node)]
        return " ".join("".join(piece or " " for piece in pieces).split())

    @cached_property
    def children(self) -> tuple[Element, ...]:
        """The elements directly inside this one."""
        return tuple(Element(node, self._document, self) for node in self._node.iterchildren("*"))

    @cached_property
    def attributes(self) -> Mapping[str, str]:
        """The attributes as they are written, in that order."""
        return MappingProxyType({local(str(k)): str(v) for k, v in self._node.items()})

    @property
    def row(self) -> ElementRow | None:
        """What the vocabulary says of this element; None for one that it does not know."""
        return vocabulary().elements.get(self.name)

    @property
    def markup(self) -> str:
        """The element as XML, without what follows it."""
        return etree.tostring(self._node, encoding="unicode", with_tail=False)

    @property
    def content(self) -> tuple[str | Element, ...]:
        """Text and children as they follow each other, text as written."""
        mixed: list[str | Element] = [self._node.text or ""]
        for child in self.children:
            mixed += [child, child._node.tail or ""]
        return tuple(piece for piece in mixed if piece != "")

    def __getitem__(self, name: str) -> Value:
        """The value that Twilio uses: as typed by the vocabulary, its default where there is none
        or a bad one.

        None where there is neither. Raises `KeyError` for a name that is neither known nor written.
        """
        raw = self.attributes.get(name)
        row = self.row.attributes.get(name) if self.row else None
        if row is not None:
            return typed(row, raw)
        if raw is None:
            raise KeyError(f"<{self.name}> has no attribute {name!r}")
        return raw

    @overload
    def get(self, name: str) -> Value: ...
    @overload
    def get(self, name: str, default: Value) -> Value: ...
    def get(self, name: str, default: Value = None) -> Value:
        """The same as ``element[name]``, and *default* instead of None or a `KeyError`."""
        try:
            value = self[name]
        except KeyError:
            return default
        return default if value is None else value

    def __iter__(self) -> Iterator[Element]:
        return iter(self.children)

    def __len__(self) -> int:
        return len(self.children)

    def __bool__(self) -> bool:
        return True  # an element without children is there all the same

    def __repr__(self) -> str:
        shown = "".join(f' {name}="{value}"' for name, value in self.attributes.items())
        return f"<{self.name}{shown}>"


def local(tag: str) -> str:
    """A name as it is written, from the form that lxml gives to names with a namespace."""
    if not tag.startswith("{"):
        return tag
    return f"xml:{tag.removeprefix(_XML)}" if tag.startswith(_XML) else tag.rpartition("}")[2]
