"""The ways between two places in few words, with a tick at those that were gone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .._map import describe_moves

if TYPE_CHECKING:
    from .._map import Edge
    from ._coverage import Coverage

VISITED, MISSING = "✓", "✗"


def describe_ways(coverage: Coverage, edges: Sequence[Edge]) -> list[str]:
    """The moves of *edges*, those of ways that were gone first: ``✓ press 1``, ``✗ press 2; silence``."""
    gone = {edge for way in coverage.ways if coverage.has_visited(way) for edge in way.edges}
    visited = [edge for edge in edges if edge in gone]
    missing = [edge for edge in edges if edge not in gone]
    parts = ((VISITED, visited), (MISSING, missing))
    return [f"{mark} {describe_moves(each)}" for mark, each in parts if each]
