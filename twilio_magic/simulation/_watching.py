"""What can be seen of a simulator's world from outside, while it goes on: its time, its calls, its events."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from queue import Queue
from typing import TYPE_CHECKING

from .legs._leg import Leg

if TYPE_CHECKING:
    from ..secret import Secret
    from .world._world import EventQueue, World


class WatchedWorld:
    """The part of a simulator that watches its world."""

    _world: World
    _token: Secret | None
    _watchers: list[EventQueue]

    @property
    def now(self) -> float:
        """How many simulated seconds have passed since this world began."""
        return self._world.clock.now

    @property
    def date(self) -> datetime:
        """The simulated moment that is now."""
        return self._world.clock.date()

    @property
    def call_count(self) -> int:
        """How many calls there are, with the legs that they made."""
        return len(self._world.all_of(Leg))

    @property
    def has_own_token(self) -> bool:
        """Whether it is served with an auth token of its own, and not with the one that everybody knows."""
        return self._token is not None

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Let nothing happen in this world while the block runs: other threads wait, and so does time."""
        with self._world.visiting():
            yield

    @contextmanager
    def watch_events(self, most: int = 10_000) -> Iterator[EventQueue]:
        """A queue that gets each event of all calls when it happens, with the phone at its leg, while the block runs.

        The moments count from the beginning of the world. Where nobody takes them, *most* are kept.
        """
        queue: EventQueue = Queue(most)
        self._watchers.append(queue)
        try:
            yield queue
        finally:
            self._watchers.remove(queue)
