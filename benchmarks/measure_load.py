"""What ``%load_ext twilio_magic`` costs in a fresh interpreter with a running IPython, and what it must not import."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from tempfile import TemporaryDirectory
from typing import Any

from .ratio import Ratio
from .timing import rounds

BUDGET = 0.030  # seconds that loading may add
HEAVY = ("lxml", "requests", "flask", "simpy", "ipywidgets", "anywidget", "phonenumbers")


def measure() -> Iterator[Ratio]:
    with TemporaryDirectory() as cache:
        _probe(cache)  # which compiles the modules, as an installation does
        probes = [_probe(cache) for _ in range(rounds(15))]
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
    first, second = _least(probes, "first_call"), _least(probes, "second_call")
    yield Ratio("first %call, with all it imports / its budget of 100 ms", first, 0.1, aim=1)
    yield Ratio("second %call / its budget of 10 ms", second, 0.01, aim=1)


def _probe(cache: str) -> dict[str, Any]:
    """What a fresh interpreter tells, which keeps compiled modules in *cache*."""
    command = [sys.executable, "-m", f"{__package__}.probe_load"]
    told = subprocess.run(  # noqa: S603 - our own
        command, check=True, capture_output=True, text=True, env=_environment(cache)
    ).stdout
    said: dict[str, Any] = json.loads(told)
    return said


def _environment(cache: str) -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": cache}


def _least(probes: Sequence[dict[str, Any]], step: str) -> float:
    """The least time of the processor that *step* took."""
    taken: list[float] = [probe[step] for probe in probes]
    return min(taken)


def _refuse_heavy(loaded: Sequence[str]) -> None:
    heavy = sorted(set(HEAVY) & set(loaded))
    if heavy:
        raise SystemExit(f"%load_ext imports what it must leave for later: {', '.join(heavy)}")
