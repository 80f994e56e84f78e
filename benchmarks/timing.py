"""Timing two things side by side: the time of the processor, the least of many, whatever else the machine does."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import process_time

#: Whether this run is a short one.
QUICK = ContextVar("QUICK", default=False)
#: The folder of the peers that run, too, as far as they are installed.
PEERS: ContextVar[Path | None] = ContextVar("PEERS", default=None)


def rounds(usual: int) -> int:
    """How often to repeat what is usually repeated *usual* times."""
    return max(3, usual // 10) if QUICK.get() else usual


def side_by_side(
    ours: Callable[[], object], theirs: Callable[[], object], repeat: int
) -> tuple[float, float]:
    """The least seconds of *ours* and of *theirs*, run in turns *repeat* times after one turn to warm up."""
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(rounds(repeat) + 1)][1:]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def each_once(
    ours: Callable[[str], object], theirs: Callable[[str], object], texts: Sequence[str]
) -> tuple[float, float]:
    """The least seconds a text of *ours* and of *theirs*, each of which gets each of *texts* once, ten in turn."""
    pairs = [
        (_each(ours, texts[at : at + _IN_TURN]), _each(theirs, texts[at : at + _IN_TURN]))
        for at in range(0, len(texts), _IN_TURN)
    ]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


_IN_TURN = 10


def _each(act: Callable[[str], object], texts: Sequence[str]) -> float:
    begin = process_time()
    for text in texts:
        act(text)
    return (process_time() - begin) / len(texts)


def seconds(act: Callable[[], object]) -> float:
    """How long the processor is busy with *act*, once."""
    begin = process_time()
    act()
    return process_time() - begin


def seconds_outside(act: Callable[[], object]) -> float:
    """How long the processor is busy with the processes that *act* starts and waits for."""
    before = getrusage(RUSAGE_CHILDREN)
    act()
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def bytes_held(act: Callable[[], object], times: int) -> float:
    """The bytes that each of so many turns of *act* leaves behind."""
    act()  # what is loaded once is nobody's
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for _ in range(times):
        act()
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (after - before) / times
