"""Calls in the REST API. Source: Twilio's page "Call resource"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING

from flask import Flask, Response, jsonify, request

from ..legs._leg import Leg
from ._call_resource import call_to_json, change_call, place_call, status_of, stored_address
from ._paging import filter_rows, paginate
from ._parameters import Refusal
from ._responses import find_resource, read_form, read_query

if TYPE_CHECKING:
    from ..world._world import World

_ADDRESSES = ("To", "From")
#: What a list of calls is filtered by.
_FACTS: Mapping[str, Callable[[Leg], str]] = {
    "To": attrgetter("to"),
    "From": attrgetter("from_"),
    "Status": status_of,
    "ParentCallSid": lambda leg: leg.parent.sid if leg.parent else "",
}
_MOMENTS: Mapping[str, Callable[[Leg], float | None]] = {
    "StartTime": attrgetter("progress.started"),
    "EndTime": attrgetter("progress.ended"),
}


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of calls to *api*."""

    @api.post(f"{account}/Calls.json")
    def create_call(world: World) -> tuple[Response, int]:
        leg = place_call(world, request.form.to_dict(flat=False))
        return jsonify(call_to_json(leg)), 201

    @api.get(f"{account}/Calls.json")
    def list_calls(world: World) -> Response:
        wanted = read_query("calls.list")
        legs = world.account.resources(Leg).newest_first()
        wanted |= {name: stored_address(wanted[name]) for name in _ADDRESSES if name in wanted}
        return paginate(
            "calls",
            legs,
            call_to_json,
            lambda rows: filter_rows(rows, wanted, world.clock, _FACTS, _MOMENTS),
        )

    @api.get(f"{account}/Calls/<sid>.json")
    def fetch_call(world: World, sid: str) -> Response:
        return jsonify(call_to_json(find_call(world, sid)))

    @api.post(f"{account}/Calls/<sid>.json")
    def update_call(world: World, sid: str) -> Response:
        leg = find_call(world, sid)
        change_call(leg, read_form("calls.update"))
        return jsonify(call_to_json(leg))

    @api.delete(f"{account}/Calls/<sid>.json")
    def delete_call(world: World, sid: str) -> tuple[str, int]:
        leg = find_call(world, sid)
        if not (leg.is_over or leg.process.ending):
            raise Refusal("not-finished", what="Call is not finished")
        world.account.remove(leg)
        leg.past.note_gone()
        return "", 204


def find_call(world: World, sid: str) -> Leg:
    """The call with this sid; raises :class:`Refusal` (20404)."""
    return find_resource(world, Leg, sid)
