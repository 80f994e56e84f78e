"""A labeled control with room for a message below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from ...display import sentence
from ...suggestions import Suggestion
from ...views import note
from . import _controls as controls

if TYPE_CHECKING:
    from ...errors import TwilioMagicError
    from ._controls import Widget


class Field:
    """A control, its *label*, and below it a hint, or instead of the hint what is wrong with the value.

    Every value is a string; the empty string is no value.
    """

    def __init__(self, label: str, control: Widget, *, hint: str = "") -> None:
        self.label = label
        self.control = control
        self.hint = hint
        self.said = ""
        self.message = controls.html_box()
        self.box = controls.stack(control, self.message, gap="2px")
        self.mend: Widget | None = None
        self._then: Callable[[], None] = lambda: None
        self.clear()

    @property
    def value(self) -> str:
        """The text that is typed or chosen."""
        return str(self.control.value or "")

    @value.setter
    def value(self, value: str) -> None:
        self.control.value = value

    def on_change(self, then: Callable[[], None]) -> None:
        """Call *then* when the value changes."""
        controls.on_change(self.control, then)

    def focus(self) -> None:
        """Put the cursor into the control."""
        controls.focus(self.control)

    @property
    def first(self) -> Widget:
        """The control that gets the cursor."""
        return self.control

    def clear(self) -> None:
        """Show the hint again: nothing is wrong."""
        self.complain(self.hint, level="advice")

    def complain(
        self,
        text: str,
        *,
        hint: str | None = None,
        level: str = "error",
        excerpt: Iterable[str] = (),
        mended: str | None = None,
    ) -> None:
        """Show what is wrong with the value, and what to do.

        Where *hint* suggests what was meant, and *mended* is the value with it, a button with the question writes it.
        """
        self.said = sentences(text, hint) if level != "advice" else ""
        shown: str | None = hint
        if isinstance(hint, Suggestion) and mended is not None:
            shown = hint.rest
            self.offer(hint.question, lambda: self._write(mended))
        elif self.mend is not None:
            controls.set_visible(self.mend, False)
        controls.set_html(self.message, note(sentences(text, shown), level=level, excerpt=excerpt))

    def refuse(self, error: TwilioMagicError, *, mended: str | None = None) -> None:
        """Show *error*; with an excerpt its message needs no place in words."""
        said = str(error)
        if error.excerpt:
            said = f"{error.code}: {error.message}" if error.code else error.message
        self.complain(said, hint=error.hint, excerpt=error.excerpt, mended=mended)

    def offer(self, question: str, then: Callable[[], None]) -> None:
        """Show below the message a button that asks *question*, and calls *then*."""
        self._then = then
        if self.mend is None:
            self.mend = controls.button(sentences(question), self._on_press)
            controls.reshape(self.mend, align_self="flex-start")
            self.box.children = (*self.box.children, self.mend)
        self.mend.description = sentences(question)
        controls.set_visible(self.mend, True)

    def _on_press(self) -> None:
        self._then()

    def _write(self, value: str) -> None:
        self.value = value
        self.focus()


class CheckboxField(Field):
    """A checkbox: the value is ``true``, or empty."""

    def __init__(self, label: str, *, hint: str = "") -> None:
        super().__init__(label, controls.checkbox(label), hint=hint)

    @property
    def value(self) -> str:
        """``true``, or empty."""
        return "true" if self.control.value else ""

    @value.setter
    def value(self, value: str) -> None:
        self.control.value = value == "true"


class CheckboxesField(Field):
    """A checkbox for each of *words*. The value has the checked ones, with blanks between them."""

    def __init__(
        self, label: str, words: Sequence[str], value: str = "", *, hint: str = ""
    ) -> None:
        chosen = value.split()
        self.boxes = {
            word: controls.checkbox(word, word in chosen)
            for word in dict.fromkeys([*words, *chosen])
        }
        body = controls.row(*self.boxes.values(), gap="0 16px")
        super().__init__(label, controls.stack(controls.caption(label), body, gap="0"), hint=hint)

    @property
    def value(self) -> str:
        """The words that are checked, in the order in which they are offered."""
        return " ".join(word for word, box in self.boxes.items() if box.value)

    @value.setter
    def value(self, value: str) -> None:
        for word, box in self.boxes.items():
            box.value = word in value.split()

    def on_change(self, then: Callable[[], None]) -> None:
        """Call *then* when a box is checked or unchecked."""
        for box in self.boxes.values():
            controls.on_change(box, then)

    @property
    def first(self) -> Widget:
        """The first box."""
        return next(iter(self.boxes.values()))


def find_meant(hint: str | None) -> str | None:
    """The value that *hint* suggests for the whole field, if it suggests one."""
    return hint.meant if isinstance(hint, Suggestion) else None


def sentences(*texts: str | None) -> str:
    """Join *texts* as sentences: each gets a full stop, and a capital letter unless it begins with a name."""
    return " ".join(sentence(text.strip()) for text in texts if text and text.strip())
