"""All exercises, and how far a learner has come with each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ..display import Shown
from ..records import dataclass
from ._progress import Progress, Tries, describe_progress

if TYPE_CHECKING:
    from ._exercise import Exercise


@dataclass(frozen=True, slots=True, repr=False)
class ExerciseList(Shown):
    """Every exercise with its *notebook* and what is known of it, in the order of the notebooks."""

    view: ClassVar[str] = "twilio_magic.views.exercise:progress"

    rows: tuple[tuple[Exercise, str, Tries], ...]

    def __iter__(self) -> Iterator[tuple[Exercise, str, Tries]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def count(self, state: str) -> int:
        """How many exercises are in this *state*: ``done``, ``begun`` or ``open``."""
        return sum(tries.state == state for _, _, tries in self.rows)

    def to_text(self, learner: str = "") -> str:
        """The list as a text for a teacher: the learner's name, if it is given, and a line an exercise."""
        known = {exercise.name: tries for exercise, _, tries in self.rows}
        return describe_progress(known, learner)

    def save(self, path: str | Path, learner: str = "") -> Path:
        """Write :meth:`to_text` into a new file at *path*, for a teacher to collect; no file is overwritten."""
        file = Path(path)
        with file.open("x", encoding="utf-8") as opened:
            opened.write(self.to_text(learner))
        return file

    def __repr__(self) -> str:
        states = ", ".join(f"{self.count(state)} {state}" for state in ("done", "begun", "open"))
        return f"<exercises: {states}>"


def list_exercises(progress: Progress) -> ExerciseList:
    """All exercises with what *progress* knows of them."""
    from . import EXERCISES, NOTEBOOKS

    return ExerciseList(
        tuple((each, NOTEBOOKS[each.name], progress.of(each)) for each in EXERCISES.values())
    )
