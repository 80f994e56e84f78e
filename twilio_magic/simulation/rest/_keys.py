"""API keys in the REST API, and signing keys, which are the same. The secret is shown once, when a key is made.

Source: Twilio's pages "API keys" and "Key resource".
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify

from ..world._account import Key
from ._paging import paginate
from ._parameters import format_date
from ._responses import find_resource, read_form, read_query

if TYPE_CHECKING:
    from ..world._world import World

#: The keys of the pages, by the last words of the paths.
_FAMILIES = {"Keys": "keys", "SigningKeys": "signing_keys"}


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of both families of keys to *api*."""
    for word, name in _FAMILIES.items():
        _add_routes(api, f"{account}/{word}", name)


def _add_routes(api: Flask, base: str, name: str) -> None:
    @api.post(f"{base}.json", endpoint=f"create_{name}")
    def create_key(world: World) -> tuple[Response, int]:
        asked = read_form(f"new_{name}.create")
        sid = world.identities.next(Key.sid_prefix)
        key = world.account.make_key(sid, world.clock.now, asked.get("FriendlyName", ""))
        return jsonify({**_to_json(world, key), "secret": key.secret.reveal()}), 201

    @api.get(f"{base}.json", endpoint=f"list_{name}")
    def list_keys(world: World) -> Response:
        read_query(f"{name}.list")
        return paginate(name, world.account.resources(Key).newest_first(), partial(_to_json, world))

    @api.get(f"{base}/<sid>.json", endpoint=f"fetch_{name}")
    def fetch_key(world: World, sid: str) -> Response:
        return jsonify(_to_json(world, _find(world, sid)))

    @api.post(f"{base}/<sid>.json", endpoint=f"update_{name}")
    def update_key(world: World, sid: str) -> Response:
        key = _find(world, sid)
        key.friendly_name = read_form(f"{name}.update").get("FriendlyName", key.friendly_name)
        key.updated = world.clock.now
        return jsonify(_to_json(world, key))

    @api.delete(f"{base}/<sid>.json", endpoint=f"delete_{name}")
    def delete_key(world: World, sid: str) -> tuple[str, int]:
        world.account.remove_key(_find(world, sid))
        return "", 204


def _find(world: World, sid: str) -> Key:
    return find_resource(world, Key, sid)


def _to_json(world: World, key: Key) -> dict[str, Any]:
    """The Key resource as JSON."""
    return {
        "sid": key.sid,
        "friendly_name": key.friendly_name,
        "date_created": format_date(world.clock, key.created),
        "date_updated": format_date(world.clock, key.updated),
    }
