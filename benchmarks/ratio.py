"""What a measurement says: how many times as long, or as large, as something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["seconds", "bytes"]


@dataclass(frozen=True, slots=True)
class Ratio:
    """*ours* against *theirs*, measured in the same run, or against a budget; *aim* is the largest ratio wanted."""

    name: str
    ours: float
    theirs: float
    aim: float | None = None
    note: str = ""
    unit: Unit = "seconds"

    @property
    def value(self) -> float:
        """How many times as long ours takes."""
        return self.ours / self.theirs

    @property
    def is_within_aim(self) -> bool:
        """Whether the aim is met; where there is none, it is."""
        return self.aim is None or self.value <= self.aim
