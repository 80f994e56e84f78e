"""Numbers and caller IDs in the REST API.

Source: Twilio's pages "IncomingPhoneNumber resource", "OutgoingCallerId resource".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, jsonify

from ...api import API_VERSION, operation
from ...endpoints import endpoint
from ..world._account import Number, Numbers
from ._paging import paginate
from ._parameters import Refusal, format_date, settings_to_json
from ._responses import not_found, read_form, read_query
from ._row_numbers import PassingRows
from ._rules import refuse_purchase

if TYPE_CHECKING:
    from ..world._account import Account
    from ..world._world import World

#: The fields of a number that are the same for every number.
_ALWAYS: Mapping[str, Any] = {
    "address_requirements": "none",
    "address_sid": None,
    "beta": False,
    "bundle_sid": None,
    "capabilities": {"voice": True, "sms": True, "mms": True, "fax": False},
    "emergency_address_sid": None,
    "emergency_address_status": "unregistered",
    "identity_sid": None,
    "origin": "twilio",
    "status": "in-use",
}


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of numbers and caller IDs to *api*."""
    _add_number_routes(api, f"{account}/IncomingPhoneNumbers")
    _add_caller_id_routes(api, f"{account}/OutgoingCallerIds")


def _add_number_routes(api: Flask, base: str) -> None:
    @api.post(f"{base}.json")
    def buy_number(world: World) -> tuple[Response, int]:
        return jsonify(number_to_json(world, buy(world, read_form("numbers.create")))), 201

    @api.get(f"{base}.json")
    def list_numbers(world: World) -> Response:
        return list_of_numbers(world, lambda _: True, lambda number: number_to_json(world, number))

    @api.get(f"{base}/<sid>.json")
    def fetch_number(world: World, sid: str) -> Response:
        return jsonify(number_to_json(world, _find(world.account.numbers, sid)))

    @api.post(f"{base}/<sid>.json")
    def update_number(world: World, sid: str) -> Response:
        number = _find(world.account.numbers, sid)
        asked = read_form("numbers.update")
        _refuse_unknown_applications(world.account, "numbers.update", asked)
        home = _move(world, number, asked.pop("AccountSid", ""))
        number.settings |= asked
        return jsonify(number_to_json(home, number))

    @api.delete(f"{base}/<sid>.json")
    def release_number(world: World, sid: str) -> tuple[str, int]:
        del world.account.numbers[_find(world.account.numbers, sid).phone_number]
        return "", 204


def _add_caller_id_routes(api: Flask, base: str) -> None:
    @api.post(f"{base}.json")
    def verify_number(world: World) -> Response:
        asked = read_form("caller_ids.create")
        address = endpoint(asked["PhoneNumber"]).address
        if address in world.account.caller_ids:
            raise Refusal("already-verified")
        # In the simulated world the person who answers always types the code.
        number = Number(address, {}, world.clock.now)
        number.friendly_name = asked.get("FriendlyName", address)
        world.account.caller_ids[address] = number
        return jsonify(
            {
                "account_sid": world.account.sid,
                "call_sid": world.identities.next("CA"),
                "friendly_name": number.friendly_name,
                "phone_number": address,
                "validation_code": str(int(sha256(address.encode()).hexdigest(), 16))[:6],
            }
        )

    @api.get(f"{base}.json")
    def list_caller_ids(world: World) -> Response:
        wanted = read_query("caller_ids.list")
        return paginate(
            "outgoing_caller_ids",
            PassingRows(world.account.caller_ids.values()),
            lambda number: _caller_id_to_json(world, number),
            lambda rows: (number for number in rows if _matches(number, wanted)),
        )

    @api.get(f"{base}/<sid>.json")
    def fetch_caller_id(world: World, sid: str) -> Response:
        return jsonify(_caller_id_to_json(world, _find(world.account.caller_ids, sid)))

    @api.post(f"{base}/<sid>.json")
    def update_caller_id(world: World, sid: str) -> Response:
        number = _find(world.account.caller_ids, sid)
        number.settings |= read_form("caller_ids.update")
        return jsonify(_caller_id_to_json(world, number))

    @api.delete(f"{base}/<sid>.json")
    def remove_caller_id(world: World, sid: str) -> tuple[str, int]:
        del world.account.caller_ids[_find(world.account.caller_ids, sid).phone_number]
        return "", 204


