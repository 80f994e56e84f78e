"""Filling a document's ``$names`` with values.

A value can never become markup: it is escaped for the place where it stands. Only a document
becomes markup, since it is one. ``$5.00`` and ``$$`` are text, ``{{From}}`` belongs to TwiML Bins,
and comments and tags are left as they are. (A dollar sign that would be read as a name is written
``&#36;``.)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NoReturn

from ...errors import Unfilled
from ...records import dataclass
from ...suggestions import did_you_mean, nearest
from ..documents._document import Document, parse
from ..language._escaping import FORBIDDEN, escape, escape_attribute
from ..language._source import Lines, Markup, scan
from ..language._vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HOLE = re.compile(
    r"\$(?:\$|(?P<name>[^\W\d]\w*)|\{(?P<path>[^\W\d]\w*(?:\.[^\W\d]\w*|\[(?:-?\d{1,9}|'[^'{}]*'|\"[^\"{}]*\")\])*)\})"
)
_STEP = re.compile(r"\.(\w+)|\[(?:(-?\d+)|'([^']*)'|\"([^\"]*)\")\]")

Where = Literal["text", "attribute", "cdata"]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of the text in which holes are filled; *depth* says inside how many elements."""

    start: int
    end: int
    where: Where
    depth: int


def fill(text: str, namespace: Mapping[str, object], *, first_line: int = 1) -> str:
    """Fill in the value of every ``$name`` and ``${name.attribute}`` in *text*.

    Strings and numbers are escaped; True and False are written as TwiML has them; lists are joined
    with blanks. A `Document`, or an object with ``to_xml()`` such as the official SDK's
    ``VoiceResponse``, is inserted as markup: the verbs alone where it stands inside an element.

    Raises `Unfilled`, with the place and the nearest known name, for a name that has no value.
    """
    pieces: list[str] = []
    done = 0
    for stretch in _find_stretches(text):
        for hole in _HOLE.finditer(text, stretch.start, stretch.end):
            path = hole["name"] or hole["path"]
            if path is None:
                continue
            place = _Place(text, hole.start(), first_line, namespace)
            pieces += [text[done : hole.start()], _insert(path, stretch, place)]
            done = hole.end()
    return "".join([*pieces, text[done:]])


def names(text: str) -> list[str]:
    """List the names that *text* has holes for, in order, each once."""
    found = [
        re.split(r"[.\[]", hole["name"] or hole["path"])[0]
        for stretch in _find_stretches(text)
        for hole in _HOLE.finditer(text, stretch.start, stretch.end)
        if hole["name"] or hole["path"]
    ]
    return list(dict.fromkeys(found))


def literal(text: str) -> str:
    """Write *text*, a document, so that `fill` finds nothing to fill in and the meaning stays."""
    pieces: list[str] = []
    done = 0
    for stretch in _find_stretches(text):
        for hole in _HOLE.finditer(text, stretch.start, stretch.end):
            if hole["name"] or hole["path"]:
                dollar = "]]>&#36;<![CDATA[" if stretch.where == "cdata" else "&#36;"
                pieces += [text[done : hole.start()], dollar]
                done = hole.start() + 1
    return "".join([*pieces, text[done:]])


def _find_stretches(text: str) -> Iterator[_Stretch]:
    depth = end = 0
    for piece in scan(text):
        yield _Stretch(end, piece.start, "text", depth)
        yield from _find_inside(piece, depth)
        depth += {"open": 1, "close": -1}.get(piece.kind, 0)
        end = len(text) if piece.kind == "broken" else piece.end
    yield _Stretch(end, len(text), "text", depth)


def _find_inside(piece: Markup, depth: int) -> Iterator[_Stretch]:
    if piece.kind == "cdata":
        yield _Stretch(piece.start + len("<![CDATA["), piece.end - len("]]>"), "cdata", depth)
    for attribute in piece.attributes:
        yield _Stretch(attribute.value_start, attribute.value_end, "attribute", depth)


@dataclass(frozen=True, slots=True)
class _Place:
    """The place of a hole, for error messages."""

    text: str
    offset: int
    first_line: int
    namespace: Mapping[str, object]

    def refuse(self, message: str, *, hint: str | None = None) -> NoReturn:
        line, column = Lines(self.text).place(self.offset)
        place = f"line {line + self.first_line - 1}, column {column}"
        raise Unfilled(message, place=place, hint=hint)


def _insert(path: str, stretch: _Stretch, place: _Place) -> str:
    value = _look_up(path, place)
    markup = _to_markup(value, path, place)
    if markup is None:
        return _escape_for(value, path, stretch.where, place)
    if stretch.where != "text":
        place.refuse(
            f"${path} is a document, and a document cannot stand in {_NAMED[stretch.where]}",
            hint="put it between two tags",
        )
    return markup.text if stretch.depth == 0 else _write_verbs(markup)


_NAMED = {"attribute": "an attribute", "cdata": "CDATA"}


def _look_up(path: str, place: _Place) -> object:
    name = re.split(r"[.\[]", path)[0]
    if name not in place.namespace:
        guess = nearest(name, [known for known in place.namespace if not known.startswith("_")])
        hint = (
            did_you_mean(guess, "${}", starts_sentence=False, wrong=name)
            or f"give {name} a value first, or write &#36;{name} for the words"
        )
        place.refuse(f"${name} has no value", hint=hint)
    value = place.namespace[name]
    for step in _STEP.finditer(path, len(name)):
        value = _take_step(value, step, path, place)
    return value


def _take_step(value: object, step: re.Match[str], path: str, place: _Place) -> object:
    attribute, index, *keys = step.groups()
    try:
        if attribute is not None:
            return getattr(value, attribute)
        key = int(index) if index is not None else next(key for key in keys if key is not None)
        return value[key]  # type: ignore[index]  # whether it can be indexed is being found out
    except (AttributeError, LookupError, TypeError):
        guess = nearest(attribute, dir(value)) if attribute else None
        hint = did_you_mean(guess, starts_sentence=False) or None
        place.refuse(f"${{{path}}}: a {type(value).__name__} has no {step.group()}", hint=hint)


def _to_markup(value: object, path: str, place: _Place) -> Document | None:
    if isinstance(value, Document):
        return value
    to_xml = getattr(value, "to_xml", None)
    if to_xml is None or isinstance(value, type):
        return None
    try:
        return parse(_without_declaration(str(to_xml())))
    except Exception as error:
        place.refuse(f"${path}: its to_xml() gives no XML ({error})")


def _without_declaration(xml: str) -> str:
    return re.sub(r"\A<\?xml[^>]*\?>\s*", "", xml)


def _write_verbs(document: Document) -> str:
    if document.root.name != vocabulary().root:
        return document.root.markup
    return "".join(verb.markup for verb in document.verbs)


def _escape_for(value: object, path: str, where: Where, place: _Place) -> str:
    words = _to_text(value, path, place)
    bad = FORBIDDEN.search(words)
    if bad:
        place.refuse(f"${path} holds U+{ord(bad.group()):04X}, which may not stand in XML")
    if where == "cdata":
        return words.replace("]]>", "]]]]><![CDATA[>").replace("\r", "\n")
    return escape_attribute(words) if where == "attribute" else escape(words)


def _to_text(value: object, path: str, place: _Place) -> str:
    if value is None:
        place.refuse(f"${path} is None", hint="give it a value")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return " ".join(_to_text(item, path, place) for item in value)
    return str(value)
