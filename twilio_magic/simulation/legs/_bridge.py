"""A bridge between two legs, so that the parties at their far ends hear each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ._overhearing import stop_hearing

if TYPE_CHECKING:
    from ..audio._ear import PhoneSound
    from ._leg import Leg
    from ._party import Party


class Bridge:
    """Two legs whose parties hear each other, from now until it is closed. *ended* happens then."""

    def __init__(self, one: Leg, other: Leg) -> None:
        self.legs = (one, other)
        self.since = one.clock.now
        self._until: float | None = None
        self.ended = one.clock.event()
        for leg, peer in ((one, other), (other, one)):
            leg.audio_path = self
            leg.record_event("bridged", f"with {peer.far_end}", call=peer.sid)
            leg.phone.handset.connect(peer.far_end)

    @property
    def is_open(self) -> bool:
        """Whether the two still hear each other."""
        return not self.ended.triggered

    @property
    def seconds(self) -> float:
        """How long the two have heard each other, or did."""
        end = self.legs[0].clock.now if self._until is None else self._until
        return round(end - self.since, 3)

    def listeners_of(self, speaker: Party) -> Iterable[Party]:
        """The other leg."""
        one, other = self.legs
        return (other if speaker is one else one,)

    def speaks(self, speaker: Party, sound: PhoneSound) -> None:
        """A bridge does not record it."""

    def close(self) -> None:
        """Take the two apart, unless that has happened."""
        if not self.is_open:
            return
        one, other = self.legs
        self._until = one.clock.now
        seconds = self.seconds
        for leg, peer in ((one, other), (other, one)):
            if leg.audio_path is self:
                leg.audio_path = None
            leg.phone.listener.hear_no_more(one.clock.now)
            stop_hearing(leg)
            leg.recorder.transcriptions.cut("outbound_track")
            text = f"{peer.far_end}, after {seconds:.1f} s"
            leg.record_event("left", text, call=peer.sid, seconds=seconds)
        self.ended.succeed()
