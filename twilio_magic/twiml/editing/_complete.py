"""Completion at the cursor: a pure function from the text before it to the words that fit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from ...records import dataclass
from ..language._source import ENCLOSED, Markup, scan
from ..language._values import BOOLEANS, METHODS, Value
from ..language._vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..language._rows import AttributeRow, ElementRow

Kind = Literal["element", "closing", "attribute", "value", "name"]

_NAME = re.compile(r"\$\{?(\w*)\Z")
_TAG_NAME = re.compile(r"<(/?)([\w:.-]*)\Z")
_VALUE = re.compile(r"([\w:.-]+)\s*=\s*([\"'])([^\"'<]*)\Z")
_ATTRIBUTE = re.compile(r"\s([\w:.-]*)\Z")
_RESTARTS = 50  # after so many unreadable tags there is nothing sensible left to offer


@dataclass(frozen=True, slots=True)
class Choice:
    """A word that may stand at the cursor, and what it is."""

    text: str
    kind: Kind
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """The words that may replace *fragment*, the part of a word right before the cursor."""

    fragment: str
    words: tuple[Choice, ...]


def complete(before: str, *, names: Iterable[str] = ()) -> Completion:
    """Complete *before*, the text of a document up to the cursor.

    Elements allowed there, attributes that are not used yet, values, closing tags, and ``$name``
    for each of *names*. Words begin with the fragment, whatever its case.
    """
    hole = _NAME.search(before)
    if hole:
        brace = "{" in hole.group()
        words = [Choice(f"${{{n}}}" if brace else f"${n}", "name") for n in names]
        return _filter(hole.group(), words)
    if any(before.rfind(opening) > before.rfind(closing) for opening, closing, _ in ENCLOSED):
        return Completion("", ())
    start = before.rfind("<")
    if start < 0 or _is_closed(before[start:]):
        return _complete_content(before)
    return _complete_tag(before, start)


def _is_closed(tag: str) -> bool:
    piece = next(scan(tag))
    return piece.kind != "broken"


def _filter(fragment: str, words: Iterable[Choice]) -> Completion:
    folded = fragment.casefold()
    return Completion(fragment, tuple(w for w in words if w.text.casefold().startswith(folded)))


def _complete_content(before: str) -> Completion:
    """Offer whole tags between two tags."""
    if before.strip() and not before.rstrip(" \t\r\n").endswith(">"):
        return Completion("", ())
    stack = _list_open(before)
    words = [Choice(f"<{row.name}", "element", row.summary) for row in _list_allowed(stack)]
    if stack:
        words.insert(0, Choice(f"</{stack[-1]}>", "closing"))
    return Completion("", tuple(words))


def _complete_tag(before: str, start: int) -> Completion:
    name = _TAG_NAME.search(before)
    stack = _list_open(before[:start])
    if name and name.group(1):
        return _filter(name.group(2), [Choice(f"{tag}>", "closing") for tag in stack[-1:]])
    if name:
        rows = _list_allowed(stack)
        return _filter(name.group(2), [Choice(r.name, "element", r.summary) for r in rows])
    piece = next(scan(before[start:]))
    row = vocabulary().elements.get(piece.name)
    if row is None:
        return Completion("", ())
    value = _VALUE.search(before, start)
    if value:
        known = row.attributes.get(value.group(1))
        return (
            _complete_value(known, value.group(3), before, start, piece)
            if known
            else Completion("", ())
        )
    attribute = _ATTRIBUTE.search(before)
    return _complete_attribute(row, attribute.group(1), piece) if attribute else Completion("", ())


def _list_allowed(stack: list[str]) -> list[ElementRow]:
    elements = vocabulary().elements
    if not stack:
        return [elements[vocabulary().root]]
    row = elements.get(stack[-1])
    common = vocabulary().document["common"]
    children = row.children if row else ()
    first = [name for name in common if name in children]
    return [elements[name] for name in dict.fromkeys([*first, *children])]


def _list_open(text: str) -> list[str]:
    """List the names of the elements that are open at the end of *text*, innermost last."""
    stack: list[str] = []
    for piece in _scan_readable(text):
        if piece.kind == "open":
            stack.append(piece.name)
        elif piece.kind == "close" and piece.name in stack:
            while stack.pop() != piece.name:
                pass
    return stack


def _scan_readable(text: str) -> Iterator[Markup]:
    """Scan for markup, and pass over tags that cannot be read."""
    for _ in range(_RESTARTS):
        broken = None
        for piece in scan(text):
            if piece.kind == "broken":
                broken = piece
            else:
                yield piece
        if broken is None:
            return
        text = text[broken.start + 1 :]


def _complete_attribute(row: ElementRow, fragment: str, tag: Markup) -> Completion:
    used = {written.name for written in tag.attributes}
    free = [known for known in row.attributes.values() if known.name not in used]
    free.sort(key=lambda known: not known.required)
    return _filter(
        fragment, [Choice(f'{known.name}="', "attribute", known.summary) for known in free]
    )


def _complete_value(
    known: AttributeRow, typed: str, before: str, start: int, tag: Markup
) -> Completion:
    many = known.type == "enum-list"
    fragment = typed.rpartition(" ")[2] if many else typed
    used = set(typed.split()[:-1] if fragment else typed.split()) if many else set()
    words = [word for word in _list_values(known) if word not in used]
    if known.type == "voice":
        words = _list_voices(_find_language(before, start, tag))
    return _filter(fragment, [Choice(word, "value", known.summary) for word in words])


def _list_values(known: AttributeRow) -> list[str]:
    words = [*known.values, *known.also_accepts]
    if known.type == "boolean":
        words = list(BOOLEANS)
    elif known.type == "http-method":
        words = list(METHODS)
    default: Value = known.default
    if default is not None and str(default) not in words and known.type != "enum-list":
        words.insert(0, str(default))
    return words


def _find_language(before: str, start: int, tag: Markup) -> str | None:
    for written in tag.attributes:
        if written.name == "language":
            return before[start + written.value_start : start + written.value_end]
    return None


def _list_voices(language: str | None) -> list[str]:
    """List all voices, those of *language* first."""
    voices = vocabulary().voices.values()
    return [
        v.name for v in sorted(voices, key=lambda v: language is None or v.language != language)
    ]
