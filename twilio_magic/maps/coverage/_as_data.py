"""Coverage as data: plain dictionaries and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._as_data import map_to_dict
from ._coverage import count_all

if TYPE_CHECKING:
    from ._coverage import Coverage, CoverageReport


def report_to_dict(report: CoverageReport) -> dict[str, Any]:
    """*report* as data that JSON can hold."""
    return {"percent": report.percent, "applications": [coverage_to_dict(each) for each in report]}


def coverage_to_dict(coverage: Coverage) -> dict[str, Any]:
    """*coverage* as data that JSON can hold: its map, whose states and edges say whether they were visited."""
    data = map_to_dict(coverage.map)
    for row, state in zip(data["states"], coverage.map.states.values(), strict=True):
        row["visited"] = coverage.has_visited(state)
    for number, row in enumerate(data["edges"]):
        row["visited"] = number in coverage.visited_edges
    counts = count_all(coverage)
    return {
        "application": coverage.name,
        "percent": coverage.percent,
        "calls": coverage.calls,
        **{what: {"visited": done, "total": total} for what, done, total in counts},
        "missing": [
            {"message": each.message, "path": [str(move) for move in each.path]}
            for each in coverage.missing
        ],
        "map": data,
    }
