"""Parts of all answers: error bodies, pages, dates; and reading the parameters of requests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from email.utils import format_datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from flask import Response, g, jsonify, request

from ...api import CodeName, Operation, error_code, error_codes, find_invalid, operation
from ...hosts import reach
from ..clock._clock import whole

if TYPE_CHECKING:
    from ..clock._clock import Clock
    from ..world._resources import R
    from ..world._world import World

Row = TypeVar("Row")

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
    """Twilio's answer to a request for a resource that does not exist."""
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
    """The parameters of *form* that *operation* has; the values of a list are joined by spaces.

    Unknown names are ignored, as Twilio ignores them. If a name is repeated and is not a list, the last value counts.
    An empty value counts as not given, except for URLs and texts: an empty ``WaitUrl`` asks for silence (both guessed).
    Raises :class:`Refusal` for a value that Twilio would refuse.
    """
    for invalid in find_invalid(operation, form):
        name = _PLACEHOLDERS.get(invalid.parameter, "value")
        values = {name: invalid.value, "url": invalid.value, "name": invalid.parameter}
        raise Refusal(invalid.code or "bad-parameter", values, missing=invalid.reason == "missing")
    known = {row.name: row for row in operation.parameters}
    given = {
        name: " ".join(values) if known[name].type == "enum-list" else values[-1]
        for name, values in form.items()
        if name in known and values
    }
    return {
        name: value for name, value in given.items() if value or known[name].type in _MAY_BE_EMPTY
    }


def read_form(name: str) -> dict[str, str]:
    """The parameters in the body of this request, which is for the operation *name*; see :func:`parse_form`.

    Raises :class:`Refusal`, too, for a local address if the account is strict.
    """
    asked = parse_form(operation(name), request.form.to_dict(flat=False))
    if g.is_strict:
        refuse_local_addresses(operation(name), asked)
    return asked


def refuse_local_addresses(operation: Operation, asked: Mapping[str, str]) -> None:
    """Raise :class:`Refusal` for an address among those *asked* for that Twilio could not reach."""
    for row in operation.parameters:
        url = asked.get(row.name, "")
        if row.type == "url" and url and reach(url) != "public":
            raise Refusal(row.codes.get("malformed", "bad-callback-url"), url=url, name=row.name)


def read_query(name: str) -> dict[str, str]:
    """The parameters in the URL of this request, which is for the operation *name*; see :func:`parse_form`."""
    return parse_form(operation(name), request.args.to_dict(flat=False))


def filter_rows(
    rows: Iterable[Row],
    wanted: Mapping[str, str],
    clock: Clock,
    facts: Mapping[str, Callable[[Row], str | None]],
    moments: Mapping[str, Callable[[Row], float | None]],
) -> Iterable[Row]:
    """Those of *rows* that pass the filters that are *wanted*; what nobody asks for is not read.

    *facts* must be equal. Of *moments*, the name asks for a day, ``name<`` and ``name>`` for before and after.
    """
    for name, read in facts.items():
        if name in wanted:
            rows = filter(_being(read, wanted[name]), rows)
    for name, at in moments.items():
        if any(wanted.get(name + sign) for sign in ("", "<", ">")):
            rows = filter(_within(at, wanted, name, clock), rows)
    return rows


def _being(read: Callable[[Row], str | None], value: str) -> Callable[[Row], bool]:
    return lambda row: read(row) == value


def _within(
    read: Callable[[Row], float | None], wanted: Mapping[str, str], name: str, clock: Clock
) -> Callable[[Row], bool]:
    day, before, after = (wanted.get(name + sign) for sign in ("", "<", ">"))

    def is_within(row: Row) -> bool:
        at = read(row)
        if at is None:
            return False
        text = clock.date(at).strftime("%Y-%m-%dT%H:%M:%SZ")
        return (
            (not day or text.startswith(day) or (len(day) > 10 and text == day))
            and (not before or text[: len(before)] <= before)
            and (not after or text[: len(after)] >= after)
        )

    return is_within


def paginate(key: str, rows: Iterable[Any], to_json: Callable[[Any], dict[str, Any]]) -> Response:
    """The page of *rows* that the request asks for, under *key*, with the URIs of its neighbors.

    Of the rows, no more are looked at than there are up to the end of the page, and the one behind it.
    """
    size = int(
        request.args.get("PageSize") or operation("calls.list").parameter("PageSize").default
    )
    number = int(request.args.get("Page") or 0)
    start = number * size
    reached = list(islice(rows, start, start + size + 1))
    shown, more = reached[:size], len(reached) > size
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
    """The moment *at* in the format of the API, RFC 2822; ``None`` for ``None``."""
    return None if at is None else format_datetime(clock.date(whole(at)))
