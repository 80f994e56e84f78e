"""The magics. Each one translates its line and cell into a call of a function, and returns what that gives."""

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
from . import _call, _calls, _hangup, _mount, _phone, _twilio, _twiml
from ._session import session

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


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
        return _twiml.run(line, cell, self._names(local_ns), self._ipython)

    @no_var_expand
    @needs_local_scope
    @line_cell_magic
    def call(self, line: str, cell: str | None = None, local_ns: Any = None) -> Any:
        return _call.run(line, cell, self._names(local_ns), self._ipython)

    @no_var_expand
    @needs_local_scope
    @line_magic
    def calls(self, line: str, local_ns: Any = None) -> Any:
        return _calls.run(line, self._names(local_ns), self._ipython)

    @no_var_expand
    @needs_local_scope
    @line_magic
    def hangup(self, line: str, local_ns: Any = None) -> Any:
        return _hangup.run(line, self._names(local_ns))

    @no_var_expand
    @needs_local_scope
    @line_magic
    def mount(self, line: str, local_ns: Any = None) -> Any:
        return _mount.run(line, self._names(local_ns))

    @no_var_expand
    @needs_local_scope
    @line_cell_magic
    def phone(self, line: str, cell: str | None = None, local_ns: Any = None) -> Any:
        return _phone.run(line, cell, self._names(local_ns), self._ipython)

    @no_var_expand
    @needs_local_scope
    @line_magic
    def twilio(self, line: str, local_ns: Any = None) -> Any:
        return _twilio.run(line, self._names(local_ns), self._ipython)

    @property
    def _ipython(self) -> InteractiveShell:
        return cast("InteractiveShell", self.shell)  # registered magics always have one

    def _names(self, local_ns: Mapping[str, Any] | None) -> dict[str, Any]:
        return {**self._ipython.user_ns, **(local_ns or {})}

    @observe("tracebacks")
    def _show_tracebacks(self, change: Mapping[str, Any]) -> None:
        TwilioMagicError.tracebacks = change["new"]

    @observe("max_live_calls")
    def _limit_live_calls(self, change: Mapping[str, Any]) -> None:
        session().max_live_calls = change["new"]


#: How each magic's line is read: what Tab completes.
PARSERS = {
    "call": _call.parser,
    "calls": _calls.parser,
    "hangup": _hangup.parser,
    "mount": _mount.parser,
    "phone": _phone.parser,
    "twilio": _twilio.parser,
    "twiml": _twiml.parser,
}

TwilioMagics.twiml.__doc__ = _twiml.HELP
TwilioMagics.call.__doc__ = _call.HELP
TwilioMagics.calls.__doc__ = _calls.HELP
TwilioMagics.hangup.__doc__ = _hangup.HELP
TwilioMagics.mount.__doc__ = _mount.HELP
TwilioMagics.phone.__doc__ = _phone.HELP
TwilioMagics.twilio.__doc__ = _twilio.HELP
