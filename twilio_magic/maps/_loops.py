"""Finds loops without a way out: whatever the caller does, the same prompts come again, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ._move import SILENCE
from ._moves import prompt_of
from ._rehearsal import Rehearsal
from ._stop import without_numbers

if TYPE_CHECKING:
    from ._entry import Entry
    from ._map import Map, State
    from ._move import Path
    from ._problem import ProblemKind

_ROUNDS = 10  # for which a loop is gone around before it is believed


def find_loops(found: Map, entry: Entry) -> Iterator[tuple[ProblemKind, str, Path]]:
    """Each loop that no move leads out of, with the shortest way into it."""
    for state in found.states.values():
        if state.kind == "loop":
            yield "loop", f"the same documents go round and round at {state.place}", state.path
    trapped = _find_trapped(found)
    for name in _entrances(found, trapped):
        state = found.states[name]
        if not _gets_out(state, found, trapped, entry):
            yield "loop", f"nothing leads out of {state.title}: every way comes back", state.path


def _find_trapped(found: Map) -> set[str]:
    """The places at which the call waits for input, and from which no move leads to anything else."""
    menus = {name for name, state in found.states.items() if state.kind == "gather"}
    into: dict[str, set[str]] = {}
    unknown = {name for name in menus if not found.edges_from(name)}
    for edge in found.edges:
        if edge.move.kind != "hang up":
            into.setdefault(edge.target, set()).add(edge.source)
    free, waiting = set(found.states) - menus | unknown, list(set(found.states) - menus | unknown)
    while waiting:
        for source in into.get(waiting.pop(), ()):
            if source not in free:
                free.add(source)
                waiting.append(source)
    return set(found.states) - free


def _entrances(found: Map, trapped: set[str]) -> list[str]:
    """One place of each loop: that which is come to first."""
    chosen: list[str] = []
    covered: set[str] = set()
    for name in sorted(trapped, key=lambda each: (len(found.states[each].path), int(each))):
        if name not in covered:
            chosen.append(name)
            covered |= _reachable(found, name)
    return chosen


def _reachable(found: Map, name: str) -> set[str]:
    reached, waiting = {name}, [name]
    while waiting:
        for edge in found.edges_from(waiting.pop()):
            if edge.target not in reached:
                reached.add(edge.target)
                waiting.append(edge.target)
    return reached


def _gets_out(state: State, found: Map, trapped: set[str], entry: Entry) -> bool:
    """Whether who goes on and on leaves the loop, because the application counts: in silence, or with a wrong key."""
    turns = [edge.move for edge in found.edges_from(state.name) if edge.target == state.name]
    moves = dict.fromkeys([SILENCE, *(each for each in turns if each.kind in ("press", "say"))])
    known = {without_numbers(found.states[name].prompt) for name in trapped}
    for move in [*list(moves)[-3:], SILENCE]:
        rehearsal = Rehearsal(entry, (*state.path, *(move for _ in range(_ROUNDS))))
        for stop in rehearsal.run(extra_stops=0).stops[len(state.path) :]:
            if stop.element is None or without_numbers(prompt_of(stop.element)) not in known:
                return True
    return False
