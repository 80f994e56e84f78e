"""Accounts in the REST API: the main one, and sub-accounts, which are opened, suspended and closed by it.

Source: Twilio's pages "Account resource" and "Subaccounts".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, jsonify

from ...api import API_VERSION, resource_types
from ..legs._leg import Leg
from ._paging import LastingRows, filter_rows, paginate
from ._parameters import Refusal, format_date
from ._responses import read_form, read_query
from ._rules import refuse_full

if TYPE_CHECKING:
    from ..world._account import Account
    from ..world._world import World

_BASE = f"/{API_VERSION}/Accounts"
#: The endpoints that an account which is not active still has, for its owner.
ALWAYS_OPEN = ("fetch_account", "update_account")
#: How many sub-accounts there may be: each has an API of its own, which takes more memory than what is stored.
_MOST = 100


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of accounts to *api*."""

    @api.post(f"{_BASE}.json")
    def create_account(world: World) -> tuple[Response, int]:
        asked = read_form("accounts.create")
        if g.signer.owner is not None:
            raise Refusal("forbidden", what="A sub-account cannot open accounts")
        refuse_full(len(world.accounts) - 1, "sub-accounts", _MOST)
        name = asked.get("FriendlyName") or _default_name(world)
        return jsonify(_to_json(world, world.open_account(name).account)), 201

    @api.get(f"{_BASE}.json")
    def list_accounts(world: World) -> Response:
        wanted = read_query("accounts.list")
        facts = {
            "FriendlyName": lambda each: each.friendly_name,
            "Status": lambda each: each.status,
        }

        def keep(rows: Iterable[Account]) -> Iterable[Account]:
            return filter_rows(rows, wanted, world.clock, facts, {})

        return paginate(
            "accounts", LastingRows(lambda: _visible(world)), partial(_to_json, world), keep
        )

    @api.get(f"{account}.json")
    def fetch_account(world: World) -> Response:
        return jsonify(_to_json(world, world.account))

    @api.post(f"{account}.json")
    def update_account(world: World) -> Response:
        asked = read_form("accounts.update")
        if "Status" in asked:
            _set_status(world, asked["Status"])
        world.account.friendly_name = asked.get("FriendlyName") or world.account.friendly_name
        world.account.updated = world.clock.now
        return jsonify(_to_json(world, world.account))


def all_of(world: World) -> list[Account]:
    """Every account of the world: the main one, and its sub-accounts in the order in which they were opened."""
    return [view.account for view in world.accounts.values()]


def _visible(world: World) -> Iterator[Account]:
    """The account that is signed in, and those that it owns; the newest first."""
    for account in reversed(all_of(world)):
        if account is g.signer or account.owner is g.signer:
            yield account


def _default_name(world: World) -> str:
    return f"SubAccount Created at {world.clock.date():%Y-%m-%d %I:%M %p}"


def _set_status(world: World, status: str) -> None:
    """Give the account of *world* this *status*; raises :class:`Refusal`."""
    account = world.account
    if account.owner is None or g.signer is not account.owner:
        raise Refusal("forbidden", what="Only an account's owner can change its status")
    if account.status == "closed" != status:
        raise Refusal("forbidden", what="A closed account stays closed")
    account.set_status(status)
    if account.status == "closed":
        for leg in account.resources(Leg).values():
            leg.hang_up(by="the API")
        account.numbers.clear()


def _to_json(world: World, account: Account) -> dict[str, Any]:
    """The Account resource as JSON."""
    base = f"{_BASE}/{account.sid}"
    return {
        "sid": account.sid,
        "auth_token": account.auth_token.reveal(),
        "friendly_name": account.friendly_name,
        "status": account.status,
        "type": "Trial" if account.profile == "trial" else "Full",
        "owner_account_sid": (account.owner or account).sid,
        "date_created": format_date(world.clock, account.created),
        "date_updated": format_date(world.clock, account.updated),
        "subresource_uris": {name: f"{base}{path}.json" for name, path in _subresources()},
        "uri": f"{base}.json",
    }


def _subresources() -> Iterator[tuple[str, str]]:
    """The names and paths of what is right below an account, and can be looked at."""
    for kind in resource_types().values():
        is_seen = not kind.operations or kind.operations.keys() & {"list", "fetch"}
        if is_seen and not kind.parent and not kind.root:
            yield kind.name, kind.path
