"""What is wrong with an IVR, with the shortest way to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from typing import TYPE_CHECKING, ClassVar, Literal

from ..display import Shown, visible_line
from ..records import dataclass
from ._as_dialog import join_dialogs, path_to_dialog
from ._move import Path, describe_path

if TYPE_CHECKING:
    from ._entry import Entry

ProblemKind = Literal[
    "error",  # Twilio logs an error
    "loop",  # there is no way out
    "dead end",  # the call ends without a word
    "named key",  # a prompt names a key that leads nowhere
    "unnamed key",  # a key works that no prompt names
    "unreachable prompt",  # nobody can hear it
    "silence",  # who does nothing is hung up on
]
Level = Literal["error", "warning", "advice"]

_LEVELS: dict[ProblemKind, Level] = {
    "error": "error",
    "loop": "error",
    "dead end": "warning",
    "named key": "warning",
    "unreachable prompt": "warning",
    "unnamed key": "advice",
    "silence": "advice",
}


@dataclass(frozen=True)
class MapProblem:
    """One thing that is wrong with an IVR: its *kind*, a *message*, and the shortest *path* to it."""

    kind: ProblemKind
    message: str
    path: Path
    entry: Entry = field(repr=False, compare=False)

    @property
    def level(self) -> Level:
        """How bad it is: ``error``, ``warning``, or ``advice`` for what may be meant so."""
        return _LEVELS[self.kind]

    def to_dialog(self) -> str:
        """The text of a dialog that goes there: ``tm.dialogs(problem.to_dialog())`` reads it.

        Where the application was given as an object, the line ``# app:`` is to be filled in.
        """
        return path_to_dialog(self.path, self.entry, f"{self.kind}: {self.message}")

    def __str__(self) -> str:
        kind = "" if self.kind == self.level else f" ({self.kind})"
        return visible_line(f"{self.level}{kind}: {self.message} [{describe_path(self.path)}]")


class MapProblems(list[MapProblem], Shown):
    """Problems, the worst first. It is a list; shown, it has one line a problem."""

    view: ClassVar[str] = "twilio_magic.views.map:bundle_map_problems"

    def of_kind(self, *kinds: str) -> list[MapProblem]:
        """Those of these kinds."""
        return [each for each in self if each.kind in kinds]

    def to_dialogs(self) -> str:
        """The text of dialogs that go to each, one below the other."""
        return join_dialogs(each.to_dialog() for each in self)

    def __repr__(self) -> str:
        return "\n".join(map(str, self)) or "no problems"


def sort_problems(problems: Iterable[MapProblem]) -> MapProblems:
    """*problems*, the worst first, and among those the ones with the shortest paths."""
    order = ("error", "warning", "advice")
    return MapProblems(sorted(problems, key=lambda each: (order.index(each.level), len(each.path))))
