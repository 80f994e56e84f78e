"""The queues of an account, by their sids. Source: Twilio's page "Queue resource"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ._queue import Queue

if TYPE_CHECKING:
    from ..legs._leg import Leg
    from ..world._world import World
    from ._member import Member


class Queues(dict[str, Queue]):
    """Queues by sid. The API and TwiML have them in common, and a name belongs to one of them."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    def open(self, settings: Mapping[str, str]) -> Queue:
        """A new queue with these *settings*."""
        queue = Queue(self._world, settings)
        self[queue.sid] = queue
        return queue

    def called(self, name: str) -> Queue | None:
        """The queue called *name*, or ``None``."""
        return next((queue for queue in self.values() if queue.name == name), None)

    def member(self, leg: Leg) -> Member | None:
        """The call on *leg* as it waits in a queue, or ``None``."""
        members = (member for queue in self.values() for member in queue.members)
        return next((member for member in members if member.leg is leg), None)