def _move(world: World, number: Number, account_sid: str) -> World:
    """Give *number* to the account with this sid, if there is one given; returns the world as its account sees it.

    Raises :class:`Refusal` (21470) for an account that does not exist, or that the request is not signed in for.
    """
    if not account_sid:
        return world
    home = world.accounts.get(account_sid)
    if home is None or g.signer not in (home.account, home.account.owner):
        raise Refusal("bad-account")
    del world.account.numbers[number.phone_number]
    home.account.numbers[number.phone_number] = number
    return home


def buy(world: World, asked: dict[str, str]) -> Number:
    """The number that is *asked* for, or a free one, which is the account's from then on; raises :class:`Refusal`."""
    refuse_purchase(world, asked)
    _refuse_unknown_applications(world.account, "numbers.create", asked)
    address = asked.pop("PhoneNumber", "") or _free_number(world, asked.pop("AreaCode", ""))
    number = Number(endpoint(address).address, asked, world.clock.now)
    if world.account.profile != "test-credentials":
        world.account.numbers[number.phone_number] = number
    return number


def list_of_numbers(
    world: World, belongs: Callable[[Number], bool], to_json: Callable[[Number], dict[str, Any]]
) -> Response:
    """A page of the account's numbers, of those that *belongs* says yes to."""
    wanted = read_query("numbers.list")
    return paginate(
        "incoming_phone_numbers",
        PassingRows(world.account.numbers.values()),
        to_json,
        lambda rows: (each for each in rows if belongs(each) and _matches(each, wanted)),
    )


def _find(numbers: Numbers, sid: str) -> Number:
    number = numbers.by_sid(sid)
    if number is None:
        raise not_found()
    return number


def _matches(number: Number, wanted: Mapping[str, str]) -> bool:
    pattern, name = wanted.get("PhoneNumber", ""), wanted.get("FriendlyName")
    return fnmatchcase(number.phone_number, f"*{pattern.lstrip('+')}*") and name in (
        None,
        number.friendly_name or number.phone_number,
    )


def _refuse_unknown_applications(account: Account, name: str, asked: Mapping[str, str]) -> None:
    """Raise :class:`Refusal` (21709) if a number is to be answered by an application that there is not."""
    for row in operation(name).parameters:
        sid = asked.get(row.name, "")
        if sid and "unknown" in row.codes and account.voice_settings(sid) is None:
            raise Refusal(row.codes["unknown"], sid=sid)


def _free_number(world: World, area_code: str) -> str:
    """A number with *area_code* that no account has, from 555-0100 to 555-0199, which are never assigned.

    Raises :class:`Refusal` (21452) when the account has them all.
    """
    candidates = (f"+1{area_code}555{number:04}" for number in range(100, 200))
    number = next((each for each in candidates if world.owner_of(each) is None), None)
    if number is None:
        raise Refusal("no-number-in-area")
    return number


def number_to_json(world: World, number: Number) -> dict[str, Any]:
    """The IncomingPhoneNumber resource as JSON."""
    settings = settings_to_json("numbers.update", number.settings)
    common = _common(world, number, "IncomingPhoneNumbers")
    settings["api_version"] = settings["api_version"] or API_VERSION
    return {**common, **_ALWAYS, **settings, **common, "type": type_of(number.phone_number)}


def type_of(phone_number: str) -> str:
    """``toll-free``, ``mobile`` or ``local``: the type of a number in E.164 form."""
    from phonenumbers import PhoneNumberType, number_type, parse

    found = number_type(parse(phone_number))
    return {PhoneNumberType.TOLL_FREE: "toll-free", PhoneNumberType.MOBILE: "mobile"}.get(
        found, "local"
    )


def _caller_id_to_json(world: World, number: Number) -> dict[str, Any]:
    return _common(world, number, "OutgoingCallerIds")


def _common(world: World, number: Number, family: str) -> dict[str, Any]:
    sid = world.account.sid
    return {
        "sid": number.sid,
        "account_sid": sid,
        "phone_number": number.phone_number,
        "friendly_name": number.friendly_name or number.phone_number,
        "date_created": format_date(world.clock, number.created),
        "date_updated": format_date(world.clock, number.created),
        "uri": f"/{API_VERSION}/Accounts/{sid}/{family}/{number.sid}.json",
    }
