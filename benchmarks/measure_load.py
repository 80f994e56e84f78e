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
#: What is done first after the warm-up, and how many milliseconds it may take.
_WARM_STEPS = {"twiml": 15, "call": 50}


def measure() -> Iterator[Ratio]:
    """With all that is imported; and ``%load_ext`` must not import what is heavy."""
    with TemporaryDirectory() as cache:
        probes = {first: _probe_often(cache, first) for first in _STEPS}
        warm = {first: _probe_often(cache, first, "warm") for first in _WARM_STEPS}
    yield from _loading([probe for several in probes.values() for probe in several])
    for first, (name, budget, budget_again) in _STEPS.items():
        spent, again = _least(probes[first], "first"), _least(probes[first], "second")
        yield Ratio(f"first {name} / {budget} ms", spent, budget * _MILLI, aim=1)
        yield Ratio(f"second {name} / {budget_again} ms", again, budget_again * _MILLI, aim=1)
    for first, most in _WARM_STEPS.items():
        spent = _least(warm[first], "first")
        name = f"first {_STEPS[first][0]} after the warm-up / {most} ms"
        yield Ratio(name, spent, most * _MILLI, aim=1)


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


def _probe_often(cache: str, *first: str) -> Sequence[dict[str, Any]]:
    _probe(cache, *first)  # which compiles the modules, as an installation does
    return [_probe(cache, *first) for _ in range(rounds(15))]


def _probe(cache: str, *first: str) -> dict[str, Any]:
    """What a fresh interpreter tells, which keeps compiled modules in *cache*."""
    command = [sys.executable, "-m", f"{__package__}.probe_load", *first]
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
