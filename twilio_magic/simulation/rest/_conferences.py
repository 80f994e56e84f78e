"""Conferences in the REST API. Source: Twilio's page "Conference resource"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify

from ...api import API_VERSION, operation
from ..conferences._announce import announce
from ..conferences._conference import Conference
from ..webhooks._target import WebhookTarget
from ._paging import filter_rows, paginate
from ._parameters import format_date
from ._responses import find_resource, not_found, read_form, read_query

if TYPE_CHECKING:
    from ..conferences._participant import Participant
    from ..world._world import World


def _status(conference: Conference) -> str:
    """Twilio's status: a conference that waits for somebody who may start it is in progress, too."""
    return conference.status if conference.is_over else _BEGUN


#: What a list of conferences is filtered by.
_FACTS: Mapping[str, Callable[[Conference], str]] = {
    "FriendlyName": attrgetter("name"),
    "Status": _status,
}
_MOMENTS: Mapping[str, Callable[[Conference], float]] = {
    "DateCreated": attrgetter("created"),
    "DateUpdated": attrgetter("updated"),
}
#: The status of the conferences that a list has which asks for none.
_BEGUN = operation("conferences.list").parameter("Status").default
_SUBRESOURCES = ("Participants", "Recordings")


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of conferences to *api*."""
    base = f"{account}/Conferences"

    @api.get(f"{base}.json")
    def list_conferences(world: World) -> Response:
        wanted = read_query("conferences.list")
        return paginate(
            "conferences",
            world.account.resources(Conference).newest_first(),
            _to_json,
            lambda rows: filter_rows(
                rows, {"Status": _BEGUN, **wanted}, world.clock, _FACTS, _MOMENTS
            ),
        )

    @api.get(f"{base}/<sid>.json")
    def fetch_conference(world: World, sid: str) -> Response:
        return jsonify(_to_json(find_conference(world, sid)))

    @api.post(f"{base}/<sid>.json")
    def update_conference(world: World, sid: str) -> Response:
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
        "status": _status(conference),
        "reason_conference_ended": conference.why_ended,
        "call_sid_ending_conference": by.leg.sid if by else None,
        "date_created": format_date(world.clock, conference.created),
        "date_updated": format_date(world.clock, conference.updated),
        "subresource_uris": {name.lower(): f"{uri}/{name}.json" for name in _SUBRESOURCES},
        "uri": f"{uri}.json",
    }
