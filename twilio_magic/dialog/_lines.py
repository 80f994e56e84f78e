"""The lines of a dialog's parties, and what became of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..display import count_of
from ..records import dataclass
from ..timeline import clock
from ._result import LineResult, Mark

if TYPE_CHECKING:
    from ..scripts import PartyText, Step
    from ..simulation import ScriptRun
    from ._result import DialogResult

#: Steps that nobody misses when the call has ended before.
_NEEDLESS = ("wait", "hang up")


@dataclass(frozen=True, slots=True)
class Begun:
    """How the world stood when a dialog began: the moment, how many scripts had been played, and its calls, by sid."""

    at: float
    runs: int
    calls: frozenset[str] = frozenset()


def lines_of(result: DialogResult, begun: Begun) -> Iterator[LineResult]:
    """What became of each line of each party."""
    runs = result.simulator.phones.script_runs[begun.runs :]
    for party in result.dialog.text.parties:
        if party.script.nodes or party.call_number > 1:
            yield from _Party(party, result, runs, begun.at).lines()


class _Party:
    """The lines of *party*, which played its script in some of *runs*."""

    def __init__(
        self, party: PartyText, result: DialogResult, runs: Sequence[ScriptRun], began: float
    ) -> None:
        self._party, self._result, self._began = party, result, began
        own = [run for run in runs if run.script is party.script]
        self._run = max(own, key=lambda run: len(run.done), default=None)
        self._address = address_of(party, result)
        self._had = sum(run.address == self._address for run in runs)  # calls
        steps = self._run.chosen.steps if self._run else party.script.steps
        self._wanted: dict[int, list[Step]] = defaultdict(list)
        for step in steps:
            self._wanted[self._line(step)].append(step)
        self._done = Counter(step.start for step, _ in self._run.done) if self._run else Counter()
        self._at = {self._line(step): at for step, at in self._run.done} if self._run else {}
        self._broken = self._find_broken(steps)

    def lines(self) -> Iterator[LineResult]:
        """What became of each line, in order; of a later call that never came and has no lines, its head."""
        place = self._party.place
        if self._run is None and not self._wanted:
            yield self._tell(place.line, place.text, "✗", None, self._tell_missing())
        for number, text in enumerate(self._party.script.source.split("\n"), self._party.line):
            if text.strip() and not text.lstrip().startswith("#"):
                yield self._look_at(number, text.strip())

    def _look_at(self, number: int, text: str) -> LineResult:
        at = self._at.get(number)
        moment = None if at is None else round(at - self._began, 3)
        broken = self._broken
        if broken is not None and self._line(broken) == number:
            return self._tell_broken(number, text, broken)
        return self._tell(number, text, self._mark(number), moment)

    def _mark(self, number: int) -> Mark:
        steps = self._wanted.get(number, [])
        if not steps:
            return "·"
        wanted = Counter(step.start for step in steps)
        if all(self._done[start] >= count for start, count in wanted.items()):
            return "✓"
        is_needless = self._broken is None and all(step.action in _NEEDLESS for step in steps)
        return "–" if is_needless else "·"

    def _find_broken(self, steps: Sequence[Step]) -> Step | None:
        """The step that did not come true: the one that says so, or the first that the call did not come to."""
        run = self._run
        if run is None:
            return steps[0] if steps else None
        if run.failed is not None:
            return run.failed
        left = Counter(self._done)
        for step in steps:
            if left[step.start]:
                left[step.start] -= 1
            elif step.action not in _NEEDLESS:
                return step
        return None

    def _tell_broken(self, number: int, text: str, step: Step) -> LineResult:
        run = self._run
        if run is None:
            return self._tell(number, text, "✗", None, self._tell_missing())
        ended = self._end()
        at = None if ended is None else round(ended[0] - self._began, 3)
        if step.action == "not":
            return self._tell(number, text, "✗", at, "it was said", run.heard)
        why = f"the call ended at {clock(at)} {ended[1]}" if ended and at is not None else ""
        if run.failed is not None and run.current is None and step is run.failed:
            gave_up = ended is not None and ended[1] == f"by {self._address}"
            why = f"given up at {clock(at or 0.0)}" if gave_up else why
        heard = run.heard if run.failed is step else None
        return self._tell(number, text, "✗", at, why.strip(), heard)

    def _tell(
        self,
        number: int,
        text: str,
        mark: Mark,
        at: float | None,
        told: str = "",
        heard: str | None = None,
    ) -> LineResult:
        party = self._party
        return LineResult(number, text, mark, self._address, at, told, heard, party.call_number)

    def _tell_missing(self) -> str:
        """What is told if no call is the one that the party does this in."""
        name = self._result.name_of(self._address)
        if self._party.call_number == 1:
            return f"no call reached {name}"
        return f"this call never came: {name} had {count_of(self._had, 'call')}"

    def _end(self) -> tuple[float, str] | None:
        """When the party's call ended, in seconds since the world began, and how; ``None`` if it goes on."""
        run = self._run
        if run is None or run.ended is None:
            return None
        told = (
            event.text
            for call in self._result.calls
            for event in call.timeline
            if event.kind == "hung up" and event.leg == run.call_sid
        )
        return run.ended, next(told, "")

    def _line(self, step: Step) -> int:
        return self._party.line + self._party.script.source.count("\n", 0, step.start)


def address_of(party: PartyText, result: DialogResult) -> str:
    """The address of *party* in its call."""
    return result.dialog.text.address_of(party)
