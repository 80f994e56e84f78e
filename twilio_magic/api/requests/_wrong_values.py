"""Values of parameters that Twilio would refuse, by the types of the parameter table."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ...endpoints import NotAnEndpoint, endpoint, number_address
from ...records import dataclass
from ._moments import is_offset, read_moment

if TYPE_CHECKING:
    from ._parameters import Parameter


@dataclass(frozen=True, slots=True)
class InvalidParameter:
    """What is wrong with a request: *reason* names a column of the table, *code* is Twilio's, if it has one."""

    parameter: str
    reason: str
    message: str
    value: str = ""
    code: int | None = None
    hint: str | None = None

    @property
    def is_only_logged(self) -> bool:
        """Whether Twilio takes the request all the same, does not understand the value, and logs *code*."""
        return self.reason == "logged"


def find_wrong(parameter: Parameter, value: str) -> Iterator[InvalidParameter]:
    """What is wrong with one *value* of *parameter*, if anything is."""
    if parameter.max_length is not None and len(value) > parameter.max_length:
        message = (
            f"{parameter.name} has {len(value)} characters; at most {parameter.max_length} fit."
        )
        yield describe_invalid(parameter, "too_long", message, value)
        return
    half = _HALF_CHARACTER.search(value)
    if half:
        message = f"{parameter.name} holds {half[0]!r}, half a character, which cannot be sent."
        yield describe_invalid(
            parameter, "malformed", message, value, "Leave it out, or write it whole."
        )
        return
    judge = _JUDGES.get(parameter.type)
    if judge and value:
        yield from judge(parameter, value)


def _endpoint(parameter: Parameter, value: str) -> Iterator[InvalidParameter]:
    try:
        endpoint(value)
    except NotAnEndpoint as error:
        message = f"{parameter.name}: {error.message}"
        yield describe_invalid(parameter, "malformed", message, value, error.hint)


def _phone_number(parameter: Parameter, value: str) -> Iterator[InvalidParameter]:
    try:
        number_address(value)
    except NotAnEndpoint as error:
        message = f"{parameter.name}: {error.message}"
        hint = "Write +, country code and number, such as +13105555555."
        yield describe_invalid(parameter, "malformed", message, value, hint)


def _url(parameter: Parameter, value: str) -> Iterator[InvalidParameter]:
    if not _is_address(parameter, value):
        wanted = _KINDS_OF_ADDRESSES.get(parameter.schemes, "a web address")
        message = f"{parameter.name} is not {wanted}: {value!r}."
        hint = f"Give a whole address, such as {parameter.schemes[-1]}://example.com/voice."
        yield describe_invalid(parameter, "malformed", message, value, hint)


#: What an address is called that is no web address, by its schemes.
_KINDS_OF_ADDRESSES: Mapping[tuple[str, ...], str] = {("wss",): "the address of a WebSocket"}


def _is_address(parameter: Parameter, value: str) -> bool:
    """Whether *value* is an address with one of the schemes that the parameter takes."""
    if re.search(r"\s", value):
        return False
    try:
        parts = urlsplit(value)
        host = parts.hostname if parts.port != 0 else None
    except ValueError:
        return False
    if not parts.scheme and not parts.netloc:
        return parameter.relative
    return parts.scheme in parameter.schemes and bool(host)


def _date(parameter: Parameter, value: str) -> Iterator[InvalidParameter]:
    if read_moment(value) is None and not (parameter.relative and is_offset(value)):
        hint = "Give a day, such as 2026-01-06, or a moment in UTC, such as 2026-01-06T10:30:00Z."
        message = f"{parameter.name} is not a date: {value!r}."
        yield describe_invalid(parameter, "malformed", message, value, hint)


def _choice(parameter: Parameter, value: str) -> Iterator[InvalidParameter]:
    if value not in parameter.values:
        hint = _one_by_one(parameter, value) or f"Use one of: {', '.join(parameter.values)}."
        yield describe_invalid(
            parameter, "not_allowed", f"{parameter.name} cannot be {value!r}.", value, hint
        )


def _event(parameter: Parameter, value: str) -> Iterator[InvalidParameter]:
    if value not in parameter.values:
        hint = _one_by_one(parameter, value) or f"Use some of: {', '.join(parameter.values)}."
        message = f"{parameter.name} cannot be {value!r}: Twilio takes the request and does not report it."
        yield describe_invalid(parameter, "logged", message, value, hint)


