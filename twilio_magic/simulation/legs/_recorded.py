"""The events of a leg, as they are recorded."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from ...secret import mask_user_info
from ...timeline import Event, Kind, Timeline
from ._party import Party

if TYPE_CHECKING:
    from ..world._world import World


class RecordedParty(Party):
    """A party in *world* whose events are recorded, at seconds since it was *created*.

    For each event of its *timeline*, *order* has its number among all of the world's, and *marks* twice the steps of
    the clock before it, and one more if it came within a step. *changed* are the places of those that turned out
    otherwise.
    """

    # a world keeps all its calls, and more than thirty attributes of one take far more room
    __slots__ = ("changed", "clock", "created", "marks", "order", "sid", "timeline", "world")

    def __init__(self, world: World) -> None:
        self.world, self.clock = world, world.clock
        self.created = world.clock.now
        self.timeline = Timeline()
        self.order, self.marks = array("Q"), array("Q")
        self.changed: set[int] = set()

    def record_event(self, kind: Kind, text: str = "", **data: Any) -> int:
        """Add an event that happens now; returns its place in the timeline."""
        at = round(self.clock.now - self.created, 3)
        event = Event(at, self.sid, kind, mask_user_info(text), data)
        self.timeline.append(event)
        self.order.append(self.world.number_event())
        self.marks.append(self.clock.mark)
        self.world.tell(event, self.far_end)
        return len(self.timeline) - 1

    def update_event(self, place: int, text: str, **data: Any) -> None:
        """Change what the event at *place* says, because it turned out otherwise."""
        event = self.timeline[place]
        self.changed.add(place)
        told = {**event.data, **data}
        self.timeline[place] = Event(event.at, event.leg, event.kind, text, told)
