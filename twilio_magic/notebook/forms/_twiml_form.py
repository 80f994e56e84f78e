"""``twiml_form()``: build a document, or edit one, verb by verb."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...display import to_html
from ...twiml import Document, Draft, Path, Twiml, literal, vocabulary
from ...views import note, title
from .._next_cell import write_to_next_cell
from . import _controls as controls
from ._element_panel import ElementPanel
from ._field import Field
from ._form import Form
from ._history import History, Moment
from ._outline import Outline
from ._page_events import listen
from ._palette import Palette
from ._trial_call import TrialCall

if TYPE_CHECKING:
    from ...api import Call
    from ...twiml import Problem

_EMPTY = "<{root}>\n</{root}>"


class TwimlForm(Form):
    """A form for a document, element by element. *document* is the document as it is now, *call* the last trial.

    An edit changes its own place in the text only: comments, blanks and unknown elements stay as they were. What an
    element lacks that was just added is not said before its field is left.
    """

    name: ClassVar[str] = "Write TwiML"

    def __init__(self, document: Twiml | None = None) -> None:
        self.draft = Draft(_EMPTY.format(root=vocabulary().root) if document is None else document)
        self.selected: Path = ()
        self._before: Path = ()  # what was selected before that
        self.call: Call | None = None
        self.history = History()
        self._new: Path | None = None  # the element that was just added
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
        self.undo = controls.button("Undo", self._undo, tooltip="Ctrl+Z")
        self.redo = controls.button("Redo", self._redo, tooltip="Ctrl+Shift+Z")
        self.trial = TrialCall(lambda: self.document, self._show_call)
        self.write = controls.button("Write to a cell", self._write, kind="primary")
        self._preview = controls.html_box()
        self._status = controls.html_box()
        self._result = controls.html_box()
        super().__init__(*self._layout())
        self.title.on_change(self._on_name_change)
        listen(self)
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
        self._new = None
        self._select(path)

    def edit(self, draft: Draft, *, place: str) -> None:
        """Replace the draft by *draft*, in which the field at *place* of the element has another value."""
        if place != self.panel.first:
            self._new = None
        self.history.note(self._now, place=(self.selected, place))
        self.draft = draft
        self._show()

    def replace(self, draft: Draft) -> None:
        """Replace the draft by *draft*, and show the element anew."""
        self.history.note(self._now)
        self.draft = draft
        self.select(self.selected)
        self.panel.focus()

    def hear(self, event: str) -> None:
        """Do what follows from what happens in the page: a field is left, or something is taken back."""
        if event == "leave" and self._new is not None:
            self._new = None
            self._show()
        elif event == "undo" and self.history.can_undo:
            self._undo()
        elif event == "redo" and self.history.can_redo:
            self._redo()

    @property
    def _now(self) -> Moment:
        return Moment(self.draft, self.selected)

    def _select(self, path: Path) -> None:
        if path != self.selected:
            self._before, self.selected = self.selected, path
        parts = self.draft.parts
        parent = parts[path[:-1]] if path else None
        self.panel.show()
        self.inside.show(parts[path].name, parts[path].name)
        self.after.show(parent.name if parent else None, parts[path].name)
        self._show()

    def _show(self) -> None:
        """Show the draft with its problems."""
        draft = self.draft
        located = [(*draft.locate(problem), problem) for problem in draft.document.problems]
        problems = [each for each in located if not self._is_too_early(*each)]
        levels: dict[Path, list[str]] = {}
        for path, _, problem in problems:
            levels.setdefault(path, []).append(problem.level)
        self.outline.show(draft, self.selected, levels)
        self.panel.judge((name, each) for path, name, each in problems if path == self.selected)
        self._enable()
        controls.set_html(self._status, "")
        if len(problems) == len(located):
            self._show_preview()

    def _is_too_early(self, path: Path, attribute: str | None, problem: Problem) -> bool:
        """Whether *problem* is what an element lacks that was just added: its field was not left yet."""
        is_lacking = not attribute or not self.draft.attributes(path).get(attribute)
        return path == self._new and problem.level != "advice" and is_lacking

    def _layout(self) -> tuple[controls.Widget, ...]:
        left = controls.stack(
            controls.html_box(title("Document")),
            self.outline.widget,
            controls.row(self.undo, self.redo, self.up, self.down, self.delete),
            self.inside.widget,
            self.after.widget,
        )
        return (
            controls.html_box(title(self.name, "choose an element, change it, add others")),
            controls.columns(left, self.panel.widget, width=320),
            self._preview,
            self.trial.widget,
            self._result,
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
        self.undo.disabled = not self.history.can_undo
        self.redo.disabled = not self.history.can_redo

    def _add_inside(self, parent: str, name: str) -> None:
        path, _ = self._find_around(parent, above=0)
        self._insert(path, len(self.draft.children(path)), name)

    def _add_after(self, parent: str, name: str) -> None:
        path, selected = self._find_around(parent, above=1)
        self._insert(path, selected[len(path)] + 1, name)

    def _find_around(self, name: str, *, above: int) -> tuple[Path, Path]:
        """The element called *name* that a pressed button is of, and what was selected when the button was shown.

        It is so many levels or more *above* what is selected. Whoever presses fast presses a button of what was
        selected before.
        """
        parts = self.draft.parts
        for selected in (self.selected, self._before):
            for depth in range(len(selected) - above, -1, -1):
                if selected in parts and parts[selected[:depth]].name == name:
                    return selected[:depth], selected
        return (), (len(self.draft.children(())) - 1,)

    def _insert(self, parent: Path, index: int, name: str) -> None:
        draft = self.draft.with_child(parent, index, name)
        for attribute in vocabulary().elements[name].required_attributes:
            draft = draft.with_attribute((*parent, index), attribute, "")
        self.history.note(self._now)
        self.draft, self._new = draft, (*parent, index)
        self._select((*parent, index))
        self.panel.focus()

    def _move(self, by: int) -> None:
        path = self.selected
        if not path or (*path[:-1], path[-1] + by) not in self.draft.parts:
            return
        self.history.note(self._now)
        self.draft = self.draft.with_moved(path, by)
        self.select((*path[:-1], path[-1] + by))

    def _delete(self) -> None:
        path = self.selected
        if not path:
            return
        self.history.note(self._now)
        self.draft = self.draft.without(path)
        before = (*path[:-1], path[-1] - 1)
        self.select(before if before in self.draft.parts else path[:-1])
        self.outline.focus(self.selected)

    def _undo(self) -> None:
        self._return_to(self.history.undo(self._now))

    def _redo(self) -> None:
        self._return_to(self.history.redo(self._now))

    def _return_to(self, moment: Moment) -> None:
        self.draft = moment.draft
        self.select(moment.selected)
        self.outline.focus(self.selected)

    def _show_call(self, call: Call | None) -> None:
        """Show the card of the *call* that the document was tried out in."""
        self.hear("leave")
        self.call = call
        controls.set_card(self._result, "" if call is None else to_html(call))

    def _on_name_change(self) -> None:
        name = self.title.value.strip()
        self.title.clear()
        if name and not name.isidentifier():
            self.title.complain(f"{name!r} cannot be the name of a variable.")
        self._show_preview()

    def _show_preview(self) -> None:
        controls.set_card(self._preview, to_html(self.document))

    def _write(self) -> None:
        name = self.title.value.strip()
        if name and not name.isidentifier():
            self.title.focus()
            return
        head = f"%%twiml {name}".rstrip()
        said = write_to_next_cell(f"{head}\n{literal(self.draft.text)}")
        controls.set_html(self._status, note(said))

    def _rows(self) -> list[tuple[str, str]]:
        named = [("Name", self.title.value)] if self.title.value else []
        return [*named, *self.trial.rows()]

    def _parts(self) -> list[str]:
        return [self._preview.value, *([self._result.value] if self.call else [])]

    def __repr__(self) -> str:
        return f"<TwimlForm: {self.document!r}>"
