"""Elements of a document, with typed attributes and their defaults."""

from __future__ import annotations

from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, overload

from ...display import visible_line
from ..language._names import local_name
from ..language._nodes import Node, write_node
from ..language._values import Value, to_value
from ..language._vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..language._rows import ElementRow
    from ..language._tree import Tree


class Element:
    """One element of a document, with typed attributes, their defaults, and its children."""

    def __init__(self, node: Node, tree: Tree, parent: Element | None) -> None:
        self._node = node
        self._tree = tree
        self.parent = parent
        self._values: dict[str, Value] = {}

    @cached_property
    def name(self) -> str:
        """The name as written."""
        return local_name(str(self._node.tag))

    @property
    def line(self) -> int:
        """The line of the opening tag, from 1."""
        return self._tree.place(self._node)[0]

    @property
    def column(self) -> int:
        """The column of the opening tag, from 1, in characters."""
        return self._tree.place(self._node)[1]

    @property
    def extent(self) -> tuple[int, int]:
        """The offsets in the text of the document at which the element begins and ends."""
        return self._tree.extent(self._node)

    @cached_property
    def text(self) -> str:
        """The text directly in the element, without that of its children, blanks collapsed."""
        pieces = [self._node.text, *(child.tail for child in self._node)]
        return " ".join("".join(piece or " " for piece in pieces).split())

    @cached_property
    def children(self) -> tuple[Element, ...]:
        """The elements directly inside this one."""
        return tuple(Element(node, self._tree, self) for node in self._node.iterchildren("*"))

    @cached_property
    def attributes(self) -> Mapping[str, str]:
        """The attributes as they are written, in that order."""
        return MappingProxyType({local_name(str(k)): str(v) for k, v in self._node.items()})

    def descend(self) -> Iterator[Element]:
        """Go through the element itself and every one inside it, in the order of the text."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.children)

    @property
    def row(self) -> ElementRow | None:
        """The element's row in the vocabulary; None for one that is not known."""
        return vocabulary().elements.get(self.name)

    @property
    def markup(self) -> str:
        """The element as XML, without what follows it."""
        return write_node(self._node)

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
        if name not in self._values:
            self._values[name] = self._find_value(name)
        return self._values[name]

    def _find_value(self, name: str) -> Value:
        raw = self.attributes.get(name)
        row = self.row.attributes.get(name) if self.row else None
        if row is not None:
            return to_value(row, raw)
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
        return visible_line(f"<{self.name}{shown}>")
