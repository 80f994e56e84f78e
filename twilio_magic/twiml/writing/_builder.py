"""The builder: the base class of the classes in `build`, and how they are made from the vocabulary."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self

from ...errors import TwimlError
from ...suggestions import did_you_mean, nearest
from ..documents._document import Document, parse
from ..language._escaping import FORBIDDEN, escape, escape_attribute
from ..language._names import class_name, python_name
from ..language._nodes import make_node
from ..language._values import accepts
from ..language._vocabulary import vocabulary
from ..rules._report import Report
from ..rules._unknown import report_attribute, report_element

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ...problem import Problem
    from ..language._rows import ElementRow

    Plain = str | int | float | bool
    Attribute = Plain | Iterable[Plain] | None

_INDENT = "  "


class Node:
    """An element that is being built. The classes of `build` are its subclasses."""

    row: ClassVar[ElementRow]

    def __init__(self, *content: str | Node, **attributes: Attribute) -> None:
        self._content: list[str | Node] = []
        self._attributes: dict[str, str] = {}
        self.add(*content)
        for name, value in attributes.items():
            if value is not None:
                self._set(name, value)

    def add(self, *content: str | Node) -> Self:
        """Add text and elements, and return this element."""
        for piece in content:
            if isinstance(piece, Node):
                self._refuse_stranger(piece)
            elif self.row.text.policy == "forbidden":
                raise TwimlError(f"<{self.row.name}> takes no text, and got {piece!r}")
            elif FORBIDDEN.search(piece):
                raise TwimlError(f"{piece!r} holds a character that XML cannot carry")
            self._content.append(piece)
        return self

    def _refuse_stranger(self, child: Node) -> None:
        if child.row.name not in self.row.children:
            report = Report()
            report_element(make_node(child.row.name), self.row, report)
            report.refuse()

    def _set(self, name: str, value: Plain | Iterable[Plain]) -> None:
        spelled = _attribute_names(self.row).get(name) or _all_attribute_names().get(name, name)
        written = _write_value(value)
        known = self.row.attributes.get(spelled)
        if known is None or not accepts(known)(written):
            report = Report()
            report_attribute(make_node(self.row.name), self.row, "", spelled, written, report)
            report.refuse()
        if FORBIDDEN.search(written):
            raise TwimlError(f"{name} holds a character that XML cannot carry")
        self._attributes[spelled] = written

    def __getattr__(self, name: str) -> Callable[..., Node]:
        child = _child_names(self.row).get(name)
        if child is None or name.startswith("__"):
            guess = nearest(name, _child_names(self.row))
            hint = f"; {did_you_mean(guess, starts_sentence=False)}" if guess else ""
            raise AttributeError(f"<{self.row.name}> has no {name}{hint}")

        def method(*content: str | Node, **attributes: Attribute) -> Node:
            return self.add(class_of(child)(*content, **attributes))

        method.__name__ = name
        method.__doc__ = f"Add <{child}>: {vocabulary().elements[child].summary}"
        return method

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *_child_names(self.row)})

    @property
    def document(self) -> Document:
        """The document; an element other than Response is put into one."""
        if self.row.name == vocabulary().root:
            return parse(str(self))
        return parse(str(class_of(vocabulary().root)(self)))

    @property
    def problems(self) -> list[Problem]:
        """The problems that `check` finds in the document."""
        return self.document.problems

    def to_xml(self) -> str:
        """The element as XML; also makes it something that ``$name`` in a cell inserts as markup."""
        return str(self)

    def __str__(self) -> str:
        return "\n".join(self._lines(""))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._head()!r})"

    def _repr_mimebundle_(self, **options: Any) -> dict[str, str]:
        return self.document._repr_mimebundle_(**options)

    def _head(self) -> str:
        pairs = (f' {name}="{escape_attribute(value)}"' for name, value in self._attributes.items())
        return f"<{self.row.name}{''.join(pairs)}"

    def _lines(self, indent: str) -> list[str]:
        head = indent + self._head()
        if not self._content:
            return [f"{head}/>"]
        end = f"</{self.row.name}>"
        if self.row.text.policy != "forbidden" or self.row.kind == "ssml":
            return [f"{head}>{''.join(map(_write_inline, self._content))}{end}"]
        inner = [
            line
            for child in self._content
            if isinstance(child, Node)
            for line in child._lines(indent + _INDENT)
        ]
        return [f"{head}>", *inner, indent + end]


@cache
def class_of(name: str) -> type[Node]:
    """Make the class of the elements called *name*."""
    row = vocabulary().elements[name]
    body = {
        "row": row,
        "__doc__": row.summary,
        "__module__": "twilio_magic.twiml.build",
    }
    return type(class_name(name), (Node,), body)


@cache
def classes() -> dict[str, str]:
    """List the names of all elements by the names of their classes."""
    return {class_name(name): name for name in vocabulary().elements}


def _write_inline(piece: str | Node) -> str:
    if isinstance(piece, str):
        return escape(piece)
    return "".join(line.strip() if index else line for index, line in enumerate(piece._lines("")))


def _write_value(value: Plain | Iterable[Plain]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        return str(value)
    return " ".join(map(_write_value, value))


@cache
def _attribute_names(row: ElementRow) -> dict[str, str]:
    return {python_name(name): name for name in row.attributes}


@cache
def _all_attribute_names() -> dict[str, str]:
    """The attributes of all elements: for one that is set on the wrong element."""
    return {python_name(name): name for _, name in vocabulary().attributes}


@cache
def _child_names(row: ElementRow) -> dict[str, str]:
    return {python_name(name): name for name in row.children}
