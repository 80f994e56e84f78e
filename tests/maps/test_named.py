"""Which keys and words a prompt names, seen in what is tried and in what is told."""

from __future__ import annotations

import pytest

import twilio_magic as tm

_GATHER = "<Response><Gather {}><Say>{}</Say></Gather></Response>"


@pytest.mark.parametrize(
    ("prompt", "named"),
    [
        ("For sales, press 1. For support, press 2.", "12"),
        ("Press 1 for sales, 2 for support, or 0 to speak with a person.", "120"),
        ("Press one for sales, or star for support.", "1*"),
        ("Press 1, 2 or 3.", "123"),
        ("To continue, press the 5 key. We are open from 9 to 5.", "5"),
        ("Please enter your 4 digit code.", ""),
        ("Enter the 5 digits of your code, then press 1.", "1"),
        ("Para ventas, oprima el 1. Pour le français, appuyez sur 2. Drücken Sie 3.", "123"),
        ("Call us at 555 1234 and hear more.", ""),
    ],
)
def test_named_keys_are_those_that_are_missed_where_no_key_works(prompt: str, named: str) -> None:
    """Every key is a wrong one here, so each that is named leads nowhere."""
    found = tm.explore(_GATHER.format("numDigits='1'", prompt))

    told = {str(each.path[-1]) for each in found.problems.of_kind("named key")}
    assert told == {f"press {key}" for key in named}


@pytest.mark.parametrize(
    "prompt",
    [
        "Press 9 to repeat this menu.",
        "To hear this again, press 9.",
        "Press 9 to go back to the main menu.",
    ],
)
def test_a_key_that_leads_back_because_the_prompt_says_so_is_no_problem(prompt: str) -> None:
    found = tm.explore(_GATHER.format("numDigits='1'", prompt))

    assert not found.problems.of_kind("named key")


def test_words_that_are_named_without_quotes_are_tried() -> None:
    found = tm.explore(_GATHER.format("input='speech'", "Say yes or no."))

    words = [edge.move.text for edge in found.edges if edge.move.kind == "say"]
    assert words == ["yes", "no", "something else"]


def test_who_is_turned_away_is_in_no_dead_end() -> None:
    assert not tm.explore("<Response><Reject/></Response>").problems
    assert tm.explore("<Response/>").problems[0].kind == "dead end"
