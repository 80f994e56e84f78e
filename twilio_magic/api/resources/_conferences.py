"""Where calls meet and wait: conferences and queues.

Source: Twilio's pages "Conference resource", "Participant resource", "Queue resource", "Queue Members resource".
"""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from ...display import visible_line
from ._listable import Collection
from ._resource import Deletable, Fetchable, Updatable


class Participant(Fetchable, Updatable, Deletable):
    """One call in a conference; ``update(muted=True)`` mutes it, ``delete()`` takes it out and hangs up."""

    family: ClassVar[str] = "participants"

    call_sid: str
    conference_sid: str
    label: str | None
    status: str
    muted: bool
    hold: bool

    @property
    def place(self) -> tuple[str, ...]:
        """The conference's sid and the call's."""
        return (self.conference_sid, self.call_sid)

    def __repr__(self) -> str:
        how = " muted" * bool(self.muted) + " on hold" * bool(self.hold)
        return visible_line(f"<Participant {self.label or self.call_sid}: {self.status}{how}>")


class Participants(Collection[Participant]):
    """The calls in one conference."""

    kind = Participant
    key = "participants"

    def create(self, *values: Any, **parameters: Any) -> Participant:
        """Call ``to`` from ``from_``, and let the call join the conference once it is answered."""
        return self._create(self._name_values("create", values, parameters))

    def update(self, call_sid: str, **parameters: Any) -> Participant:
        """Change the participant with this call sid or label."""
        return self._update(call_sid, parameters)

    def delete(self, call_sid: str) -> None:
        """Take the participant with this call sid or label out, and hang up."""
        self._delete(call_sid)


class Conference(Fetchable, Updatable):
    """One conference; it begins when a participant joins; ``update(status="completed")`` ends it."""

    family: ClassVar[str] = "conferences"

    friendly_name: str
    status: str
    region: str | None
    reason_conference_ended: str | None
    call_sid_ending_conference: str | None

    @cached_property
    def participants(self) -> Participants:
        """The calls in the conference."""
        return Participants(self._transport, (self.sid,))

    def __repr__(self) -> str:
        return visible_line(f"<Conference {self.sid} {self.friendly_name!r}: {self.status}>")


class Conferences(Collection[Conference]):
    """The conferences of an account, running and past."""

    kind = Conference
    key = "conferences"

    def participants(self, name_or_sid: str) -> Participants:
        """The calls in the conference with this sid; with a name, ``create()`` opens the conference if need be."""
        return Participants(self._transport, (name_or_sid,))

    def update(self, sid: str, **parameters: Any) -> Conference:
        """Change the conference with this sid."""
        return self._update(sid, parameters)


class Member(Fetchable, Updatable):
    """One call that waits in a queue; ``update(url=…)`` takes it out."""

    family: ClassVar[str] = "members"

    call_sid: str
    queue_sid: str
    position: int
    wait_time: int
    date_enqueued: datetime | None

    @property
    def place(self) -> tuple[str, ...]:
        """The queue's sid and the call's."""
        return (self.queue_sid, self.call_sid)

    def __repr__(self) -> str:
        return visible_line(f"<Member {self.call_sid}: place {self.position}, {self.wait_time} s>")


class Members(Collection[Member]):
    """The calls that wait in one queue, in order."""

    kind = Member
    key = "queue_members"

    def update(self, call_sid: str, **parameters: Any) -> Member:
        """Take the call out of the queue, to the TwiML at ``url``. ``Front`` is the one at the head."""
        return self._update(call_sid, parameters)


class Queue(Fetchable, Updatable, Deletable):
    """One queue in which calls wait."""

    family: ClassVar[str] = "queues"

    friendly_name: str
    current_size: int
    max_size: int
    average_wait_time: int

    @cached_property
    def members(self) -> Members:
        """The calls that wait."""
        return Members(self._transport, (self.sid,))

    def __repr__(self) -> str:
        return visible_line(
            f"<Queue {self.sid} {self.friendly_name!r}: {self.current_size} waiting>"
        )


class Queues(Collection[Queue]):
    """The queues of an account."""

    kind = Queue
    key = "queues"

    def create(self, *values: Any, **parameters: Any) -> Queue:
        """Make a queue called ``friendly_name``."""
        return self._create(self._name_values("create", values, parameters))

    def update(self, sid: str, **parameters: Any) -> Queue:
        """Change the queue with this sid."""
        return self._update(sid, parameters)

    def delete(self, sid: str) -> None:
        """Remove the queue with this sid, which must be empty."""
        self._delete(sid)
