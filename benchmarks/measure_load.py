"""What a person waits for in a fresh interpreter with a running IPython: ``%load_ext``, the first cell and a second."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from tempfile import TemporaryDirectory
from typing import Any

from .environment import environment
from .ratio import Ratio
from .timing import rounds

BUDGET = 0.030  # seconds that loading may add
HEAVY = ("lxml", "requests", "flask", "simpy", "ipywidgets", "anywidget", "phonenumbers")
_MILLI = 1e-3
#: What is done first and then again, and how many milliseconds each may take.
_STEPS = {"twiml": ("%%twiml", 70, 7), "call": ("%call", 100, 10), "form": ("call_form()", 70, 20)}


def measure() -> Iterator[Ratio]:
    """With all that is imported; and ``%load_ext`` must not import what is heavy."""
    with TemporaryDirectory() as cache:
        probes = {first: _probe_often(first, cache) for first in _STEPS}
    yield from _loading([probe for several in probes.values() for probe in several])
    for first, (name, budget, budget_again) in _STEPS.items():
        spent, again = _least(probes[first], "first"), _least(probes[first], "second")
        yield Ratio(f"first {name} / {budget} ms", spent, budget * _MILLI, aim=1)
        yield Ratio(f"second {name} / {budget_again} ms", again, budget_again * _MILLI, aim=1)


def _loading(probes: Sequence[dict[str, Any]]) -> Iterator[Ratio]:
    for probe in probes:
        _refuse_heavy(probe["loaded"])
    shell, load = _least(probes, "shell"), _least(probes, "load")
    yield Ratio(
        "IPython with %load_ext twilio_magic / bare IPython",
        shell + load,
        shell,
        note=f"no {', '.join(HEAVY)} imported",
    )
    yield Ratio("what %load_ext adds / its budget of 30 ms", load, BUDGET, aim=1)


def _probe_often(first: str, cache: str) -> Sequence[dict[str, Any]]:
    _probe(first, cache)  # which compiles the modules, as an installation does
    return [_probe(first, cache) for _ in range(rounds(15))]


def _probe(first: str, cache: str) -> dict[str, Any]:
    """What a fresh interpreter tells, which keeps compiled modules in *cache*."""
    command = [sys.executable, "-m", f"{__package__}.probe_load", first]
    told = subprocess.run(  # noqa: S603 - our own
        command, check=True, capture_output=True, text=True, env=environment(cache)
    ).stdout
    said: dict[str, Any] = json.loads(told.splitlines()[-1])
    return said


def _least(probes: Sequence[dict[str, Any]], step: str) -> float:
    """The least time of the processor that *step* took."""
    taken: list[float] = [probe[step] for probe in probes]
    return min(taken)


def _refuse_heavy(loaded: Sequence[str]) -> None:
    heavy = sorted(set(HEAVY) & set(loaded))
    if heavy:
        raise SystemExit(f"%load_ext imports what it must leave for later: {', '.join(heavy)}")
