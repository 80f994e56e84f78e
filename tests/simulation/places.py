"""The table of places, ``simulation/webhooks/places.txt``: ``python -m tests.simulation.places`` writes and checks it.

It comes from the geocoding data of the phonenumbers library that is installed, which is libphonenumber's. The check
goes through every place, and takes some minutes; the tests look at a sample.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from phonenumbers import (
    COUNTRY_CODE_TO_REGION_CODE,
    PhoneNumber,
    example_number,
    geocoder,
    is_valid_number,
    parse,
    region_code_for_number,
)
from phonenumbers.geodata import GEOCODE_DATA

from twilio_magic.simulation.webhooks._geography import geography
from twilio_magic.simulation.webhooks._spec import webhook_spec

TABLE = Path(__file__).parents[2] / "twilio_magic" / "simulation" / "webhooks" / "places.txt"
_HEAD = f"""\
# Places by what their phone numbers begin with: country code, place, digits after the country code.
# The geocoding data of libphonenumber, in English or the country's own, from phonenumbers {version("phonenumbers")}.
# Copyright The Libphonenumber Authors, licensed under the Apache License 2.0: see places.LICENSE.
"""
#: The languages of the countries that name their places in Latin letters and in one language, by country code. Captures
#: of live calls have German places in German.
_LANGUAGES = {
    31: "nl",
    33: "fr",
    34: "es",
    36: "hu",
    39: "it",
    40: "ro",
    43: "de",
    48: "pl",
    49: "de",
    351: "pt",
}


def table() -> str:
    """The text of the table."""
    rows: dict[tuple[int, str], list[str]] = defaultdict(list)
    for prefix, names in GEOCODE_DATA.items():
        code, rest = _split(prefix)
        name = names.get(_LANGUAGES.get(code, "en"), names.get("en"))
        if name is not None:
            rows[code, name].append(rest)
    lines = (
        f"{code}\t{name}\t{' '.join(sorted(digits))}\n"
        for (code, name), digits in sorted(rows.items())
    )
    return _HEAD + "".join(lines)


def _split(prefix: str) -> tuple[int, str]:
    """The country code that *prefix* begins with, and the rest: no country code is the beginning of another."""
    ends = (end for end in (1, 2, 3) if int(prefix[:end]) in COUNTRY_CODE_TO_REGION_CODE)
    end = next(ends)
    return int(prefix[:end]), prefix[end:]


def misread_numbers(step: int = 1) -> Iterator[str]:
    """Valid numbers of one in *step* places, for which webhooks tell another place than the library."""
    return (number for number in numbers(step) if _place(number) != _librarys_place(number))


def numbers(step: int = 1) -> Iterator[str]:
    """A valid number of one in *step* places, where there is one."""
    for prefix in islice(GEOCODE_DATA, 0, None, step):
        padded = (f"+{prefix:2<{length}}" for length in range(len(prefix) + 1, 14))
        yield from islice((number for number in padded if is_valid_number(parse(number))), 1)


def named_as_countries(text: str) -> set[tuple[str, str]]:
    """The places in the table *text* that are called as their country, each with the code of that country."""
    countries = _countries()
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {
        (name, country)
        for code, name, _ in rows
        for country in countries.get((int(code), name), ())
    }


def known_as_countries() -> set[tuple[str, str]]:
    """The places without a city that are called as their country: the "states" without a code in ``webhooks.json``."""
    states = webhook_spec().states.items()
    return {
        (name, country) for country, names in states for name, short in names.items() if not short
    }


def _countries() -> dict[tuple[int, str], set[str]]:
    """The countries, by country code and name."""
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    for code, countries in COUNTRY_CODE_TO_REGION_CODE.items():
        for country in countries:
            if number := example_number(country):
                for language in ("en", _LANGUAGES.get(code, "en")):
                    found[code, _country_name(number, language)].add(country)
    return found


def _place(number: str) -> str:
    """The city of a number of North America, the state of any other."""
    return geography(number)["City" if number.startswith("+1") else "State"]


def _librarys_place(number: str) -> str:
    parsed = parse(number)
    states = webhook_spec().states.get(region_code_for_number(parsed) or "", {})
    language = _LANGUAGES.get(parsed.country_code or 0, "en")
    place = geocoder.description_for_number(parsed, language)
    if place in (_country_name(parsed, language), *states):
        return ""
    return str(place.partition(", ")[0]).upper() if parsed.country_code == 1 else place


def _country_name(number: PhoneNumber, language: str) -> str:
    return str(geocoder.country_name_for_number(number, language))


def write() -> None:
    """Write the table, and check all of it; exits with what is wrong."""
    text = table()
    TABLE.write_text(text, "utf-8")
    if odd := named_as_countries(text) ^ known_as_countries():
        sys.exit(f"webhooks.json, states without a code: {sorted(odd)} are missing, or gone.")
    if misread := list(misread_numbers()):
        sys.exit(f"{len(misread)} numbers have another place than in the library: {misread[:10]}")


if __name__ == "__main__":
    write()
