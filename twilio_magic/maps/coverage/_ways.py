"""The ways of a map that are counted: a key that a prompt names is one, and all wrong keys of a menu are one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...display import visible_line
from ...records import dataclass
from .._map import describe_moves
from .._named import named_keys, named_words
from .._stop import without_numbers

if TYPE_CHECKING:
    from .._map import Edge, Map, State
    from .._move import Move

_CHOSEN = ("press", "say")


@dataclass(frozen=True)
class Way:
    """One or several *edges* from the *source* to the *target* of which none says more than another."""

    source: State
    target: State
    edges: tuple[Edge, ...]

    @property
    def move(self) -> Move:
        """One move that goes this way."""
        return self.edges[0].move

    def __str__(self) -> str:
        return visible_line(describe_moves(self.edges))


def list_ways(found: Map) -> list[Way]:
    """The ways of *found*, in the order of its places; hanging up is none where it does no harm."""
    groups: dict[tuple[object, ...], list[Edge]] = {}
    for edge in found.edges:
        if edge.move.kind != "hang up" or edge.errors:
            groups.setdefault(_group_of(edge, found.states[edge.source]), []).append(edge)
    return [_way(edges, found) for edges in groups.values()]


def _way(edges: Sequence[Edge], found: Map) -> Way:
    first = edges[0]
    return Way(found.states[first.source], found.states[first.target], tuple(edges))


def _group_of(edge: Edge, source: State) -> tuple[object, ...]:
    """What an edge has in common with those that go the same way."""
    if edge.move.kind not in _CHOSEN or is_named(edge.move, source):
        return edge.source, edge.move
    kind = "record" if source.kind == "record" else edge.move.kind
    return edge.source, edge.target, kind, tuple(map(without_numbers, edge.heard))


def is_named(move: Move, source: State) -> bool:
    """Whether the prompt of *source* names *move* as a choice."""
    if move.kind == "press":
        return move.text in named_keys(source.prompt)
    return move.kind == "say" and move.text in named_words(source.prompt)
