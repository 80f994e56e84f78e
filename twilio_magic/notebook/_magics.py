"""The class of the magics for IPython, and its settings. Each magic has a module of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from IPython.core.magic import (
    Magics,
    line_cell_magic,
    line_magic,
    magics_class,
    needs_local_scope,
    no_var_expand,
)
from traitlets import Bool, Int, observe

from ..errors import TwilioMagicError
from ._call import call_magic
from ._calls import calls_magic
from ._dialog import dialog_magic
from ._explore import explore_magic
from ._hangup import hangup_magic
from ._mount import mount_magic
from ._number import number_magic
from ._phone import phone_magic
from ._session import session
from ._twilio import settings_magic
from ._twiml import twiml_magic

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from ._magic import Magic


@magics_class
class TwilioMagics(Magics):
    """Every magic of this package, one method each. ``%config TwilioMagics`` lists the settings."""

    tracebacks = Bool(
        False, help="Show Python's traceback for errors, instead of a short box."
    ).tag(config=True)
    max_live_calls = Int(
        10,
        min=0,
        max=1000,
        help="How many live calls may be placed before the kernel is restarted.",
    ).tag(config=True)

    @no_var_expand
    @needs_local_scope
    @line_cell_magic
    def twiml(self, line: str, cell: str | None = None, local_ns: Any = None) -> Any:
        return self._use(twiml_magic, line, cell, local_ns)

    @no_var_expand
    @needs_local_scope
    @line_cell_magic
    def call(self, line: str, cell: str | None = None, local_ns: Any = None) -> Any:
        return self._use(call_magic, line, cell, local_ns)

    @no_var_expand
    @needs_local_scope
    @line_magic
    def calls(self, line: str, local_ns: Any = None) -> Any:
        return self._use(calls_magic, line, None, local_ns)

    @no_var_expand
    @needs_local_scope
    @line_cell_magic
    def dialog(self, line: str, cell: str | None = None, local_ns: Any = None) -> Any:
        return self._use(dialog_magic, line, cell, local_ns)

    @no_var_expand
    @needs_local_scope
    @line_magic
    def explore(self, line: str, local_ns: Any = None) -> Any:
        return self._use(explore_magic, line, None, local_ns)

    @no_var_expand
    @needs_local_scope
    @line_magic
    def hangup(self, line: str, local_ns: Any = None) -> Any:
        return self._use(hangup_magic, line, None, local_ns)

    @no_var_expand
    @needs_local_scope
    @line_magic
    def mount(self, line: str, local_ns: Any = None) -> Any:
        return self._use(mount_magic, line, None, local_ns)

    @no_var_expand
    @needs_local_scope
    @line_magic
    def number(self, line: str, local_ns: Any = None) -> Any:
        return self._use(number_magic, line, None, local_ns)

    @no_var_expand
    @needs_local_scope
    @line_cell_magic
    def phone(self, line: str, cell: str | None = None, local_ns: Any = None) -> Any:
        return self._use(phone_magic, line, cell, local_ns)

    @no_var_expand
    @needs_local_scope
    @line_magic
    def twilio(self, line: str, local_ns: Any = None) -> Any:
        return self._use(settings_magic, line, None, local_ns)

    def _use(
        self, magic: Magic, line: str, cell: str | None, local_ns: Mapping[str, Any] | None
    ) -> Any:
        shell = cast("InteractiveShell", self.shell)  # registered magics always have one
        return magic(line, cell, {**shell.user_ns, **(local_ns or {})}, shell)

    @observe("tracebacks")
    def _show_tracebacks(self, change: Mapping[str, Any]) -> None:
        TwilioMagicError.tracebacks = change["new"]

    @observe("max_live_calls")
    def _limit_live_calls(self, change: Mapping[str, Any]) -> None:
        session().max_live_calls = change["new"]


#: Every magic by its name without percent signs.
MAGICS: Mapping[str, Magic] = {
    "call": call_magic,
    "calls": calls_magic,
    "dialog": dialog_magic,
    "explore": explore_magic,
    "hangup": hangup_magic,
    "mount": mount_magic,
    "number": number_magic,
    "phone": phone_magic,
    "twilio": settings_magic,
    "twiml": twiml_magic,
}

for _name, _magic in MAGICS.items():
    getattr(TwilioMagics, _name).__doc__ = _magic.docstring
