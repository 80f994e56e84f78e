"""What Twilio hears on a call leg: keys and speech, while somebody listens for them, and every sound there was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from ...twiml import Speech, speak_text

if TYPE_CHECKING:
    import simpy

    from ..clock._clock import Clock


#: Seconds between a greeting and its beep: shorter than the silence that ends a message.
BEEP_AFTER = 0.4


def _noise(name: str, seconds: float) -> Speech:
    return replace(speak_text(name), seconds=seconds, words=())


BEEP = _noise("beep", 0.5)
FAX = _noise("fax tones", 3.0)


@dataclass(frozen=True, slots=True)
class Sound:
    """What comes from the far end, from *started* to *ended*: words, or the beep of a machine, or a fax's tones."""

    kind: Literal["speech", "beep", "fax"]
    speech: Speech
    started: float
    confidence: float = 1.0

    @property
    def ended(self) -> float:
        """The moment at which the sound stops, if the call lasts as long."""
        return round(self.started + self.speech.seconds, 3)


class Ear:
    """Keys and speech reach the verb that listens for them.

    A key pressed while nothing listens is lost, as it is on a real call. *sounds* keeps all that was heard, for those
    who listen beside the verbs: machine detection and transcriptions.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: simpy.Event | None = None
        self._input: list[str | Sound] = []
        #: Whether keys, and speech, count as input now.
        self.for_keys = self.for_speech = False
        #: Whether keys may be payment details. It stays so to the end of the call: some may come late.
        self.is_secret = False
        self.sounds: list[Sound] = []
        #: Happens with the next sound.
        self.sound: simpy.Event = clock.event()
        #: Happens when something starts to listen for keys; has happened while it does.
        self.open: simpy.Event = clock.event()

    @property
    def quiet_since(self) -> float:
        """The moment at which the last sound ends, or ended."""
        return self.sounds[-1].ended if self.sounds else 0.0

    @contextmanager
    def listening(
        self, *, keys: bool = True, speech: bool = False, secret: bool = False
    ) -> Iterator[None]:
        """Keys, speech or both are taken in while the block runs; *secret* ones are not told to anybody."""
        self.is_secret = self.is_secret or secret
        self.for_keys, self.for_speech = keys, speech
        self._input.clear()
        if keys:
            self.open.succeed()
        try:
            yield
        finally:
            self.for_keys = self.for_speech = False
            self._waiting = None
            if keys:
                self.open = self._clock.event()

    def take(self, key: str) -> bool:
        """Hear *key*; false if nothing listens, and the key is lost."""
        if not self.for_keys:
            return False
        self._input.append(key)
        self._hand_over()
        return True

    def hear(self, sound: Sound) -> None:
        """Hear *sound*, which begins now."""
        self.sounds.append(sound)
        changed, self.sound = self.sound, self._clock.event()
        changed.succeed(sound)
        if self.for_speech and sound.kind == "speech":
            self._input.append(sound)
            self._hand_over()

    def next(self) -> simpy.Event:
        """An event that happens with the next key, a text, or the next :class:`Sound` as its value."""
        self._waiting = self._clock.event()
        self._hand_over()
        return self._waiting

    def _hand_over(self) -> None:
        if self._waiting and self._input and not self._waiting.triggered:
            self._waiting.succeed(self._input.pop(0))
