"""The fields of the selected element: its text, its usual attributes, and below *More* the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol

from ...errors import TwilioMagicError
from ...twiml import Draft, Path, mend, vocabulary
from ...views import title
from . import _controls as controls
from ._attribute_field import attribute_field, keeps_empty, unwritten_value
from ._field import Field, sentences
from ._page_events import IN_FIELD

if TYPE_CHECKING:
    from ...twiml import AttributeRow, ElementRow, Problem

_TEXT = ""  # the key of the field for the text between the tags
_FEW = 4  # attributes: of an element that has no more, all are shown at once


class DraftEditor(Protocol):
    """The form around the panel, which keeps the draft."""

    draft: Draft
    selected: Path

    def edit(self, draft: Draft, *, place: str) -> None:
        """Replace the draft by *draft*, in which the field at *place* has another value."""

    def replace(self, draft: Draft) -> None:
        """Replace the draft by *draft*, and show the element anew."""


class ElementPanel:
    """Fields for one element. Selecting another element makes new ones; editing keeps them."""

    def __init__(self, form: DraftEditor) -> None:
        self._form = form
        self.fields: dict[str, Field] = {}
        self._removers: dict[str, controls.Widget] = {}
        self._heading = controls.html_box()
        self._message = Field("", controls.html_box())
        self._body = controls.stack()
        self.more: controls.Fold | None = None
        self.widget = controls.stack(self._heading, self._message.box, self._body, gap="8px")

    @property
    def first(self) -> str:
        """The key of the first field, which gets the cursor; empty if that is the text, or if there is none."""
        return next(iter(self.fields), _TEXT)

    def show(self) -> None:
        """Make the fields for the element that is selected."""
        draft, path, row = self._form.draft, self._form.selected, self._row
        summary = row.summary if row else "TwiML has no such element."
        controls.set_html(self._heading, title(f"<{draft.parts[path].name}>", summary))
        before = self._body.children
        for field in self.fields.values():
            controls.forget_views(field.first)
        self.fields, self._removers, self.more = {}, {}, None
        text = self._text(draft, path)
        shown, rest = self._attributes()
        self._body.children = [
            *([text.box] if text else []),
            *(self._attribute(name) for name in shown),
            *([self._fold(rest)] if rest else []),
        ]
        for widget in before:
            controls.close(widget)

    def judge(self, problems: Iterable[tuple[str | None, Problem]]) -> None:
        """Show each problem below the field of its attribute, or else above all fields."""
        said: dict[str | None, list[Problem]] = {}
        for attribute, problem in problems:
            said.setdefault(attribute if attribute in self.fields else None, []).append(problem)
        for name, field in self.fields.items():
            self._tell(field, said.get(name, []))
        self._tell(self._message, said.get(None, []))
        written = self._form.draft.attributes(self._form.selected)
        for name, remove in self._removers.items():
            controls.set_visible(remove, name in written)

    def focus(self) -> None:
        """Put the cursor into the first field."""
        if self.fields:
            controls.focus_when_shown(self.fields[self.first].first)

    @property
    def _row(self) -> ElementRow | None:
        """The row of the element in the vocabulary."""
        return vocabulary().elements.get(self._form.draft.parts[self._form.selected].name)

    def _attributes(self) -> tuple[list[str], list[str]]:
        """The attributes that are shown at once: needed, usual and written ones; and the others."""
        written = self._form.draft.attributes(self._form.selected)
        row = self._row
        if row is None:
            return list(written), []
        known = [name for name, each in row.attributes.items() if each.status != "removed"]
        current = [name for name in known if row.attributes[name].status == "current"]
        usual = current if len(current) <= _FEW else row.usual
        shown = list(dict.fromkeys([*row.required_attributes, *usual, *written]))
        return shown, [name for name in known if name not in shown]

    def _fold(self, names: list[str]) -> controls.Widget:
        """The fold with the fields of *names*, which are made when it is opened."""
        few = ", ".join(names[:2]) + (", …" if len(names) > 2 else "")

        def make() -> list[controls.Widget]:
            return [controls.stack(*(self._attribute(name) for name in names))]

        self.more = controls.Fold(f"More: {few}", make)
        return self.more.widget

    def _text(self, draft: Draft, path: Path) -> Field | None:
        """Make the field for the content of the element: its text, or its XML if there is markup in it."""
        row, words = self._row, draft.words(path)
        takes_text = row is None or row.text.policy != "forbidden"
        if words is None and takes_text:
            hint = "There is markup in it, so it is shown as XML."
            field = Field("Content", controls.text_area("Content", draft.content(path)), hint=hint)
            return self._connect(_TEXT, field, Draft.with_content)
        if words is None or not (takes_text or words.strip()):
            return None
        is_long = row is None or row.text.type == "speech-text" or "\n" in words
        control = (
            controls.text_area("Text", words, rows=2)
            if is_long
            else controls.text_input("Text", words)
        )
        field = Field("Text", control, hint=sentences(row.text.meaning if row else ""))
        return self._connect(_TEXT, field, Draft.with_words)

    def _attribute(self, name: str) -> controls.Widget:
        """Make the field for the attribute *name*; an attribute that is emptied goes, unless empty means something."""
        row: AttributeRow | None = self._row.attributes.get(name) if self._row else None
        value = self._form.draft.attributes(self._form.selected).get(name)
        value = unwritten_value(row) if value is None else value
        field = attribute_field(name, value, row, language=self._language())

        def edit(draft: Draft, path: Path, text: str) -> Draft:
            if text or keeps_empty(row):
                return draft.with_attribute(path, name, text)
            return draft.without_attribute(path, name)

        self._connect(name, field, edit)
        if not keeps_empty(row) or (row is not None and row.required):
            return field.box
        remove = controls.button(f"Remove {name}", lambda: self._remove(name))
        self._removers[name] = remove
        return controls.stack(field.box, controls.row(remove), gap="2px")

    def _connect(self, name: str, field: Field, edit: Callable[[Draft, Path, str], Draft]) -> Field:
        """Let *field* call *edit* with the draft when its value changes."""

        def edit_draft() -> None:
            try:
                draft = edit(self._form.draft, self._form.selected, field.value)
                self._form.edit(draft, place=name)
            except TwilioMagicError as error:
                said = sentences(str(error), error.hint, "The document is as it was before")
                field.complain(said)

        controls.count_views(field.first)
        field.box.add_class(IN_FIELD)
        self.fields[name] = field
        field.on_change(edit_draft)
        return field

    def _language(self) -> str:
        """Return the language that the element speaks."""
        row = self._row.attributes.get("language") if self._row else None
        default = str(row.default) if row else ""
        return self._form.draft.attributes(self._form.selected).get("language", default)

    def _remove(self, name: str) -> None:
        self._form.replace(self._form.draft.without_attribute(self._form.selected, name))

    def _tell(self, field: Field, problems: list[Problem]) -> None:
        """Show *problems* below *field*, in the color of the worst of them, with a button for what was meant."""
        field.clear()
        if not problems:
            return
        levels = {problem.level for problem in problems}
        level = next(level for level in ("error", "warning", "advice") if level in levels)
        draft = self._form.draft
        mended = {each: mend(draft, each) for each in problems}
        offered = next((each for each in problems if mended[each] is not None), None)
        parts = (part for p in problems for part in (p.message, "" if p is offered else p.hint))
        field.complain(sentences(*parts), level=level)
        if offered is not None:
            better = mended[offered] or draft
            field.offer(offered.hint or "", lambda: self._form.replace(better))
