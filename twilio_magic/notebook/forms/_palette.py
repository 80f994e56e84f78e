"""The palette: a button for each element that may be added at a place of a document."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ...twiml import vocabulary
from ...views import note
from . import _controls as controls

if TYPE_CHECKING:
    from ._controls import Widget

_FEW = 10
_SSML = (
    "SSML says how words are spoken. Its elements stand inside the text, which then is edited as XML: "
    'Press 1 <break time="1s"/> now.'
)


class Palette:
    """Buttons for the children that an element may have; *add* is called with the element's name and the child's.

    *words* stand above them, with the name of the element. The buttons for an element are made once.
    """

    def __init__(self, words: str, add: Callable[[str, str], None]) -> None:
        self._words, self._add = words, add
        self._made: dict[str, Widget] = {}
        self._head = controls.caption("")
        self.buttons: dict[tuple[str, str], Widget] = {}
        self.widget = controls.stack(gap="4px")

    def show(self, parent: str | None, named: str) -> None:
        """Offer the children of a *parent*, under the name *named*; nothing without a parent."""
        row = vocabulary().elements.get(parent) if parent else None
        if row is None or not row.children:
            self.widget.children = ()
            return
        if row.name not in self._made:
            self._made[row.name] = self._palette(row.name)
        self._head.value = self._words.format(named)
        self.widget.children = (self._head, self._made[row.name])

    def _palette(self, parent: str) -> Widget:
        elements = vocabulary().elements
        names = [name for name in elements[parent].children if elements[name].status != "removed"]
        if names and all(elements[name].kind == "ssml" for name in names):
            return controls.Fold(
                "SSML: pauses, stress, pronunciation", lambda: self._ssml(parent, names)
            ).widget
        common = vocabulary().document["common"]  # what most documents are made of
        first = [name for name in common if name in names] if len(names) > _FEW else names
        rest = [name for name in names if name not in first]
        buttons = controls.row(*(self._button(parent, name) for name in first))
        if not rest:
            return buttons
        others = controls.Fold(
            "Others", lambda: [controls.row(*(self._button(parent, name) for name in rest))]
        )
        return controls.stack(buttons, others.widget, gap="4px")

    def _ssml(self, parent: str, names: list[str]) -> list[Widget]:
        """The elements of SSML, each with what it is for."""
        described = (
            controls.row(self._button(parent, name), _describe(name), gap="10px") for name in names
        )
        return [controls.stack(controls.html_box(note(_SSML)), *described, gap="2px")]

    def _button(self, parent: str, name: str) -> Widget:
        row = vocabulary().elements[name]
        status = "" if row.status == "current" else f" ({row.status})"
        made = controls.button(
            name, lambda: self._add(parent, name), tooltip=f"{row.summary}{status}"
        )
        self.buttons[parent, name] = made
        return made


def _describe(name: str) -> Widget:
    """What the element called *name* is for, as a sentence."""
    return controls.html_box(note(vocabulary().elements[name].summary))
