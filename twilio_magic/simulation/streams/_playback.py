"""What the caller hears of an agent that sends sound: a buffer that is played, with marks in it.

Source: Twilio's page "Media Streams - WebSocket Messages", messages to Twilio.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ... import mulaw
from ...sessions import AGENT, AgentSound
from ._spec import stream_spec

if TYPE_CHECKING:
    from ...sessions import WebSocketSession
    from ..legs._leg import Leg

#: What the phone is told to hear is at least so long, and longer where the sound has gone on for longer:
#: not each frame is told. Where less comes it is told that the rest was cut off.
_TOLD_AHEAD, _MOST_AHEAD = 0.5, 4.0
_HOUSEKEEPING = 2**18  # bytes that were played are forgotten so many at a time
_ABOUT, _WORDS = "sound of the agent", "[sound]"


class Playback:
    """Plays to the phone on *leg* what the agent of *session* sends; *begins* is told when a sound begins.

    Sounds that follow each other without a pause are one: one event of the timeline, and one of the session.
    """

    def __init__(self, leg: Leg, session: WebSocketSession, begins: Callable[[], None]) -> None:
        self._leg = leg
        self._session = session
        self._begins = begins
        self._buffer = bytearray()
        self._start = 0  # where in the buffer the next frame begins
        self._played = self._received = 0  # bytes, since the stream began
        self._in_flight = 0  # bytes of the frame that is played now
        self._marks: deque[tuple[int, str]] = deque()
        self._heard: bytearray | None = None  # of the sound that is played now
        self._place, self._began, self._told = 0, 0.0, 0.0

    @property
    def is_sounding(self) -> bool:
        """Whether something is played, or waits."""
        return self._heard is not None or self._waiting > 0

    @property
    def _waiting(self) -> int:
        """The bytes that wait."""
        return len(self._buffer) - self._start

    def add(self, sound: bytes) -> bool:
        """Let *sound* wait for its turn; returns whether some of it was thrown away, because too much waits."""
        most = round(stream_spec().longest_buffer * mulaw.RATE) - self._waiting
        self._buffer += sound[:most]
        self._received += min(len(sound), most)
        return len(sound) > most

    def mark(self, name: str) -> bool:
        """Put a mark behind what was sent before; returns whether all of that has been played already."""
        if self._received == self._played:
            return True
        self._marks.append((self._received, name))
        return False

    def clear(self) -> Sequence[str]:
        """Throw away what waits, and fall silent; returns the names of all marks, in order."""
        names = [name for _, name in self._marks]
        self._buffer.clear()
        self._marks.clear()
        self._start = self._in_flight = 0
        self._played = self._received
        self.stop(is_cut=True)
        return names

    def play(self) -> Sequence[str]:
        """Play the next frame; returns the names of the marks before it, which have been reached."""
        self._played += self._in_flight
        reached = []
        while self._marks and self._marks[0][0] <= self._played:
            reached.append(self._marks.popleft()[1])
        length = stream_spec().frame
        frame = self._buffer[self._start : self._start + length]
        self._in_flight = len(frame)
        self._start += len(frame)
        if self._start > _HOUSEKEEPING:
            del self._buffer[: self._start]
            self._start = 0
        if frame:
            self._sound(bytes(frame))
        else:
            self.stop(is_cut=False)
        return reached

    def _sound(self, frame: bytes) -> None:
        now, leg = self._leg.clock.now, self._leg
        if self._heard is None:
            self._heard, self._began, self._told = bytearray(), now, now
            name = f"{self._session.sid}/{len(self._session.sounds)}"
            leg.clips[name] = self._heard
            data = {
                "words": _WORDS,
                "stream": self._session.sid,
                "number": len(self._session.sounds),
                "clip": name,
            }
            self._place = leg.record_event("played", _ABOUT, seconds=0.0, speaker=AGENT, **data)
            self._begins()
        self._heard += frame
        if now >= self._told:
            ahead = min(_MOST_AHEAD, max(_TOLD_AHEAD, now - self._began))
            seconds = max(ahead, (self._waiting + len(frame)) / mulaw.RATE)
            self._told = now + seconds
            leg.update_event(self._place, _ABOUT, seconds=round(self._told - self._began, 3))
            leg.phone.listener.hear_noise(seconds, now)

    def stop(self, *, is_cut: bool) -> None:
        """The sound that is played now ends here."""
        heard, now = self._heard, self._leg.clock.now
        if heard is None:
            return
        self._heard = None
        del heard[round((now - self._began) * mulaw.RATE) :]
        made = AgentSound(round(self._began - self._leg.created, 3), bytes(heard), is_cut)
        self._session.sounds.append(made)
        text = f"{_ABOUT}, {made.seconds:.1f} s{' (cut off)' if is_cut else ''}"
        words = f"[{made.seconds:.1f} s of sound]"
        data = {"seconds": made.seconds, "loudness": made.loudness, "words": words}
        self._leg.update_event(self._place, text, **data, **({"cut": True} if is_cut else {}))
        if now < self._told:
            self._leg.phone.listener.hear_no_more(now)
