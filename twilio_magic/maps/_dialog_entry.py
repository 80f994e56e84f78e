"""Where callers enter an IVR as a dialog does: its application, its numbers and its date."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from ..dialog import Dialog, dialogs, place_call_alone
from ..records import dataclass
from ..simulation import Simulator, copy_without_calls
from ._entry import Entry

if TYPE_CHECKING:
    from ..api import Call
    from ..simulation import Person

_KEPT = ("number", "app", "date")


@dataclass(frozen=True)
class DialogEntry(Entry):
    """Callers enter as the first party of *dialog* does, in a copy of *world*, or in a new one."""

    dialog: Dialog
    world: Simulator | None = field(default=None, repr=False)

    @property
    def name(self) -> str:  # type: ignore[override]
        """What the dialog calls its application."""
        return str(self.dialog.text.header("app", ""))

    @property
    def givens(self) -> tuple[str, ...]:  # type: ignore[override]
        """What the dialog gives that is part of its application."""
        return tuple(
            each.place.whole.strip() for each in self.dialog.text.givens if each.kind in _KEPT
        )

    @property
    def is_outbound(self) -> bool:
        """Whether the account calls them."""
        return bool(self.dialog.text.header("direction") == "outbound")

    def make_world(self) -> Simulator:
        if self.world is not None:
            return copy_without_calls(self.world)
        return Simulator(self.dialog.text.header("seed", 0), network=False)

    def place_call(self, simulator: Simulator, caller: Person) -> Call:
        return place_call_alone(self.dialog, simulator, caller)


def entry_of_call(start: str, world: Simulator) -> DialogEntry:
    """Where a call entered that began as *start* says, the beginning of a dialog, in *world*."""
    [dialog] = dialogs(f"{start}\n  wait 1\n")
    return DialogEntry(dialog, world)
