"""The elements of a document, one button each, indented as they are nested."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

from . import _controls as controls

if TYPE_CHECKING:
    from ...twiml import Draft, Path
    from ._controls import Widget

_INDENT = 20
_LONGEST = 44
_MARK = {"error": " ✗", "warning": " !"}


class Outline:
    """Buttons that select an element. A change of the document keeps the buttons, so the focus stays."""

    def __init__(self, select: Callable[[Path], None]) -> None:
        self._select = select
        self._paths: list[Path] = []
        self._rows: list[Widget] = []
        self.widget = controls.stack(gap="3px")
        controls.reshape(self.widget, align_items="flex-start")

    def show(self, draft: Draft, selected: Path, levels: Mapping[Path, Collection[str]]) -> None:
        """Show the elements of *draft*; *levels* has the levels of the problems of each."""
        self._paths = list(draft.parts)
        while len(self._rows) < len(self._paths):
            self._rows.append(self._row(len(self._rows)))
        shown = self._rows[: len(self._paths)]
        for row, path in zip(shown, self._paths, strict=True):
            is_selected = path == selected
            row.description = (
                f"{'● ' if is_selected else ''}{_label(draft, path)}{_mark(levels.get(path, ()))}"
            )
            row.button_style = "primary" if is_selected else ""
            indent = f"{_INDENT * len(path)}px"
            controls.reshape(row, margin=f"0 0 0 {indent}", max_width=f"calc(100% - {indent})")
        if list(self.widget.children) != shown:
            self.widget.children = shown

    def focus(self, path: Path) -> None:
        """Put the cursor on the button of the element at *path*."""
        controls.focus(self._rows[self._paths.index(path)])

    def _row(self, number: int) -> Widget:
        def press() -> None:
            if number < len(self._paths):
                self._select(self._paths[number])

        return controls.button("", press)


def _label(draft: Draft, path: Path) -> str:
    """Describe an element shortly: its name, its attributes, the beginning of its text."""
    pairs = "".join(f' {name}="{value}"' for name, value in draft.attributes(path).items())
    words = " ".join((draft.words(path) or "").split())
    whole = f"{draft.parts[path].name}{pairs}" + (f" “{words}”" if words else "")
    return whole if len(whole) <= _LONGEST else whole[: _LONGEST - 1] + "…"


def _mark(levels: Collection[str]) -> str:
    return next((mark for level, mark in _MARK.items() if level in levels), "")
