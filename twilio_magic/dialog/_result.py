"""What became of a dialog, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, ClassVar, Literal

from ..display import Shown, count_of, visible_line
from ..records import dataclass

if TYPE_CHECKING:
    from ..api import Call
    from ..errors import TwilioMagicError
    from ..simulation import Simulator
    from ._dialog import Dialog

#: What became of a line: it came true, or did not; it was not come to; or there was no need of it any more.
Mark = Literal["✓", "✗", "·", "–"]


@dataclass(frozen=True, slots=True)
class LineResult:
    """What became of the line with this *number*: its *mark*, the moment *at* which, and what is *told* of it.

    The moment is in seconds since the dialog began; ``None`` for what was not done, and for what is checked in the end.
    *party* is the address of who does it, in the call of its phone with this *call_number*. *heard* is what was heard
    where something else was to be.
    """

    number: int
    text: str
    mark: Mark
    party: str
    at: float | None = None
    told: str = ""
    heard: str | None = None
    call_number: int = 1

    def __str__(self) -> str:
        return visible_line(f"{self.mark} {self.text}")


@dataclass
class DialogResult(Shown):
    """What became of *dialog*: whether it *passed*, its *lines*, the *call* that it was, and a *report* in one screen.

    *error* is what kept it from being run. The calls were over at the moment *ended_at* of the world. *is_in_own_world*
    says that the world was made for it, in which only what the dialog names is mounted.
    """

    view: ClassVar[str] = "twilio_magic.views.dialog:bundle"

    dialog: Dialog
    simulator: Simulator = field(repr=False)
    lines: list[LineResult] = field(default_factory=list, repr=False)
    call: Call | None = None
    calls: list[Call] = field(default_factory=list, repr=False)
    error: TwilioMagicError | None = None
    ended_at: float = field(default=0.0, repr=False)
    is_in_own_world: bool = field(default=False, repr=False)

    @property
    def passed(self) -> bool:
        """Whether every line came true."""
        return self.error is None and self.failure is None

    @property
    def failure(self) -> LineResult | None:
        """The first line that did not come true; ``None`` if there is none."""
        failed = [line for line in self.lines if line.mark == "✗"]
        return min(
            failed, key=lambda line: (line.at is None, line.at or 0.0, line.number), default=None
        )

    def name_of(self, address: str) -> str:
        """How the party at *address* is shown: with the name of its phone, where it has one."""
        name = self.simulator.phones.names.get(address, "")
        return f"{name} {address}".lstrip()

    def with_headings(self, lines: Sequence[LineResult]) -> Iterator[tuple[str, LineResult]]:
        """Each of *lines* with what stands above it: its party, and which call of that it is; empty if those go on."""
        is_alone = len({(line.party, line.call_number) for line in self.lines}) < 2
        before: tuple[str, int] | None = None
        for line in lines:
            now = line.party, line.call_number
            call = f", call {line.call_number}" if line.call_number > 1 else ""
            yield "" if is_alone or now == before else f"{self.name_of(line.party)}{call}", line
            before = now

    @property
    def report(self) -> str:
        """What became of it in one screen: its lines, what was heard instead, what Twilio logged, and why."""
        from ._report import write_report

        return write_report(self)

    def __repr__(self) -> str:
        return self.report


class DialogResults(list[DialogResult], Shown):
    """What became of several dialogs, in order. It is a list; shown, it has the conversation of each."""

    view: ClassVar[str] = "twilio_magic.views.dialog:bundle_of_several"

    @property
    def passed(self) -> bool:
        """Whether all passed."""
        return all(result.passed for result in self)

    @property
    def failures(self) -> Sequence[DialogResult]:
        """Those that did not pass."""
        return [result for result in self if not result.passed]

    @property
    def summary(self) -> str:
        """How many there are, and how many failed."""
        return f"{count_of(len(self), 'dialog')}, {len(self.failures)} failed"

    def __repr__(self) -> str:
        return "\n\n".join([*(result.report for result in self), self.summary])
