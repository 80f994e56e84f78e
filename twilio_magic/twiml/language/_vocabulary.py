"""What TwiML consists of: the table that everything else in this package reads.

The rows live in ``vocabulary.json`` and are loaded once, when first asked for. No verb, attribute,
default, enum or error code is written in code where it can be read here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache, cached_property
from pkgutil import get_data
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...problem import Level


@dataclass(frozen=True, eq=False, slots=True)
class AttributeRow:
    """One attribute of one element: what it takes, what it means, what Twilio says when it is
    wrong.

    *codes* maps a reason to an error code: ``value`` for a value that is not accepted, ``missing``
    for one that is needed, ``long``, ``scheme`` and the like, and the name of a parent where the
    code depends on it. *form* says in words what *pattern* says. *needs* names another attribute,
    and perhaps a word in it, without which this one has no effect. *simulated* says whether a
    simulated call acts on it.
    """

    name: str
    element: str
    type: str
    summary: str
    default: str | int | float | None = None
    default_note: str | None = None
    required: bool = False
    status: str = "current"
    replaced_by: str | None = None
    values: tuple[str, ...] = ()
    open: bool = False
    also_accepts: tuple[str, ...] = ()
    old_values: Mapping[str, str] = field(default_factory=dict)
    min: float | None = None
    max: float | None = None
    max_length: int | None = None
    pattern: str | None = None
    form: str | None = None
    unit: str | None = None
    schemes: tuple[str, ...] = ()
    absolute: bool = False
    needs: tuple[str, ...] = ()
    note: str | None = None
    codes: Mapping[str, int] = field(default_factory=dict)
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class TextRow:
    """What may stand between the tags of an element; *policy* is required, conditional or
    forbidden.

    *instead* names the children, and with an ``@`` the attributes, one of which does as well as
    text.
    """

    policy: Literal["required", "conditional", "forbidden"]
    type: str | None = None
    meaning: str | None = None
    pattern: str | None = None
    max_length: int | None = None
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class ElementRow:
    """One element: where it may stand, what it may hold, and what follows it.

    *occurs* gives the least and greatest number of a child, *nouns* of all children together,
    *mixing* which children go together. *contexts* holds what differs by parent, *refused*
    attributes that have an error code but no use, *renamed* other spellings of attributes that are
    around, *sdk_lacks* the children for which the
    official SDK has no method, and *ends* when the verbs after it cannot run. *simulated* says
    whether a simulated call performs it, *answers* whether it answers a call that still rings.
    """

    name: str
    kind: Literal["root", "verb", "noun", "ssml"]
    summary: str
    text: TextRow
    attributes: Mapping[str, AttributeRow]
    parents: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    status: str = "current"
    replaced_by: str | None = None
    occurs: Mapping[str, tuple[int, int | None]] = field(default_factory=dict)
    nouns: tuple[int, int] | None = None
    mixing: Mapping[str, Any] = field(default_factory=dict)
    contexts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    refused: Mapping[str, int] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    renamed_why: str | None = None
    ends: str = "never"
    limits: Mapping[str, Any] = field(default_factory=dict)
    codes: Mapping[str, int] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    after: str | None = None
    sdk_lacks: tuple[str, ...] = ()
    simulated: bool = False
    answers: bool = True

    def simulates(self, attribute: str) -> bool:
        """Whether a simulated call acts on *attribute*; it may be one that there is not."""
        row = self.attributes.get(attribute)
        return row is not None and row.simulated

    @cached_property
    def required_attributes(self) -> Mapping[str, AttributeRow]:
        """The attributes that the element cannot do without."""
        return {name: row for name, row in self.attributes.items() if row.required}

    @cached_property
    def dependent_attributes(self) -> tuple[AttributeRow, ...]:
        """The attributes that have no effect without another."""
        return tuple(row for row in self.attributes.values() if row.needs)

    @cached_property
    def outdated_attributes(self) -> tuple[AttributeRow, ...]:
        """The attributes that are not simply current."""
        return tuple(row for row in self.attributes.values() if row.status != "current")


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """One of Twilio's error codes.

    *seen* says where: ``static`` in the text of the document, ``document`` in the response as a
    whole, ``fetch`` while fetching, ``runtime`` during the call.
    """

    code: int
    level: Level
    seen: str
    meaning: str
    elements: tuple[str, ...] = ()
    attribute: str | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice of ``<Say>``; *language* where its name tells."""

    name: str
    provider: str
    family: str
    language: str | None = None
    status: str = "current"


@dataclass(frozen=True, slots=True)
class Context:
    """A kind of document that is run in a special place, such as a waitUrl.

    *allowed* holds the verbs that work there (None: all), *code* what Twilio logs for others,
    *refused* the codes of single verbs, *only_queue* those that work in a queue's wait document but
    not in a conference's.
    """

    name: str
    where: str
    allowed: tuple[str, ...] | None = None
    code: int | None = None
    refused: Mapping[str, int] = field(default_factory=dict)
    only_queue: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """All of TwiML Voice: *elements* and *voices* by name, *codes* by number, and what holds for
    whole documents.
    """

    elements: Mapping[str, ElementRow]
    codes: Mapping[int, ErrorCode]
    contexts: Mapping[str, Context]
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
            name: Voice(name, **{key: value for key, value in row.items() if key != "names"})
            for row in self._voices
            for name in row["names"]
        }

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
    """The table, loaded when first asked for."""
    table = json.loads(get_data(__name__, "vocabulary.json") or b"")
    languages = {use: tuple(tags) for use, tags in table["languages"].items()}
    contexts = table["document"]["contexts"]
    return Vocabulary(
        elements={
            name: _read_element(name, row, languages=languages)
            for name, row in table["elements"].items()
        },
        codes={int(code): _read_code(int(code), row) for code, row in table["codes"].items()},
        contexts={name: Context(name, **_freeze(row)) for name, row in contexts.items()},
        languages=languages,
        document=table["document"],
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


def _read_code(code: int, row: dict[str, Any]) -> ErrorCode:
    return ErrorCode(code=code, **_freeze(row))


def _freeze(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
