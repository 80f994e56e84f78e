"""Coverage as text: how much was visited of each application, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...display import count_of, visible_line
from ._coverage import count_all

if TYPE_CHECKING:
    from ._coverage import Coverage, CoverageReport

_MOST_MISSING = 30  # lines for each application


def report_to_text(report: CoverageReport) -> str:
    """One part for each application, and the percentage of all."""
    if not report:
        return "no application was called, and none is known by its number"
    parts = [coverage_to_text(each) for each in report]
    return "\n\n".join([*parts, *([f"all: {report.percent} %"] if len(report) > 1 else [])])


def coverage_to_text(coverage: Coverage) -> str:
    """A summary, and what is missing."""
    return "\n".join([summarize_coverage(coverage), *_missing(coverage)])


def summarize_coverage(coverage: Coverage) -> str:
    """How much was visited, in one line."""
    counts = ", ".join(
        f"{done} of {count_of(total, what.removesuffix('s'))}"
        for what, done, total in count_all(coverage)
    )
    calls, untried = count_of(coverage.calls, "call"), coverage.map.untried
    limits = f"; a limit left {count_of(untried, 'way')} out" if untried else ""
    return visible_line(f"{coverage.name}: {coverage.percent} % ({counts}; {calls}{limits})")


def _missing(coverage: Coverage) -> Iterator[str]:
    missing = coverage.missing
    if missing:
        yield "  not visited:"
    yield from (f"    {each}" for each in missing[:_MOST_MISSING])
    if len(missing) > _MOST_MISSING:
        yield f"    … and {len(missing) - _MOST_MISSING} more"
