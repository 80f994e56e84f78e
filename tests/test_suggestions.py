"""The nearest known word, and the question whether it was meant."""

from __future__ import annotations

from difflib import get_close_matches

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_magic.suggestions import did_you_mean, nearest
from twilio_magic.twiml import vocabulary


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("gather", "Gather"),
        ("Gahter", "Gather"),
        ("sayy", "Say"),
        ("sya", "Say"),
        ("sai", "Say"),
        ("dail", "Dial"),
        ("ask", None),
        ("Conference", None),
        ("", None),
    ],
)
def test_the_nearest_word_is_found_whatever_its_case(word: str, meant: str | None) -> None:
    assert nearest(word, ["Gather", "Say", "Dial"]) == meant


def test_the_question_shows_the_word_as_it_is_written() -> None:
    assert did_you_mean("Say") == "Did you mean Say?"
    assert did_you_mean("Say", "<{}>", starts_sentence=False) == "did you mean <Say>?"


def test_nothing_is_asked_where_no_word_is_near() -> None:
    assert did_you_mean(None) == ""


@given(st.text("abcd.-", max_size=8), st.lists(st.text("abcd.-", min_size=1, max_size=8)))
def test_the_nearest_word_is_that_of_difflib(word: str, known: list[str]) -> None:
    close = get_close_matches(word, known, n=1, cutoff=0.7 if len(word) > 4 else 0.6)

    assert nearest(word, known) == (close[0] if close else None)


def test_of_hundreds_of_voices_the_nearest_is_that_of_difflib() -> None:
    voices = list(vocabulary().voices)
    folded = {voice.casefold(): voice for voice in voices}
    for wrong in ("Polly.Joana", "Polly.Joanna-Nueral", "Google.en-US-Chirp3-HD-Aoide", "alise"):
        (close,) = get_close_matches(wrong.casefold(), folded, n=1, cutoff=0.7)

        assert nearest(wrong, voices) == folded[close]
