"""Where the places of a map stand: a tree from left to right, as callers come to them first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from ..display import visible_line
from ..ladder import wrap
from ..maps import Edge, list_shown, merge_moves
from ..records import dataclass

if TYPE_CHECKING:
    from ..maps import Map, State

LINE = 15
WIDTH, GAP = 250, 150  # the widths of a box, and of the space for the moves between two
_SPACE = 14  # between boxes that stand below each other
_CHARACTERS, _LABEL = 31, 17  # that fit; in a box also if they are digits, which are wide
_MOST_LINES = 4


@dataclass
class Box:
    """A place on the picture: its *lines*, and the *label* of the moves that lead to it from its *parent*.

    The first lines, so many as *words* says, are its own; the others are moves.
    """

    state: State
    lines: list[str]
    label: list[str] = field(default_factory=list)
    parent: Box | None = None
    children: list[Box] = field(default_factory=list)
    level: int = 0
    words: int = 0
    y: float = 0.0

    @property
    def x(self) -> float:
        """Its left edge."""
        return 1 + self.level * (WIDTH + GAP)

    @property
    def height(self) -> float:
        """How high its box is."""
        return LINE * max(len(self.lines), len(self.label)) + 10


#: The moves between two places, in lines.
Describe = Callable[[Sequence[Edge]], Sequence[str]]


class MapLayout:
    """The places of *found*, and the size of their picture. *describe* has lines for the moves between two places."""

    def __init__(self, found: Map, describe: Describe) -> None:
        self.places = _tree(found, describe)
        roots = [each for each in self.places if each.parent is None]
        top = 1.0
        for root in roots:
            top += _stack(root, top)
        self.height = top
        self.width = max((each.x + WIDTH + 2 for each in self.places), default=WIDTH)


def _tree(found: Map, describe: Describe) -> list[Box]:
    """Each place below the one that it was found from; the other ways are lines in their boxes.

    A place that no way leads to has none above it.
    """
    ways = merge_moves(found.edges)
    places = {state.name: _box(state) for state in list_shown(found)}
    placed: set[str] = set()
    for name in places:
        if name not in placed:
            placed.add(name)
            _place_below(name, places, placed, {each: describe(ways[each]) for each in ways})
    return list(places.values())


def _place_below(
    name: str,
    places: Mapping[str, Box],
    placed: set[str],
    ways: Mapping[tuple[str, str], Sequence[str]],
) -> None:
    """Hang on the place *name* what it leads to, and on that in turn, those with the fewest moves first."""
    waiting = [name]
    while waiting:
        source = waiting.pop(0)
        for (begin, end), lines in ways.items():
            if begin != source:
                continue
            if end in placed:
                places[source].lines += _wrap_all(
                    [f"{line} → {end}" for line in lines], _CHARACTERS
                )
                continue
            placed.add(end)
            waiting.append(end)
            _hang(places[end], places[source], lines)


def _hang(place: Box, parent: Box, lines: Sequence[str]) -> None:
    place.parent, place.level = parent, parent.level + 1
    place.label = _wrap_all(lines, _LABEL)
    parent.children.append(place)


def _stack(place: Box, top: float) -> float:
    """Put *place* at *top*, and what hangs on it to the right; returns how much space all of it takes."""
    place.y = top
    below = 0.0
    for child in place.children:
        below += _stack(child, top + below)
    return max(place.height + _SPACE, below)


def _box(state: State) -> Box:
    words = [f"{state.name}  {state.kind}", *_wrap(state.text or state.place, _CHARACTERS)]
    return Box(state, words, words=len(words))


def _wrap_all(lines: Sequence[str], width: int) -> list[str]:
    return [each for line in lines for each in _wrap(line, width)]


def _wrap(text: str, width: int) -> list[str]:
    return wrap(visible_line(text), width, _MOST_LINES)
