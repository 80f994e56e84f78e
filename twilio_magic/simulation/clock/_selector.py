"""The selector of a loop in simulated time: it looks at sockets without waiting; the loop decides what to wait for."""

from __future__ import annotations

import selectors
from typing import Protocol

Ready = list[tuple[selectors.SelectorKey, int]]


class Waiting(Protocol):
    """What a loop does when nothing is ready, and when something always is."""

    def wait(self, timeout: float | None, select: SocketSelect) -> Ready:
        """What is ready after the loop has waited, by *select* or otherwise; it has a timer in *timeout* seconds."""

    @property
    def has_sockets(self) -> bool:
        """Whether there is a socket beside the loop's own, which only wakes it up."""

    def stop_if_late(self) -> None:
        """Stop if the loop has run for long enough."""


class SocketSelect(Protocol):
    """Waits for sockets, so many real seconds at most."""

    def __call__(self, timeout: float | None = None) -> Ready:
        """What is ready."""


class LoopSelector(selectors.DefaultSelector):
    """The selector of *loop*."""

    def __init__(self, loop: Waiting) -> None:
        super().__init__()
        self._loop = loop

    def peek(self) -> Ready:
        """What is ready now."""
        return super().select(0)

    def select(self, timeout: float | None = None) -> Ready:
        """What is ready now; if nothing is, what the loop finds after it has waited."""
        found = super().select(0) if timeout != 0 or self._loop.has_sockets else []
        if found or timeout == 0:
            self._loop.stop_if_late()
            return found
        return self._loop.wait(timeout, super().select)
