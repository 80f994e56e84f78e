"""Relative URLs: what a document asks of the server that it comes from."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ...display import count_of, visible_line
from ..language._names import local_name
from ..language._values import is_absolute, is_complete_url, is_url, lacks_scheme
from ..language._vocabulary import vocabulary
from ._document import as_document
from ._element import Element

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ._document import Document, Twiml


class Remark(NamedTuple):
    """What is no problem of a document, but good to know: *text* about what stands in *line* and *column*."""

    line: int
    column: int
    text: str

    def __str__(self) -> str:
        return visible_line(f"{self.line}:{self.column} note: {self.text}")


def note_relative(twiml: Twiml) -> Remark | None:
    """Remark the first relative URL of a document, and who has to answer it; None where all URLs are whole.

    A document that a web application serves is right to have them. But a file in a simulated call, a
    TwiML Bin and TwiML given inline have no server of their own.
    """
    document = as_document(twiml)
    found = list(_find_relative(document))
    if not found or any(problem.name == "relative-url" for problem in document.problems):
        return None
    element, written = found[0]
    more = len(found) - 1
    others = f", with {count_of(more, 'other URL')}" if more else ""
    text = (
        f"{written} of <{element.name}> is relative{others}: "
        "what serves this document has to answer there, so mount both at one address; or write the whole URL"
    )
    return Remark(element.line, element.column, text)


def _find_relative(document: Document) -> Iterator[tuple[Element, str]]:
    """Find each relative URL as it is written, and its element; most nodes are none's, and become no element."""
    places, tree = _list_places(), document._tree
    for node in tree.nodes():
        place = places.get(local_name(str(node.tag)))
        if place is None:
            continue
        element, (attributes, is_text_url) = Element(node, tree, None), place
        for written, value in node.items():
            name = local_name(str(written))
            if name in attributes and _is_relative(str(value)):
                yield element, f'{name}="{value}"'
        if is_text_url and _is_relative(element.text):
            yield element, element.text


@cache
def _list_places() -> Mapping[str, tuple[frozenset[str], bool]]:
    """The elements that may hold a URL: in which attributes, and whether in their text."""
    places = {
        name: (
            frozenset(each for each, known in row.attributes.items() if known.type == "url"),
            row.text.type == "url",
        )
        for name, row in vocabulary().elements.items()
    }
    return {name: place for name, place in places.items() if any(place)}


def _is_relative(url: str) -> bool:
    if not url or is_complete_url(url):
        return False
    return is_url(url) and not is_absolute(url) and not lacks_scheme(url)
