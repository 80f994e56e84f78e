"""Where the places of a map stand: a tree from left to right, as callers come to them first."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..display import visible_line
from ..maps import describe_moves, merge_moves

if TYPE_CHECKING:
    from ..maps import Map, State

LINE = 15
WIDTH, GAP = 250, 150  # the widths of a box, and of the space for the moves between two
_SPACE = 14  # between boxes that stand below each other
_CHARACTERS, _LABEL = 38, 20
_MOST_LINES = 4


@dataclass
class Box:
    """A place on the picture: its *lines*, and the *label* of the moves that lead to it from its *parent*."""

    state: State
    lines: list[str]
    label: list[str] = field(default_factory=list)
    parent: Box | None = None
    children: list[Box] = field(default_factory=list)
    level: int = 0
    y: float = 0.0

    @property
    def x(self) -> float:
        """Its left edge."""
        return 1 + self.level * (WIDTH + GAP)

    @property
    def height(self) -> float:
        """How high its box is."""
        return LINE * max(len(self.lines), len(self.label)) + 10


class MapLayout:
    """The places of *found*, and the size of their picture."""

    def __init__(self, found: Map) -> None:
        self.places = _tree(found)
        roots = [each for each in self.places if each.parent is None]
        top = 1.0
        for root in roots:
            top += _stack(root, top)
        self.height = top
        self.width = max((each.x + WIDTH + 2 for each in self.places), default=WIDTH)


def _tree(found: Map) -> list[Box]:
    """Each place below the one that it was found from; the other ways are lines in their boxes."""
    ways = merge_moves(found.edges)
    ends = {name for way in ways for name in way} | {"1"}
    shown = [s for s in found.states.values() if s.kind != "hung up" or s.name in ends]
    places = {state.name: Box(state, _words(state)) for state in shown}
    placed = {"1"}
    waiting = ["1"]
    while waiting:
        source = waiting.pop(0)
        for (begin, end), edges in ways.items():
            if begin != source:
                continue
            moves = describe_moves(edges)
            if end in placed:
                places[source].lines += _wrap(f"{moves} → {end}", _CHARACTERS)
                continue
            placed.add(end)
            waiting.append(end)
            _hang(places[end], places[source], moves)
    return [places[name] for name in places if name in placed]


def _hang(place: Box, parent: Box, moves: str) -> None:
    place.parent, place.level = parent, parent.level + 1
    place.label = _wrap(moves, _LABEL)
    parent.children.append(place)


def _stack(place: Box, top: float) -> float:
    """Put *place* at *top*, and what hangs on it to the right; returns how much space all of it takes."""
    place.y = top
    below = 0.0
    for child in place.children:
        below += _stack(child, top + below)
    return max(place.height + _SPACE, below)


def _words(state: State) -> list[str]:
    return [f"{state.name}  {state.kind}", *_wrap(state.text or state.place, _CHARACTERS)]


def _wrap(text: str, width: int) -> list[str]:
    lines: Sequence[str] = textwrap.wrap(visible_line(text), width)
    if len(lines) > _MOST_LINES:
        return [*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1][: width - 1]}…"]
    return list(lines)
