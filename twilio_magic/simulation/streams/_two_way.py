"""A stream that takes sound back, for an agent that speaks: ``<Connect><Stream>``.

Source: Twilio's pages "TwiML Voice: Stream" and "Media Streams - WebSocket Messages".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..sessions._turns import TurnLog
from ._messages import Undecodable, Unexpected, read_stream_message, sound_of
from ._playback import Playback
from ._spec import stream_spec
from ._stream import MediaStream

if TYPE_CHECKING:
    import simpy

    from ..audio._ear import PhoneSound
    from ..clock._clock import Process
    from ..legs._leg import Leg
    from ._settings import StreamSettings


#: Marks that come back in the time of one frame; others wait for the next, so that time passes whatever is marked.
_MOST_MARKS = 50


class TwoWayStream(MediaStream):
    """A stream that the call is connected with until the application closes it."""

    def __init__(self, leg: Leg, settings: StreamSettings) -> None:
        super().__init__(leg, settings)
        self._playback = Playback(leg, self._session, self._begin_sound)
        self._turns = TurnLog(leg, self._session)
        self._key: simpy.Event | None = None
        self._answered = 0.0
        self._returned = 0
        self._late: list[str] = []

    @property
    def result(self) -> Mapping[str, str]:
        """The parameters of the action callback: none is known beside the standard ones."""
        return {}

    def _open(self) -> Process[bool]:
        """Answer the call, if it still rings, and open the WebSocket."""
        self.leg.answer()
        return (yield from super()._open())

    def _flow(self) -> Process[None]:
        """Send keys, too."""
        ear = self.leg.ear
        with ear.listening(keys=True):
            self._key = ear.next()
            yield from super()._flow()

    def _other_events(self) -> list[Any]:
        return [*super()._other_events(), self._key]

    def _take_input(self) -> None:
        """Send the key that was pressed, if one was."""
        if self._key is not None and self._key.triggered:
            key, self._key = self._key.value, self.leg.ear.next()
            self._send("dtmf", dtmf={"track": stream_spec().key_track, "digit": key})

    def _take_frame(self, frame: str | bytes) -> None:
        try:
            message = read_stream_message(frame, self.sid)
        except (Undecodable, Unexpected) as reason:
            text = frame if isinstance(frame, str) else repr(frame)
            self._frames.keep(text)
            kind = "undecodable" if isinstance(reason, Undecodable) else "protocol"
            self._warn_once(kind, f"{reason}: {text[:200]}")
            return
        self._frames.keep(message)
        _HANDLERS[message["event"]](self, message)

    def _on_media(self, message: Mapping[str, Any]) -> None:
        if self._playback.add(sound_of(message)):
            minutes = stream_spec().longest_buffer / 60
            text = (
                f"more than {minutes:g} minutes of sound wait to be played: the rest is thrown away"
            )
            self._warn_once("buffer", text)

    def _on_mark(self, message: Mapping[str, Any]) -> None:
        name = message["mark"]["name"]
        if self._playback.mark(name):
            self._return_mark(name)

    def _on_clear(self, _: Mapping[str, Any]) -> None:
        for name in self._playback.clear():
            self._return_mark(name)

    def _return_mark(self, name: str) -> None:
        if self._returned < _MOST_MARKS:
            self._returned += 1
            self._send("mark", mark={"name": name})
        else:
            self._late.append(name)

    def _play(self) -> None:
        self._returned, late = 0, self._late
        self._late = []
        for name in (*late, *self._playback.play()):
            self._return_mark(name)

    def _fall_silent(self) -> None:
        self._playback.stop(is_cut=True)

    @property
    def _is_sounding(self) -> bool:
        return self._playback.is_sounding

    def _begin_sound(self) -> None:
        """The caller hears the agent after a silence: the turn ends, if the caller has spoken since the last one."""
        leg, sounds = self.leg, self.leg.ear.sounds
        end = _last_word(sounds[-1]) if sounds else 0.0
        if not self._answered < end <= leg.clock.now:
            return
        self._answered = end
        self._turns.begin(sounds[-1].speech.text, end)
        self._turns.end()


def _last_word(sound: PhoneSound) -> float:
    """When the last word of *sound* has been said: before the pause that a full stop is."""
    words = sound.speech.words
    return round(sound.started + words[-1].end, 3) if words else sound.end


_HANDLERS: Mapping[str, Callable[[TwoWayStream, Mapping[str, Any]], None]] = {
    "media": TwoWayStream._on_media,
    "mark": TwoWayStream._on_mark,
    "clear": TwoWayStream._on_clear,
}
