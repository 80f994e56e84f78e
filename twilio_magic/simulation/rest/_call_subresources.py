"""Notifications and events of a call in the REST API: what Twilio logged, and the requests it made.

Source: Twilio's pages "Call Notifications resource", "Call Events resource".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify

from ...api import API_VERSION, error_codes
from ...errors import PAGE_OF_CODE
from ._calls import find_call
from ._paging import LastingRows, filter_rows, paginate
from ._responses import format_date, not_found, read_query

if TYPE_CHECKING:
    from ...timeline import Event, Exchange
    from ..legs._leg import Leg
    from ..world._world import World


@dataclass(frozen=True, slots=True)
class _Row:
    """One entry about *leg*. Its sid depends on the call and on its *place* among the other entries."""

    leg: Leg
    place: int
    entry: Event | Exchange

    @property
    def sid(self) -> str:
        return "NO" + sha256(f"{self.leg.sid}:{self.place}".encode()).hexdigest()[:32]


def add_routes(api: Flask, account: str, world: World) -> None:
    """Add the paths below calls to *api*."""
    _add_log_routes(api, f"{account}/Calls/<call>", world)


def _add_log_routes(api: Flask, base: str, world: World) -> None:
    @api.get(f"{base}/Notifications.json")
    def list_notifications(call: str) -> Response:
        wanted = read_query("call_notifications.list")
        leg = find_call(world, call)
        facts = {"Log": _level}
        moments = {"MessageDate": lambda row: leg.created + row.entry.at}
        return paginate(
            "notifications",
            LastingRows(lambda: _log_entries(leg)),
            _notification,
            lambda rows: filter_rows(rows, wanted, world.clock, facts, moments),
        )

    @api.get(f"{base}/Notifications/<sid>.json")
    def fetch_notification(call: str, sid: str) -> Response:
        rows = (row for row in _log_entries(find_call(world, call)) if row.sid == sid)
        found = next(rows, None)
        if found is None:
            raise not_found()
        return jsonify(_notification(found) | _request_and_response(found))

    @api.get(f"{base}/Events.json")
    def list_events(call: str) -> Response:
        read_query("call_events.list")
        leg = find_call(world, call)
        return paginate("events", LastingRows(lambda: _exchanges(leg)), _exchange)


def _exchanges(leg: Leg) -> Iterator[_Row]:
    """The requests that it made, in the order of time."""
    return (_Row(leg, place, made) for place, made in enumerate(leg.exchanges))


def _log_entries(leg: Leg) -> Iterator[_Row]:
    """The failures and warnings with an error code, which are what Twilio logs. The newest first.

    What a document was warned of and what then failed in it for the same reason is one entry.
    """
    failed: Counter[int] = Counter()
    for place in range(len(leg.timeline) - 1, -1, -1):
        event = leg.timeline[place]
        code = event.data.get("code")
        if event.kind == "fetched" and event.data.get("status") is not None:
            failed.clear()  # what comes before is about another document
        if event.kind not in ("failed", "warned") or not isinstance(code, int):
            continue
        if event.kind == "warned" and failed[code] > 0:
            failed[code] -= 1
            continue
        failed[code] += event.kind == "failed"
        yield _Row(leg, place, event)


def _level(row: _Row) -> str:
    return "0" if getattr(row.entry, "kind", "") == "failed" else "1"


def _notification(row: _Row) -> dict[str, Any]:
    world, event, made = row.leg.world, row.entry, _request_of(row)
    data: Any = getattr(event, "data", {})
    moment = format_date(world.clock, row.leg.created + event.at)
    known = error_codes().get(data["code"])
    page_of_code = PAGE_OF_CODE.format(data["code"])
    call = f"/{API_VERSION}/Accounts/{world.account.sid}/Calls/{row.leg.sid}"
    return {
        "sid": row.sid,
        "account_sid": world.account.sid,
        "api_version": API_VERSION,
        "call_sid": row.leg.sid,
        "date_created": moment,
        "date_updated": moment,
        "error_code": str(data["code"]),
        "log": _level(row),
        "message_date": moment,
        "message_text": getattr(event, "text", ""),
        "more_info": known.more_info if known else page_of_code,
        "request_method": made.method if made else None,
        "request_url": data.get("url"),
        "uri": f"{call}/Notifications/{row.sid}.json",
    }


def _request_of(row: _Row) -> Exchange | None:
    """The request to a web application that the entry is about, if it is about one."""
    place = getattr(row.entry, "data", {}).get("webhook")
    return None if place is None else row.leg.exchanges[place]


def _request_and_response(row: _Row) -> dict[str, Any]:
    """The fields of a single notification that a list of notifications leaves out."""
    made = _request_of(row)
    return {
        "request_variables": urlencode(made.parameters) if made else None,
        "response_headers": urlencode(made.reply_headers) if made else None,
        "response_body": made.reply if made else None,
    }


def _exchange(row: _Row) -> dict[str, Any]:
    made: Any = row.entry
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
