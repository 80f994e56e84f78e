"""Timing two things side by side: the time of the processor, the least of many, whatever else the machine does."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from time import process_time

#: Whether this run is a short one.
QUICK = ContextVar("QUICK", default=False)


def rounds(usual: int) -> int:
    """How often to repeat what is usually repeated *usual* times."""
    return max(3, usual // 10) if QUICK.get() else usual


def side_by_side(
    ours: Callable[[], object], theirs: Callable[[], object], repeat: int
) -> tuple[float, float]:
    """The least seconds of *ours* and of *theirs*, run in turns *repeat* times after one turn to warm up."""
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(rounds(repeat) + 1)][1:]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def seconds(act: Callable[[], object]) -> float:
    """How long the processor is busy with *act*, once."""
    begin = process_time()
    act()
    return process_time() - begin
