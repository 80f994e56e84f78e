"""What was measured while callers were simulated: real time, which is different in each run."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any, ClassVar

from ..display import Shown, visible
from ..records import dataclass

if TYPE_CHECKING:
    from ._population import Population


@dataclass
class Measured(Shown):
    """How long it took: *seconds* of real time, and *busy* seconds of the processors in *processes* processes.

    Shown, it has how long each address took to answer.
    """

    view: ClassVar[str] = "twilio_magic.views.population:bundle_of_measured"

    seconds: float = 0.0
    busy: float = 0.0
    processes: int = 0
    population: Population | None = field(default=None, repr=False, compare=False)

    @property
    def per_second(self) -> float:
        """Callers in a second of real time."""
        return self._callers / self.seconds if self.seconds else 0.0

    @property
    def per_core_second(self) -> float:
        """Callers in a second of a processor."""
        return self._callers / self.busy if self.busy else 0.0

    @property
    def _callers(self) -> int:
        return self.population.callers if self.population else 0

    def to_dict(self) -> dict[str, Any]:
        """The figures as data for JSON."""
        webhooks = self.population.webhooks if self.population else {}
        return {
            "seconds": round(self.seconds, 3),
            "busy_seconds": round(self.busy, 3),
            "processes": self.processes,
            "callers_per_second": round(self.per_second, 1),
            "callers_per_core_second": round(self.per_core_second, 1),
            "webhooks": {name: row.elapsed.to_dict() for name, row in webhooks.items()},
        }

    def __add__(self, other: Measured) -> Measured:
        return Measured(
            self.seconds + other.seconds,
            self.busy + other.busy,
            max(self.processes, other.processes),
        )

    def __repr__(self) -> str:
        from ._as_text import measured_to_text

        return visible(measured_to_text(self))
