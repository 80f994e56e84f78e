"""The tracks of a stream: what is heard on a call leg, frame by frame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ... import mulaw

if TYPE_CHECKING:
    from ..legs._leg import Leg

#: The events of a timeline that sound on each track: what the party on the leg says, and what it hears.
_SOUNDING: Mapping[str, tuple[str, ...]] = {
    "inbound": ("spoke",),
    "outbound": ("said", "played", "heard"),
}


class Track:
    """One track of *leg*, read from its timeline from now on."""

    def __init__(self, leg: Leg, name: str) -> None:
        self.name = name
        self._leg = leg
        self._sounds = leg.line_sounds
        self._seen = 0
        self._playing: dict[int, bytes | bytearray] = {}  # the sound of each event, by its place

    def frame(self, start: float, length: int) -> bytes:
        """The sound from *start* on, in seconds after the call was created; silence where there is none.

        It is as long as a frame of *length* bytes.
        """
        self._notice_events(start)
        heard = [
            sound
            for place, whole in list(self._playing.items())
            if (sound := self._part(place, whole, start, length)) is not None
        ]
        frame = heard.pop() if heard else mulaw.SILENCE * length
        for other in heard:
            frame = mulaw.mix(frame, other)
        return frame

    def _notice_events(self, start: float) -> None:
        """Take up what sounds since the last frame; what is over at *start* makes no sound any more."""
        timeline = self._leg.timeline
        for place in range(self._seen, len(timeline)):
            event = timeline[place]
            is_over = event.at + event.data.get("seconds", 1.0) < start
            if event.kind in _SOUNDING[self.name] and not is_over:
                self._playing[place] = self._sounds.of(event)
        self._seen = len(timeline)

    def _part(
        self, place: int, whole: bytes | bytearray, start: float, length: int
    ) -> bytes | None:
        """The part of one sound in the frame; ``None`` if it is over, or was cut off. That of an agent still grows."""
        event = self._leg.timeline[place]
        offset = round((start - event.at) * mulaw.RATE)
        end = min(len(whole), round(event.data.get("seconds", len(whole)) * mulaw.RATE))
        if offset >= end:
            del self._playing[place]
            return None
        if offset <= -length:
            return None
        begin = max(0, offset)
        part = bytes(whole[begin : min(end, offset + length)])
        return part.rjust(len(part) + begin - offset, mulaw.SILENCE).ljust(length, mulaw.SILENCE)
