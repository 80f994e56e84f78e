"""Finds keys that prompts name and that lead nowhere, and keys that work and that no prompt names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ._move import Move, Path
from ._moves import named_menu
from ._named import keys_that_repeat
from ._stop import without_numbers

if TYPE_CHECKING:
    from ._map import Edge, Map, State
    from ._problem import ProblemKind
    from ._stop import Stop

_FEWEST_OTHERS = 3  # keys that no prompt names, to know from them what a wrong key does
_MAJORITY = 0.6

#: Where a key leads, and what is heard on the way.
Result = tuple[str, tuple[str, ...]]


def find_key_problems(
    found: Map, stops: Mapping[str, Stop]
) -> Iterator[tuple[ProblemKind, str, Path]]:
    """Compare the keys that each menu names with those that it knows."""
    for state in found.states.values():
        gather = stops[state.name].element
        if state.kind == "gather" and gather is not None:
            named = named_menu(gather)
            edges = [each for each in found.edges_from(state.name) if each.move.kind == "press"]
            results = {edge.move.text: _result(edge) for edge in edges if len(edge.move.text) == 1}
            failing = {edge.move.text for edge in edges if edge.errors}
            if named and set(named) <= results.keys():
                yield from _compare(state, named, results, failing)


def _result(edge: Edge) -> Result:
    return edge.target, tuple(map(without_numbers, edge.heard))


def _compare(
    state: State, named: list[str], results: Mapping[str, Result], failing: set[str]
) -> Iterator[tuple[ProblemKind, str, Path]]:
    wrong = _wrong_result(named, results)
    is_checked = len(set(results.values())) > 1
    back = keys_that_repeat(state.prompt)
    for key in named:
        is_wrong = results[key] == wrong and key not in back
        leads_back = results[key][0] == state.name
        if key in failing or (is_wrong and (is_checked or leads_back)):
            what = (
                "which leads to an error" if key in failing else "which does what a wrong key does"
            )
            message = f"“{state.text}” names {key}, {what}"
            yield "named key", message, (*state.path, Move("press", key))
    if wrong is None:
        return
    for key, result in results.items():
        if key not in named and result != wrong and key not in failing:
            message = f"{key} works at “{state.text}”, which does not name it"
            yield "unnamed key", message, (*state.path, Move("press", key))


def _wrong_result(named: list[str], results: Mapping[str, Result]) -> Result | None:
    """What a wrong key does: what most of those do that no prompt names."""
    others = [result for key, result in results.items() if key not in named]
    if len(others) < _FEWEST_OTHERS:
        return None
    result, count = Counter(others).most_common(1)[0]
    return result if count >= _MAJORITY * len(others) else None
