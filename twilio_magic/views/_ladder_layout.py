"""The layout of a ladder's picture, in pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import TYPE_CHECKING

from ..display import visible
from ..ladder import Note, wrap
from ..records import dataclass
from ..timeline import clock

if TYPE_CHECKING:
    from ..ladder import Ladder, Step

_GUTTER = 46  # the times of a call of less than ten minutes
_DIGIT = 6.62  # the width of one of them
LINE = 15
_GAP = 170
_CHARACTER = 6.9  # the width of most, at 12 pixels
_MARGIN = 8
_MOST_LINES = 4
_HEADER_PADDING = 8
_SHAFT = 3  # below the last line of an arrow's label
_BETWEEN = 9
_AFTER_A_WHILE = 18


@dataclass(frozen=True, slots=True)
class Placed:
    """A step with the *lines* of its label around *x*, the first with its baseline at *y*.

    *left* and *right* are how far it reaches, *shaft* is the height of an arrow, which a note has not, and *covers* has
    the numbers of the lifelines that its words lie on.
    """

    step: Step
    lines: Sequence[str]
    x: float
    y: float
    left: float
    right: float
    shaft: float | None
    covers: tuple[int, ...]

    @property
    def top(self) -> float:
        """Where its words begin."""
        return self.y - LINE + 3

    @property
    def bottom(self) -> float:
        """Where its words end."""
        return self.top + LINE * len(self.lines)

    @property
    def end(self) -> float:
        """Where it ends."""
        return self.bottom if self.shaft is None else max(self.bottom, self.shaft)


class Layout:
    """The picture of *ladder*: lifelines at *places*, *headers* with their lines of text, and the steps, placed."""

    def __init__(self, ladder: Ladder) -> None:
        count = len(ladder.lifelines)
        self.gutter = max(_GUTTER, max((_width_of_time(step) for step in ladder.steps), default=0))
        self.places = [self.gutter + _GAP * (number + 0.5) for number in range(count)]
        self.width = self.gutter + _GAP * count
        fitting = _fitting(_GAP - 2 * _MARGIN - 8)
        self.headers = [
            wrap(visible(lifeline.title), fitting, _MOST_LINES) for lifeline in ladder.lifelines
        ]
        lines = max(map(len, self.headers), default=1)
        self.head = 2 * _HEADER_PADDING + LINE * lines
        self.steps = list(self._place_all(ladder.steps))
        last = self.steps[-1].end if self.steps else self.head
        self.height = last + _AFTER_A_WHILE

    @property
    def header_width(self) -> float:
        """How wide the box around a lifeline's name is."""
        return _GAP - 2 * _MARGIN

    def stretches(self, number: int) -> Iterator[tuple[float, float]]:
        """From where to where the lifeline with that number is to be seen."""
        at: float = self.head
        for placed in self.steps:
            if number in placed.covers:
                if placed.top > at:
                    yield at, placed.top
                at = max(at, placed.bottom)
        if at < self.height:
            yield at, self.height

    def _place_all(self, steps: Sequence[Step]) -> Iterator[Placed]:
        at: float = self.head
        time: float | None = None
        for step in steps:
            at += _BETWEEN if step.at == time else _AFTER_A_WHILE
            time = step.at
            placed = self._place(step, at)
            at = placed.end
            yield placed

    def _place(self, step: Step, at: float) -> Placed:
        if isinstance(step, Note):
            return self._around(step, (step.on,), at)
        if step.source == step.target:
            return self._around(step, (step.source,), at)
        first, last = sorted((step.source, step.target))
        left, right = self.places[first], self.places[last]
        lines = wrap(visible(step.text), _fitting(right - left - 2 * _MARGIN), _MOST_LINES)
        shaft = at + LINE * len(lines) + _SHAFT
        between = tuple(range(first + 1, last))
        return Placed(step, lines, (left + right) / 2, at + LINE - 3, left, right, shaft, between)

    def _around(self, step: Step, on: tuple[int, ...], at: float) -> Placed:
        x = self.places[on[0]]
        lines = wrap(visible(step.text), _fitting(_GAP - 2 * _MARGIN - 8), _MOST_LINES)
        half = (max(map(len, lines)) * _CHARACTER + 22) / 2
        half = min(half, _GAP / 2 - 3)
        return Placed(step, lines, x, at + LINE - 3, x - half, x + half, None, on)


def _width_of_time(step: Step) -> int:
    """The width of its time, and of the space behind it."""
    return ceil(_DIGIT * len(clock(step.at))) + 6


def _fitting(pixels: float) -> int:
    """The number of characters that fit into *pixels*."""
    return int(pixels / _CHARACTER)
