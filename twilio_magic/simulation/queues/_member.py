"""A call that waits in a queue. Source: Twilio's page "Member resource"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..clock._clock import whole

if TYPE_CHECKING:
    from ..legs._leg import Leg
    from ._dial_queue import DialQueue
    from ._queue import Queue


class Left(Exception):  # noqa: N818 - what <Leave> does, not a fault
    """The call leaves its queue, and goes on after the <Enqueue>."""


class Member:
    """The call on *leg* in *queue*, from now until it leaves. *taken* happens when *agent* gets it."""

    def __init__(self, queue: Queue, leg: Leg) -> None:
        self.queue = queue
        self.leg = leg
        self.joined = leg.clock.now
        self.left: float | None = None
        self.agent: DialQueue | None = None
        self.taken = leg.clock.event()

    @property
    def sid(self) -> str:
        """The sid of the call."""
        return self.leg.sid

    @property
    def position(self) -> int:
        """Its place in the queue, the first is 1; 0 when it has left."""
        return self.queue.members.index(self) + 1 if self.left is None else 0

    @property
    def seconds(self) -> float:
        """How long it has waited, or did."""
        end = self.leg.clock.now if self.left is None else self.left
        return round(end - self.joined, 3)

    @property
    def facts(self) -> dict[str, str]:
        """What applications are told of it in every request about its queue."""
        return {"QueueSid": self.queue.sid, "QueueTime": str(whole(self.seconds))}

    def go_to(self, agent: DialQueue) -> None:
        """Wait no longer: *agent* takes the call."""
        self.leave(f"to {agent.leg.far_end}")
        self.agent = agent
        agent.take(self)
        self.taken.succeed()

    def leave(self, why: str) -> None:
        """Wait no longer, unless it has left already."""
        if self.left is not None:
            return
        self.queue.members.remove(self)
        self.left = self.leg.clock.now
        self.leg.record_event(
            "left",
            f"the queue {self.queue.name!r}, after {self.seconds:.1f} s: {why}",
            queue=self.queue.sid,
            name=self.queue.name,
            seconds=self.seconds,
        )
