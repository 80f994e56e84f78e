"""Text in terminal columns, where some characters take two columns and some take none."""

from __future__ import annotations

import re
from unicodedata import category, east_asian_width

from ..display import keep_units

_INVISIBLE = ("Mn", "Me", "Cf")


def cells(text: str) -> int:
    """How many columns *text* takes."""
    return sum(map(_width, text))


def wrap(text: str, width: int, most: int) -> list[str]:
    """*text* in lines of at most *width* columns, of which there are at least one and at most *most*.

    No line ends between a number and its unit.
    """
    lines = [""]
    for word in keep_units(" ".join(text.split())).split(" "):
        for part in _parts(word, width):
            longer = f"{lines[-1]} {part}".lstrip()
            if cells(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(part)
    lines = [" ".join(line.split()) for line in lines]
    return lines if len(lines) <= most else [*lines[: most - 1], _cut(lines[most - 1], width)]


def _parts(word: str, width: int) -> list[str]:
    """*word*, cut where it is too long for a line: at a sign between its parts if there is one."""
    if cells(word) <= width:
        return [word]
    parts = [""]
    for piece in re.findall(r"[^/.?&=@:_-]*[/.?&=@:_-]?", word):
        for part in [piece] if cells(piece) <= width else list(piece):
            if cells(parts[-1] + part) <= width:
                parts[-1] += part
            else:
                parts.append(part)
    return parts


def _cut(line: str, width: int) -> str:
    while cells(line) >= width:
        line = line[:-1]
    return f"{line}…"


def _width(char: str) -> int:
    if category(char) in _INVISIBLE:
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


class Row:
    """One line of text, written to by columns. What is written later covers what was there."""

    def __init__(self) -> None:
        self._cells: list[str] = []

    def write(self, place: int, text: str) -> None:
        """Put *text* at the column *place*."""
        for char in text:
            width = _width(char)
            if not width:
                self._join(place, char)
                continue
            self._reach(place + width)
            self._cells[place : place + width] = [char, *[""] * (width - 1)]
            place += width

    def center(self, place: int, text: str) -> None:
        """Put *text* around the column *place*, and not left of the first."""
        self.write(max(place - cells(text) // 2, 0), text)

    def _join(self, place: int, char: str) -> None:
        """Add a mark to the character before *place*."""
        if 0 < place <= len(self._cells):
            before = next(at for at in range(place - 1, -1, -1) if self._cells[at] or at == 0)
            self._cells[before] += char

    def _reach(self, place: int) -> None:
        self._cells += [" "] * (place - len(self._cells))

    def __str__(self) -> str:
        return "".join(self._cells).rstrip()
