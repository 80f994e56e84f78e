"""A document as a parser reads it, together with the places of its elements in the user's text."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from ._source import Extent, Lines, find_extents, find_opening_tags, read_opening_tag
from ._wellformed import decode, parse_xml

if TYPE_CHECKING:
    from ._nodes import Node

#: What may stand before words without being one: blanks, comments, processing instructions.
_LAYOUT = re.compile(r"(?:\s+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)


def read(text: str | bytes, *, first_line: int = 1) -> Tree:
    """Read *text*, of which the user sees the first line as number *first_line*.

    Raises `NotXml`, with line and column, for what is not well-formed, has a DTD or entities of its
    own (12100), or is too large (11750).
    """
    source = decode(text) if isinstance(text, bytes) else text
    return Tree(source, parse_xml(source, first_line=first_line), first_line)


class Tree:
    """The *text* of a document and the *root* of the tree of nodes that a parser makes of it.

    The parser does not know columns. So places come from a scan of the text, when they are first asked for.
    """

    def __init__(self, text: str, root: Node, first_line: int) -> None:
        self.text = text
        self.root = root
        self.first_line = first_line
        self._nodes: list[Node] = []
        self._tags: dict[Node, Extent] = {}

    def nodes(self) -> list[Node]:
        """The nodes of all elements, in document order; held, since lxml makes anew what nobody holds."""
        if not self._nodes:
            self._nodes = list(self.root.iter())
        return self._nodes

    def place(
        self, node: Node, attribute: str | None = None, *, text: bool = False
    ) -> tuple[int, int]:
        """Find the line and column where an element begins in the user's text, or an attribute of it.

        With *text*, find where the first words begin that stand directly in the element.
        """
        if text:
            offset = self._find_words(node)
        elif attribute:
            tag = self._read_tag(node)
            offset = tag.attributes.get(attribute, tag.start)
        else:
            offset = self._starts[node]
        line, column = self._lines.place(offset)
        return line + self.first_line - 1, column

    def extent(self, node: Node) -> tuple[int, int]:
        """The offsets in the text at which an element begins and ends."""
        extent = self._extents[node]
        return extent.start, extent.end

    def _find_words(self, node: Node) -> int:
        at = self._read_tag(node).inside
        if not (node.text or "").strip():
            after = (self._extents[child].end for child in node if (child.tail or "").strip())
            at = next(after, at)
        return _LAYOUT.match(self.text, at).end()  # type: ignore[union-attr]  # matches always

    def _read_tag(self, node: Node) -> Extent:
        """The place of *node*, as far as its opening tag says it; it is kept, as it may have many attributes."""
        if node not in self._tags:
            self._tags[node] = read_opening_tag(self.text, self._starts[node])
        return self._tags[node]

    @cached_property
    def _starts(self) -> dict[Node, int]:
        return dict(zip(self.nodes(), find_opening_tags(self.text), strict=True))

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    @cached_property
    def _extents(self) -> dict[Node, Extent]:
        return dict(zip(self.nodes(), find_extents(self.text), strict=True))
