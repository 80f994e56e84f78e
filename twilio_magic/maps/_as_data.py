"""A map as data: plain dictionaries and lists, and JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._map import Edge, Map, State
    from ._move import Path
    from ._problem import MapProblem


def map_to_dict(found: Map) -> dict[str, Any]:
    """*found* as data that JSON can hold."""
    return {
        "states": [_state(each) for each in found.states.values()],
        "edges": [_edge(each) for each in found.edges],
        "problems": [_problem(each) for each in found.problems],
        "calls": found.calls,
        "untried": found.untried,
        "coverage": found.coverage,
    }


def map_to_json(found: Map) -> str:
    """*found* as JSON."""
    return dump_data(map_to_dict(found))


def dump_data(data: Any) -> str:
    """*data* as JSON."""
    return json.dumps(data, indent=2, ensure_ascii=False)


def _state(state: State) -> dict[str, Any]:
    return {
        "name": state.name,
        "kind": state.kind,
        "text": state.text,
        "url": state.url,
        "path": _path(state.path),
        "seconds": state.seconds,
        "menus": state.menus,
    }


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "source": edge.source,
        "target": edge.target,
        "move": str(edge.move),
        "heard": list(edge.heard),
        "seconds": edge.seconds,
        "errors": list(edge.errors),
    }


def _problem(problem: MapProblem) -> dict[str, Any]:
    return {
        "kind": problem.kind,
        "level": problem.level,
        "message": problem.message,
        "path": _path(problem.path),
    }


def _path(path: Path) -> list[str]:
    return [str(move) for move in path]
