"""Tokens for relays of media, and the balance of the account, in the REST API.

Both are made up: no media flows, and nothing costs money. Source: Twilio's pages "Token resource", "Balance resource".
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify

from ._parameters import format_date
from ._responses import read_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..world._world import World

_DAY = "86400"  # seconds
_STUN = "stun:global.stun.twilio.com:3478"
_TURN = (
    "turn:global.turn.twilio.com:3478?transport=udp",
    "turn:global.turn.twilio.com:3478?transport=tcp",
    "turn:global.turn.twilio.com:443?transport=tcp",
)
_BALANCE = "100.00"


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of tokens and of the balance to *api*."""

    @api.post(f"{account}/Tokens.json")
    def create_token(world: World) -> tuple[Response, int]:
        seconds = read_form("tokens.create").get("Ttl", _DAY)
        digits = sha256(world.identities.token("token").encode()).hexdigest()
        username, password = digits, f"opens-nothing-{digits[:16]}"
        moment = format_date(world.clock, world.clock.now)
        return jsonify(
            {
                "account_sid": world.account.sid,
                "username": username,
                "password": password,
                "ttl": seconds,
                "ice_servers": list(_servers(username, password)),
                "date_created": moment,
                "date_updated": moment,
            }
        ), 201

    @api.get(f"{account}/Balance.json")
    def fetch_balance(world: World) -> Response:
        return jsonify({"account_sid": world.account.sid, "balance": _BALANCE, "currency": "USD"})


def _servers(username: str, password: str) -> Iterator[dict[str, Any]]:
    """The servers, as a browser's RTCPeerConnection takes them."""
    yield {"url": _STUN, "urls": _STUN}
    for address in _TURN:
        yield {"url": address, "urls": address, "username": username, "credential": password}
