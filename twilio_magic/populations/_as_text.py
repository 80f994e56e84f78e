"""A population as text for a terminal, and for a notebook that shows no HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..display import count_of, visible, visible_line

if TYPE_CHECKING:
    from ._histogram import Histogram
    from ._measured import Measured
    from ._population import Population

_BAR = 30  # characters


def describe_population(population: Population) -> str:
    """The figures, the durations as bars, the requests by address, and why the first callers failed."""
    return visible("\n".join(_lines(population)))


def describe_callers(population: Population) -> str:
    """The first line: how many callers there were, and how many of them failed."""
    failed = f"{population.failed:,} failed" if population.failed else "none failed"
    return (
        f"{count_of(population.callers, 'caller')}, {count_of(population.calls, 'call')}: {failed}"
    )


def describe_share(count: int, whole: int) -> str:
    """*count* as percent of the *whole*."""
    return f"{100 * count / whole:.1f} %" if whole else ""


def format_seconds(value: float | None) -> str:
    """A number of seconds as people read it."""
    if value is None:
        return "–"
    if value == 0:
        return "0 s"
    return f"{value * 1000:.3g} ms" if value < 1 else f"{value:,.4g} s"


def _most_common(counted: Counter[str]) -> list[tuple[str, int]]:
    """What was counted, the most frequent first, and in alphabetical order where it is equally frequent."""
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def list_counts(population: Population) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """What is counted, each with a title and with its rows, the most frequent first; nothing that was not counted."""
    codes = Counter({str(code): count for code, count in population.codes.items()})
    scenarios = population.scenarios if len(population.scenarios) > 1 else Counter[str]()
    tables = {
        "what callers did": scenarios,
        "how calls ended": population.outcomes,
        "what Twilio logged": codes,
    }
    yield from ((title, _most_common(table)) for title, table in tables.items() if table)


def _lines(population: Population) -> Iterator[str]:
    yield describe_callers(population)
    if population.note:
        yield f"({visible_line(population.note)})"
    for title, counted in list_counts(population):
        yield from _counts(title, counted)
    yield from _durations(population.durations)
    yield from _webhooks(population)
    if population.failures:
        yield "the first that failed"
        for failure in population.failures:
            yield f"  {failure}"


def _counts(title: str, counted: Sequence[tuple[str, int]]) -> Iterator[str]:
    yield title
    whole = sum(count for _, count in counted)
    width = max(len(visible_line(name)) for name, _ in counted)
    for name, count in counted:
        yield f"  {visible_line(name):<{width}}  {count:>9,}  {describe_share(count, whole):>7}"


def _durations(durations: Histogram) -> Iterator[str]:
    if not durations.count:
        return
    told = f"median {format_seconds(durations.quantile(0.5))}, longest {format_seconds(durations.most)}"
    yield f"how long completed calls lasted ({told})"
    tallest = max(count for _, count in durations.buckets)
    for bound, count in durations.buckets:
        bar = "█" * max(1, round(_BAR * count / tallest))
        yield f"  {f'to {format_seconds(bound)}':>12}  {count:>9,}  {bar}"


def _webhooks(population: Population) -> Iterator[str]:
    if not population.webhooks:
        return
    table = population.webhooks.sort()
    rows = [("requests by address", "requests", "errors", "95 %", "longest")]
    for name, row in table.items():
        times = format_seconds(row.seconds.quantile(0.95)), format_seconds(row.seconds.most)
        rows.append((f"  {visible_line(name)}", f"{row.requests:,}", f"{row.errors:,}", *times))
    yield from table_lines(rows)


def table_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """*rows* in columns; all but the first are right-aligned."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        first = row[0].ljust(widths[0])
        others = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        yield "  ".join([first, *others])


def measured_to_text(measured: Measured) -> str:
    """How long it took, and how long each address took to answer."""
    return "\n".join(_measured_lines(measured))


def describe_measured(measured: Measured) -> str:
    """How long it took in one line."""
    return (
        f"{format_seconds(measured.seconds)} in {_processes(measured.processes)}: "
        f"{measured.per_second:,.0f} callers a second, {measured.per_core_second:,.0f} in a second of a processor"
    )


def _processes(number: int) -> str:
    return count_of(number, "process", "processes")


def measured_rows(measured: Measured) -> list[tuple[str, ...]]:
    """A head and a row for each address: how long its answers took in real time."""
    rows: list[tuple[str, ...]] = [
        ("real time until the answer", "requests", "median", "95 %", "99 %", "longest")
    ]
    table = measured.population.webhooks.sort() if measured.population else {}
    for name, row in table.items():
        taken = row.elapsed
        times = (taken.quantile(0.5), taken.quantile(0.95), taken.quantile(0.99), taken.most)
        rows.append((visible_line(name), f"{row.requests:,}", *map(format_seconds, times)))
    return rows


def _measured_lines(measured: Measured) -> Iterator[str]:
    yield describe_measured(measured)
    rows = measured_rows(measured)
    if len(rows) > 1:
        yield from table_lines(rows)
