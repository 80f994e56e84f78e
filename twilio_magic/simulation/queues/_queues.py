"""Queues by their names, which the API and TwiML have in common. Source: Twilio's page "Queue resource"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._queue import Queue

if TYPE_CHECKING:
    from ..legs._leg import Leg
    from ..world._world import World
    from ._member import Member


def queue_called(world: World, name: str) -> Queue | None:
    """The queue with this name, or ``None``."""
    queues = world.account.resources(Queue).values()
    return next((queue for queue in queues if queue.name == name), None)


def member_on(leg: Leg) -> Member | None:
    """The call on *leg* as it waits in a queue, or ``None``."""
    queues = leg.world.account.resources(Queue).values()
    members = (member for queue in queues for member in queue.members)
    return next((member for member in members if member.leg is leg), None)
