"""Events of a call in the REST API: the requests that it made. Source: Twilio's page "Call Events resource"."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ...records import dataclass
from ._calls import find_call
from ._paging import paginate
from ._parameters import format_date
from ._responses import read_query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask, Response

    from ...timeline import Exchange
    from ..legs._leg import Leg
    from ..world._world import World


_DIGITS = 8  # of a sid, that say which request of the call it is


@dataclass(frozen=True, slots=True)
class _Row:
    """A request of *leg*. Its sid has the call in it, and its *place* among the others."""

    leg: Leg
    place: int

    @property
    def request(self) -> Exchange:
        return self.leg.exchanges[self.place]

    @property
    def sid(self) -> str:
        return f"{_begin_sid(self.leg)}{self.place:0{_DIGITS}x}"


class _Rows:
    """The requests of *leg*, of which none ever goes. Each is found by its sid, however many there are."""

    def __init__(self, leg: Leg) -> None:
        self._leg = leg

    def __iter__(self) -> Iterator[_Row]:
        return self._between(0, len(self._leg.exchanges), 1)

    def after(self, sid: str) -> Iterator[_Row]:
        """What follows the row with this *sid*."""
        return self._between(self._find(sid) + 1, len(self._leg.exchanges), 1)

    def before(self, sid: str) -> Iterator[_Row]:
        """What comes before it, the nearest first."""
        return self._between(self._find(sid) - 1, -1, -1)

    def _between(self, first: int, end: int, step: int) -> Iterator[_Row]:
        return (_Row(self._leg, place) for place in range(first, end, step))

    def _find(self, sid: str) -> int:
        begin, place = sid[:-_DIGITS], int(sid[-_DIGITS:], 16)
        if begin != _begin_sid(self._leg) or place >= len(self._leg.exchanges):
            raise KeyError(sid)
        return place


def _begin_sid(leg: Leg) -> str:
    return f"EV{sha256(leg.sid.encode()).hexdigest()[: 32 - _DIGITS]}"


def add_routes(api: Flask, account: str) -> None:
    """Add the path of events to *api*."""

    @api.get(f"{account}/Calls/<call>/Events.json")
    def list_events(world: World, call: str) -> Response:
        read_query("call_events.list")
        leg = find_call(world, call)
        return paginate("events", _Rows(leg), _to_json)


def _to_json(row: _Row) -> dict[str, Any]:
    made = row.request
    return {
        "request": {
            "method": made.method,
            "url": made.url,
            "parameters": dict(made.parameters),
        },
        "response": {
            "response_code": made.status,
            "content_type": made.content_type,
            "response_body": made.reply,
            "date_created": format_date(row.leg.clock, row.leg.created + made.at),
        },
    }
