"""The benchmarks measure what they say."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from benchmarks.documents import KINDS, Kind, write_document
from benchmarks.exponent import Exponent
from benchmarks.ratio import Ratio

FOUND: dict[Kind, set[str]] = {
    "clean": set(),
    "advice": {"unreachable-verb"},
    "errors": {"bad-value", "unknown-attribute", "unknown-element"},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lines", [False, True])
def test_documents_are_as_large_and_as_faulty_as_they_say(kind: Kind, lines: bool) -> None:
    texts = [write_document(kind, 2_000, number, lines=lines) for number in range(20)]

    assert len(set(texts)) == 20
    assert {problem.name for text in texts for problem in tm.check(text)} == FOUND[kind]
    assert all(1_600 < len(text) < 2_400 for text in texts)
    assert all(("\n" in text) is lines for text in texts)


def test_the_exponent_is_that_of_the_growth() -> None:
    sizes = (100, 400, 1_600)
    linear, square = ((1.0, 4.0, 16.0), (1.0, 16.0, 256.0))

    assert Exponent("", sizes, linear, aim=1.1).value == pytest.approx(1)
    assert Exponent("", sizes, square, aim=1.1).value == pytest.approx(2)
    assert not Exponent("", sizes, square, aim=1.1).is_within_aim


def test_a_ratio_without_an_aim_misses_none() -> None:
    assert Ratio("", 9, 1).is_within_aim
    assert not Ratio("", 9, 1, aim=8).is_within_aim
