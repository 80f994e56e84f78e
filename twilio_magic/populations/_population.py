"""What became of a population of callers: figures that can be added, and the first callers that failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any, ClassVar

from ..display import Shown, visible_line
from ..records import dataclass
from ._histogram import Histogram
from ._measured import Measured
from ._requests import WebhookTable

if TYPE_CHECKING:
    from ..api import Call

#: How many failed callers are told of, with all that happened to them.
KEPT_FAILURES = 5


@dataclass(frozen=True, slots=True)
class CallerFailure:
    """A caller that failed: its *number* among all, counted from 0, and the *seed* with which it happens again.

    *scenario* names what it did, *reason* says in a line why it failed; *text* is the timeline of its calls, the report
    of its dialog, or the traceback of the exception that its scenario raised.
    """

    number: int
    seed: int
    scenario: str
    reason: str
    text: str

    def __str__(self) -> str:
        return visible_line(f"caller {self.number} (seed {self.seed}): {self.reason}")

    def to_dict(self) -> dict[str, Any]:
        """The failure as data for JSON."""
        return {
            "caller": self.number,
            "seed": self.seed,
            "scenario": self.scenario,
            "reason": self.reason,
            "text": self.text,
        }


@dataclass
class Population(Shown):
    """What became of many *callers*, as :func:`simulate` gives it. Two that are added are one.

    *failed* is how many callers failed: their scenario raised an exception, their dialog did not come true, or Twilio
    logged an error in one of their calls. *outcomes* counts the final statuses of the *calls*, and the exceptions of
    scenarios. *codes* counts what Twilio logged by its error codes, *durations* has the seconds that completed calls
    lasted, *webhooks* the requests by address, *failures* the first of the callers that failed.
    *note* says why there was one process only, where there could have been more.

    All of it is the same in each run with the same seed. What is not stands in *measured*: real time.
    """

    view: ClassVar[str] = "twilio_magic.views.population:bundle"

    callers: int = 0
    calls: int = 0
    failed: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    codes: Counter[int] = field(default_factory=Counter)
    scenarios: Counter[str] = field(default_factory=Counter)
    durations: Histogram = field(default_factory=Histogram)
    webhooks: WebhookTable = field(default_factory=WebhookTable)
    failures: list[CallerFailure] = field(default_factory=list)
    kept_failures: int = KEPT_FAILURES
    note: str = field(default="", compare=False)
    measured: Measured = field(default_factory=Measured, compare=False)

    def __post_init__(self) -> None:
        self.measured.population = self

    @property
    def passed(self) -> bool:
        """Whether no caller failed."""
        return self.failed == 0

    def add_call(self, call: Call, codes: Iterable[int]) -> None:
        """Count *call*, which is over, and the error *codes* that Twilio logged in it."""
        self.calls += 1
        self.outcomes[call.status] += 1
        if call.duration is not None:
            self.durations.add(float(call.duration))
        self.codes.update(codes)
        for exchange in call.webhooks:
            self.webhooks.add(exchange)

    def add_failure(self, failure: CallerFailure) -> None:
        """Count a caller that failed; the first ones are kept."""
        self.failed += 1
        self.failures = self._first([*self.failures, failure], self.kept_failures)

    def to_dict(self) -> dict[str, Any]:
        """The figures as data for JSON: the same in each run, but for what stands below ``measured``."""
        from ._as_data import to_data

        return to_data(self)

    @staticmethod
    def _first(failures: Sequence[CallerFailure], most: int) -> list[CallerFailure]:
        return sorted(failures, key=lambda failure: failure.number)[:most]

    def __add__(self, other: Population) -> Population:
        kept = min(self.kept_failures, other.kept_failures)
        return Population(
            callers=self.callers + other.callers,
            calls=self.calls + other.calls,
            failed=self.failed + other.failed,
            outcomes=self.outcomes + other.outcomes,
            codes=self.codes + other.codes,
            scenarios=self.scenarios + other.scenarios,
            durations=self.durations + other.durations,
            webhooks=self.webhooks.merge(other.webhooks),
            failures=self._first([*self.failures, *other.failures], kept),
            kept_failures=kept,
            note=self.note or other.note,
            measured=self.measured + other.measured,
        )

    def __repr__(self) -> str:
        from ._as_text import describe_population

        return describe_population(self)
