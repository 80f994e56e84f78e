"""API keys in the REST API, and signing keys, which are the same. The secret is shown once, when a key is made.

Source: Twilio's pages "API keys" and "Key resource".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify

from ..world._account import Key
from ._paging import paginate
from ._responses import find_resource, format_date, read_form, read_query
from ._rules import refuse_full

if TYPE_CHECKING:
    from ..world._world import World

#: The keys of the pages, by the last words of the paths.
_FAMILIES = {"Keys": "keys", "SigningKeys": "signing_keys"}


def add_routes(api: Flask, account: str, world: World) -> None:
    """Add the paths of both families of keys to *api*."""
    for word, name in _FAMILIES.items():
        _add_routes(api, f"{account}/{word}", world, name)


def _add_routes(api: Flask, base: str, world: World, name: str) -> None:
    def to_json(key: Key) -> dict[str, Any]:
        return _to_json(world, key)

    def find(sid: str) -> Key:
        return find_resource(world, Key, sid)

    @api.post(f"{base}.json", endpoint=f"create_{name}")
    def create_key() -> tuple[Response, int]:
        asked = read_form(f"new_{name}.create")
        refuse_full(len(world.account.resources(Key)), "keys")
        sid = world.identities.next(Key.sid_prefix)
        key = world.account.make_key(sid, world.clock.now, asked.get("FriendlyName", ""))
        return jsonify({**to_json(key), "secret": key.secret.reveal()}), 201

    @api.get(f"{base}.json", endpoint=f"list_{name}")
    def list_keys() -> Response:
        read_query(f"{name}.list")
        return paginate(name, world.account.resources(Key).newest_first(), to_json)

    @api.get(f"{base}/<sid>.json", endpoint=f"fetch_{name}")
    def fetch_key(sid: str) -> Response:
        return jsonify(to_json(find(sid)))

    @api.post(f"{base}/<sid>.json", endpoint=f"update_{name}")
    def update_key(sid: str) -> Response:
        key = find(sid)
        key.friendly_name = read_form(f"{name}.update").get("FriendlyName", key.friendly_name)
        key.updated = world.clock.now
        return jsonify(to_json(key))

    @api.delete(f"{base}/<sid>.json", endpoint=f"delete_{name}")
    def delete_key(sid: str) -> tuple[str, int]:
        world.account.remove_key(find(sid))
        return "", 204


def _to_json(world: World, key: Key) -> dict[str, Any]:
    """The Key resource as JSON."""
    return {
        "sid": key.sid,
        "friendly_name": key.friendly_name,
        "date_created": format_date(world.clock, key.created),
        "date_updated": format_date(world.clock, key.updated),
    }
