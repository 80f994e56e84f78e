"""Where a phone number is, as webhooks tell it.

Source: Twilio's page "TwiML for Programmable Voice", Twilio's request to your application.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ._facts import webhook_facts


@cache
def geography(address: str) -> Mapping[str, str]:
    """City, state, zip and country of a phone number; empty texts for what is not known, nothing for other addresses.

    The country is there for every valid number. Cities are those of the offline geocoder, in capitals as Twilio sends
    them; a zip code is never known.
    """
    if not address.startswith("+"):
        return {}
    from phonenumbers import NumberParseException, geocoder, parse, region_code_for_number

    try:
        number = parse(address)
    except NumberParseException:
        return _told()
    country = region_code_for_number(number) or ""
    place = geocoder.description_for_number(number, "en")
    if place == geocoder.country_name_for_number(number, "en"):
        place = ""
    return _told(*_city_and_state(place, country), country)


def _city_and_state(place: str, country: str) -> tuple[str, str]:
    """``San Francisco, CA`` is a city with its state; ``California`` is a state alone."""
    states = webhook_facts()["states"].get(country, {})
    if place in states:
        return "", states[place]
    city, _, state = place.partition(", ")
    return city.upper(), state if state in states.values() else ""


def _told(city: str = "", state: str = "", country: str = "") -> Mapping[str, str]:
    return {"City": city, "State": state, "Zip": "", "Country": country}
