"""TwiML applications in the REST API. Source: Twilio's page "Application resource"."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify

from ...api import API_VERSION
from ..world._account import Application
from ._paging import filter_rows, paginate
from ._parameters import format_date, settings_to_json
from ._responses import find_resource, read_form, read_query

if TYPE_CHECKING:
    from ..world._world import World


#: What a list of applications is filtered by.
_FACTS = {"FriendlyName": lambda each: each.settings.get("FriendlyName")}


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of applications to *api*."""

    @api.post(f"{account}/Applications.json")
    def create_application(world: World) -> tuple[Response, int]:
        settings = read_form("applications.create")
        now = world.clock.now
        sid = world.identities.next(Application.sid_prefix)
        application = world.account.add(Application(sid, now, now, settings))
        return jsonify(_to_json(world, application)), 201

    @api.get(f"{account}/Applications.json")
    def list_applications(world: World) -> Response:
        wanted = read_query("applications.list")
        return paginate(
            "applications",
            world.account.resources(Application).newest_first(),
            partial(_to_json, world),
            lambda rows: filter_rows(rows, wanted, world.clock, _FACTS, {}),
        )

    @api.get(f"{account}/Applications/<sid>.json")
    def fetch_application(world: World, sid: str) -> Response:
        return jsonify(_to_json(world, _find(world, sid)))

    @api.post(f"{account}/Applications/<sid>.json")
    def update_application(world: World, sid: str) -> Response:
        application = _find(world, sid)
        application.settings |= read_form("applications.update")
        application.updated = world.clock.now
        return jsonify(_to_json(world, application))

    @api.delete(f"{account}/Applications/<sid>.json")
    def delete_application(world: World, sid: str) -> tuple[str, int]:
        world.account.remove(_find(world, sid))
        return "", 204


def _find(world: World, sid: str) -> Application:
    return find_resource(world, Application, sid)


def _to_json(world: World, application: Application) -> dict[str, Any]:
    """The Application resource as JSON."""
    sid = application.sid
    return settings_to_json("applications.create", application.settings) | {
        "sid": sid,
        "account_sid": world.account.sid,
        "api_version": API_VERSION,
        "date_created": format_date(world.clock, application.created),
        "date_updated": format_date(world.clock, application.updated),
        "uri": f"/{API_VERSION}/Accounts/{world.account.sid}/Applications/{sid}.json",
    }