def _one_by_one(parameter: Parameter, value: str) -> str | None:
    """What to do about several values that were given as one."""
    several = [each for each in re.split(r"[\s,]+", value) if each]
    if len(several) < 2 or not set(several) <= set(parameter.values):
        return None
    return f"Give each by itself: {' '.join(f'{parameter.option} {each}' for each in several)}."


def _integer(parameter: Parameter, value: str) -> Iterator[InvalidParameter]:
    if not re.fullmatch("-?[0-9]+", value):
        message = f"{parameter.name} is not a whole number: {value!r}."
        hint = f"Give a whole number {_limits(parameter)}".rstrip() + "."
        yield describe_invalid(parameter, "malformed", message, value, hint)
        return
    low, high = parameter.min, parameter.max
    if low is None and high is None and len(value) > _MOST_DIGITS:
        message = f"{parameter.name} is {_shorten(value)}, which is too large a number."
        yield describe_invalid(parameter, "malformed", message, value)
    number = int(value[:_MOST_DIGITS])
    if (low is not None and number < low) or (high is not None and number > high):
        message = f"{parameter.name} is {_shorten(value)}; it may be {_limits(parameter)}."
        is_too_large = high is not None and number > high and "too_large" in parameter.codes
        yield describe_invalid(
            parameter, "too_large" if is_too_large else "out_of_range", message, value
        )


def _number(parameter: Parameter, value: str) -> Iterator[InvalidParameter]:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
        message = f"{parameter.name} is not a number: {value!r}."
        yield describe_invalid(
            parameter, "malformed", message, value, "Give a number, such as 9.5."
        )


def _limits(parameter: Parameter) -> str:
    """Between what and what a number may be, with its unit."""
    low, high = parameter.min, parameter.max
    limits = "" if low is None else f"{low} or more" if high is None else f"from {low} to {high}"
    return f"{limits} {parameter.unit}".strip()


#: A lone surrogate: it comes from a text that was cut in the middle of a character, and no encoding has it.
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
#: Enough for any limit; Python refuses to read numbers of thousands of digits.
_MOST_DIGITS = 18


def _shorten(number: str) -> str:
    return number if len(number) <= _MOST_DIGITS else f"{number[:_MOST_DIGITS]}…"


def _boolean(parameter: Parameter, value: str) -> Iterator[InvalidParameter]:
    if value.lower() not in ("true", "false"):
        message = f"{parameter.name} is neither true nor false: {value!r}."
        yield describe_invalid(parameter, "malformed", message, value)


def _digits(parameter: Parameter, value: str) -> Iterator[InvalidParameter]:
    if not re.fullmatch(parameter.pattern, value):
        strange = next(char for char in value if not re.fullmatch(parameter.pattern, char))
        message = f"{parameter.name} holds {strange!r}, which is no key: {value!r}."
        yield describe_invalid(parameter, "malformed", message, value, parameter.help)


def _sid(parameter: Parameter, value: str) -> Iterator[InvalidParameter]:
    if not re.fullmatch(parameter.prefix + "[0-9a-fA-F]{32}", value):
        hint = f"A sid of this kind is {parameter.prefix} and 32 hexadecimal digits."
        yield describe_invalid(
            parameter, "malformed", f"{parameter.name} is not a sid: {value!r}.", value, hint
        )


@cache
def _countries() -> frozenset[str]:
    """The codes of ISO 3166, and XK, which is in use for Kosovo."""
    return frozenset(json.loads(files(__package__).joinpath("countries.json").read_text("utf-8")))


def _country(parameter: Parameter, value: str) -> Iterator[InvalidParameter]:
    if value.upper() not in _countries():
        message = f"{parameter.name} is not the code of a country: {value!r}."
        hint = "Give its two letters of ISO 3166, such as US or GB."
        yield describe_invalid(parameter, "malformed", message, value, hint)


_JUDGES: Mapping[str, Callable[[Parameter, str], Iterator[InvalidParameter]]] = {
    "boolean": _boolean,
    "date": _date,
    "datetime": _date,
    "digits": _digits,
    "endpoint": _endpoint,
    "enum": _choice,
    "enum-list": _event,
    "http-method": _choice,
    "integer": _integer,
    "iso-country-code": _country,
    "number": _number,
    "phone-number": _phone_number,
    "sid": _sid,
    "url": _url,
}


def describe_invalid(
    parameter: Parameter, reason: str, message: str, value: str, hint: str | None = None
) -> InvalidParameter:
    """The fault of a *parameter*, with the code that its row has for the *reason*."""
    return InvalidParameter(
        parameter.name, reason, message, value, parameter.codes.get(reason), hint
    )
