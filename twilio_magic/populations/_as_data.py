"""A population as data for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._population import Population


def to_data(population: Population) -> dict[str, Any]:
    """*population* as dictionaries, lists, texts and numbers; what is counted stands in alphabetical order."""
    return {
        "callers": population.callers,
        "calls": population.calls,
        "failed": population.failed,
        "scenarios": dict(sorted(population.scenarios.items())),
        "outcomes": dict(sorted(population.outcomes.items())),
        "codes": {str(code): count for code, count in sorted(population.codes.items())},
        "durations": population.durations.to_dict(),
        "webhooks": {name: row.to_dict() for name, row in population.webhooks.sort().items()},
        "failures": [failure.to_dict() for failure in population.failures],
        "measured": population.measured.to_dict(),
    }
