"""The geographic parameters of webhooks, such as ``FromCity``: city, state, zip and country of a phone number.

Source: Twilio's page "TwiML for Programmable Voice", Twilio's request to your application. The places are those of
libphonenumber, in ``places.txt``: its own geocoder loads every place of the world, some 100 MB in each kernel.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ._spec import webhook_spec

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber


_NORTH_AMERICA = 1  # the country code of the North American Numbering Plan


def geographic_parameters(ends: Mapping[str, str]) -> dict[str, str]:
    """``FromCity``, ``ToCountry`` and so on; *ends* has the address of ``From``, ``To``, ``Caller`` and ``Called``."""
    named: dict[str, str] = {}
    for end, address in ends.items():
        named |= _geography_at(end, address)
    return named


@lru_cache(maxsize=1024)
def _geography_at(end: str, address: str) -> Mapping[str, str]:
    """The geography of *address* under its names at this *end* of a call: all webhooks share these texts."""
    return {end + part: value for part, value in geography(address).items()}


@lru_cache(maxsize=1024)
def geography(address: str) -> Mapping[str, str]:
    """City, state, zip and country of a phone number, empty where unknown; no parameters for other addresses.

    The country is there for every valid number. Cities of North America are in capitals; a place elsewhere is in State,
    as it is written. A zip code is never known.
    """
    if not address.startswith("+"):
        return {}
    from phonenumbers import NumberParseException, parse, region_code_for_number

    try:
        number = parse(address)
    except NumberParseException:
        return _parameters()
    country = region_code_for_number(number) or ""
    if number.country_code != _NORTH_AMERICA:
        return _parameters("", _foreign_state(_place(number), country), country)
    return _parameters(*_city_and_state(_place(number), country), country)


def _place(number: PhoneNumber) -> str:
    """The place with the longest prefix of *number*; empty if there is none."""
    from phonenumbers import (
        country_mobile_token,
        is_number_geographical,
        national_significant_number,
    )

    if not is_number_geographical(number):
        return ""
    code = number.country_code or 0
    places = _places(code)
    digits = national_significant_number(number).removeprefix(country_mobile_token(code))
    prefixes = (digits[:length] for length in range(len(digits), 0, -1))
    return next((places[prefix] for prefix in prefixes if prefix in places), "")


@cache
def _places(country_code: int) -> Mapping[str, str]:
    """The places of *country_code* by the digits after it. A line of the table has code, name and digits."""
    start = f"{country_code}\t"
    with files(__package__).joinpath("places.txt").open(encoding="utf-8") as lines:
        rows = (line.split("\t") for line in lines if line.startswith(start))
        return {prefix: name for _, name, digits in rows for prefix in digits.split()}


def _foreign_state(place: str, country: str) -> str:
    """Outside North America a place is a state, as it is written; a place that is called as its country is none."""
    return "" if place in webhook_spec().states.get(country, {}) else place


def _city_and_state(place: str, country: str) -> tuple[str, str]:
    """``San Francisco, CA`` is a city with its state; ``California`` a state alone, ``Luxembourg`` the country."""
    states = webhook_spec().states.get(country, {})
    if place in states:
        return "", states[place]
    city, _, state = place.partition(", ")
    return city.upper(), state if state in states.values() else ""


def _parameters(city: str = "", state: str = "", country: str = "") -> Mapping[str, str]:
    return {"City": city, "State": state, "Zip": "", "Country": country}
