"""Whether Twilio would take a request, judged from the parameter table before anything is sent.

The client asks before it sends, and the simulator asks when it receives: both read the same rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..endpoints import NotAnEndpoint, endpoint

if TYPE_CHECKING:
    from ._parameters import Operation, Parameter

Form = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why Twilio would refuse a request: *reason* names a column of the table, *code* is Twilio's, if it has one."""

    parameter: str
    reason: str
    message: str
    value: str = ""
    code: int | None = None
    hint: str | None = None


def faults(operation: Operation, form: Form) -> Iterator[Fault]:
    """Everything that Twilio would refuse in *form*: what is missing first, then wrong values in the table's order."""
    yield from _missing(operation, form)
    yield from _excluded(operation, form)
    for parameter in operation.parameters:
        for value in form.get(parameter.name, ()):
            yield from _judge(parameter, value)


def ignored(operation: Operation, form: Form) -> list[str]:
    """A sentence for each parameter that Twilio would silently ignore beside another one of *form*."""
    return [
        f"{parameter.name} is ignored, because {winner} is given."
        for parameter in operation.parameters
        if parameter.name in form
        for winner in [name for name in parameter.ignored_with if name in form][:1]
    ]


def _missing(operation: Operation, form: Form) -> Iterator[Fault]:
    for parameter in operation.parameters:
        if parameter.required and not any(form.get(parameter.name, ())):
            hint = f"Give {parameter.keyword}: {parameter.help}"
            yield _fault(parameter, "missing", f"{parameter.name} is missing.", "", hint)
    group = [p for p in operation.parameters if p.group]
    if group and not any(any(form.get(p.name, ())) for p in group):
        first, *_ = group
        names = ", ".join(p.name for p in group)
        message = f"None of {names} is given, so the call would have nothing to run."
        hint = f"Give one of {', '.join(p.option for p in group)}."
        yield _fault(first, "missing", message, "", hint)


def _excluded(operation: Operation, form: Form) -> Iterator[Fault]:
    for parameter in operation.parameters:
        for other in parameter.excludes:
            if parameter.name in form and other in form and parameter.name < other:
                message = f"{parameter.name} and {other} cannot both be given."
                yield _fault(parameter, "excluded", message, "", "Leave one of them out.")


def _judge(parameter: Parameter, value: str) -> Iterator[Fault]:
    if parameter.max_length is not None and len(value) > parameter.max_length:
        message = (
            f"{parameter.name} has {len(value)} characters; at most {parameter.max_length} fit."
        )
        yield _fault(parameter, "too_long", message, value)
        return
    judge = _JUDGES.get(parameter.type)
    if judge and value:
        yield from judge(parameter, value)


def _endpoint(parameter: Parameter, value: str) -> Iterator[Fault]:
    try:
        endpoint(value)
    except NotAnEndpoint as error:
        message = f"{parameter.name}: {error.message}"
        yield _fault(parameter, "malformed", message, value, error.hint)


def _url(parameter: Parameter, value: str) -> Iterator[Fault]:
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable or re.search(r"\s", value):
        hint = "Give a whole address, such as https://example.com/voice."
        yield _fault(
            parameter,
            "malformed",
            f"{parameter.name} is not a web address: {value!r}.",
            value,
            hint,
        )


def _choice(parameter: Parameter, value: str) -> Iterator[Fault]:
    if value not in parameter.values:
        hint = f"Use one of: {', '.join(parameter.values)}."
        yield _fault(
            parameter, "not_allowed", f"{parameter.name} cannot be {value!r}.", value, hint
        )


def _integer(parameter: Parameter, value: str) -> Iterator[Fault]:
    if not re.fullmatch(r"-?\d+", value):
        message = f"{parameter.name} is not a whole number: {value!r}."
        yield _fault(parameter, "malformed", message, value)
        return
    low, high = parameter.min, parameter.max
    number = int(value)
    if (low is not None and number < low) or (high is not None and number > high):
        limits = f"from {low} to {high}" if high is not None else f"{low} or more"
        message = f"{parameter.name} is {value}; it may be {limits} {parameter.unit}."
        yield _fault(parameter, "out_of_range", message, value)


def _boolean(parameter: Parameter, value: str) -> Iterator[Fault]:
    if value.lower() not in ("true", "false"):
        message = f"{parameter.name} is neither true nor false: {value!r}."
        yield _fault(parameter, "malformed", message, value)


def _digits(parameter: Parameter, value: str) -> Iterator[Fault]:
    if not re.fullmatch(parameter.pattern, value):
        strange = next(char for char in value if not re.fullmatch(parameter.pattern, char))
        message = f"{parameter.name} holds {strange!r}, which is no key: {value!r}."
        yield _fault(parameter, "malformed", message, value, parameter.help)


def _sid(parameter: Parameter, value: str) -> Iterator[Fault]:
    if not re.fullmatch(parameter.prefix + "[0-9a-fA-F]{32}", value):
        hint = f"A sid of this kind is {parameter.prefix} and 32 hexadecimal digits."
        yield _fault(
            parameter, "malformed", f"{parameter.name} is not a sid: {value!r}.", value, hint
        )


_JUDGES: Mapping[str, Callable[[Parameter, str], Iterator[Fault]]] = {
    "boolean": _boolean,
    "digits": _digits,
    "endpoint": _endpoint,
    "enum": _choice,
    "enum-list": _choice,
    "http-method": _choice,
    "integer": _integer,
    "sid": _sid,
    "url": _url,
}


def _fault(
    parameter: Parameter, reason: str, message: str, value: str, hint: str | None = None
) -> Fault:
    return Fault(parameter.name, reason, message, value, parameter.codes.get(reason), hint)
