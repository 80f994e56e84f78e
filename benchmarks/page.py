"""``make performance``: keep what the last ``make bench`` measured, and write the tables of ``docs/performance.md``.

A run of single benchmarks replaces their rows only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from .__main__ import LATEST
from .report import amount

KEPT = Path(__file__).parent / "measured.json"
PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
Record = Mapping[str, Any]

_TABLE = re.compile(r"<!-- (?P<name>\w+): begin -->\n.*?<!-- (?P=name): end -->", re.DOTALL)
#: The table that sums up the run, and is none of a benchmark.
_RUN = "run"


def main() -> None:
    measured = _merge(_read(KEPT), _read(LATEST))
    KEPT.write_text(json.dumps(measured, indent=1, ensure_ascii=False) + "\n", "utf-8")
    PAGE.write_text(fill(PAGE.read_text("utf-8"), measured), "utf-8")


def read_kept() -> Record:
    """What the page was made of."""
    return _read(KEPT)


def tables(text: str) -> set[str]:
    """The names of the benchmarks whose tables are on the page with this *text*."""
    return {match["name"] for match in _TABLE.finditer(text)} - {_RUN}


def fill(text: str, measured: Record) -> str:
    """The *text* of the page with its tables as they were *measured*."""
    return _TABLE.sub(lambda match: _fill(match["name"], measured), text)


def _fill(name: str, measured: Record) -> str:
    rows = [row for row in measured["rows"] if row["benchmark"] == name]
    lines = _sum_up(measured) if name == _RUN else _table(rows)
    return "\n".join([f"<!-- {name}: begin -->", *lines, f"<!-- {name}: end -->"])


def _read(path: Path) -> Record:
    if not path.exists():
        return {}
    told: Record = json.loads(path.read_text("utf-8"))
    return told


def _merge(before: Record, after: Record) -> Record:
    """*after*, with the rows of *before* for what was not measured again."""
    again = {row["benchmark"] for row in after.get("rows", ())}
    kept = [row for row in before.get("rows", ()) if row["benchmark"] not in again]
    return {**before, **after, "rows": [*kept, *after.get("rows", ())]}


def _sum_up(measured: Record) -> Iterator[str]:
    rows = measured["rows"]
    missed = sum(not _is_within_aim(row) for row in rows)
    machine = f"{measured['machine']}, whose load was {measured['load']:g}"
    yield f"Measured with Python {measured['python']} on {machine}."
    yield "A load beyond the number of cores makes times longer, and ratios less sure."
    yield f"Of {len(rows)} rows, {missed} miss their aim."


def _table(rows: Sequence[Record]) -> Iterator[str]:
    if rows and "sizes" in rows[0]:
        yield from ("| what | sizes | time of each | exponent | aim |", "|---|---|---|---|---|")
        yield from map(_exponent, rows)
    else:
        yield from ("| what | ours | beside it | ratio | aim |", "|---|---|---|---|---|")
        yield from map(_ratio, rows)


def _ratio(row: Record) -> str:
    cells = (amount(row["ours"], row["unit"]), amount(row["theirs"], row["unit"]))
    name = f"{row['name']} ({row['note']})" if row["note"] else row["name"]
    return _line(name, *cells, _value(row), _aim(row))


def _exponent(row: Record) -> str:
    sizes = ", ".join(f"{size:,}" for size in row["sizes"])
    times = ", ".join(amount(spent, "seconds") for spent in row["seconds"])
    return _line(row["name"], sizes, times, _value(row), _aim(row))


def _value(row: Record) -> str:
    shown = f"{row['value']:.2f}"
    return shown if _is_within_aim(row) else f"**{shown}**"


def _aim(row: Record) -> str:
    return "" if row["aim"] is None else f"{row['aim']:g}"


def _is_within_aim(row: Record) -> bool:
    return row["aim"] is None or row["value"] <= row["aim"]


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
