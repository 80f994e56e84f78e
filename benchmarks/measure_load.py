"""What ``%load_ext twilio_magic`` costs in a fresh interpreter with a running IPython, and what it must not import."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from .ratio import Ratio
from .timing import rounds

BUDGET = 0.030  # seconds that loading may add
HEAVY = ("lxml", "requests", "flask", "simpy", "ipywidgets", "anywidget", "phonenumbers")


def measure() -> Iterator[Ratio]:
    probes = [_probe() for _ in range(rounds(15))]
    for probe in probes:
        _refuse_heavy(probe["loaded"])
    shell, load = _median(probes, "shell"), _median(probes, "load")
    yield Ratio(
        "IPython with %load_ext twilio_magic / bare IPython",
        shell + load,
        shell,
        note=f"no {', '.join(HEAVY)} imported",
    )
    yield Ratio("what %load_ext adds / its budget of 30 ms", load, BUDGET, aim=1)
    yield Ratio(
        "first %call, with all it imports / second %call",
        _median(probes, "first_call"),
        _median(probes, "second_call"),
    )


def _probe() -> dict[str, Any]:
    command = [sys.executable, "-m", f"{__package__}.probe_load"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own
    said: dict[str, Any] = json.loads(told)
    return said


def _median(probes: Sequence[dict[str, Any]], step: str) -> float:
    taken: list[float] = [probe[step] for probe in probes]
    return median(taken)


def _refuse_heavy(loaded: Sequence[str]) -> None:
    heavy = sorted(set(HEAVY) & set(loaded))
    if heavy:
        raise SystemExit(f"%load_ext imports what it must leave for later: {', '.join(heavy)}")
