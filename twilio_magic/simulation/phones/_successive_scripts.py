"""What a phone does in one call after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...records import dataclass

if TYPE_CHECKING:
    from ...scripts import Script


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class SuccessiveScripts:
    """One of the *scripts* for each call of a phone, in order, and the last one for all later calls.

    Nothing is counted in here: each world that has it, also a fork, counts its own calls.
    """

    scripts: tuple[Script, ...]

    def after(self, calls: int) -> Script:
        """The script of the call before which the phone had so many *calls*."""
        return self.scripts[min(calls, len(self.scripts) - 1)]
