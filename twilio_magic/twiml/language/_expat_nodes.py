"""Nodes of Python's own parser, expat, with as much of lxml's interface as documents need.

Safe as the other: a document type declaration ends the reading before anything in it is read, so there are no
entities but the five of XML and nothing to fetch or to multiply.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET
from xml.parsers import expat

from ._escaping import FORBIDDEN
from ._parse_error import ParseError

_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_VALUE = _IN_TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
_XML = "http://www.w3.org/XML/1998/namespace"


class Node(ET.Element):
    """An element that knows its *parent*, and the namespaces that it declares, by their prefixes."""

    def __init__(self, tag: str, attrib: Mapping[str, str] | None = None) -> None:
        super().__init__(tag, dict(attrib or {}))
        self.parent: Node | None = None
        self.declared: dict[str, str] = {}

    def iterchildren(self, _: str = "*") -> Iterator[Node]:
        """The elements directly in this one."""
        return iter(self)  # type: ignore[arg-type]  # all are nodes

    def iterdescendants(self) -> Iterator[Node]:
        """All elements inside this one, in document order."""
        inside = self.iter()
        next(inside)
        return inside  # type: ignore[return-value]  # all are nodes

    def iterancestors(self) -> Iterator[Node]:
        """The elements around this one, the nearest first."""
        around = self.parent
        while around is not None:
            yield around
            around = around.parent


def parse_nodes(data: bytes) -> Node:
    """Parse *data*, which is UTF-8; raises `ParseError`."""
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        # counted in bytes, where lines and columns are in characters
        line = data.splitlines()[error.lineno - 1 : error.lineno]
        before = b"".join(line)[: error.offset].decode(errors="ignore")
        raise ParseError(expat.ErrorString(error.code), error.lineno, len(before) + 1) from None
    return reader.finish()


def make_node(name: str) -> Node:
    """Make a node without a parent."""
    return Node(name)


def add_node(parent: Node, name: str, attributes: Mapping[str, str] | None = None) -> Node:
    """Make a node, and put it behind the other children of *parent*."""
    node = Node(name, attributes)
    node.parent = parent
    parent.append(node)
    return node


def write_node(node: Node) -> str:
    """Write *node* as XML, without the text that follows it."""
    return "".join(_write(node, _find_namespaces(node), is_outermost=True))


def write_document(root: Node) -> bytes:
    """Write a document as UTF-8, with an XML declaration."""
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{write_node(root)}".encode()


class _Reader:
    """What expat tells, as nodes. Comments and processing instructions are left out, the text around them joined."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate("utf-8", "}")
        self.parser.buffer_text = True
        self.parser.ordered_attributes = True
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.StartNamespaceDeclHandler = self._declare
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close
        self.parser.CharacterDataHandler = self._add_text
        self._declared: dict[str, str] = {}
        self._open_ones: list[Node] = []
        self._last: Node | None = None
        self._text: list[str] = []

    def finish(self) -> Node:
        """The root of the tree."""
        assert self._last is not None  # noqa: S101 - a text without an element is an error of expat's
        self._last.tail = None
        return self._last

    def _refuse_doctype(self, *_: object) -> None:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber
        raise ParseError("a document type declaration is not read", line, column + 1)

    def _declare(self, prefix: str | None, address: str | None) -> None:
        self._declared[prefix or ""] = address or ""

    def _open(self, name: str, attributes: list[str]) -> None:
        self._keep_text()
        pairs = zip(map(_spell, attributes[::2]), attributes[1::2], strict=True)
        node = Node(_spell(name), dict(pairs))
        node.declared, self._declared = self._declared, {}
        if self._open_ones:
            node.parent = self._open_ones[-1]
            node.parent.append(node)
        self._open_ones.append(node)
        self._last = None

    def _close(self, _: str) -> None:
        self._keep_text()
        self._last = self._open_ones.pop()

    def _add_text(self, text: str) -> None:
        self._text.append(text)

    def _keep_text(self) -> None:
        """Give the text since the last tag to the element that it follows, or begins."""
        text, self._text = "".join(self._text) or None, []
        if self._last is not None:
            self._last.tail = text
        elif self._open_ones:
            self._open_ones[-1].text = text


def _spell(name: str) -> str:
    """Spell a name as lxml does: with a namespace, it is in braces before it."""
    return "{" + name if "}" in name else name


def _find_namespaces(node: Node) -> dict[str, str]:
    """The namespaces that hold at *node*, by their prefixes: its own first, as lxml writes them."""
    found = dict(node.declared)
    for each in node.iterancestors():
        found = {
            **found,
            **{key: value for key, value in each.declared.items() if key not in found},
        }
    own = node.tag.rpartition("}")[0].removeprefix("{")
    return dict(
        sorted(found.items(), key=lambda pair: pair[0] not in node.declared and pair[1] != own)
    )


def _write(node: Node, known: Mapping[str, str], *, is_outermost: bool = False) -> Iterator[str]:
    known = {**known, **node.declared}
    declared = known if is_outermost else node.declared
    name = _qualify(node.tag, known)
    yield f"<{name}"
    for prefix, address in declared.items():
        yield f' xmlns{":" if prefix else ""}{prefix}="{_escape(address, _IN_VALUE)}"'
    for key, value in node.items():
        yield f' {_qualify(key, known, is_attribute=True)}="{_escape(value, _IN_VALUE)}"'
    if not len(node) and not node.text:
        yield "/>"
        return
    yield f">{_escape(node.text or '', _IN_TEXT)}"
    for child in node.iterchildren():
        yield from _write(child, known)
        yield _escape(child.tail or "", _IN_TEXT)
    yield f"</{name}>"


def _qualify(name: str, known: Mapping[str, str], *, is_attribute: bool = False) -> str:
    """Write a name with the prefix of its namespace."""
    if not name.startswith("{"):
        return name
    address, _, local = name[1:].rpartition("}")
    if address == _XML:
        return f"xml:{local}"
    fitting = (prefix for prefix, each in known.items() if each == address)
    prefix = next((each for each in fitting if each or not is_attribute), "")
    return f"{prefix}:{local}" if prefix else local


def _escape(text: str, how: Mapping[int, str]) -> str:
    if FORBIDDEN.search(text):
        raise ValueError("XML cannot carry control characters")
    return text.translate(how)
