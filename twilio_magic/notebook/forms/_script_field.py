"""The field for a phone's script: checked while it is typed, with ready-made ones."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ...errors import PhoneScriptError
from ...records import dataclass
from ...suggestions import Suggestion
from . import _controls as controls
from ._field import Field

if TYPE_CHECKING:
    from ._controls import Widget


@dataclass(frozen=True, slots=True)
class Behavior:
    """A ready-made *script*, and the *name* of its button."""

    name: str
    script: str


BEHAVIORS = (
    Behavior("Answers and listens", "ring 2; answer"),
    Behavior("Presses 1 when asked", 'answer; hear "press 1"; press 1'),
    Behavior("Types digits and #", "answer; press 1234#"),
    Behavior("Speaks", 'answer; say "sales, please"'),
    Behavior("Hangs up in mid-prompt", "answer; wait 1; hang up"),
    Behavior("Is busy", "busy"),
    Behavior("Does not answer", "no answer"),
    Behavior("Declines the call", "ring 3; reject"),
    Behavior("Cannot be reached", "fail"),
    Behavior("Voicemail with a beep", 'machine "Hello, please leave a message after the beep."'),
    Behavior("Voicemail without a beep", 'machine "Nobody is here. Call again." no beep'),
    Behavior("Is a fax", "fax"),
)


class ScriptField(Field):
    """The script as text; *picker* has buttons that write a ready-made one."""

    def __init__(self, label: str, *, hint: str = "") -> None:
        control = controls.text_area(label, rows=2, placeholder=BEHAVIORS[0].script)
        super().__init__(label, control, hint=hint)
        self.on_change(self._on_change)

    @cached_property
    def picker(self) -> Widget:
        """A button for each of the ready-made behaviors."""
        return controls.row(*(self._button(each) for each in BEHAVIORS))

    def check(self) -> bool:
        """Return whether the script is valid; if not, the field points at the step."""
        from ...simulation import script

        self.clear()
        try:
            script(self.value)
        except PhoneScriptError as error:
            self.refuse(error, mended=self._mend_step(error))
            return False
        return True

    def _mend_step(self, error: PhoneScriptError) -> str | None:
        """The script with the step that was meant, if the error suggests one."""
        hint = error.hint
        if not isinstance(hint, Suggestion) or not hint.wrong:
            return None
        before = sum(len(line) for line in self.value.splitlines(keepends=True)[: error.line - 1])
        start = before + error.column - 1
        return self.value[:start] + hint.meant + self.value[start + len(hint.wrong) :]

    def _on_change(self) -> None:
        self.check()

    def _button(self, behavior: Behavior) -> Widget:
        def write() -> None:
            self.value = behavior.script

        return controls.button(behavior.name, write, tooltip=behavior.script)
