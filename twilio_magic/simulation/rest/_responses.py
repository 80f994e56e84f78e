"""The shapes that all answers share: errors, pages, dates, and the form that came in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import Response, jsonify, request

from ...api import CodeName, Operation, error_code, error_codes, find_invalid, operation
from ..clock._clock import whole

if TYPE_CHECKING:
    from ..clock._clock import Clock
    from ..world._resources import R
    from ..world._world import World

#: The name that a parameter's value has in Twilio's messages.
_PLACEHOLDERS = {"To": "to", "From": "from", "ApplicationSid": "sid"}

_MAY_BE_EMPTY = ("string", "url")


class Refusal(Exception):  # noqa: N818 - an answer, not a fault of ours
    """An error answer with Twilio's *code*, by name or number; *values* fill the placeholders of its message."""

    def __init__(
        self,
        code: CodeName | int,
        values: Mapping[str, str] | None = None,
        *,
        missing: bool = False,
        **more: str,
    ) -> None:
        super().__init__(code)
        self.row = error_codes()[code] if isinstance(code, int) else error_code(code)
        self.missing = missing
        self.values = {**(values or {}), **more}


def not_found() -> Refusal:
    """The answer to a request for what is not there."""
    return Refusal("not-found", path=request.path)


def find_resource(world: World, kind: type[R], sid: str) -> R:
    """The account's resource of this *kind* with this sid; raises :class:`Refusal` (20404)."""
    resource = world.account.resources(kind).get(sid)
    if resource is None:
        raise not_found()
    return resource


def error_response(refusal: Refusal) -> Response:
    """Twilio's error body: code, message, more_info, status."""
    row = refusal.row
    body = {
        "code": row.code,
        "message": row.message_for(refusal.values, missing=refusal.missing),
        "more_info": row.more_info,
        "status": row.status or 400,
    }
    if row.status == 401:
        body["detail"] = ""
    response = jsonify(body)
    response.status_code = row.status or 400
    if row.status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="Twilio API"'
    return response


def parse_form(operation: Operation, form: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The parameters of *form* that *operation* knows; those of a list are joined by blanks. Raises :class:`Refusal`.

    Unknown names are ignored, as Twilio ignores them. Of a name that is repeated without being a list the last value
    counts, and an empty value is none, except of an address or a text: an empty ``WaitUrl`` asks for silence (both
    guessed).
    """
    for violation in find_invalid(operation, form):
        name = _PLACEHOLDERS.get(violation.parameter, "value")
        values = {name: violation.value, "url": violation.value, "name": violation.parameter}
        raise Refusal(
            violation.code or "bad-parameter", values, missing=violation.reason == "missing"
        )
    known = {row.name: row for row in operation.parameters}
    given = {
        name: " ".join(values) if known[name].type == "enum-list" else values[-1]
        for name, values in form.items()
        if name in known and values
    }
    return {
        name: value for name, value in given.items() if value or known[name].type in _MAY_BE_EMPTY
    }


def is_within(wanted: Mapping[str, str], name: str, moment: datetime | None) -> bool:
    """Whether *moment* is within the day, or the moments, that the filters called *name* ask for."""
    day, before, after = (wanted.get(name + sign) for sign in ("", "<", ">"))
    if moment is None:
        return not (day or before or after)
    text = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        (not day or text.startswith(day) or (len(day) > 10 and text == day))
        and (not before or text[: len(before)] <= before)
        and (not after or text[: len(after)] >= after)
    )


def paginate(key: str, rows: Sequence[Any], to_json: Callable[[Any], dict[str, Any]]) -> Response:
    """One page of *rows* under *key*, with the addresses of the pages beside it."""
    size = int(
        request.args.get("PageSize") or operation("calls.list").parameter("PageSize").default
    )
    number = int(request.args.get("Page") or 0)
    start = number * size
    shown = rows[start : start + size]
    more = start + size < len(rows)
    return jsonify(
        {
            key: [to_json(row) for row in shown],
            "page": number,
            "page_size": size,
            "start": start if shown else 0,
            "end": start + len(shown) - 1 if shown else 0,
            "uri": _page_uri(number, size),
            "first_page_uri": _page_uri(0, size),
            "next_page_uri": _page_uri(number + 1, size, f"PA{shown[-1].sid}") if more else None,
            "previous_page_uri": _page_uri(number - 1, size, f"PB{shown[0].sid}")
            if number and shown
            else None,
        }
    )


def _page_uri(number: int, size: int, token: str = "") -> str:
    query = {**request.args, "PageSize": size, "Page": number} | (
        {"PageToken": token} if token else {}
    )
    return f"{request.path}?{urlencode(query)}"


def format_date(clock: Clock, at: float | None) -> str | None:
    """The moment *at* as the API writes dates, RFC 2822; ``None`` where there is none."""
    return None if at is None else format_datetime(clock.date(whole(at)))
