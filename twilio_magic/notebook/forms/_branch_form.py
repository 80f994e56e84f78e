"""``branch_form()``: a key to take beside each Gather of a call, and the calls that come of it side by side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from ...display import count_of, to_html, visible_line
from ...errors import TwilioMagicError
from ...timeline import clock
from ...views import note, title
from ..branches import tell_difference
from . import _controls as controls
from ._field import Field, sentences
from ._form import Form

if TYPE_CHECKING:
    from ...api import Call
    from ...timeline import Event

_KEYS = (*"1234567890", "*", "#")
_LONGEST = 80


class BranchForm(Form):
    """A form for the other futures of *call*. *branches* has those that were taken, in order."""

    name: ClassVar[str] = "Other ways in this call"

    def __init__(self, call: Call) -> None:
        self.call = call
        self.branches: list[Call] = []
        self.fields: list[Field] = []
        self.buttons: list[controls.Widget] = []
        self._status = controls.html_box()
        self._cards = controls.columns(controls.card_box(to_html(call)), width=360)
        gathers = [event for event in call.timeline if event.kind == "gathering"]
        rows = [self._row(place, gather) for place, gather in enumerate(gathers, 1)]
        none = () if rows else (controls.caption("The call has no Gather."),)
        super().__init__(
            controls.html_box(title(self.name, "what was answered is not asked again")),
            *rows,
            *none,
            self._status,
            self._cards,
        )

    def take(self, gather: int, script: str) -> Call:
        """The call in which the caller does what *script* says at the Gather with this number; it is shown, too.

        A key stands for pressing it. Raises :class:`SimulatorError`, :class:`PastDiffers` and
        :class:`PhoneScriptError`.
        """
        phone = f"press {script}" if script and all(key in _KEYS for key in script) else script
        branch = self.call.fork(before=f"gather {gather}", phone=phone or None).wait()
        self.branches.append(branch)
        shown = note(tell_difference(self.call, branch)) + to_html(branch)
        self._cards.children = (*self._cards.children, controls.card_box(shown))
        return branch

    def _row(self, place: int, gather: Event) -> controls.Widget:
        field = Field(
            f"Key at gather {place}",
            controls.combobox(f"Key at gather {place}", _KEYS, placeholder="2, or: say 'yes'"),
        )
        take = controls.button("Take another key here", partial(self._take, place, field))
        self.fields.append(field)
        self.buttons.append(take)
        prompt = self._prompt(gather)
        return controls.stack(
            controls.caption(visible_line(f"gather {place}, {clock(gather.at)}: {prompt}")),
            controls.row(field.box, take, align="flex-end"),
            gap="2px",
        )

    def _prompt(self, gather: Event) -> str:
        """What the Gather says, or waits for."""
        place = self.call.timeline.index(gather)
        said = next((each for each in self.call.timeline[place + 1 :] if each.kind == "said"), None)
        words = said.data.get("words", "") if said is not None and said.at == gather.at else ""
        return f"“{words}”"[:_LONGEST] if words else gather.text

    def _take(self, place: int, field: Field) -> None:
        field.clear()
        controls.set_html(self._status, "")
        if not field.value.strip():
            field.complain("Give a key, or the steps of a phone's script.")
            return
        try:
            self.take(place, field.value.strip())
        except TwilioMagicError as error:
            controls.set_html(
                self._status,
                note(sentences(error.message, error.hint), level="error", excerpt=error.excerpt),
            )

    def _rows(self) -> list[tuple[str, str]]:
        return [("call", repr(self.call)), *(("branch", repr(each)) for each in self.branches)]

    def _parts(self) -> list[str]:
        return [to_html(each) for each in (self.call, *self.branches)]

    def __repr__(self) -> str:
        count = count_of(len(self.branches), "branch", "branches")
        return f"<BranchForm of {self.call.sid}, {count}>"
