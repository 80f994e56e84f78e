"""The page about fidelity says what the code does."""

from __future__ import annotations

import pytest

from tests import coverage, error_codes
from tests.calls import Place, told
from twilio_magic.simulation import simulated
from twilio_magic.twiml import vocabulary


def test_the_coverage_table_is_up_to_date() -> None:
    assert coverage.PAGE.read_text("utf-8") == coverage.page(), "run python -m tests.coverage"


def test_every_element_and_attribute_has_its_row() -> None:
    elements = vocabulary().elements.values()

    assert len(list(coverage.rows())) == 2 + sum(1 + len(row.attributes) for row in elements)


@pytest.mark.parametrize("name", simulated())
def test_a_simulated_verb_acts_only_on_attributes_that_there_are(name: str) -> None:
    assert simulated()[name] <= vocabulary().elements[name].attributes.keys()


def test_an_attribute_that_is_not_simulated_is_told_once(place: Place) -> None:
    call = place(
        '<Gather timeout="1" speechModel="phone_call" action="https://ivr.example.com"/>' * 2
    )

    assert told(call, "not simulated") == ["speechModel of <Gather> (line 1)"]


def test_the_page_of_error_codes_is_up_to_date() -> None:
    assert error_codes.PAGE.read_text("utf-8") == error_codes.page(), "run make reference"
