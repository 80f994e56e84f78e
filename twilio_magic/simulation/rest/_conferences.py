"""Conferences in the REST API. Source: Twilio's page "Conference resource"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify

from ...api import API_VERSION
from ..conferences._announce import announce
from ..conferences._conference import Conference
from ..webhooks._target import WebhookTarget
from ._responses import (
    filter_rows,
    find_resource,
    format_date,
    not_found,
    paginate,
    read_form,
    read_query,
)

if TYPE_CHECKING:
    from ..conferences._participant import Participant
    from ..world._world import World

#: What a list of conferences is filtered by.
_FACTS: Mapping[str, Callable[[Conference], str]] = {
    "FriendlyName": attrgetter("name"),
    "Status": attrgetter("status"),
}
_MOMENTS: Mapping[str, Callable[[Conference], float]] = {
    "DateCreated": attrgetter("created"),
    "DateUpdated": attrgetter("updated"),
}
_SUBRESOURCES = ("Participants", "Recordings")


def add_routes(api: Flask, account: str, world: World) -> None:
    """Add the paths of conferences to *api*."""
    base = f"{account}/Conferences"

    @api.get(f"{base}.json")
    def list_conferences() -> Response:
        wanted = read_query("conferences.list")
        found = world.account.resources(Conference).newest_first()
        rows = filter_rows(found, wanted, world.clock, _FACTS, _MOMENTS)
        return paginate("conferences", rows, _to_json)

    @api.get(f"{base}/<sid>.json")
    def fetch_conference(sid: str) -> Response:
        return jsonify(_to_json(find_conference(world, sid)))

    @api.post(f"{base}/<sid>.json")
    def update_conference(sid: str) -> Response:
        conference = find_conference(world, sid)
        asked = read_form("conferences.update")
        if conference.is_over and asked:
            raise not_found()
        announce_as_asked(conference, asked)
        if "Status" in asked:
            conference.end("conference-ended-via-api")
        return jsonify(_to_json(conference))


def find_conference(world: World, sid: str) -> Conference:
    """The conference with this sid; raises :class:`Refusal` (20404)."""
    return find_resource(world, Conference, sid)


def announce_as_asked(
    conference: Conference, asked: Mapping[str, str], only: Participant | None = None
) -> None:
    """Make the announcement that a request asks for, to all participants or to *only* one, if it has a URL."""
    source = WebhookTarget.from_parameters(
        "conferences.update", asked, "AnnounceUrl", "announcement"
    )
    if source is not None:
        announce(conference, source, only)


def _to_json(conference: Conference) -> dict[str, Any]:
    """The Conference resource as JSON."""
    world = conference.world
    uri = f"/{API_VERSION}/Accounts/{world.account.sid}/Conferences/{conference.sid}"
    by = conference.ended_by
    return {
        "sid": conference.sid,
        "account_sid": world.account.sid,
        "api_version": API_VERSION,
        "friendly_name": conference.name,
        "region": conference.region,
        "status": conference.status,
        "reason_conference_ended": conference.why_ended,
        "call_sid_ending_conference": by.leg.sid if by else None,
        "date_created": format_date(world.clock, conference.created),
        "date_updated": format_date(world.clock, conference.updated),
        "subresource_uris": {name.lower(): f"{uri}/{name}.json" for name in _SUBRESOURCES},
        "uri": f"{uri}.json",
    }
