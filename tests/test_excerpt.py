"""Loops and long lists fold: an ordinary one is whole, and of a long one nothing that is unlike the rest is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.growth import LINEAR, growth
from twilio_magic.excerpt import MOST_LINES, Gap, excerpt
from twilio_magic.timeline import Event, Exchange, Exchanges, Line, Timeline, Transcript

SAME_8 = "… the same 8 more times …"
MOST = 20  # 4 at the beginning and 2 at the end


def shown(items: list[int]) -> list[int | str]:
    """The excerpt, with gaps in words."""
    parts = excerpt(items, lambda item: item, MOST)
    return [part.describe("items") if isinstance(part, Gap) else part for part in parts]


#: Sevens and nines without a loop in them: in the sequence of Thue and Morse nothing comes three times in a row.
MIXED = [7 + 2 * (number.bit_count() % 2) for number in range(1000)]


def test_what_is_short_and_has_no_loop_is_whole() -> None:
    assert shown(MIXED[:MOST]) == MIXED[:MOST]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([7] * 1000, [7, "… the same 999 more times …"]),
        ([1, 2, 3] * 30 + [1, 2], [1, 2, 3, "… the same 3 items 29 more times …", 1, 2]),
        ([0, *[1, 1, 2] * 9, 8], [0, 1, 1, 2, "… the same 3 items 8 more times …", 8]),
        ([0, *[5] * 9, 6, *[5] * 9], [0, 5, SAME_8, 6, 5, SAME_8]),
        ([*[5] * 9, 6] * 30, [5, SAME_8, 6, 5, SAME_8, "… the same 10 items 28 more times …", 6]),
    ],
)
def test_a_loop_is_shown_once_and_says_how_many_more_times(
    items: list[int], expected: list[int | str]
) -> None:
    assert shown(items) == expected


def test_a_round_of_many_lines_is_shown_whole() -> None:
    parts = list(excerpt([*range(90)] * 6, lambda item: item))

    assert parts[:90] == [*range(90)]
    assert [part.rounds for part in parts if isinstance(part, Gap)] == [5]


@pytest.mark.parametrize("items", [[1, 2] * 4, [1, 2, 3] * 4, [1] * 6, [*range(200)] * 2])
def test_what_comes_a_few_times_is_no_loop(items: list[int]) -> None:
    assert list(excerpt(items, lambda item: item)) == items


def test_a_repetition_without_order_is_folded_where_a_list_is_long() -> None:
    assert shown(MIXED) == [*MIXED[:4], "… 994 more items, the same as above …", *MIXED[-2:]]


def test_what_is_unlike_stays_between_repetitions() -> None:
    items = [*MIXED]
    items[500] = 8

    same = "… {} more items, the same as above …"
    assert shown(items) == [*items[:4], same.format(496), 8, same.format(497), *items[-2:]]


def test_one_repetition_alone_is_shown_because_a_gap_would_be_as_long() -> None:
    items = [*MIXED]
    items[5] = 8

    assert shown(items)[4:6] == [items[4], 8]


def test_what_is_all_unlike_keeps_its_beginning_and_its_end() -> None:
    assert shown(list(range(1000))) == [*range(17), "… 981 more items …", 998, 999]


@given(st.lists(st.integers(0, 5) | st.integers(), max_size=200))
def test_an_excerpt_is_bounded_and_loses_count_of_nothing(items: list[int]) -> None:
    parts = list(excerpt(items, lambda item: item, MOST))
    whole = [item for part in parts for item in (part.items if isinstance(part, Gap) else [part])]

    assert whole == items
    assert len(parts) <= MOST + 1


LOOPS = st.lists(
    st.builds(
        lambda items, rounds: items * rounds,
        st.lists(st.integers(0, 9), min_size=1, max_size=5),
        st.integers(1, 9),
    ),
    max_size=20,
).map(lambda parts: [item for part in parts for item in part])


@given(LOOPS)
def test_of_loops_nothing_is_lost_and_each_gap_says_what_it_stands_for(items: list[int]) -> None:
    parts = list(excerpt(items, lambda item: item, MOST))
    whole: list[int] = []
    for part in parts:
        if isinstance(part, Gap) and part.rounds:
            length = len(part.items) // part.rounds
            assert part.items == whole[-length:] * part.rounds
        whole += part.items if isinstance(part, Gap) else [part]

    assert whole == items
    assert len(parts) <= MOST + 1


@given(st.lists(st.integers(0, 30), max_size=200))
def test_the_same_as_above_is_above(items: list[int]) -> None:
    above: list[int] = []
    for part in excerpt(items, lambda item: item, MOST):
        if not isinstance(part, Gap):
            above.append(part)
        elif part.is_repetition and not part.rounds:
            assert set(part.items) <= set(above)


@pytest.mark.parametrize(
    "item",
    [
        lambda number: number * number % 7,
        lambda number: number.bit_count() % 2,
        lambda number: number % 101,
        lambda number: number // 10**6,
        lambda number: number,
    ],
    ids=["a loop", "no loop", "a long loop", "one item", "all unlike"],
)
def test_an_excerpt_takes_work_in_proportion(item: Callable[[int], int]) -> None:
    def prepare(size: int) -> Callable[[], object]:
        items = [item(number) for number in range(size)]
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
    assert lines[1].startswith("… the same 4,999 more times")


def test_the_records_of_a_call_that_loops_are_folded_and_whole_as_lists(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    menu = "<Response><Gather timeout='3'><Say>Press one.</Say></Gather><Redirect/></Response>"
    call = client.calls.create(to=TO, from_=FROM, url=simulator.host(menu), time_limit=200).wait()

    assert repr(call.transcript).splitlines()[:2] == [
        "Twilio: Press one.",
        "… the same 47 more times …",
    ]
    assert "… the same 5 events 47 more times (47 webhooks) …" in repr(call.timeline)
    assert "… the same 6 steps 47 more" in repr(simulator.ladder(call))
    assert "… the same 47 more times …" in repr(call.webhooks)
    assert sum(event.kind == "said" for event in call.timeline) == 49
    assert len(call.transcript) == 49
    assert all(isinstance(event, Event) for event in call.timeline)


def test_of_a_long_timeline_of_several_legs_it_is_known_whose_each_line_is() -> None:
    legs = {"CA1": "+14155550100", "CA2": "+14155550101"}
    events = (Event(n, f"CA{1 + n % 2}", "paused", "1 s") for n in range(LONG))
    lines = repr(Timeline(events, parties=legs)).splitlines()

    assert lines[:2] == [
        "0:00.0  +14155550100  paused         1 s",
        "0:01.0  +14155550101  paused         1 s",
    ]
