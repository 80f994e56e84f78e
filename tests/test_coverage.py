"""The page about fidelity says what the code does."""

from __future__ import annotations

from tests import coverage, error_codes
from tests.calls import Place, told
from twilio_magic.twiml import vocabulary


def test_the_coverage_table_is_up_to_date() -> None:
    assert coverage.PAGE.read_text("utf-8") == coverage.page(), "run python -m tests.coverage"


def test_every_element_and_attribute_has_its_row() -> None:
    elements = vocabulary().elements.values()

    assert len(list(coverage.rows())) == 2 + sum(1 + len(row.attributes) for row in elements)


def test_what_the_table_calls_simulated_is_performed(place: Place) -> None:
    """An element that its row calls simulated is never told as not simulated, and the other way round."""
    for name, row in vocabulary().elements.items():
        if row.kind == "verb" and "Response" in row.parents:
            text = f"<{name}> (line 1)"
            call = place(f"<{name}/>", phone="answer; wait 1; hang up")
            assert (text in told(call, "not simulated")) is not row.simulated, name


def test_an_attribute_that_is_not_simulated_is_told_once(place: Place) -> None:
    call = place(
        '<Gather timeout="1" speechModel="phone_call" action="https://ivr.example.com"/>' * 2
    )

    assert told(call, "not simulated") == ["speechModel of <Gather> (line 1)"]


def test_the_page_of_error_codes_is_up_to_date() -> None:
    assert error_codes.PAGE.read_text("utf-8") == error_codes.page(), "run make reference"
