"""``simulate()``: many callers, in as many processes as there are processors."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from ..display import visible_line
from ..errors import SimulatorError
from ..records import dataclass
from ._importable import NotImportable, pickle_importable
from ._population import KEPT_FAILURES, Population
from ._processes import simulate_in_processes
from ._progress import Progress, show_progress
from ._scenario import GivenScenarios, find_scenarios

if TYPE_CHECKING:
    from ._scenario import Scenario

_MOST_IN_PART = 200  # callers
_PARTS = 20  # of each process, so that none of them waits long for the last one
_MOST_PROCESSES = 1024
_OWN_FILE = "Write it into a file with %%writefile scenario.py, and import it from there."


def simulate(
    scenario: GivenScenarios,
    callers: int = 10_000,
    *,
    processes: int | None = None,
    seed: int = 0,
    first: int = 0,
    failures: int = KEPT_FAILURES,
    progress: Progress | bool = True,
) -> Population:
    """Simulate many *callers*, each in a world of its own, and return what became of them.

    *scenario* is what a caller does: a function that takes the seed of the caller, makes a world of it, places a call
    and returns the call; it need not wait for its end::

        def scenario(seed):
            simulator = tm.Simulator(seed, network=False)
            simulator.mount("https://ivr.example.com", app)
            simulator.numbers["+12125551234"].voice_url = "https://ivr.example.com/voice"
            return simulator.receive("+14155550100", "+12125551234", phone="one of: press 1; press 2")

    A function whose parameter is called ``simulator`` is given such a world, and may return nothing. A scenario may
    return several calls. It may also be a dialog, the path of a ``.dialog`` file, the name of a function,
    ``"module:function"``, or several of these: in a list, or with the weight of each, ``{first: 3, second: 1}``.

    The seed of each caller depends on *seed* and its number alone. So the result is the same for any number of
    *processes*, as long as callers share nothing. Without *processes* there is one for each processor, or a single one
    if another process cannot import the scenario, because it is defined in a notebook. An exception in a scenario is
    the failure of that caller; the first *failures* callers that failed are told of. A progress bar is shown where a
    person watches; *progress* may be a function, which is told how many callers are done and how many there are, or
    ``False``.

    Results can be added: callers 5,000 to 9,999, ``simulate(scenario, 5000, first=5000)``, may be simulated elsewhere.

    Raises :class:`SimulatorError` for what is no scenario, and where a process ends before its callers have.
    """
    _refuse_counts(callers=callers, first=first, failures=failures)
    scenarios = find_scenarios(scenario)
    work = _Work(scenarios, seed, failures)
    began = perf_counter()
    payload, count, note = _plan(work, callers, processes)
    parts = _parts(first, callers, count)
    here = (work(part) for part in parts)
    made = simulate_in_processes(payload, parts, count) if payload else here
    found = Population(kept_failures=failures)
    with closing(made), show_progress(progress) as tell:
        tell(0, callers)
        for part in made:
            found += part
            tell(found.callers, callers)
    measured = found.measured
    measured.seconds, measured.processes = perf_counter() - began, count
    found.note = note
    found.webhooks = found.webhooks.sort()
    return found


@dataclass(frozen=True)
class _Work:
    """Simulates callers by their numbers, in whatever process."""

    scenarios: tuple[Scenario, ...]
    seed: int
    kept_failures: int

    def __call__(self, numbers: range) -> Population:
        from ._caller import simulate_caller

        found, began = Population(kept_failures=self.kept_failures), process_time()
        for number in numbers:
            simulate_caller(self.scenarios, self.seed, number, found)
        found.measured.busy = process_time() - began
        return found


def _refuse_counts(**counts: int) -> None:
    for name, count in counts.items():
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise SimulatorError(
                visible_line(f"{name} is {count!r}."), hint="It is a whole number from 0 on."
            )


def _plan(work: _Work, callers: int, processes: int | None) -> tuple[bytes, int, str]:
    """The work as other processes get it, how many there are, and why there is one only.

    The first is empty if no other process is needed.
    """
    if processes is not None and not 1 <= processes <= _MOST_PROCESSES:
        raise SimulatorError(
            visible_line(f"processes is {processes!r}."),
            hint=f"It is a number from 1 to {_MOST_PROCESSES}.",
        )
    if processes == 1 or callers < 2:
        return b"", 1, ""
    try:
        payload = pickle_importable(work)
    except NotImportable as reason:
        if processes is None:
            return b"", 1, visible_line(f"one process: {reason}")
        raise SimulatorError(
            f"Another process cannot have the scenario: {reason}.",
            hint=f"{_OWN_FILE} Or give processes=1.",
        ) from None
    count = min(processes or _processors(), callers)
    return (payload, count, "") if count > 1 else (b"", 1, "")


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _parts(begin: int, callers: int, processes: int) -> Iterator[range]:
    """The numbers of all callers in parts."""
    size = max(1, min(_MOST_IN_PART, callers // (processes * _PARTS)))
    end = begin + callers
    return (range(first, min(first + size, end)) for first in range(begin, end, size))
