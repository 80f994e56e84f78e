"""Where numbers are: the places of libphonenumber, without its geocoder in memory."""

from __future__ import annotations

import subprocess
import sys

from tests.simulation.places import (
    TABLE,
    known_as_countries,
    misread_numbers,
    named_as_countries,
    numbers,
)


def test_places_are_those_of_the_library() -> None:
    """All but a few: the library that is installed may know of news. ``make places`` looks at every place."""
    sample = list(numbers(step=100))

    assert len(sample) > 2000
    assert len(list(misread_numbers(step=100))) < 0.05 * len(sample)


def test_a_place_that_is_called_as_its_country_is_no_city() -> None:
    assert named_as_countries(TABLE.read_text("utf-8")) == known_as_countries()


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
