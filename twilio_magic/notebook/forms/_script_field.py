"""A phone's script, checked while it is typed, with ready-made ones to begin from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...errors import PhoneScriptError
from . import _controls as controls
from ._field import Field

if TYPE_CHECKING:
    from ._controls import Widget


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A *name* in words, and the *script* of a phone that behaves so."""

    name: str
    script: str


BEHAVIOURS = (
    Behaviour("Answers and listens", "ring 2; answer"),
    Behaviour("Presses 1 when asked", 'answer; hear "press 1"; press 1'),
    Behaviour("Types digits and #", "answer; press 1234#"),
    Behaviour("Speaks", 'answer; say "sales, please"'),
    Behaviour("Hangs up in mid-prompt", "answer; wait 1; hang up"),
    Behaviour("Is busy", "busy"),
    Behaviour("Does not answer", "no answer"),
    Behaviour("Declines the call", "ring 3; reject"),
    Behaviour("Cannot be reached", "fail"),
    Behaviour("Voicemail with a beep", 'machine "Hello, please leave a message after the beep."'),
    Behaviour("Voicemail without a beep", 'machine "Nobody is here. Call again." no beep'),
    Behaviour("Is a fax", "fax"),
)


class ScriptField(Field):
    """The script as text; *behaviours* are buttons, each of which writes its script."""

    def __init__(self, label: str, *, hint: str = "") -> None:
        control = controls.area(label, rows=3, placeholder=BEHAVIOURS[0].script)
        super().__init__(label, control, hint=hint)
        self.behaviours = {each.name: self._button(each) for each in BEHAVIOURS}
        self.picker = controls.row(*self.behaviours.values())
        self.on_change(self._checked)

    def check(self) -> bool:
        """Whether the script can be read; where it cannot, the message points at the step."""
        from ...simulation import script

        self.clear()
        try:
            script(self.value)
        except PhoneScriptError as error:
            self.refuse(error)
            return False
        return True

    def _checked(self) -> None:
        self.check()

    def _button(self, behaviour: Behaviour) -> Widget:
        def write() -> None:
            self.value = behaviour.script

        return controls.button(behaviour.name, write, tooltip=behaviour.script)
