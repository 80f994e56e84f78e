"""The field for a phone's script: checked while it is typed, with ready-made ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...errors import PhoneScriptError
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
    """The script as text; *behaviors* are buttons that write a ready-made one."""

    def __init__(self, label: str, *, hint: str = "") -> None:
        control = controls.text_area(label, rows=2, placeholder=BEHAVIORS[0].script)
        super().__init__(label, control, hint=hint)
        self.behaviors = {each.name: self._button(each) for each in BEHAVIORS}
        self.picker = controls.row(*self.behaviors.values())
        self.on_change(self._on_change)

    def check(self) -> bool:
        """Return whether the script is valid; if not, the field points at the step."""
        from ...simulation import script

        self.clear()
        try:
            script(self.value)
        except PhoneScriptError as error:
            self.refuse(error)
            return False
        return True

    def _on_change(self) -> None:
        self.check()

    def _button(self, behavior: Behavior) -> Widget:
        def write() -> None:
            self.value = behavior.script

        return controls.button(behavior.name, write, tooltip=behavior.script)
