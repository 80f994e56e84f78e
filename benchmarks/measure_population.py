"""Many callers through five webhooks: the time of two processes and of one, and memory, which does not grow."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import twilio_magic as tm

from .measure_ivr import ivr
from .ratio import Ratio
from .timing import QUICK

_HOST = "https://ivr.example.com"
_TO, _FROM = "+12125551234", "+14155550100"
_APP = ivr()
_SIZES = (2_000, 10_000)
_PEAK = """
import resource, sys
from benchmarks.measure_population import simulate
print(simulate(int(sys.argv[1]), 1).measured.per_core_second)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def scenario(seed: int) -> tm.Call:
    """A caller who presses a key at each of four menus."""
    simulator = tm.Simulator(seed, network=False)
    simulator.mount(_HOST, _APP)
    simulator.numbers[_TO].voice_url = f"{_HOST}/step"
    return simulator.receive(_FROM, _TO, phone="repeat 4\n  hear 'press a key'\n  press 1")


def simulate(callers: int, processes: int) -> tm.Population:
    """So many callers; all must pass."""
    found = tm.simulate(scenario, callers, processes=processes, progress=False)
    assert found.passed, found  # noqa: S101 - what fails is not measured
    return found


def measure() -> Iterator[Ratio]:
    """Processor time a caller in two processes and in one; the most memory of one, at two sizes."""
    sizes = tuple(size // 20 for size in _SIZES) if QUICK.get() else _SIZES
    one, two = simulate(sizes[0], 1), simulate(sizes[0], 2)
    each = one.measured.busy / one.callers
    yield Ratio(
        "a caller through five webhooks: 2 processes / 1",
        two.measured.busy / two.callers,
        each,
        aim=1.3,
        note=f"{1 / each:,.0f} callers in a second of a processor",
    )
    small, large = (_peak(size) for size in sizes)
    yield Ratio(
        f"memory of {sizes[1]:,} callers / of {sizes[0]:,}",
        large,
        small,
        aim=1.1,
        note=f"{small / 1e6:,.0f} MB and {large / 1e6:,.0f} MB at most",
        unit="bytes",
    )


def _peak(callers: int) -> float:
    """The most bytes of memory that a process had which simulated so many callers."""
    command = [sys.executable, "-c", _PEAK, str(callers)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own
    return float(told.splitlines()[1]) * 1024
