"""Where numbers are: the places of libphonenumber, without its geocoder in memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import islice

from phonenumbers import (
    PhoneNumber,
    example_number,
    geocoder,
    is_valid_number,
    parse,
    region_codes_for_country_code,
)
from phonenumbers.geodata import GEOCODE_DATA

from tests.simulation.places import TABLE
from twilio_magic.simulation.webhooks._geography import geography
from twilio_magic.simulation.webhooks._spec import webhook_facts


def test_places_are_those_of_the_library() -> None:
    """All but a few: the library that is installed may know of news."""
    numbers = list(_numbers())
    agreeing = [number for number in numbers if _city(number) == _librarys_city(number)]

    assert len(numbers) > 2000
    assert len(agreeing) > 0.95 * len(numbers)


def test_a_place_that_is_called_as_its_country_is_no_city() -> None:
    rows = (line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if line[0] != "#")
    whole = {(name, country) for code, name, _ in rows for country in _countries(int(code), name)}

    states = webhook_facts()["states"].items()
    known = {
        (name, country) for country, names in states for name, short in names.items() if not short
    }

    assert whole == known


def test_the_geocoder_of_the_library_is_never_loaded() -> None:
    """It takes some 100 MB, in each kernel of a class."""
    code = """
import sys
import twilio_magic as tm
simulator = tm.Simulator(seed=0)
simulator.webhook("https://ivr.example.com")(lambda: "<Response/>")
calls = tm.Client(simulator=simulator).calls
call = calls.create(to="+14155550100", from_="+12125551234", url="https://ivr.example.com").wait()
print(call.webhooks[0].parameters["ToCity"], "phonenumbers.geocoder" in sys.modules)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout == "SAN FRANCISCO False\n"


def _numbers() -> Iterator[str]:
    """A valid number of every hundredth place."""
    for prefix in islice(GEOCODE_DATA, 0, None, 100):
        lengths = range(len(prefix) + 1, 14)
        numbers = (f"+{prefix:2<{length}}" for length in lengths)
        yield from islice((number for number in numbers if is_valid_number(parse(number))), 1)


def _city(number: str) -> str:
    return geography(number)["City"]


def _librarys_city(number: str) -> str:
    parsed = parse(number)
    place = geocoder.description_for_number(parsed, "en")
    if place in (_name(parsed), *webhook_facts()["states"]["US"], *webhook_facts()["states"]["CA"]):
        return ""
    return str(place.partition(", ")[0]).upper()


def _name(number: PhoneNumber) -> str:
    return str(geocoder.country_name_for_number(number, "en"))


def _countries(code: int, name: str) -> Iterator[str]:
    """The countries with this country *code* that are called *name*."""
    for country in region_codes_for_country_code(code):
        number = example_number(country)
        if number and _name(number) == name:
            yield country
