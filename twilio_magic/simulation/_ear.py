"""What Twilio hears on a call leg: keys, while somebody listens for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import simpy

    from ._clock import Clock


class Ear:
    """Keys reach the verb that listens. A key pressed while nothing listens is lost, as it is on a real call."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._listening = False
        self._keys: list[str] = []
        self._waiting: simpy.Event | None = None
        #: Happens when something starts to listen; has happened while it does.
        self.open: simpy.Event = clock.event()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Keys are taken in while the block runs."""
        self._listening = True
        self._keys.clear()
        self.open.succeed()
        try:
            yield
        finally:
            self._listening = False
            self._waiting = None
            self.open = self._clock.event()

    def take(self, key: str) -> bool:
        """Hear *key*; false if nothing listens, and the key is lost."""
        if not self._listening:
            return False
        self._keys.append(key)
        self._hand_over()
        return True

    def key(self) -> simpy.Event:
        """An event that happens with the next key as its value."""
        self._waiting = self._clock.event()
        self._hand_over()
        return self._waiting

    def _hand_over(self) -> None:
        if self._waiting and self._keys and not self._waiting.triggered:
            self._waiting.succeed(self._keys.pop(0))
