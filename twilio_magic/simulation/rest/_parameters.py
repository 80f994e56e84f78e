"""The parameters of requests, what is refused of them, and how settings and dates are written in answers.

None of it needs Flask, so what is asked most is answered without it (``_direct.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from email.utils import format_datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ...api import CodeName, Operation, error_code, error_codes, find_invalid, is_day, operation
from ...hosts import reach
from ..clock._clock import whole

if TYPE_CHECKING:
    from datetime import datetime

    from ...api import ErrorCase, InvalidParameter, Parameter
    from ..clock._clock import Clock
    from ..legs._leg import Leg

#: The name that a parameter's value has in Twilio's messages.
_PLACEHOLDERS = {"To": "to", "From": "from", "ApplicationSid": "sid"}
#: Characters of what is said of a value, which may be long.
_MOST_REASON = 300
_PAGING = ("PageSize", "Page", "PageToken")
_MAY_BE_EMPTY = ("string", "url")


class Refusal(Exception):  # noqa: N818 - an answer, not a fault of ours
    """An error answer with Twilio's *code*, by name or number; *values* fill the placeholders of its message.

    A *reason* of ours stands behind the message.
    """

    def __init__(
        self,
        code: CodeName | int,
        values: Mapping[str, str] | None = None,
        *,
        case: ErrorCase = "",
        reason: str = "",
        **more: str,
    ) -> None:
        super().__init__(code)
        self.row = error_codes()[code] if isinstance(code, int) else error_code(code)
        self.case = case
        self.reason = reason
        self.values = {**(values or {}), **more}


def parse_form(
    operation: Operation,
    form: Mapping[str, Sequence[str]],
    found: Iterable[InvalidParameter] | None = None,
) -> dict[str, str]:
    """The parameters of *form* that *operation* has; the values of a list are joined by spaces.

    Unknown names are ignored, as Twilio ignores them, and so are unknown values of a list: see :func:`log_unknown`. If
    a name is repeated and is not a list, the last value counts. An empty value counts as not given, except for URLs and
    texts: an empty ``WaitUrl`` asks for silence (both guessed). Raises :class:`Refusal` for a value that Twilio would
    refuse. *found* is what is wrong with *form*, where that is known.
    """
    for invalid in find_invalid(operation, form) if found is None else found:
        if not invalid.is_only_logged:
            case: ErrorCase = "missing" if invalid.reason == "missing" else ""
            reason = "" if invalid.code or case else _reason(invalid)
            values = _placeholders(invalid)
            raise Refusal(invalid.code or "bad-parameter", values, case=case, reason=reason)
    rows = (row for row in operation.parameters if row.name in form)
    given = {row.name: _value(row, form[row.name]) for row in rows}
    return {name: value for name, value in given.items() if value is not None}


def _reason(invalid: InvalidParameter) -> str:
    """What is wrong with a value, where Twilio's message, which is guessed, would name the parameter alone."""
    return f"{invalid.message[:_MOST_REASON]} {invalid.hint or ''}".rstrip()


def _value(row: Parameter, values: Sequence[str]) -> str | None:
    """The value of a parameter that is given as *values*; ``None`` if it counts as not given."""
    if row.type == "list":
        return " ".join(values) or None
    if row.type == "enum-list":
        return " ".join(row.known_values(values)) if any(values) else None
    if not values or (not values[-1] and row.type not in _MAY_BE_EMPTY):
        return None
    if row.name.endswith("<") and row.whole_day and is_day(values[-1]):
        return f"{values[-1]}T23:59:59Z"
    return values[-1]


def log_unknown(leg: Leg, found: Iterable[InvalidParameter]) -> None:
    """Record in the timeline of *leg*, and so in Twilio's log, what of *found* Twilio does not understand."""
    for invalid in found:
        if invalid.is_only_logged and invalid.code is not None:
            said = error_codes()[invalid.code].message_for(_placeholders(invalid))
            leg.record_event("failed", f"{invalid.code}: {said}", code=invalid.code)


def _placeholders(invalid: InvalidParameter) -> dict[str, str]:
    """What stands for the placeholders of Twilio's messages."""
    name = _PLACEHOLDERS.get(invalid.parameter, "value")
    return {name: invalid.value, "url": invalid.value, "name": invalid.parameter}


def refuse_local_addresses(operation: Operation, asked: Mapping[str, str]) -> None:
    """Raise :class:`Refusal` for an address among those *asked* for that Twilio could not reach."""
    for row in operation.parameters:
        url = asked.get(row.name, "")
        is_relative = row.relative and "//" not in url
        if row.type == "url" and url and not is_relative and reach(url) != "public":
            raise Refusal(row.codes.get("malformed", "bad-callback-url"), url=url, name=row.name)


def with_paging(row: Operation) -> Operation:
    """*row*, whose pages have the limits and the codes of those of calls."""
    pages = {name: operation("calls.list").parameter(name) for name in _PAGING}
    parameters = tuple(pages.get(each.name, each) for each in row.parameters)
    return replace(row, parameters=parameters)


def settings_to_json(name: str, settings: Mapping[str, str]) -> dict[str, Any]:
    """Every parameter of the operation *name* as a field: as it is set, or its default."""
    fields: dict[str, Any] = {}
    for row in operation(name).parameters:
        value = settings.get(row.name, row.default)
        is_flag = row.type == "boolean" and isinstance(value, str)
        fields[row.keyword] = value == "true" if is_flag else value
    return fields


def format_date(clock: Clock, at: float | None) -> str | None:
    """The moment *at* in the format of the API, RFC 2822; ``None`` for ``None``."""
    return None if at is None else _format(clock.date(whole(at)))


@lru_cache(maxsize=64)
def _format(moment: datetime) -> str:
    """*moment*, which is in UTC, in that format. Most dates of an answer are the same, and of the next one, too."""
    return format_datetime(moment)
