"""Reads the fields of answers as the types that resources declare for them.

Numbers, money and dates all travel as strings. What is not what Twilio documents is never an error, and never of
another type than the declared one. Source: Twilio's page "Call resource", properties.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any

from ...secret import Secret

#: No number of the API is longer, and Python refuses to read numbers of thousands of digits.
_MOST_DIGITS = 15
_WHOLE = re.compile(rf"-?[0-9]{{1,{_MOST_DIGITS}}}")
_AMOUNT = re.compile(rf"-?[0-9]{{1,{_MOST_DIGITS}}}(\.[0-9]{{1,{_MOST_DIGITS}}})?")


def _read_text(value: Any) -> Any:
    if isinstance(value, Secret):
        return value
    # half a character, which JSON may hold, cannot be shown or sent
    return str(value).encode(errors="replace").decode() if _is_scalar(value) else None


def _is_scalar(value: Any) -> bool:
    if isinstance(value, int) and not isinstance(value, bool):
        return abs(value) < 1_000_000_000_000_000
    return isinstance(value, str | float)


def _read_int(value: Any) -> int | None:
    text = _read_text(value)
    return int(text) if text and _WHOLE.fullmatch(text) else None


def _read_decimal(value: Any) -> Decimal | None:
    text = _read_text(value)
    return Decimal(text) if text and _AMOUNT.fullmatch(text) else None


def _read_date(value: Any) -> datetime | None:
    """A date as the API writes it: RFC 2822 in most resources, ISO 8601 in a few. One without a zone is in UTC."""
    if not isinstance(value, str):
        return None
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = read(value)
        except (ValueError, TypeError, OverflowError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def _read_bool(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _read_mapping(value: Any) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None


#: How a field is read, by the type that the class gives it, and its value where that is none.
_TYPES: Mapping[str, tuple[Callable[[Any], Any], Any]] = {
    "str": (_read_text, ""),
    "int": (_read_int, 0),
    "bool": (_read_bool, False),
    "datetime": (_read_date, None),
    "Decimal": (_read_decimal, None),
    "Mapping": (_read_mapping, {}),
    "dict": (_read_mapping, {}),
}


def reader_of(annotation: str) -> Callable[[Any], Any]:
    """What reads a field that is declared with *annotation*, such as ``int | None``."""
    kind, _, other = annotation.partition(" | ")
    read, empty = _TYPES[kind.partition("[")[0]]
    if other == "None":
        return read

    def read_always(value: Any) -> Any:
        found = read(value)
        return empty if found is None else found

    return read_always
