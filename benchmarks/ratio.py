"""What a measurement says: how many times as long as something else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ratio:
    """*ours* against *theirs*, both in seconds, measured within one run; *aim* is the largest ratio that we want."""

    name: str
    ours: float
    theirs: float
    aim: float | None = None
    note: str = ""

    @property
    def value(self) -> float:
        """How many times as long ours takes."""
        return self.ours / self.theirs

    @property
    def is_within_aim(self) -> bool:
        """Whether the aim is met; where there is none, it is."""
        return self.aim is None or self.value <= self.aim
