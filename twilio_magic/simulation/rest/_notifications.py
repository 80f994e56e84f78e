"""Notifications in the REST API, of a call and of the account: the errors and warnings that Twilio logged.

Source: Twilio's pages "Notification resource" and "Call Notifications resource".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify

from ...api import API_VERSION, error_codes
from ...errors import PAGE_OF_CODE
from ...records import dataclass
from ..legs._leg import Leg
from ..messages._message import Message
from ._calls import find_call
from ._paging import LastingRows, ListedRows, filter_rows, paginate
from ._parameters import format_date
from ._responses import not_found, read_query
from ._row_numbers import PassingRows

if TYPE_CHECKING:
    from ...timeline import Event, Exchange
    from ..world._world import World


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is logged of a call or a message, its *owner*. The sid depends on the *place* in the timeline there."""

    owner: Leg | Message
    place: int

    @property
    def event(self) -> Event:
        return self.owner.timeline[self.place]

    @property
    def sid(self) -> str:
        return "NO" + sha256(f"{self.owner.sid}:{self.place}".encode()).hexdigest()[:32]

    @property
    def moment(self) -> float:
        """When it was logged, in seconds of the world."""
        return self.owner.created + self.event.at

    @property
    def order(self) -> int:
        """Its number among all that happened."""
        return self.owner.order[self.place]

    @property
    def level(self) -> str:
        """``0`` for an error, ``1`` for a warning."""
        return "0" if self.event.kind == "failed" else "1"

    @property
    def request(self) -> Exchange | None:
        """The request to a web application that the entry is about, if it is about one."""
        place = self.event.data.get("webhook")
        return None if place is None else self.owner.exchanges[place]


_FACTS: Mapping[str, Callable[[_Entry], str]] = {"Log": attrgetter("level")}
_MOMENTS: Mapping[str, Callable[[_Entry], float]] = {"MessageDate": attrgetter("moment")}


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of notifications to *api*."""
    _add_call_routes(api, f"{account}/Calls/<call>/Notifications")
    _add_account_routes(api, f"{account}/Notifications")


def _add_call_routes(api: Flask, base: str) -> None:
    @api.get(f"{base}.json")
    def list_notifications_of_call(world: World, call: str) -> Response:
        wanted = read_query("call_notifications.list")
        leg = find_call(world, call)
        rows = LastingRows(lambda: _entries_of(leg))
        return _list(world, rows, wanted, f"/Calls/{leg.sid}")

    @api.get(f"{base}/<sid>.json")
    def fetch_notification_of_call(world: World, call: str, sid: str) -> Response:
        leg = find_call(world, call)
        return _fetch(world, _entries_of(leg), sid, f"/Calls/{leg.sid}")


def _add_account_routes(api: Flask, base: str) -> None:
    @api.get(f"{base}.json")
    def list_notifications(world: World) -> Response:
        wanted = read_query("notifications.list")
        return _list(world, PassingRows(_entries(world)), wanted)

    @api.get(f"{base}/<sid>.json")
    def fetch_notification(world: World, sid: str) -> Response:
        return _fetch(world, _entries(world), sid)


def _list(world: World, rows: ListedRows, wanted: Mapping[str, str], below: str = "") -> Response:
    return paginate(
        "notifications",
        rows,
        lambda entry: _to_json(world, entry, below),
        lambda rows: filter_rows(rows, wanted, world.clock, _FACTS, _MOMENTS),
    )


def _fetch(world: World, entries: Iterable[_Entry], sid: str, below: str = "") -> Response:
    entry = next((entry for entry in entries if entry.sid == sid), None)
    if entry is None:
        raise not_found()
    return jsonify(_to_json(world, entry, below) | _request_and_response(entry.request))


def _entries(world: World) -> list[_Entry]:
    """All that was logged, in order. What a call tells of its messages is logged for the call."""
    legs = world.account.resources(Leg).values()
    messages = world.account.resources(Message).values()
    entries = [entry for leg in legs for entry in _entries_of(leg)]
    entries += [
        entry
        for message in messages
        for entry in _entries_of(message)
        if entry.place not in message.told_by_call
    ]
    return sorted(entries, key=attrgetter("order"))


def _entries_of(owner: Leg | Message) -> Iterator[_Entry]:
    """The failures and warnings with an error code, which are what Twilio logs. The newest first.

    What a document was warned of and what then failed in it for the same reason is one entry.
    """
    failed: Counter[int] = Counter()
    for place in range(len(owner.timeline) - 1, -1, -1):
        event = owner.timeline[place]
        code = event.data.get("code")
        if event.kind == "fetched" and event.data.get("status") is not None:
            failed.clear()  # what comes before is about another document
        if event.kind not in ("failed", "warned") or not isinstance(code, int):
            continue
        if event.kind == "warned" and failed[code] > 0:
            failed[code] -= 1
            continue
        failed[code] += event.kind == "failed"
        yield _Entry(owner, place)


def _to_json(world: World, entry: _Entry, below: str) -> dict[str, Any]:
    """The Notification resource as JSON; *below* is the path of the call that it is asked for as a part of."""
    event, made = entry.event, entry.request
    code = event.data["code"]
    known = error_codes().get(code)
    moment = format_date(world.clock, entry.moment)
    path = f"/{API_VERSION}/Accounts/{world.account.sid}{below}/Notifications"
    return {
        "sid": entry.sid,
        "account_sid": world.account.sid,
        "api_version": API_VERSION,
        "call_sid": entry.owner.sid if isinstance(entry.owner, Leg) else None,
        "date_created": moment,
        "date_updated": moment,
        "error_code": str(code),
        "log": entry.level,
        "message_date": moment,
        "message_text": event.text,
        "more_info": known.more_info if known else PAGE_OF_CODE.format(code),
        "request_method": made.method if made else None,
        "request_url": event.data.get("url"),
        "uri": f"{path}/{entry.sid}.json",
    }


def _request_and_response(made: Exchange | None) -> dict[str, Any]:
    """The fields of a single notification that a list of notifications leaves out."""
    return {
        "request_variables": urlencode(made.parameters) if made else None,
        "response_headers": urlencode(made.reply_headers) if made else None,
        "response_body": made.reply if made else None,
    }
