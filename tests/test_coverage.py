"""The page about fidelity says what the code does."""

from __future__ import annotations

import re

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


def test_every_state_on_the_page_is_a_word_that_its_beginning_explains() -> None:
    """A table with a column “state” uses no word of its own for how faithful something is."""
    page = coverage.PAGE.read_text("utf-8")
    explained = set(re.findall(r"^\| ([^|]+) \|", page.partition("\n## ")[0], re.MULTILINE))
    states = {
        cells[2].strip()
        for table in re.findall(r"^\| [^|\n]+ \| state \|.*\n((?:\|.*\n)+)", page, re.MULTILINE)
        for cells in (line.split("|") for line in table.splitlines()[1:])
    }

    words = {state.removesuffix(", mostly") for state in states if not state.startswith("see [")}

    assert words
    assert words <= explained


def test_what_was_seen_on_live_calls_has_its_sources() -> None:
    """Who reads that something was seen finds what it was seen in, and how much of it there was."""
    page = coverage.PAGE.read_text("utf-8")
    section = page.partition("\n## Checked against\n")[2].partition("\n## ")[0]
    rows = [line.split("|")[1:-1] for line in section.splitlines() if line.startswith("|")][2:]

    assert "seen on live calls" in page
    assert rows
    assert all(re.search(r"\d", count) and said.strip() for _, count, said in rows)
    assert "What still differs" in section


def test_the_page_of_error_codes_is_up_to_date() -> None:
    assert error_codes.PAGE.read_text("utf-8") == error_codes.page(), "run make reference"
