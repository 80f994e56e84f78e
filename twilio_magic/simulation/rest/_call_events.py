"""Events of a call in the REST API: the requests that it made. Source: Twilio's page "Call Events resource"."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ._calls import find_call
from ._paging import LastingRows, paginate
from ._parameters import format_date
from ._responses import read_query

if TYPE_CHECKING:
    from flask import Flask, Response

    from ...timeline import Exchange
    from ..legs._leg import Leg
    from ..world._world import World


@dataclass(frozen=True, slots=True)
class _Row:
    """A request of *leg*. Its sid depends on the call and on its *place* among the others."""

    leg: Leg
    place: int

    @property
    def request(self) -> Exchange:
        return self.leg.exchanges[self.place]

    @property
    def sid(self) -> str:
        return "EV" + sha256(f"{self.leg.sid}:{self.place}".encode()).hexdigest()[:32]


def add_routes(api: Flask, account: str) -> None:
    """Add the path of events to *api*."""

    @api.get(f"{account}/Calls/<call>/Events.json")
    def list_events(world: World, call: str) -> Response:
        read_query("call_events.list")
        leg = find_call(world, call)
        rows = LastingRows(lambda: (_Row(leg, place) for place in range(len(leg.exchanges))))
        return paginate("events", rows, _to_json)


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
