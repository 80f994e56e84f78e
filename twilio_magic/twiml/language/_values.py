"""The values of attributes: which ones Twilio accepts, and what it makes of them.

`accepts` answers yes or no and is quick, for the walk over a whole document; `to_value` turns what is
written into a Python value. The words for what an attribute accepts are in `_wording`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ._number import is_number
from ._vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._rows import AttributeRow

Value = str | int | float | bool | tuple[str, ...] | tuple[int, ...] | None

_INTEGER = re.compile(r"[+-]?[0-9]{1,15}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*|multi")
BOOLEANS = {"true": True, "false": False}
METHODS = ("GET", "POST")
_UNWISE = r"\s<>\"{}|\\^`"
_HOST = rf"(?:[^{_UNWISE}/?#@:_\[\]]+|\[[0-9A-Fa-f:.]+\])"
_REST = rf"(?:[/?#][^{_UNWISE}]*)?"
_URL = re.compile(
    rf"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?//(?:[^{_UNWISE}/?#@]*@)?{_HOST}(?::\d{{1,5}})?{_REST}"
    rf"|(?![A-Za-z][A-Za-z0-9+.-]*:)(?!//)[^{_UNWISE}]*"
)
WEB = ("http", "https")
#: URLs as nearly all are; the rest is looked at more closely.
_USUAL_URL = re.compile(r"(https?|wss)://[A-Za-z0-9.-]+(?:/[\w./?=&%~+-]*)?")
#: A relative URL in form, and surely meant to begin with https://.
_HOST_FIRST = re.compile(
    r"(?:www\.|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|dev|app|example)(?:[:/]|$))[^\s]*"
)
_SID_OF_X = re.compile(r"[A-Z]{2}[xX*]{6,}")
#: Types whose bad values Twilio replaces by the default; a bad URL or name fails as it is.
_FALLS_BACK = frozenset(
    {
        "boolean",
        "decimal",
        "enum",
        "enum-list",
        "float",
        "http-method",
        "integer",
        "integer-list",
        "ssml-duration",
    }
)


def to_value(row: AttributeRow, raw: str | None) -> Value:
    """Convert *raw* to the value that Twilio uses: the default where there is none, or none of the right type."""
    if raw is None or (row.type in _FALLS_BACK and not accepts(row)(raw)):
        raw = None if row.default is None else str(row.default)
    if raw is None:
        return None
    return raw if raw in row.also_accepts else _convert(row.type, raw)


@cache
def accepts(row: AttributeRow) -> Callable[[str], bool]:
    """Make a quick test of whether Twilio accepts a value for this attribute."""
    test = _TESTS.get(row.type, _match_pattern)(row)
    if row.also_accepts:
        also = frozenset(row.also_accepts)
        return lambda raw: raw in also or test(raw)
    return test


def seconds(duration: str) -> float:
    """Read the seconds of an SSML duration such as ``500ms`` or ``1.5s``."""
    if duration.endswith("ms"):
        return float(duration.removesuffix("ms")) / 1000
    return float(duration.removesuffix("s"))


def is_complete_url(text: str) -> bool:
    """Whether *text* is a URL of the web as nearly all are, with its scheme and its host; others may be URLs, too."""
    match = _USUAL_URL.fullmatch(text)
    return match is not None and match[1] in WEB


def is_url(text: str) -> bool:
    """Whether *text* can be requested over the web: absolute, or relative to the current document."""
    match = _URL.fullmatch(text)
    return match is not None and match["scheme"] in {None, *WEB}


def is_absolute(text: str) -> bool:
    """Whether *text* is a URL with a scheme."""
    match = _URL.fullmatch(text)
    return match is not None and match["scheme"] is not None


def lacks_scheme(text: str) -> bool:
    """Whether *text* is a relative URL that was surely meant to begin with ``https://``."""
    return text[:1] not in {"/", "?", "#", ".", ""} and _HOST_FIRST.fullmatch(text) is not None


def _convert(kind: str, raw: str) -> Value:
    if kind == "integer":
        return int(raw) if _INTEGER.fullmatch(raw) else raw
    if kind in {"float", "decimal"}:
        return float(raw)
    if kind == "boolean":
        return BOOLEANS[raw]
    if kind == "enum-list":
        return tuple(raw.split())
    if kind == "integer-list":
        return tuple(int(number) for number in raw.split())
    return raw


