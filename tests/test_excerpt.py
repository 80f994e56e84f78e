"""Long lists fold: an ordinary one is whole, and of a long one nothing that is unlike the rest is lost without need."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import LINEAR, growth
from twilio_magic.excerpt import MOST_LINES, Gap, excerpt
from twilio_magic.timeline import Event, Exchange, Exchanges, Line, Timeline, Transcript

MOST = 20  # 4 at the beginning and 2 at the end


def shown(items: list[int]) -> list[int | str]:
    """The excerpt, with gaps in words."""
    parts = excerpt(items, lambda item: item, MOST)
    return [part.describe("items") if isinstance(part, Gap) else part for part in parts]


def test_what_is_short_is_whole() -> None:
    assert shown([7] * MOST) == [7] * MOST


def test_a_repetition_is_folded_and_says_how_much() -> None:
    assert shown([7] * 1000) == [7, 7, 7, 7, "… 994 more items, the same as above …", 7, 7]


def test_what_is_unlike_stays_between_repetitions() -> None:
    items = [7] * 1000
    items[500] = 8

    same = "… {} more items, the same as above …"
    assert shown(items) == [*[7] * 4, same.format(496), 8, same.format(497), 7, 7]


def test_one_repetition_alone_is_shown_because_a_gap_would_be_as_long() -> None:
    items = [7] * 1000
    items[5] = 8

    assert shown(items)[4:6] == [7, 8]


def test_what_is_all_unlike_keeps_its_beginning_and_its_end() -> None:
    assert shown(list(range(1000))) == [*range(17), "… 981 more items …", 998, 999]


@given(st.lists(st.integers(0, 5) | st.integers(), max_size=200))
def test_an_excerpt_is_bounded_and_loses_count_of_nothing(items: list[int]) -> None:
    parts = list(excerpt(items, lambda item: item, MOST))
    whole = [item for part in parts for item in (part.items if isinstance(part, Gap) else [part])]

    assert whole == items
    assert len(parts) <= MOST + 1


@given(st.lists(st.integers(0, 30), max_size=200))
def test_the_same_as_above_is_above(items: list[int]) -> None:
    above: list[int] = []
    for part in excerpt(items, lambda item: item, MOST):
        if not isinstance(part, Gap):
            above.append(part)
        elif part.is_repetition:
            assert set(part.items) <= set(above)


def test_an_excerpt_takes_work_in_proportion() -> None:
    def prepare(size: int) -> Callable[[], object]:
        items = [number * number % 7 for number in range(size)]
        return lambda: shown(items)

    assert growth(prepare, 500) < LINEAR


LONG = 5000
RECORDS: Mapping[str, Sequence[object]] = {
    "timeline": Timeline(Event(n, "CA1", "fetched", "→ 200") for n in range(LONG)),
    "transcript": Transcript(Line(n, "Twilio", "Please hold.") for n in range(LONG)),
    "requests": Exchanges(
        Exchange(n, "action", "POST", "https://a.example/", {}, {}, 200, "", "text/xml")
        for n in range(LONG)
    ),
}


@pytest.mark.parametrize("name", RECORDS)
def test_a_long_record_is_shown_folded_and_is_whole_as_a_list(name: str) -> None:
    record = RECORDS[name]
    lines = repr(record).splitlines()

    assert len(record) == LONG
    assert len(lines) < MOST_LINES
    assert any(line.startswith("… 4,880 more") and "the same as above" in line for line in lines)


def test_of_a_long_timeline_of_several_legs_it_is_known_whose_each_line_is() -> None:
    legs = {"CA1": "+14155550100", "CA2": "+14155550101"}
    events = (Event(n, f"CA{1 + n % 2}", "paused", "1 s") for n in range(LONG))
    lines = repr(Timeline(events, parties=legs)).splitlines()

    assert lines[:2] == [
        "0:00.0  +14155550100  paused         1 s",
        "0:01.0  +14155550101  paused         1 s",
    ]
