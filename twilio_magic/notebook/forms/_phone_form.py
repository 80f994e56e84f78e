"""``phone_form()``: the scripts of the simulator's phones."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...display import count_of
from ...endpoints import phone_address
from ...errors import TwilioMagicError
from ...simulation import Script
from ...views import copyable, note, still_code, title
from .._next_cell import write_to_next_cell
from .._session import session
from . import _controls as controls
from ._field import Field, find_meant, sentences
from ._form import Form
from ._script_field import ScriptField

if TYPE_CHECKING:
    from ...simulation import Person, Routine

_NUMBER_HINT = (
    "A number in E.164 form, client:NAME or sip:USER@HOST; +1310* is every number that begins so."
)


class PhoneForm(Form):
    """A form for the script of a number, and a list of the phones that have one. *text* is the same as ``%phone``."""

    name: ClassVar[str] = "Phones of the simulator"

    def __init__(self) -> None:
        self.text = ""
        self._shown: dict[str, Script | Routine | Person] | None = None
        world = session().simulator
        known = [*world.caller_ids, *world.phones]
        self.number = Field(
            "Number",
            controls.combobox("Number", known, known[0] if known else "", placeholder="+1…"),
            hint=_NUMBER_HINT,
        )
        self.script = ScriptField(
            "Script", hint="Steps are separated by ; or stand on lines of their own."
        )
        self.give = controls.button("Give the phone this script", self._give, kind="primary")
        self.copy = controls.button("Copy to a cell", self._copy)
        self.buttons: dict[str, tuple[controls.Widget, controls.Widget]] = {}
        self._code = controls.html_box()
        self._status = controls.html_box()
        self._phones = controls.stack(gap="6px")
        super().__init__(*self._layout())
        for field in (self.number, self.script):
            field.on_change(self._on_change)
        self.refresh()
        self._on_change()

    def refresh(self) -> None:
        """List the phones as they are now."""
        phones = dict(session().simulator.phones)
        if phones != self._shown:
            self._shown = phones
            self._list()

    def _layout(self) -> tuple[controls.Widget, ...]:
        return (
            controls.html_box(title(self.name, "what each does when it is called")),
            controls.columns(self.number.box),
            controls.stack(controls.caption("What it does"), self.script.picker, gap="2px"),
            self.script.box,
            self._code,
            controls.row(self.give, self.copy),
            self._status,
            self._phones,
        )

    def _on_change(self) -> None:
        controls.set_html(self._status, "")
        is_sound = self._is_sound()
        number, script = self.number.value.strip(), self.script.value.strip()
        self.text = _cell(number, script) if is_sound and number and script else ""
        controls.set_html(
            self._code, copyable(self.text, "The same as a magic") if self.text else ""
        )

    def _is_sound(self) -> bool:
        """Return whether number and script are valid; their fields show what is wrong."""
        self.number.clear()
        try:
            if self.number.value.strip():
                phone_address(self.number.value.strip())
        except TwilioMagicError as error:
            self.number.refuse(error, mended=find_meant(error.hint))
        return self.script.check() and not self.number.said

    def _is_complete(self) -> bool:
        is_sound = self._is_sound()
        if not self.number.value.strip():
            self.number.complain("Whose phone is it?")
        if not self.script.value.strip():
            self.script.complain("Say what the phone does: a button above writes a script.")
        return is_sound and bool(self.text)

    def _give(self) -> None:
        if not self._is_complete():
            return
        number = phone_address(self.number.value.strip())
        session().simulator.phones[number] = self.script.value.strip()
        self.refresh()
        self._tell(f"{number} does this from its next call on.")

    def _copy(self) -> None:
        if self._is_complete():
            self._tell(write_to_next_cell(self.text))

    def _edit(self, number: str) -> None:
        self.number.value, self.script.value = number, str((self._shown or {})[number])
        self.script.focus()

    def _remove(self, number: str) -> None:
        session().simulator.phones.pop(number, None)
        self.refresh()
        self._tell(
            f"{number} answers after two seconds and listens, as every phone without a script."
        )
        self.number.focus()

    def _list(self) -> None:
        before = self._phones.children
        self.buttons = {}
        rows = [self._row(number, script) for number, script in (self._shown or {}).items()]
        head = "Phones with scripts" if rows else "No phone has a script yet."
        self._phones.children = (controls.html_box(title(head) if rows else note(head)), *rows)
        for widget in before:
            controls.close(widget)

    def _row(self, number: str, script: Script | Routine | Person) -> controls.Widget:
        edit = controls.button(f"Edit {number}", lambda: self._edit(number))
        controls.set_visible(
            edit, isinstance(script, Script)
        )  # a function is edited where it is written
        remove = controls.button(f"Remove {number}", lambda: self._remove(number))
        self.buttons[number] = edit, remove
        shown = controls.html_box(still_code(f"{number}: {script}"))
        return controls.stack(shown, controls.row(edit, remove), gap="2px")

    def _tell(self, text: str) -> None:
        controls.set_html(self._status, note(sentences(text)))

    def _rows(self) -> list[tuple[str, str]]:
        shown = [(number, str(script)) for number, script in (self._shown or {}).items()]
        return shown or [("Phones with scripts", "none")]

    def __repr__(self) -> str:
        return f"<PhoneForm: {count_of(len(self._shown or ()), 'phone')} with a script>"


def _cell(number: str, script: str) -> str:
    """Write the magic that gives *number* its *script*."""
    if "\n" not in script:
        return f"%phone {number}: {script}"
    first, *others = (line.strip() for line in script.splitlines())
    return "\n  ".join([f"%%phone\n{number}: {first}", *others])
