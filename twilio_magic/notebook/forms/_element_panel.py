"""The fields of the selected element: its text and its attributes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol

from ...errors import TwilioMagicError
from ...twiml import Draft, Path, vocabulary
from ...views import title
from . import _controls as controls
from ._attribute_field import attribute_field, initial_value
from ._field import Field, sentences

if TYPE_CHECKING:
    from ...twiml import AttributeRow, ElementRow, Problem

_TEXT = ""  # the key of the field for the text between the tags


class DraftEditor(Protocol):
    """The form around the panel, which keeps the draft."""

    draft: Draft
    selected: Path

    def replace_draft(self, draft: Draft) -> None:
        """Replace the draft by *draft*, and show it."""


class ElementPanel:
    """Fields for one element. Selecting another element makes new ones; editing keeps them."""

    def __init__(self, form: DraftEditor) -> None:
        self._form = form
        self.fields: dict[str, Field] = {}
        self._heading = controls.html_box()
        self._message = Field("", controls.html_box())
        self._body = controls.stack()
        self.choice = controls.combobox("New attribute", (), placeholder="type or choose a name")
        self.add = controls.button("Add attribute", self._add)
        self._adding = Field("New attribute", self.choice)
        self._adding.on_change(self._describe)
        self._adder = controls.stack(self._adding.box, controls.row(self.add), gap="4px")
        self.widget = controls.stack(
            self._heading, self._message.box, self._body, self._adder, gap="8px"
        )

    def show(self) -> None:
        """Make the fields for the element that is selected."""
        draft, path, row = self._form.draft, self._form.selected, self._row
        summary = row.summary if row else "TwiML has no such element."
        controls.set_html(self._heading, title(f"<{draft.parts[path].name}>", summary))
        before = self._body.children
        self.fields = {}
        text = self._text(draft, path)
        written = draft.attributes(path).items()
        self._body.children = [
            *([text.box] if text else []),
            *(self._attribute(name, value) for name, value in written),
        ]
        self._offer()
        for widget in before:
            controls.close(widget)

    def judge(self, problems: Iterable[tuple[str | None, Problem]]) -> None:
        """Show each problem below the field of its attribute, or else above all fields."""
        said: dict[str | None, list[Problem]] = {}
        for attribute, problem in problems:
            said.setdefault(attribute if attribute in self.fields else None, []).append(problem)
        for name, field in self.fields.items():
            _tell(field, said.get(name, []))
        _tell(self._message, said.get(None, []))

    def focus(self) -> None:
        """Put the cursor into the text, or else where an attribute is added."""
        if _TEXT in self.fields:
            controls.focus_when_shown(self.fields[_TEXT].first)
        else:
            self.choice.focus()

    @property
    def _row(self) -> ElementRow | None:
        """The row of the element in the vocabulary."""
        return vocabulary().elements.get(self._form.draft.parts[self._form.selected].name)

    @property
    def _free(self) -> dict[str, AttributeRow]:
        """The attributes that the element may have and does not have yet."""
        used = self._form.draft.attributes(self._form.selected)
        known = self._row.attributes.items() if self._row else ()
        return {name: row for name, row in known if name not in used and row.status != "removed"}

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

    def _attribute(self, name: str, value: str) -> controls.Widget:
        row = self._row.attributes.get(name) if self._row else None
        field = attribute_field(name, value, row, language=self._language())
        self._connect(name, field, lambda draft, path, text: draft.with_attribute(path, name, text))
        remove = controls.button(f"Remove {name}", lambda: self._remove(name))
        return controls.stack(field.box, controls.row(remove), gap="2px")

    def _connect(self, name: str, field: Field, edit: Callable[[Draft, Path, str], Draft]) -> Field:
        """Let *field* call *edit* with the draft when its value changes."""

        def edit_draft() -> None:
            try:
                self._form.replace_draft(edit(self._form.draft, self._form.selected, field.value))
            except TwilioMagicError as error:
                said = sentences(str(error), error.hint, "The document is as it was before")
                field.complain(said)

        controls.count_views(field.first)
        self.fields[name] = field
        field.on_change(edit_draft)
        return field

    def _language(self) -> str:
        """Return the language that the element speaks."""
        row = self._row.attributes.get("language") if self._row else None
        default = str(row.default) if row else ""
        return self._form.draft.attributes(self._form.selected).get("language", default)

    def _offer(self) -> None:
        """Offer the attributes that the element does not have yet."""
        free = tuple(self._free)
        self.choice.value = ""
        self.choice.options = free
        self._describe()
        controls.set_visible(self._adder, bool(free))

    def _describe(self) -> None:
        """Describe the attribute whose name is typed, or list those that there are."""
        free = self._free
        row = free.get(self.choice.value.strip())
        self._adding.complain(
            row.summary if row else f"It may have: {', '.join(free)}.", level="advice"
        )

    def _add(self) -> None:
        name = self.choice.value.strip()
        row = self._free.get(name)
        if row is None:
            said = f"There is no attribute {name!r} to add." if name else "Say which one."
            self._adding.complain(said)
            return
        draft = self._form.draft.with_attribute(self._form.selected, name, initial_value(row))
        self._rebuild(draft)
        controls.focus_when_shown(self.fields[name].first)

    def _remove(self, name: str) -> None:
        self._rebuild(self._form.draft.without_attribute(self._form.selected, name))
        self.choice.focus()

    def _rebuild(self, draft: Draft) -> None:
        """Replace the draft by *draft*, in which the element has other attributes, and make new fields."""
        self._form.draft = draft
        self.show()
        self._form.replace_draft(draft)


def _tell(field: Field, problems: list[Problem]) -> None:
    """Show *problems* below *field*, in the color of the worst of them."""
    field.clear()
    if problems:
        levels = {problem.level for problem in problems}
        level = next(level for level in ("error", "warning", "advice") if level in levels)
        text = sentences(*(part for each in problems for part in (each.message, each.hint)))
        field.complain(text, level=level)
