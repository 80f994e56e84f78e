"""Lists: their filters, the rows of one page, and the addresses of its neighbors.

A page token names the row beside which a page begins, so that the page stays where it is while rows come and go.
Sources: Twilio's page "Twilio API responses", pagination; the tokens are those of the examples in Twilio's OpenAPI
description: ``PA`` and the sid of the row before the page, ``PB`` and that of the row after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from urllib.parse import urlencode

from flask import Response, jsonify, request

from ...api import operation, read_moment
from ..clock._clock import whole
from ._parameters import Refusal
from ._representations import asked_path

if TYPE_CHECKING:
    from ..clock._clock import Clock

T = TypeVar("T")

_TOKEN = re.compile("P([AB])([A-Z]{2}[0-9a-f]{32})")


class ListedRows(Protocol):
    """A list of the API in its order, and what stands beside a row: :class:`KeyError` for a sid that it never had."""

    def __iter__(self) -> Iterator[Any]: ...

    def after(self, sid: str) -> Iterator[Any]:
        """What follows that row."""

    def before(self, sid: str) -> Iterator[Any]:
        """What comes before that row, the nearest first."""


class LastingRows:
    """The rows that *read* yields, of which none ever goes."""

    def __init__(self, read: Callable[[], Iterable[Any]]) -> None:
        self._read = read

    def __iter__(self) -> Iterator[Any]:
        return iter(self._read())

    def after(self, sid: str) -> Iterator[Any]:
        """What follows the row with this *sid*."""
        rows = iter(self)
        if not any(row.sid == sid for row in rows):
            raise KeyError(sid)
        return rows

    def before(self, sid: str) -> Iterator[Any]:
        """What comes before it, the nearest first."""
        self.after(sid)
        rows: list[Any] = list(takewhile(lambda row: row.sid != sid, self))
        return iter(rows[::-1])


def filter_rows(
    rows: Iterable[T],
    wanted: Mapping[str, str],
    clock: Clock,
    facts: Mapping[str, Callable[[T], str | None]],
    moments: Mapping[str, Callable[[T], float | None]],
) -> Iterable[T]:
    """Those of *rows* that pass the filters that are *wanted*; what nobody asks for is not read.

    *facts* must be equal. Of *moments*, the name asks for a day, ``name<`` and ``name>`` for until and since a moment.
    A day is known by any of its moments: Twilio's libraries send its midnight.
    """
    for name, read in facts.items():
        if name in wanted:
            rows = filter(_being(read, wanted[name]), rows)
    for name, at in moments.items():
        if any(wanted.get(name + sign) for sign in ("", "<", ">")):
            rows = filter(_within(at, wanted, name, clock), rows)
    return rows


def _being(read: Callable[[T], str | None], value: str) -> Callable[[T], bool]:
    return lambda row: read(row) == value


def _within(
    read: Callable[[T], float | None], wanted: Mapping[str, str], name: str, clock: Clock
) -> Callable[[T], bool]:
    on, until, since = (read_moment(wanted.get(name + sign, "")) for sign in ("", "<", ">"))

    def is_within(row: T) -> bool:
        at = read(row)
        if at is None:
            return False
        moment = clock.date(whole(at))  # as it is shown
        return (
            (on is None or moment.date() == on.date())
            and (until is None or moment <= until)
            and (since is None or moment >= since)
        )

    return is_within


#: Of the number of a page: there are not so many pages, and Python refuses to read thousands of digits.
_MOST_DIGITS = 15


def paginate(
    key: str,
    rows: ListedRows,
    to_json: Callable[[Any], dict[str, Any]],
    keep: Callable[[Iterable[Any]], Iterable[Any]] = iter,
) -> Response:
    """The page that the request asks for, under *key*; *rows* is the whole list, of which *keep* says what is wanted.

    No more rows are looked at than those from where the page begins, and the one behind it; from the start of the list
    for a page without a token. Raises :class:`Refusal` for a token that no page gave (21481), and what is no number.
    """
    size = _read_number("PageSize", operation("calls.list").parameter("PageSize").default)
    number = _read_number("Page", 0)
    shown, precedes, follows = _page(rows, keep, size, number)
    return jsonify(
        {
            key: [to_json(row) for row in shown],
            "page": number,
            "page_size": size,
            "start": number * size if shown else 0,
            "end": number * size + len(shown) - 1 if shown else 0,
            "uri": _uri(number, size, request.args.get("PageToken", "")),
            "first_page_uri": _uri(0, size),
            "next_page_uri": _uri(number + 1, size, f"PA{shown[-1].sid}")
            if shown and follows
            else None,
            "previous_page_uri": _uri(max(number - 1, 0), size, f"PB{shown[0].sid}")
            if shown and precedes
            else None,
        }
    )


def _read_number(name: str, default: Any) -> int:
    """The number that the request gives as *name*; raises :class:`Refusal` (20001) for what is none."""
    given = str(request.args.get(name) or default)
    if not (given.isascii() and given.isdecimal()) or (name == "PageSize" and not int(given)):
        raise Refusal("bad-parameter", name=name)
    return int(given[:_MOST_DIGITS])


def _page(
    rows: ListedRows, keep: Callable[[Iterable[Any]], Iterable[Any]], size: int, number: int
) -> tuple[list[Any], bool, bool]:
    """The rows of the page, and whether there are others before and after it."""
    token = request.args.get("PageToken")
    if not token:
        start = number * size
        reached = list(islice(keep(rows), start, start + size + 1))
        return reached[:size], start > 0, len(reached) > size
    found = _TOKEN.fullmatch(token)
    try:
        beside = (rows.after if found and found[1] == "A" else rows.before)(
            found[2] if found else ""
        )
    except KeyError:
        raise Refusal("bad-page-token", value=token) from None
    reached = list(islice(keep(beside), size + 1))
    goes_on = len(reached) > size
    if found and found[1] == "A":
        return reached[:size], True, goes_on
    return reached[:size][::-1], goes_on, True


def _uri(number: int, size: int, token: str = "") -> str:
    query = {**request.args, "PageSize": size, "Page": number, "PageToken": token}
    return (
        f"{asked_path()}?{urlencode({name: value for name, value in query.items() if value != ''})}"
    )
