"""Simulated time that passes for the sake of phones, and stands still when the last of them is closed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...simulation import Simulator


@dataclass
class _Passing:
    """Time that *stop* stops, and the *phones* that need it."""

    stop: Callable[[], None]
    phones: set[object] = field(default_factory=set)


#: Only what phones let pass: what somebody else let pass is theirs to stop.
_PASSING: dict[Simulator, _Passing] = {}


def let_time_pass(phone: object, simulator: Simulator, speed: float) -> None:
    """For *phone*, at *speed* unless it passes already; it stands still where no event loop runs."""
    if simulator.pace is None:
        if not _runs_a_loop():
            return
        before = _PASSING.get(simulator)  # of an event loop that is gone
        phones = before.phones if before else set()
        _PASSING[simulator] = _Passing(simulator.real_time(speed).stop, phones)
    if simulator in _PASSING:
        _PASSING[simulator].phones.add(phone)


def let_time_stop(phone: object, simulator: Simulator) -> None:
    """*phone* needs it no more; it stops if no other phone does."""
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
