"""A queue: calls that wait in order, and agents who wait for them.

Source: Twilio's pages "TwiML Voice: Enqueue", "TwiML Voice: Queue", "Queue resource".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from ...api import operation
from ..clock._clock import whole
from ._member import Member

if TYPE_CHECKING:
    from ..legs._leg import Leg
    from ..legs._verb import Verb
    from ..world._world import World
    from ._dial_queue import DialQueue


class Queue:
    """A queue: *settings* by Twilio's parameter names, *members* the calls that wait in it, in order."""

    sid_prefix: ClassVar[str] = "QU"

    def __init__(self, world: World, settings: Mapping[str, str]) -> None:
        self.world = world
        self.sid = world.identities.next(self.sid_prefix)
        self.created = self.updated = world.clock.now
        self.settings = dict(settings)
        self.members: list[Member] = []
        self._agents: list[DialQueue] = []

    @property
    def name(self) -> str:
        """What TwiML calls it."""
        return self.settings["FriendlyName"]

    @property
    def most(self) -> int:
        """How many calls may wait."""
        default = operation("queues.create").parameter("MaxSize").default
        return int(self.settings.get("MaxSize", default))

    @property
    def average_wait(self) -> int:
        """How many whole seconds those who wait have waited, on average."""
        waited = [member.seconds for member in self.members]
        return whole(sum(waited) / len(waited)) if waited else 0

    @property
    def facts(self) -> dict[str, str]:
        """What applications are told of it while somebody waits."""
        return {
            "AvgQueueTime": str(self.average_wait),
            "CurrentQueueSize": str(len(self.members)),
            "MaxQueueSize": str(self.most),
        }

    def change(self, settings: Mapping[str, str]) -> None:
        """Give it other *settings*. A smaller size sends nobody away."""
        self.settings |= settings
        self.updated = self.world.clock.now

    def join(self, leg: Leg, task: Mapping[str, Any]) -> Member:
        """Let the call on *leg* wait from now on; an agent who waits already takes it at once."""
        member = Member(self, leg)
        self.members.append(member)
        leg.record_event(
            "joined",
            f"the queue {self.name!r}, place {member.position}",
            queue=self.sid,
            name=self.name,
            position=member.position,
            **({"task": task} if task else {}),
        )
        self._hand_over()
        return member

    def serve(self, agent: DialQueue) -> None:
        """Let *agent* have the first who waits, as soon as it is the agent's turn."""
        self._agents.append(agent)
        self._hand_over()

    def serve_no_more(self, agent: DialQueue) -> None:
        """Let *agent* have nobody any more."""
        if agent in self._agents:
            self._agents.remove(agent)

    def _hand_over(self) -> None:
        while self.members and self._agents:
            self.members[0].go_to(self._agents.pop(0))


def is_name(verb: Verb, name: str) -> bool:
    """Whether *name*, which *verb* gives a queue, can be one; told if not."""
    longest = verb.element.row.text.max_length if verb.element.row else None
    if name and (longest is None or len(name) <= longest):
        return True
    verb.fail("long" if name else "empty", f"{name!r} is no name of a queue")
    return False
