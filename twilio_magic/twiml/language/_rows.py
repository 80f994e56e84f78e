"""The rows of the vocabulary: elements, attributes, voices, error codes and what they refer to."""

from __future__ import annotations

from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from ...records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
    text. *prefix* may stand in front of the rest.
    """

    policy: Literal["required", "conditional", "forbidden"]
    type: str | None = None
    meaning: str | None = None
    pattern: str | None = None
    max_length: int | None = None
    instead: tuple[str, ...] = ()
    prefix: str = ""


@dataclass(frozen=True, eq=False)
class ElementRow:
    """One element: where it may stand, what it may hold, and what follows it.

    *occurs* gives the least and greatest number of a child, *nouns* of all children together,
    *mixing* which children go together. *contexts* holds what differs by parent, *refused*
    attributes that have an error code but no use, *renamed* other spellings of attributes that are
    around, *open* that there may be attributes which are not known, *sdk_lacks* the children for
    which the official SDK has no method, and *ends* when the verbs after it cannot run. *simulated*
    says whether a simulated call performs it, *answers* whether it answers a call that still rings
    as soon as it is reached. A call that still *rings* after it may be declined yet; *rings_with*
    names the attribute and the value with which that is so. *usual* names the attributes that people
    set most, where there are many.
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
    rings: bool = False
    rings_with: tuple[str, ...] = ()
    open: bool = False
    usual: tuple[str, ...] = ()

    def leaves_ringing(self, attribute: Callable[[str], str | None], text: str) -> bool:
        """Whether a call that still rings may be ringing after this verb, with this *text* in it.

        *attribute* looks one up, as it is written.
        """
        if self.text.type == "speech-text" and not text.strip():
            return True
        if self.rings_with:
            name, value = self.rings_with
            return attribute(name) == value
        return self.rings

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

    @cached_property
    def names_voice(self) -> bool:
        """Whether one of the attributes is the name of a voice."""
        return any(row.type == "voice" for row in self.attributes.values())


@dataclass(frozen=True, slots=True)
class TwimlErrorCode:
    """One of Twilio's error codes.

    *seen* says where: ``static`` in the text of the document, ``document`` in the response as a
    whole, ``fetch`` while fetching, ``runtime`` during the call. *consequence* says what becomes of
    the call where the level would mislead.
    """

    code: int
    level: Level
    seen: str
    meaning: str
    elements: tuple[str, ...] = ()
    attribute: str | None = None
    consequence: str | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice of ``<Say>``, and the *language* that it speaks; *also* has those of a bilingual one.

    A basic voice speaks the language that the document names, and has None.
    """

    name: str
    provider: str
    family: str
    language: str | None = None
    also: tuple[str, ...] = ()
    status: str = "current"


@dataclass(frozen=True, slots=True)
class StatusRow:
    """What it means that an element, an attribute or a voice is deprecated, removed and the like.

    *note* says so to the author of a document, None where there is nothing to say. *hidden* ones are
    not suggested.
    """

    name: str
    note: str | None = None
    level: Level = "advice"
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """How a verb ends, which decides whether the verbs after it run.

    They do not after one that *stops* the document, nor where it *stops_waiting* calls (in the wait
    document of a queue), nor where the verb has the attribute, perhaps with the value, in *stops_with*.
    An *interactive* verb needs somebody at the other end of the line; one that *returns* requests the
    current document again when it has no action.
    """

    name: str
    stops: bool = False
    stops_waiting: bool = False
    stops_with: tuple[str, ...] = ()
    interactive: bool = False
    returns: bool = False

    def is_final(self, attribute: Callable[[str], str | None], *, waiting: bool = False) -> bool:
        """Whether no verb runs after this one; *attribute* looks one up, as it is written."""
        if self.stops_with:
            name, *values = self.stops_with
            value = attribute(name)
            return value in values if values else value is not None
        return self.stops or (waiting and self.stops_waiting)


@dataclass(frozen=True, slots=True)
class Context:
    """A kind of document that is run in a special place, such as a waitUrl.

    *allowed* holds the verbs that work there (None: all), *code* what Twilio logs for others,
    *refused* the codes of single verbs, *only_queue* those that work in a queue's wait document but
    not in a conference's. Where calls are *waiting*, a document may let them leave the queue. *ending*
    says what happens when nothing is left to run.
    """

    name: str
    where: str
    ending: str
    allowed: tuple[str, ...] | None = None
    code: int | None = None
    refused: Mapping[str, int] = field(default_factory=dict)
    only_queue: tuple[str, ...] = ()
    waiting: bool = False
