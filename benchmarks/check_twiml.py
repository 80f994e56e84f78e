"""What it costs to check a document never seen before, against lxml reading it and the official SDK building it.

Documents are clean, have one advice, or mistakes all over; they are one line, as libraries write them, or many.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from types import CodeType

from lxml import etree

from twilio_magic.twiml import check, parse

from .documents import KINDS, Kind, write_document
from .ratio import Ratio
from .timing import each_once, rounds, side_by_side

_USUAL = 2_000  # characters
_SIZES = (200, 16_000, 64_000)
#: How many times as long as lxml, which reads a document and judges nothing, a check may take.
_AIMS: Mapping[Kind, float] = {"clean": 8, "advice": 10, "errors": 11}
_NAMES: Mapping[Kind, str] = {
    "clean": "a clean document",
    "advice": "a document with an advice",
    "errors": "a document with mistakes",
}
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_NUMBERS = count()


def measure() -> Iterator[Ratio]:
    """Each document once; then the same text again; then other sizes and shapes, which have no aim."""
    for kind in KINDS:
        yield _check(kind, _USUAL, _AIMS[kind])
    for kind in KINDS:
        yield _against_sdk(kind)
    yield _same_again()
    for kind in KINDS:
        yield _check(kind, _USUAL, lines=True)
        for size in _SIZES:
            yield _check(kind, size)


def write_documents(kind: Kind, size: int, number: int, *, lines: bool = False) -> list[str]:
    """So many documents that nobody has seen before."""
    return [write_document(kind, size, next(_NUMBERS), lines=lines) for _ in range(number)]


def _check(kind: Kind, size: int, aim: float | None = None, *, lines: bool = False) -> Ratio:
    documents = write_documents(
        kind, size, max(20, rounds(1_000) * _USUAL // (size + _USUAL)), lines=lines
    )
    ours, theirs = each_once(check, _read, documents)
    shape = ", many lines" if lines else ""
    name = f"{_NAMES[kind]}, {size / 1000:g} kB{shape}: check / lxml reads it"
    return Ratio(name, ours, theirs, aim, f"{len(documents)} of them, each seen once")


def _read(text: str) -> None:
    etree.fromstring(text.encode(), _PARSER)


def _against_sdk(kind: Kind) -> Ratio:
    """A check, and what builds another document of the kind: writing its code looks at all of it."""
    documents = write_documents(kind, _USUAL, max(30, rounds(300)))
    codes = [_compile(text) for text in write_documents(kind, _USUAL, len(documents))]
    built = dict(zip(documents, codes, strict=True))

    def build(text: str) -> None:
        exec(built[text], {})  # noqa: S102 - our own code

    ours, theirs = each_once(check, build, documents)
    return Ratio(f"{_NAMES[kind]}, 2 kB: check / the official SDK builds one", ours, theirs, 1)


def _compile(text: str) -> CodeType:
    return compile(f"{parse(text).to_python('sdk')}str(response)", "<sdk>", "exec")


def _same_again() -> Ratio:
    [text] = write_documents("clean", _USUAL, 1)
    ours, theirs = side_by_side(lambda: check(text), lambda: _read(text), 1000)
    name = "the same text again, 2 kB: check / lxml reads it"
    return Ratio(name, ours, theirs, 6, "most elements are remembered as they are")
