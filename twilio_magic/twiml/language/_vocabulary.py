"""The vocabulary of TwiML, a table of all elements, attributes, voices and error codes.

The rows live in ``vocabulary.json`` and are loaded once, when first asked for. No verb, attribute,
default, enum or error code is written in code where it can be read here.
"""

from __future__ import annotations

import json
from dataclasses import field
from functools import cache, cached_property
from pkgutil import get_data
from typing import TYPE_CHECKING, Any

from ...records import dataclass
from ._rows import (
    AttributeRow,
    Context,
    ElementRow,
    Ending,
    StatusRow,
    TextRow,
    TwimlErrorCode,
    Voice,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Vocabulary:
    """All of TwiML Voice: *elements* and *voices* by name, error *codes* by number, and what holds
    for whole documents.
    """

    elements: Mapping[str, ElementRow]
    codes: Mapping[int, TwimlErrorCode]
    contexts: Mapping[str, Context]
    statuses: Mapping[str, StatusRow]
    endings: Mapping[str, Ending]
    languages: Mapping[str, tuple[str, ...]]
    document: Mapping[str, Any]
    speech: Mapping[str, Any]
    _voices: list[dict[str, Any]] = field(repr=False)

    @cached_property
    def attributes(self) -> Mapping[tuple[str, str], AttributeRow]:
        """All attributes, by element and name."""
        return {(e.name, a.name): a for e in self.elements.values() for a in e.attributes.values()}

    @cached_property
    def voices(self) -> Mapping[str, Voice]:
        """All known voices by name. Providers add and drop voices without notice: the list is open."""
        return {
            name: Voice(name, **_freeze({key: row[key] for key in row if key != "names"}))
            for row in self._voices
            for name in row["names"]
        }

    def provider_of(self, voice: str) -> str:
        """The provider of a voice, guessed from the name of the voice where it is not known."""
        if voice in self.voices:
            return self.voices[voice].provider
        providers: dict[str, str] = self.document["voice_providers"]
        return next(provider for part, provider in providers.items() if part in voice)

    def code_of_relative(self, name: str, attributes: Mapping[str, str], url: str) -> int:
        """The code of a relative *url*, in one of the *attributes* of an element called *name* or in its text, where a
        document has no URL of its own.
        """
        known = self.elements[name].attributes
        given = (
            known[each].codes for each in attributes if each in known and attributes[each] == url
        )
        codes = (row["relative"] for row in given if url and "relative" in row)
        return next(codes, int(self.document["codes"]["url"]))

    @cached_property
    def verbs(self) -> tuple[str, ...]:
        """The names of the elements that may stand directly in the root, in the order of the table."""
        return self.elements[self.root].children

    @property
    def root(self) -> str:
        """The name of the root element."""
        return str(self.document["root"])

    @cached_property
    def schema_code(self) -> int:
        """The code of what breaks TwiML's schema and has no code of its own."""
        return int(self.document["codes"]["schema"])


@cache
def vocabulary() -> Vocabulary:
    """Load the vocabulary, once."""
    table = json.loads(get_data(__name__, "vocabulary.json") or b"")
    languages = {use: tuple(tags) for use, tags in table["languages"].items()}
    document = table["document"]
    return Vocabulary(
        elements={
            name: _read_element(name, row, languages=languages)
            for name, row in table["elements"].items()
        },
        codes={int(code): _read_code(int(code), row) for code, row in table["codes"].items()},
        contexts={n: Context(n, **_freeze(row)) for n, row in document["contexts"].items()},
        statuses={n: StatusRow(n, **row) for n, row in document["statuses"].items()},
        endings={n: Ending(n, **_freeze(row)) for n, row in document["endings"].items()},
        languages=languages,
        document=document,
        speech=table["speech"],
        _voices=table["voices"],
    )


def _read_element(
    name: str, row: dict[str, Any], *, languages: Mapping[str, tuple[str, ...]]
) -> ElementRow:
    attributes = {
        attribute: _read_attribute(attribute, name, fields, languages=languages)
        for attribute, fields in row.pop("attributes").items()
    }
    text = TextRow(**_freeze(row.pop("text")))
    occurs = {child: tuple(bounds) for child, bounds in row.pop("occurs", {}).items()}
    return ElementRow(name=name, text=text, attributes=attributes, occurs=occurs, **_freeze(row))


def _read_attribute(
    name: str, element: str, row: dict[str, Any], *, languages: Mapping[str, tuple[str, ...]]
) -> AttributeRow:
    values = row.get("values")
    if isinstance(values, str):  # "@say" stands for the languages of that use
        row["values"] = languages[values.removeprefix("@")]
    return AttributeRow(name=name, element=element, **_freeze(row))


def _read_code(code: int, row: dict[str, Any]) -> TwimlErrorCode:
    return TwimlErrorCode(code=code, **_freeze(row))


def _freeze(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
