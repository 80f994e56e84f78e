"""Waiting for what another thread or process does."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep

SECONDS = 60  # for what would otherwise never end; nothing here takes so long, on whatever machine


def until(is_so: Callable[[], bool]) -> None:
    """Come back when *is_so*; fail where that never comes true."""
    end = monotonic() + SECONDS
    while not is_so():
        assert monotonic() < end, "it never came true"
        sleep(0.01)
