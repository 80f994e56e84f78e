"""A ladder as text: one column a lifeline, and a list where there are too many for columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..display import visible
from ..timeline import clock
from ._cells import Row, wrap
from ._records import Note

if TYPE_CHECKING:
    from ._model import Ladder
    from ._records import Arrow

_WIDTH = 100
_GUTTER = 8  # the time, and a space
_WIDEST, _NARROWEST = 36, 15
_MOST_LINES = 4


def draw_text(ladder: Ladder) -> str:
    """The diagram of *ladder*, at most 100 columns wide."""
    gap = min((_WIDTH - _GUTTER) // max(len(ladder.lifelines), 1), _WIDEST)
    rows = (
        _list_steps(ladder)
        if gap < _NARROWEST
        else _Columns(len(ladder.lifelines), gap).rows(ladder)
    )
    return "\n".join([visible(ladder.title), *rows])


def _list_steps(ladder: Ladder) -> Iterator[str]:
    names = [visible(lifeline.title) for lifeline in ladder.lifelines]
    for step in ladder.steps:
        where = names[step.on] if isinstance(step, Note) else _ends(step, names)
        yield f"{clock(step.at):>{_GUTTER - 1}}  {where}: {visible(step.text)}"


def _ends(arrow: Arrow, names: Sequence[str]) -> str:
    between = "↔" if arrow.goes_both_ways else "→"
    return f"{names[arrow.source]} {between} {names[arrow.target]}"


class _Columns:
    """The diagram with *count* lifelines, *gap* columns apart."""

    def __init__(self, count: int, gap: int) -> None:
        self._gap = gap
        self._places = [_GUTTER + gap // 2 + number * gap for number in range(count)]

    def rows(self, ladder: Ladder) -> Iterator[str]:
        """Every line of text, without blanks at its end."""
        yield from self._head([lifeline.title for lifeline in ladder.lifelines])
        told = None
        for step in ladder.steps:
            time = clock(step.at)
            if time != told:
                yield str(self._row())
            for number, row in enumerate(
                self._note(step) if isinstance(step, Note) else self._arrow(step)
            ):
                if number == 0 and time != told:
                    row.write(0, f"{time:>{_GUTTER - 1}}")
                yield str(row)
            told = time
        yield str(self._row())

    def _row(self) -> Row:
        row = Row()
        for place in self._places:
            row.write(place, "│")
        return row

    def _head(self, names: Sequence[str]) -> Iterator[str]:
        columns = [wrap(visible(name), self._gap - 2, _MOST_LINES) for name in names]
        for line in range(max(map(len, columns))):
            row = Row()
            for place, lines in zip(self._places, columns, strict=True):
                below = line - max(map(len, columns)) + len(lines)
                if below >= 0:
                    row.center(place, lines[below])
            yield str(row)

    def _note(self, note: Note) -> Iterator[Row]:
        for line in wrap(visible(note.text), self._gap - 2, _MOST_LINES):
            row = self._row()
            row.center(self._places[note.on], f" {line} ")
            yield row

    def _arrow(self, arrow: Arrow) -> Iterator[Row]:
        left, right = sorted((self._places[arrow.source], self._places[arrow.target]))
        if left == right:
            yield from self._loop(arrow, left)
            return
        inside = right - left - 1
        lines = wrap(visible(arrow.text), inside - 2, _MOST_LINES)
        fits = len(lines) == 1 and len(wrap(visible(arrow.text), inside - 6, 2)) == 1
        for line in [] if fits else lines:
            row = self._row()
            row.center((left + right) // 2, f" {line} ")
            yield row
        row = self._shaft(arrow, left, right)
        if fits:
            row.center((left + right) // 2, f" {lines[0]} ")
        yield row

    def _shaft(self, arrow: Arrow, left: int, right: int) -> Row:
        row = self._row()
        line, crossing = ("╌", "┆") if arrow.is_reply else ("─", "┼")
        for place in range(left + 1, right):
            row.write(place, crossing if place in self._places else line)
        goes_right = self._places[arrow.target] == right
        row.write(left, "├" if goes_right and not arrow.goes_both_ways else "│")
        row.write(right, "│" if goes_right or arrow.goes_both_ways else "┤")
        if goes_right or arrow.goes_both_ways:
            row.write(right - 1, ">")
        if not goes_right or arrow.goes_both_ways:
            row.write(left + 1, "<")
        return row

    def _loop(self, arrow: Arrow, place: int) -> Iterator[Row]:
        for line in wrap(visible(arrow.text), self._gap - 4, _MOST_LINES):
            row = self._row()
            row.center(place, f" ↺ {line} ")
            yield row
