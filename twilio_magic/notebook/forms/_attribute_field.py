"""The field for an attribute of an element, made from its row of the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...twiml import METHODS, AttributeRow, Voice, describe_values, vocabulary
from . import _controls as controls
from ._field import CheckboxesField, Field, sentences

_FEW = 4
_MOST_VOICES = 40  # voices at a time; there are hundreds


def attribute_field(name: str, value: str, row: AttributeRow | None, *, language: str) -> Field:
    """Make the field for the attribute *name*; *row* is ``None`` for one that TwiML does not have.

    A value that TwiML does not know stays, and is offered beside those that it knows. Voices of *language* come first.
    """
    if row is None:
        return Field(name, controls.text_input(name, value), hint="TwiML has no such attribute.")
    if row.type == "enum-list":
        return CheckboxesField(name, row.values, value, hint=row.summary)
    if row.type == "voice":
        return VoiceField(name, value, language=language, hint=row.summary)
    offered = _known_values(row)
    if offered and not row.open and len(offered) <= _FEW:
        unset = f"default ({row.default})" if row.default is not None else "not set"
        words = dict.fromkeys(["", *offered, value])
        options = [(word or unset, word) for word in words]
        return Field(name, controls.choice(name, options, value), hint=row.summary)
    if offered:
        control = controls.combobox(name, offered, value, placeholder=_placeholder(row))
        return Field(name, control, hint=row.summary)
    return Field(
        name, controls.text_input(name, value, placeholder=_placeholder(row)), hint=_hint(row)
    )


def unwritten_value(row: AttributeRow | None) -> str:
    """What the field of an attribute shows that is not written: several values are checked as they are by default."""
    is_list = row is not None and row.type == "enum-list"
    return str(row.default or "") if row is not None and is_list else ""


def keeps_empty(row: AttributeRow | None) -> bool:
    """Whether an attribute stays when its value is emptied: it is needed, means something, or is not known."""
    if row is None or row.required:
        return True
    return row.pattern is not None and re.fullmatch(row.pattern, "") is not None


class VoiceField(Field):
    """A voice. It offers the voices that contain the typed text, those of *language* first."""

    def __init__(self, name: str, value: str, *, language: str, hint: str) -> None:
        self._language = language
        offered = matching_voices("", language)
        control = controls.combobox(name, offered, value, placeholder="type a part of a name")
        super().__init__(name, control, hint=hint)
        self.on_change(self._narrow)

    def _narrow(self) -> None:
        self.control.options = tuple(matching_voices(self.value, self._language))


def matching_voices(typed: str, language: str) -> list[str]:
    """Return the voices with *typed* in their names, or all if there is none; those of *language* first."""
    known = vocabulary().voices.values()
    fitting = [each for each in known if typed.casefold() in each.name.casefold()] or list(known)

    def order(voice: Voice) -> tuple[bool, bool]:
        return voice.language != language, voice.status != "current"

    return [voice.name for voice in sorted(fitting, key=order)[:_MOST_VOICES]]


def _known_values(row: AttributeRow) -> list[str]:
    if row.type == "boolean":
        return ["true", "false"]
    if row.type == "http-method":
        return list(METHODS)
    return [*row.values, *row.also_accepts]


def _hint(row: AttributeRow) -> str:
    return sentences(f"{row.summary.removesuffix('.')} ({describe_values(row)})")


def _placeholder(row: AttributeRow) -> str:
    return "".join(_default(row))


def _default(row: AttributeRow) -> Iterator[str]:
    if row.default is not None:
        yield f"{row.default}"
    elif row.default_note:
        yield row.default_note
