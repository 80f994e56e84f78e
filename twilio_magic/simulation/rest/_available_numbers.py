"""Phone numbers that can be bought, in the REST API: by country, by type, and by what is wanted of them.

Source: Twilio's page "AvailablePhoneNumber resource".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify

from ...api import API_VERSION
from ...endpoints import endpoint
from ...records import dataclass
from ..webhooks._geography import geography
from ._number_offer import Offer, area_codes, offers
from ._paging import paginate
from ._parameters import Refusal
from ._representations import asked_path
from ._responses import not_found, read_query
from ._row_numbers import PassingRows

if TYPE_CHECKING:
    from ..world._world import World

_FAMILY = "available_phone_numbers"
_PATTERN = re.compile(r"\+?[0-9A-Za-z*]{2,}")
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class _Row:
    """A number that can be bought. Its *sid* is the one that it has once it is bought."""

    number: str
    country: str
    kind: str

    @property
    def sid(self) -> str:
        return "PN" + sha256(self.number.encode()).hexdigest()[:32]

    @property
    def place(self) -> Mapping[str, str]:
        """Where the number is: ``City`` and ``State``."""
        return geography(self.number)

    @property
    def capabilities(self) -> Mapping[str, bool]:
        """What it can do: in North America all but faxes, elsewhere mobile numbers take messages."""
        is_home = self.number.startswith("+1")
        texts = is_home or self.kind == "Mobile"
        return {"voice": True, "sms": texts, "mms": is_home, "fax": False}


#: The filters that ask for a yes or no, with what has to be the same.
_ABILITIES = {
    "VoiceEnabled": "voice",
    "SmsEnabled": "sms",
    "MmsEnabled": "mms",
    "FaxEnabled": "fax",
}


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of numbers that can be bought to *api*."""
    base = f"{account}/AvailablePhoneNumbers"
    _add_country_routes(api, base)
    for kind in offers()["types"]:
        _add_list_route(api, f"{base}/<country>/{kind}.json", kind)


def _add_country_routes(api: Flask, base: str) -> None:
    @api.get(f"{base}.json")
    def list_countries(world: World) -> Response:
        countries = [_country_to_json(world, code) for code in offers()["countries"]]
        return jsonify({"countries": countries, "uri": asked_path()})

    @api.get(f"{base}/<country>.json")
    def fetch_country(world: World, country: str) -> Response:
        return jsonify(_country_to_json(world, _country_code(country)))


def _add_list_route(api: Flask, path: str, kind: str) -> None:
    name = f"{_FAMILY}.{_snake(kind)}.list"

    @api.get(path, endpoint=f"list_available_{kind}")
    def list_available(world: World, country: str) -> Response:
        wanted = read_query(name)
        found = _find(world, _country_code(country), kind, wanted)
        return paginate(_FAMILY, PassingRows(found, newest_first=False), _to_json)


def _find(world: World, country: str, kind: str, wanted: Mapping[str, str]) -> list[_Row]:
    """The numbers that are *wanted*, without those that the account has; raises :class:`Refusal`."""
    contains = wanted.get("Contains", "")
    if contains and not _PATTERN.fullmatch(contains):
        raise Refusal("bad-parameter", name="Contains")
    offer = Offer(world.identities.seed, country, kind, _area_code(country, wanted))
    rows = (_Row(number, country, kind) for number in offer.numbers(contains))
    owned = world.account.numbers
    return [row for row in rows if row.number not in owned and _fits(row, wanted)]


def _area_code(country: str, wanted: Mapping[str, str]) -> str:
    """The area code that is wanted: by its own name, as that of a number nearby, or in a state or city."""
    near = wanted.get("NearNumber", "")
    nearby = endpoint(near).address[2:5] if near.startswith("+1") else ""
    return wanted.get("AreaCode", "") or nearby or _area_code_of_place(country, wanted)


def _area_code_of_place(country: str, wanted: Mapping[str, str]) -> str:
    """An area code of the wanted state or city, so that not all area codes have to be looked through."""
    if not ("InRegion" in wanted or "InLocality" in wanted):
        return ""
    codes = (code for code in area_codes(country) if _is_in(f"+1{code}5550100", wanted))
    return next(codes, "000")


def _is_in(number: str, wanted: Mapping[str, str]) -> bool:
    place = geography(number)
    state, city = wanted.get("InRegion", ""), wanted.get("InLocality", "")
    return state.upper() in ("", place.get("State", "")) and city.upper() in ("", place.get("City"))


def _fits(row: _Row, wanted: Mapping[str, str]) -> bool:
    abilities = row.capabilities
    return all(
        str(abilities[ability]).lower() == wanted[name].lower()
        for name, ability in _ABILITIES.items()
        if name in wanted
    )


def _country_code(country: str) -> str:
    """The code of a country in which Twilio has numbers; raises :class:`Refusal` (20404)."""
    code = country.upper()
    if code not in offers()["countries"]:
        raise not_found()
    return code


def _country_to_json(world: World, code: str) -> dict[str, Any]:
    base = f"/{API_VERSION}/Accounts/{world.account.sid}/AvailablePhoneNumbers/{code}"
    kinds = [kind for kind in offers()["types"] if Offer(0, code, kind).is_open]
    return {
        "country_code": code,
        "country": offers()["countries"][code],
        "beta": False,
        "uri": f"{base}.json",
        "subresource_uris": {_snake(kind): f"{base}/{kind}.json" for kind in kinds},
    }


def _to_json(row: _Row) -> dict[str, Any]:
    """The AvailablePhoneNumber resource as JSON."""
    place = row.place
    return {
        "friendly_name": endpoint(row.number).national_format,
        "phone_number": row.number,
        "lata": None,
        "locality": place.get("City", "").title() or None,
        "rate_center": None,
        "latitude": None,
        "longitude": None,
        "region": place.get("State") or None,
        "postal_code": None,
        "iso_country": row.country,
        "address_requirements": "none",
        "beta": False,
        "capabilities": dict(row.capabilities),
    }


def _snake(kind: str) -> str:
    return _WORD.sub("_", kind).lower()
