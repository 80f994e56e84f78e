"""``twiml_form()``: build a document, or edit one, verb by verb."""

from __future__ import annotations

from typing import ClassVar

from ...display import to_html
from ...twiml import Document, Draft, Path, Twiml, literal, vocabulary
from ...views import note, title
from . import _controls as controls
from ._element_panel import ElementPanel
from ._field import Field
from ._form import Form
from ._notebook import write_to_next_cell
from ._outline import Outline
from ._palette import Palette

_EMPTY = "<{root}>\n</{root}>"


class TwimlForm(Form):
    """A form for a document, element by element. *document* is the document as it is now.

    An edit changes its own place in the text only: comments, blanks and unknown elements stay as they were.
    """

    name: ClassVar[str] = "Write TwiML"

    def __init__(self, document: Twiml | None = None) -> None:
        self.draft = Draft(_EMPTY.format(root=vocabulary().root) if document is None else document)
        self.selected: Path = ()
        self.title = Field(
            "Name", controls.text_input("Name", self.draft.document.name or "", placeholder="menu")
        )
        self.outline = Outline(self.select)
        self.panel = ElementPanel(self)
        self.inside = Palette("Add inside <{}>", self._add_inside)
        self.after = Palette("Add after <{}>", self._add_after)
        self.up = controls.button("Move up", lambda: self._move(-1))
        self.down = controls.button("Move down", lambda: self._move(1))
        self.delete = controls.button("Delete", self._delete)
        self.write = controls.button("Write to a cell", self._write, kind="primary")
        self._preview = controls.html_box()
        self._status = controls.html_box()
        super().__init__(*self._layout())
        self.title.on_change(self._on_name_change)
        self.select(())

    @property
    def document(self) -> Document:
        """The document as it is now."""
        document, name = self.draft.document, self.title.value.strip() or None
        if document.name != name:
            document = document.with_problems()
            document.name = name
        return document

    def select(self, path: Path) -> None:
        """Show the fields of the element at *path*."""
        self.selected = path
        parts = self.draft.parts
        parent = parts[path[:-1]] if path else None
        self.panel.show()
        self.inside.show(parts[path].name, parts[path].name)
        self.after.show(parent.name if parent else None, parts[path].name)
        self.replace_draft(self.draft)

    def replace_draft(self, draft: Draft) -> None:
        """Replace the draft by *draft*, and show it with its problems."""
        self.draft = draft
        problems = [(*draft.locate(problem), problem) for problem in draft.document.problems]
        levels: dict[Path, list[str]] = {}
        for path, _, problem in problems:
            levels.setdefault(path, []).append(problem.level)
        self.outline.show(draft, self.selected, levels)
        self.panel.judge((name, each) for path, name, each in problems if path == self.selected)
        self._enable()
        controls.set_html(self._status, "")
        self._show_preview()

    def _layout(self) -> tuple[controls.Widget, ...]:
        left = controls.stack(
            controls.html_box(title("Document")),
            self.outline.widget,
            controls.row(self.up, self.down, self.delete),
            self.inside.widget,
            self.after.widget,
        )
        return (
            controls.html_box(title(self.name, "choose an element, change it, add others")),
            controls.columns(left, self.panel.widget, width=320),
            self._preview,
            controls.columns(self.title.box),
            controls.row(self.write),
            self._status,
        )

    def _enable(self) -> None:
        path = self.selected
        siblings = len(self.draft.children(path[:-1])) if path else 0
        self.up.disabled = not path or path[-1] == 0
        self.down.disabled = not path or path[-1] == siblings - 1
        self.delete.disabled = not path

    def _add_inside(self, name: str) -> None:
        self._insert(self.selected, len(self.draft.children(self.selected)), name)

    def _add_after(self, name: str) -> None:
        if self.selected:
            self._insert(self.selected[:-1], self.selected[-1] + 1, name)

    def _insert(self, parent: Path, index: int, name: str) -> None:
        draft = self.draft.with_child(parent, index, name)
        for attribute in vocabulary().elements[name].required_attributes:
            draft = draft.with_attribute((*parent, index), attribute, "")
        self.draft = draft
        self.select((*parent, index))
        self.panel.focus()

    def _move(self, by: int) -> None:
        path = self.selected
        if not path or (*path[:-1], path[-1] + by) not in self.draft.parts:
            return
        self.draft = self.draft.with_moved(path, by)
        self.select((*path[:-1], path[-1] + by))

    def _delete(self) -> None:
        path = self.selected
        if not path:
            return
        self.draft = self.draft.without(path)
        before = (*path[:-1], path[-1] - 1)
        self.select(before if before in self.draft.parts else path[:-1])
        self.outline.focus(self.selected)

    def _on_name_change(self) -> None:
        name = self.title.value.strip()
        self.title.clear()
        if name and not name.isidentifier():
            self.title.complain(f"{name!r} cannot be the name of a variable.")
        self._show_preview()

    def _show_preview(self) -> None:
        controls.set_html(self._preview, to_html(self.document))

    def _write(self) -> None:
        name = self.title.value.strip()
        if name and not name.isidentifier():
            self.title.focus()
            return
        head = f"%%twiml {name}".rstrip()
        said = write_to_next_cell(f"{head}\n{literal(self.draft.text)}")
        controls.set_html(self._status, note(said))

    def _rows(self) -> list[tuple[str, str]]:
        return [("Name", self.title.value)] if self.title.value else []

    def _parts(self) -> list[str]:
        return [self._preview.value]

    def __repr__(self) -> str:
        return f"<TwimlForm: {self.document!r}>"
