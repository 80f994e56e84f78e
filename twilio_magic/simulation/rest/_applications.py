"""TwiML applications on the wire. Source: Twilio's page "Application resource"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify, request

from ...api import API_VERSION, operation
from ..world._account import Application
from ._responses import accepted, date, not_here, page

if TYPE_CHECKING:
    from ..world._world import World


def serve(wire: Flask, account: str, world: World) -> None:
    """Add the paths of applications to *wire*."""
    owned = world.account.applications

    def written(application: Application) -> dict[str, Any]:
        return _written(world, application)

    def found(sid: str) -> Application:
        if sid not in owned:
            raise not_here()
        return owned[sid]

    @wire.post(f"{account}/Applications.json")
    def create_application() -> tuple[Response, int]:
        settings = accepted(operation("applications.create"), request.form.to_dict(flat=False))
        now = world.clock.now
        application = Application(world.identities.next("AP"), now, now, settings)
        owned[application.sid] = application
        return jsonify(written(application)), 201

    @wire.get(f"{account}/Applications.json")
    def list_applications() -> Response:
        wanted = accepted(operation("applications.list"), request.args.to_dict(flat=False))
        name = wanted.get("FriendlyName")
        rows = [
            application
            for application in reversed(owned.values())
            if name is None or application.settings.get("FriendlyName") == name
        ]
        return page("applications", rows, written)

    @wire.get(f"{account}/Applications/<sid>.json")
    def fetch_application(sid: str) -> Response:
        return jsonify(written(found(sid)))

    @wire.post(f"{account}/Applications/<sid>.json")
    def update_application(sid: str) -> Response:
        application = found(sid)
        application.settings |= accepted(
            operation("applications.update"), request.form.to_dict(flat=False)
        )
        application.updated = world.clock.now
        return jsonify(written(application))

    @wire.delete(f"{account}/Applications/<sid>.json")
    def delete_application(sid: str) -> tuple[str, int]:
        del owned[found(sid).sid]
        return "", 204


def _written(world: World, application: Application) -> dict[str, Any]:
    """The Application resource, as JSON has it: every setting, with its default where it was not given."""
    rows = operation("applications.create").parameters
    settings = {row.keyword: application.settings.get(row.name, row.default) for row in rows}
    sid = application.sid
    return settings | {
        "sid": sid,
        "account_sid": world.account.sid,
        "api_version": API_VERSION,
        "date_created": date(world, application.created),
        "date_updated": date(world, application.updated),
        "uri": f"/{API_VERSION}/Accounts/{world.account.sid}/Applications/{sid}.json",
    }
