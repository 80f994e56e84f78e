"""Whether Twilio would take a request, judged from the parameter table before anything is sent.

The client asks before it sends, and the simulator asks when it receives: both read the same rows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ...endpoints import NotAnEndpoint, endpoint
from ...errors import RequestError
from ._error_codes import error_codes
from ._wrong_values import InvalidParameter, describe_invalid, find_wrong

if TYPE_CHECKING:
    from ._parameters import Operation, Parameter

Form = Mapping[str, Sequence[str]]


def refuse_invalid(operation: Operation, form: Form) -> None:
    """Raise :class:`RequestError` for the first thing in *form* that Twilio would refuse, or would not understand."""
    for found in find_invalid(operation, form):
        hint = found.hint or (error_codes()[found.code].hint if found.code else None)
        raise RequestError(
            found.message,
            parameter=found.parameter,
            code=found.code,
            hint=hint,
            reason=found.reason,
        )


def find_invalid(operation: Operation, form: Form) -> Iterator[InvalidParameter]:
    """Everything that Twilio would refuse or not understand in *form*: what is missing first, then wrong values.

    Wrong values are in the table's order.
    """
    yield from _find_missing(operation, form)
    given = [parameter for parameter in operation.parameters if parameter.name in form]
    yield from _find_excluded(given, form)
    for parameter in given:
        for value in form[parameter.name]:
            if not _is_name(parameter, value, form):
                yield from find_wrong(parameter, value)


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
    groups: dict[str, list[Parameter]] = {}
    for parameter in operation.parameters:
        if parameter.group:
            groups.setdefault(parameter.group, []).append(parameter)
        if parameter.required and not any(form.get(parameter.name, ())):
            hint = f"Give {parameter.option}, in Python {parameter.keyword}=. {parameter.help}"
            hint = hint if parameter.help else f"Give {parameter.keyword}=."
            yield describe_invalid(parameter, "missing", f"{parameter.name} is missing.", "", hint)
    for _, group in sorted(groups.items()):
        yield from _none_of(group, form)


def _none_of(group: Sequence[Parameter], form: Form) -> Iterator[InvalidParameter]:
    if not any(any(form.get(row.name, ())) for row in group):
        names = ", ".join(row.name for row in group)
        hint = f"Give one of {', '.join(row.option for row in group)}."
        yield describe_invalid(group[0], "missing", f"None of {names} is given.", "", hint)


def _find_excluded(given: Sequence[Parameter], form: Form) -> Iterator[InvalidParameter]:
    for parameter in given:
        for other in parameter.excludes:
            if other in form and parameter.name < other:
                message = f"{parameter.name} and {other} cannot both be given."
                yield describe_invalid(parameter, "excluded", message, "", "Leave one of them out.")
        for other in parameter.requires:
            if other not in form:
                message = f"{parameter.name} is given without {other}."
                yield describe_invalid(parameter, "required", message, "", f"Give {other} too.")


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
