"""The rows of a run: as they are printed, and as they are kept in a file."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from .exponent import Exponent
from .ratio import Ratio, Unit

_RED, _PLAIN = "\x1b[31m", "\x1b[0m"

Row = Ratio | Exponent
#: Units, the largest first; one is used from twice its size.
_TIMES = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))
_SIZES = ((1e6, "MB"), (1e3, "kB"), (1.0, "B"))


def heading() -> str:
    """The heading of the columns; of an exponent, they have the time for the largest size and for the smallest."""
    return _line("", "ours", "theirs", "ratio", "aim")


def line(row: Row) -> str:
    """One row as text; one that misses its aim is red in a terminal."""
    unit: Unit = row.unit if isinstance(row, Ratio) else "seconds"
    cells = (amount(row.ours, unit), amount(row.theirs, unit), value(row), _aim(row))
    shown = _line(row.name, *cells)
    if not row.is_within_aim and _has_colors():
        shown = f"{_RED}{shown}{_PLAIN}"
    return f"{shown}\n    {row.note}" if row.note else shown


def amount(number: float, unit: Unit) -> str:
    """A time or a size with its unit."""
    steps = _SIZES if unit == "bytes" else _TIMES
    size, name = next((step for step in steps if number >= 2 * step[0]), steps[-1])
    return f"{number / size:,.{int(number < 100 * size)}f} {name}"


def value(row: Row) -> str:
    """The ratio, or the exponent."""
    return f"n^{row.value:.2f}" if isinstance(row, Exponent) else f"{row.value:.2f}"


def to_record(benchmark: str, row: Row) -> dict[str, Any]:
    """One row of the *benchmark* with this name, for the file."""
    return {"benchmark": benchmark, **asdict(row), "value": round(row.value, 3)}


def to_file(records: Iterable[dict[str, Any]], *, quick: bool) -> dict[str, Any]:
    """What the file holds of a run."""
    return {
        "python": platform.python_version(),
        "machine": f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores",
        "load": round(os.getloadavg()[0], 1),
        "quick": quick,
        "rows": list(records),
    }


def _aim(row: Row) -> str:
    return "" if row.aim is None else f"{row.aim:g}{'' if row.is_within_aim else ' (missed)'}"


def _has_colors() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _line(name: str, *cells: str) -> str:
    return f"{name:<66}" + "".join(f"{cell:>13}" for cell in cells)
