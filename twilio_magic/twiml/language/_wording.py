"""Words for the values that an attribute takes, and the value that was probably meant."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ...suggestions import nearest
from ._values import BOOLEANS, METHODS, WEB
from ._vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._rows import AttributeRow


@cache
def describe_values(row: AttributeRow) -> str:
    """Describe the values that an attribute takes: ``true or false``, ``a whole number from 1 to 600``."""
    words = _DESCRIPTIONS.get(row.type, _describe_text)(row)
    return " or ".join([words, *row.also_accepts]) if row.also_accepts else words


def suggest_value(row: AttributeRow, raw: str) -> str | None:
    """Suggest the value that *raw* was probably meant to be, or None."""
    if raw in row.old_values:
        return row.old_values[raw]
    if row.type == "enum-list":
        return " ".join(nearest(word, row.values) or word for word in raw.split()) or None
    return nearest(raw, _known_values().get(row.type, row.values))


@cache
def _known_values() -> dict[str, tuple[str, ...]]:
    """The values of types that have the same ones wherever they stand."""
    voices = tuple(vocabulary().voices)
    return {"boolean": tuple(BOOLEANS), "http-method": METHODS, "voice": voices}


def _describe_text(row: AttributeRow) -> str:
    if row.form is not None:
        return row.form
    if row.max_length is not None:
        return f"text of at most {row.max_length} characters"
    return "a phone number such as +14155550100" if row.type == "phone-number" else "text"


def _join(values: tuple[str, ...], most: int = 16) -> str:
    if len(values) > most:
        return f"one of {', '.join(values[:most])}, …"
    return ", ".join(values[:-1]) + f" or {values[-1]}" if len(values) > 1 else values[0]


def _describe_range(noun: str) -> Callable[[AttributeRow], str]:
    def describe(row: AttributeRow) -> str:
        of = f" of {row.unit}" if row.unit in {"seconds", "milliseconds"} else ""
        if row.min is None:
            return f"{noun}{of}"
        if row.max is None:
            return f"{noun}{of}, {row.min:g} or more"
        return f"{noun}{of} from {row.min:g} to {row.max:g}"

    return describe


def _describe_url(row: AttributeRow) -> str:
    schemes = " or ".join(f"{scheme}://" for scheme in row.schemes or WEB)
    return f"a URL that begins with {schemes}" + (
        "" if row.absolute or row.schemes else ", or a relative one"
    )


_DESCRIPTIONS: dict[str, Callable[[AttributeRow], str]] = {
    "boolean": lambda _: "true or false",
    "http-method": lambda _: " or ".join(METHODS),
    "enum": lambda row: _join(row.values),
    "enum-list": lambda row: f"one or more of {_join(row.values)}, separated by blanks",
    "integer": _describe_range("a whole number"),
    "integer-list": _describe_range("a list of whole numbers"),
    "float": _describe_range("a number"),
    "decimal": _describe_range("a number"),
    "ssml-duration": lambda row: f"a duration such as 500ms or 2s, {row.max:g} s at most",
    "language-tag": lambda _: "a language tag such as en-US",
    "voice": lambda _: "a voice that is known, such as Polly.Joanna or Google.en-US-Neural2-C",
    "url": _describe_url,
}
