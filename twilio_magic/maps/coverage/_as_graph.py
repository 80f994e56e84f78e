"""Coverage in the languages of programs that draw graphs: what was visited is green, and what was not has dashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._as_graph import map_to_graphviz, map_to_mermaid
from ._described import describe_ways

if TYPE_CHECKING:
    from .._map import State
    from ._coverage import Coverage

_GREEN, _RED = "#1d6b34", "#a3261e"


def coverage_to_mermaid(coverage: Coverage) -> str:
    """The map as a flowchart in Mermaid's language."""
    return map_to_mermaid(
        coverage.map,
        lambda edges: "; ".join(describe_ways(coverage, edges)),
        lambda state: (
            f"stroke:{_GREEN},stroke-width:2px"
            if coverage.has_visited(state)
            else f"stroke:{_RED},stroke-dasharray:5 5"
        ),
    )


def coverage_to_graphviz(coverage: Coverage) -> str:
    """The map in the language of Graphviz."""

    def style(state: State) -> str:
        is_visited = coverage.has_visited(state)
        return f'color="{_GREEN}", penwidth=2' if is_visited else f'color="{_RED}", style=dashed'

    return map_to_graphviz(
        coverage.map, lambda edges: "; ".join(describe_ways(coverage, edges)), style
    )
