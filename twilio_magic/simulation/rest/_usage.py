"""What an account used, in the REST API: by category, over all time or by day, month and year.

Source: Twilio's page "Usage Records resource".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ...api import API_VERSION
from ...records import dataclass
from ._accounts import all_of
from ._paging import LastingRows, paginate
from ._parameters import Refusal
from ._responses import read_query
from ._usage_counts import Amount, Category, Days, categories, count_days

if TYPE_CHECKING:
    from flask import Flask, Response

    from ..world._account import Account
    from ..world._world import World

_OFFSET = re.compile(r"([+-]\d{1,5})days?")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from *start* to *end*, both included."""

    start: date
    end: date

    def amount(self, days: Days) -> Amount:
        """What was used on these *days*, as far as they are in the period."""
        inside = (used for day, used in days.items() if self.start <= day <= self.end)
        return sum(inside, Amount())


@dataclass(frozen=True, slots=True)
class _Row:
    category: Category
    period: Period
    amount: Amount

    @property
    def sid(self) -> str:
        """What a page token names; the API shows no sid of it."""
        name = f"{self.category.category}:{self.period.start}"
        return "UR" + sha256(name.encode()).hexdigest()[:32]


#: The periods, the newest first, that a range of days is cut into; *today* is what time it is.
_Cut = Callable[[Period, date], Iterator[Period]]


def _whole(asked: Period, _: date) -> Iterator[Period]:
    if asked.start <= asked.end:
        yield asked


def _days(asked: Period, _: date) -> Iterator[Period]:
    day = asked.end
    while day >= asked.start:
        yield Period(day, day)
        day -= _DAY


def _months(asked: Period, _: date) -> Iterator[Period]:
    yield from _runs(asked, lambda day: day.replace(day=1))


def _years(asked: Period, _: date) -> Iterator[Period]:
    yield from _runs(asked, lambda day: day.replace(month=1, day=1))


def _runs(asked: Period, first_of: Callable[[date], date]) -> Iterator[Period]:
    """The runs of days that have the same first day, as far as they are in *asked*."""
    end = asked.end
    while end >= asked.start:
        yield Period(max(first_of(end), asked.start), end)
        end = first_of(end) - _DAY


def _today(_: Period, today: date) -> Iterator[Period]:
    yield Period(today, today)


def _yesterday(_: Period, today: date) -> Iterator[Period]:
    yield Period(today - _DAY, today - _DAY)


def _this_month(_: Period, today: date) -> Iterator[Period]:
    yield Period(today.replace(day=1), today)


def _last_month(_: Period, today: date) -> Iterator[Period]:
    end = today.replace(day=1) - _DAY
    yield Period(end.replace(day=1), end)


#: How each list cuts the range, by the last word of its path; "" is the list of usage records itself.
_CUTS: Mapping[str, _Cut] = {
    "": _whole,
    "AllTime": _whole,
    "Daily": _days,
    "LastMonth": _last_month,
    "Monthly": _months,
    "ThisMonth": _this_month,
    "Today": _today,
    "Yearly": _years,
    "Yesterday": _yesterday,
}


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of usage records to *api*."""
    for word in _CUTS:
        _add_route(api, f"{account}/Usage/Records", word)


def _add_route(api: Flask, base: str, word: str) -> None:
    path = f"{base}/{word}.json" if word else f"{base}.json"

    @api.get(path, endpoint=f"list_usage{_snake(word)}")
    def list_usage(world: World) -> Response:
        asked = read_query("usage.records.list")
        rows = LastingRows(lambda: _rows(world, asked, _CUTS[word]))
        return paginate("usage_records", rows, lambda row: _to_json(world, word, row))


def _rows(world: World, asked: Mapping[str, str], cut: _Cut) -> Iterator[_Row]:
    today = world.clock.date().date()
    counted = count_days(_accounts_of(world, asked), world.clock)
    wanted = asked.get("Category")
    for period in cut(_range(world, asked, today), today):
        for name, category in categories().items():
            if wanted in (None, name):
                yield _Row(category, period, period.amount(counted[name]))


def _accounts_of(world: World, asked: Mapping[str, str]) -> Iterator[Account]:
    """The account, and the sub-accounts that it owns, unless the request leaves them out."""
    with_subaccounts = asked.get("IncludeSubaccounts", "true").lower() == "true"
    for each in all_of(world):
        if each is world.account or (with_subaccounts and each.owner is world.account):
            yield each


def _range(world: World, asked: Mapping[str, str], today: date) -> Period:
    """The days that are asked for, of those from the account's first day to *today*."""
    first = world.clock.date(world.account.created).date()
    start, end = (_day(asked, name, today) for name in ("StartDate", "EndDate"))
    return Period(max(start or first, first), min(end or today, today))


def _day(asked: Mapping[str, str], name: str, today: date) -> date | None:
    """The day that a parameter names: a date, or so many days from *today*; raises :class:`Refusal`."""
    text = asked.get(name)
    if not text:
        return None
    try:
        if offset := _OFFSET.fullmatch(text):
            return today + timedelta(days=int(offset[1]))
        return date.fromisoformat(text)
    except (ValueError, OverflowError):
        raise Refusal("bad-parameter", name=name) from None


def _to_json(world: World, word: str, row: _Row) -> dict[str, Any]:
    """The UsageRecord resource as JSON."""
    each = row.category
    base = f"/{API_VERSION}/Accounts/{world.account.sid}/Usage/Records"
    about = f"Category={each.category}"
    days = f"StartDate={row.period.start}&EndDate={row.period.end}"
    return {
        "account_sid": world.account.sid,
        "api_version": API_VERSION,
        "as_of": world.clock.date().isoformat(timespec="seconds"),
        "category": each.category,
        "count": str(row.amount.count),
        "count_unit": each.count_unit,
        "description": each.description,
        "start_date": row.period.start.isoformat(),
        "end_date": row.period.end.isoformat(),
        "price": None,
        "price_unit": "usd",
        "usage": str(row.amount.usage),
        "usage_unit": each.usage_unit,
        "subresource_uris": {
            _snake(name)[1:]: f"{base}/{name}.json?{about}" for name in _CUTS if name
        },
        "uri": f"{base}{'/' + word if word else ''}.json?{about}&{days}",
    }


def _snake(word: str) -> str:
    """*word* as it stands in JSON, with an underscore before each part of it."""
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in word)
