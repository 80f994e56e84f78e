"""The page about performance says what was measured, and each benchmark has its table on it."""

from __future__ import annotations

from benchmarks.__main__ import benchmarks
from benchmarks.page import PAGE, fill, read_kept, tables


def test_the_page_says_what_was_measured() -> None:
    text = PAGE.read_text("utf-8")

    assert text == fill(text, read_kept()), "run make performance"


def test_every_benchmark_has_a_table_with_rows_on_the_page() -> None:
    measured = {row["benchmark"] for row in read_kept()["rows"]}

    assert tables(PAGE.read_text("utf-8")) == benchmarks().keys() == measured


def test_a_ratio_that_misses_its_aim_is_bold() -> None:
    row = {"benchmark": "world", "name": "a", "note": "", "unit": "seconds"}
    rows = [
        row | {"ours": 3e-4, "theirs": 1e-4, "value": 3.0, "aim": 2},
        row | {"ours": 1e-4, "theirs": 1e-4, "value": 1.0, "aim": 2},
    ]
    empty = "<!-- world: begin -->\n<!-- world: end -->"
    shown = fill(empty, {"rows": rows})

    assert "| a | 300 µs | 100 µs | **3.00** | 2 |" in shown
    assert "| a | 100 µs | 100 µs | 1.00 | 2 |" in shown
    assert fill(shown, {"rows": []}).count("\n") == empty.count("\n") + 2
