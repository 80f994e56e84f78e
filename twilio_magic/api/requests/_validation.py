"""Whether Twilio would take a request, judged from the parameter table before anything is sent.

The client asks before it sends, and the simulator asks when it receives: both read the same rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ...endpoints import NotAnEndpoint, endpoint
from ...errors import RequestError
from ._error_codes import error_codes
from ._moments import is_offset, read_moment

if TYPE_CHECKING:
    from ._parameters import Operation, Parameter

Form = Mapping[str, Sequence[str]]


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


def refuse_invalid(operation: Operation, form: Form) -> None:
    """Raise :class:`RequestError` for the first thing in *form* that Twilio would refuse, or would not understand."""
    for fault in find_invalid(operation, form):
        hint = fault.hint or (error_codes()[fault.code].hint if fault.code else None)
        raise RequestError(fault.message, parameter=fault.parameter, code=fault.code, hint=hint)


def find_invalid(operation: Operation, form: Form) -> Iterator[InvalidParameter]:
    """Everything that Twilio would refuse or not understand in *form*: what is missing first, then wrong values.

    Wrong values are in the table's order.
    """
    yield from _find_missing(operation, form)
    yield from _find_excluded(operation, form)
    for parameter in operation.parameters:
        for value in form.get(parameter.name, ()):
            if not _is_name(parameter, value, form):
                yield from _judge(parameter, value)


def find_ignored(operation: Operation, form: Form) -> list[str]:
    """A sentence for each parameter that Twilio would silently ignore, because of what else is or is not in *form*."""
    given = {name for name, values in form.items() if any(_counts(value) for value in values)}
    return [
        f"{parameter.name} is ignored, because {reason}."
        for parameter in operation.parameters
        if parameter.name in given
        for reason in list(_ignoring(parameter, given))[:1]
    ]


def _counts(value: str) -> bool:
    """Whether *value* switches something on, or says something."""
    return value.lower() not in ("", "false")


def _ignoring(parameter: Parameter, given: Collection[str]) -> Iterator[str]:
    for winner in parameter.ignored_with:
        if winner in given:
            yield f"{winner} is given"
    for needed in parameter.needs:
        if needed not in given:
            yield f"{needed} is not given"


def _find_missing(operation: Operation, form: Form) -> Iterator[InvalidParameter]:
    for parameter in operation.parameters:
        if parameter.required and not any(form.get(parameter.name, ())):
            hint = f"Give {parameter.option}, in Python {parameter.keyword}=. {parameter.help}"
            hint = hint if parameter.help else f"Give {parameter.keyword}=."
            yield _fault(parameter, "missing", f"{parameter.name} is missing.", "", hint)
    for group in sorted({parameter.group for parameter in operation.parameters} - {""}):
        yield from _none_of([row for row in operation.parameters if row.group == group], form)


def _none_of(group: Sequence[Parameter], form: Form) -> Iterator[InvalidParameter]:
    if not any(any(form.get(row.name, ())) for row in group):
        names = ", ".join(row.name for row in group)
        hint = f"Give one of {', '.join(row.option for row in group)}."
        yield _fault(group[0], "missing", f"None of {names} is given.", "", hint)


def _find_excluded(operation: Operation, form: Form) -> Iterator[InvalidParameter]:
    for parameter in operation.parameters:
        for other in parameter.excludes:
            if parameter.name in form and other in form and parameter.name < other:
                message = f"{parameter.name} and {other} cannot both be given."
                yield _fault(parameter, "excluded", message, "", "Leave one of them out.")
        for other in parameter.requires:
            if parameter.name in form and other not in form:
                message = f"{parameter.name} is given without {other}."
                yield _fault(parameter, "required", message, "", f"Give {other} too.")


def _judge(parameter: Parameter, value: str) -> Iterator[InvalidParameter]:
    if parameter.max_length is not None and len(value) > parameter.max_length:
        message = (
            f"{parameter.name} has {len(value)} characters; at most {parameter.max_length} fit."
        )
        yield _fault(parameter, "too_long", message, value)
        return
    half = _HALF_CHARACTER.search(value)
    if half:
        message = f"{parameter.name} holds {half[0]!r}, half a character, which cannot be sent."
        yield _fault(parameter, "malformed", message, value, "Leave it out, or write it whole.")
        return
    judge = _JUDGES.get(parameter.type)
    if judge and value:
        yield from judge(parameter, value)


def _is_name(parameter: Parameter, value: str, form: Form) -> bool:
    """Whether *value* is a name where one will do: as the caller ID of a call to a SIP address or a client."""
    if not parameter.name_beside or not re.fullmatch(parameter.pattern, value):
        return False
    others = form.get(parameter.name_beside, ())
    return bool(others) and not any(map(_is_number, others))


def _is_number(text: str) -> bool:
    try:
        return endpoint(text).kind == "number"
    except NotAnEndpoint:
        return True


def _endpoint(parameter: Parameter, value: str) -> Iterator[InvalidParameter]:
    try:
        endpoint(value)
    except NotAnEndpoint as error:
        message = f"{parameter.name}: {error.message}"
        yield _fault(parameter, "malformed", message, value, error.hint)


def _url(parameter: Parameter, value: str) -> Iterator[InvalidParameter]:
    if not _is_address(parameter, value):
        wanted = _KINDS_OF_ADDRESSES.get(parameter.schemes, "a web address")
        message = f"{parameter.name} is not {wanted}: {value!r}."
        hint = f"Give a whole address, such as {parameter.schemes[-1]}://example.com/voice."
        yield _fault(parameter, "malformed", message, value, hint)


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
        yield _fault(parameter, "malformed", message, value, hint)


def _choice(parameter: Parameter, value: str) -> Iterator[InvalidParameter]:
    if value not in parameter.values:
        hint = _one_by_one(parameter, value) or f"Use one of: {', '.join(parameter.values)}."
        yield _fault(
            parameter, "not_allowed", f"{parameter.name} cannot be {value!r}.", value, hint
        )


def _event(parameter: Parameter, value: str) -> Iterator[InvalidParameter]:
    if value not in parameter.values:
        hint = _one_by_one(parameter, value) or f"Use some of: {', '.join(parameter.values)}."
        message = f"{parameter.name} cannot be {value!r}: Twilio takes the request and does not report it."
        yield _fault(parameter, "logged", message, value, hint)


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
        yield _fault(parameter, "malformed", message, value, hint)
        return
    low, high = parameter.min, parameter.max
    if low is None and high is None and len(value) > _MOST_DIGITS:
        message = f"{parameter.name} is {_shorten(value)}, which is too large a number."
        yield _fault(parameter, "malformed", message, value)
    number = int(value[:_MOST_DIGITS])
    if (low is not None and number < low) or (high is not None and number > high):
        message = f"{parameter.name} is {_shorten(value)}; it may be {_limits(parameter)}."
        is_too_large = high is not None and number > high and "too_large" in parameter.codes
        yield _fault(parameter, "too_large" if is_too_large else "out_of_range", message, value)


def _number(parameter: Parameter, value: str) -> Iterator[InvalidParameter]:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
        message = f"{parameter.name} is not a number: {value!r}."
        yield _fault(parameter, "malformed", message, value, "Give a number, such as 9.5.")


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
        yield _fault(parameter, "malformed", message, value)


def _digits(parameter: Parameter, value: str) -> Iterator[InvalidParameter]:
    if not re.fullmatch(parameter.pattern, value):
        strange = next(char for char in value if not re.fullmatch(parameter.pattern, char))
        message = f"{parameter.name} holds {strange!r}, which is no key: {value!r}."
        yield _fault(parameter, "malformed", message, value, parameter.help)


def _sid(parameter: Parameter, value: str) -> Iterator[InvalidParameter]:
    if not re.fullmatch(parameter.prefix + "[0-9a-fA-F]{32}", value):
        hint = f"A sid of this kind is {parameter.prefix} and 32 hexadecimal digits."
        yield _fault(
            parameter, "malformed", f"{parameter.name} is not a sid: {value!r}.", value, hint
        )


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
    "number": _number,
    "sid": _sid,
    "url": _url,
}


def _fault(
    parameter: Parameter, reason: str, message: str, value: str, hint: str | None = None
) -> InvalidParameter:
    return InvalidParameter(
        parameter.name, reason, message, value, parameter.codes.get(reason), hint
    )
