"""Finds prompts that nobody can hear: those behind a verb that the call never comes back from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ._stop import kind_of_stop, place_in_document, without_numbers

if TYPE_CHECKING:
    from ..twiml import Element
    from ._map import Map
    from ._move import Path
    from ._problem import ProblemKind
    from ._search import Search

_PROMPTS = ("Say", "Play")
#: What a call may come back from in ways that are not tried.
_UNTRIED = ("record", "waiting")


def find_unreachable_prompts(found: Map, search: Search) -> Iterator[tuple[ProblemKind, str, Path]]:
    """Each prompt of a document that was run, which no call has come to.

    What a document that fails would go on with is not told: its error is.
    """
    documents: dict[str, Element] = {}
    heard: dict[str, set[int]] = {}
    for (source, _), element in search.performed.items():
        plain = without_numbers(source)
        documents.setdefault(plain, _root(element))
        heard.setdefault(plain, set()).add(place_in_document(element))
    failed = {_source_of(s.name, search) for s in found.states.values() if s.kind == "error"}
    for plain, root in documents.items():
        if plain in failed:
            continue
        path = next(
            (s.path for s in found.states.values() if _source_of(s.name, search) == plain), ()
        )
        for element in _unheard(root, heard[plain]):
            yield "unreachable prompt", f"nobody can hear {_describe(element)}", path


def _source_of(name: str, search: Search) -> str:
    return without_numbers(search.stops[name].source)


def _root(element: Element) -> Element:
    while element.parent is not None:
        element = element.parent
    return element


def _unheard(root: Element, heard: set[int]) -> Iterator[Element]:
    is_uncertain = False
    for verb in root:
        for element in verb.descend() if verb.name == "Gather" else (verb,):
            if (
                element.name in _PROMPTS
                and not is_uncertain
                and place_in_document(element) not in heard
            ):
                yield element
        is_uncertain = is_uncertain or kind_of_stop(verb) in _UNTRIED


def _describe(element: Element) -> str:
    return f"“{element.text}” in line {element.line} of its document"
