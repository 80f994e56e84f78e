"""The nearest known word, and the question whether it was meant."""

from __future__ import annotations

import pytest

from twilio_magic.suggestions import did_you_mean, nearest


@pytest.mark.parametrize(
    ("word", "meant"),
    [("gather", "Gather"), ("Gahter", "Gather"), ("sayy", "Say"), ("Conference", None), ("", None)],
)
def test_the_nearest_word_is_found_whatever_its_case(word: str, meant: str | None) -> None:
    assert nearest(word, ["Gather", "Say", "Dial"]) == meant


def test_the_question_shows_the_word_as_it_is_written() -> None:
    assert did_you_mean("Say") == "Did you mean Say?"
    assert did_you_mean("Say", "<{}>", starts_sentence=False) == "did you mean <Say>?"


def test_nothing_is_asked_where_no_word_is_near() -> None:
    assert did_you_mean(None) == ""
