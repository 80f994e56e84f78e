"""Simulated time in real time: it begins with the first softphone, and stops when the last one is closed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import field
from typing import TYPE_CHECKING

from ...records import dataclass

if TYPE_CHECKING:
    from ...simulation import Simulator


@dataclass
class _Passing:
    """Real time that *stop* ends, and the *phones* that need it."""

    stop: Callable[[], None]
    phones: set[object] = field(default_factory=set)


#: Real time that softphones began. They do not stop what ``simulator.real_time()`` of the user began.
_PASSING: dict[Simulator, _Passing] = {}


def let_time_pass(phone: object, simulator: Simulator, speed: float) -> None:
    """Let time pass for *phone*, at *speed* unless it passes already; without an event loop it does not."""
    if simulator.pace is None:
        if not _runs_a_loop():
            return
        before = _PASSING.get(simulator)  # began in an event loop that has ended
        phones = before.phones if before else set()
        _PASSING[simulator] = _Passing(simulator.real_time(speed).stop, phones)
    if simulator in _PASSING:
        _PASSING[simulator].phones.add(phone)


def let_time_stop(phone: object, simulator: Simulator) -> None:
    """Stop the time that passes for *phone*, unless another phone needs it."""
    passing = _PASSING.get(simulator)
    if passing is None:
        return
    passing.phones.discard(phone)
    if not passing.phones:
        del _PASSING[simulator]
        passing.stop()


def _runs_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