def _accept_text(raw: str) -> bool:
    """Whether *raw* may be meant: a sid of nothing but x is a placeholder, even where any text will do."""
    return _SID_OF_X.fullmatch(raw) is None


def _match_pattern(row: AttributeRow) -> Callable[[str], bool]:
    longest = row.max_length
    if row.pattern is None:
        return _accept_text if longest is None else lambda raw: len(raw) <= longest
    matches = re.compile(row.pattern).fullmatch
    if longest is None:
        return lambda raw: matches(raw) is not None
    return lambda raw: len(raw) <= longest and matches(raw) is not None


def _match_one(row: AttributeRow) -> Callable[[str], bool]:
    if row.open:
        folded = frozenset(value.casefold() for value in row.values)
        return lambda raw: raw.casefold() in folded
    return frozenset(row.values).__contains__


def _match_some(row: AttributeRow) -> Callable[[str], bool]:
    if row.open:
        return lambda raw: bool(raw.strip())
    known = frozenset(row.values)
    return lambda raw: raw in known or (known.issuperset(raw.split()) and bool(raw.strip()))


def _match_boolean(_: AttributeRow) -> Callable[[str], bool]:
    return BOOLEANS.__contains__


def _match_method(_: AttributeRow) -> Callable[[str], bool]:
    return METHODS.__contains__


def _is_within(row: AttributeRow, number: float) -> bool:
    return (row.min is None or number >= row.min) and (row.max is None or number <= row.max)


def _match_integer(row: AttributeRow) -> Callable[[str], bool]:
    whole = _INTEGER.fullmatch
    return lambda raw: whole(raw) is not None and _is_within(row, int(raw))


def _match_integers(row: AttributeRow) -> Callable[[str], bool]:
    one = _match_integer(row)
    return lambda raw: bool(raw.strip()) and all(one(number) for number in raw.split())


def _match_number(row: AttributeRow) -> Callable[[str], bool]:
    return lambda raw: _NUMBER.fullmatch(raw) is not None and _is_within(row, float(raw))


def _match_duration(row: AttributeRow) -> Callable[[str], bool]:
    shaped = re.compile(row.pattern or "").fullmatch
    return lambda raw: shaped(raw) is not None and _is_within(row, seconds(raw))


def _match_language(row: AttributeRow) -> Callable[[str], bool]:
    if row.values and not row.open:
        return _match_ignoring_case(row.values)
    return lambda raw: _LANGUAGE.fullmatch(raw) is not None


def _match_ignoring_case(values: tuple[str, ...]) -> Callable[[str], bool]:
    folded = frozenset(value.casefold() for value in values)
    return lambda raw: raw.casefold() in folded


def _match_voice(_: AttributeRow) -> Callable[[str], bool]:
    return lambda raw: raw in vocabulary().voices


def _match_phone(_: AttributeRow) -> Callable[[str], bool]:
    return is_number


def _match_url(row: AttributeRow) -> Callable[[str], bool]:
    schemes = frozenset(row.schemes or WEB)
    absolute = row.absolute
    is_usual = _USUAL_URL.fullmatch
    matches = _URL.fullmatch

    def test(raw: str) -> bool:
        match = is_usual(raw)
        if match is not None:
            return match[1] in schemes
        match = matches(raw)
        if match is None:
            return False
        scheme = match["scheme"]
        if scheme is None:
            return not absolute and not lacks_scheme(raw)
        return scheme in schemes

    return test


_TESTS: dict[str, Callable[[AttributeRow], Callable[[str], bool]]] = {
    "enum": _match_one,
    "enum-list": _match_some,
    "boolean": _match_boolean,
    "http-method": _match_method,
    "integer": _match_integer,
    "integer-list": _match_integers,
    "float": _match_number,
    "decimal": _match_number,
    "ssml-duration": _match_duration,
    "language-tag": _match_language,
    "voice": _match_voice,
    "url": _match_url,
    "phone-number": _match_phone,
}
