"""The party at the far end of a leg: what it says and presses, and what it hears of the parties it is joined with."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from ...timeline import Kind
    from ...twiml import Speech
    from ..audio._ear import Ear, PhoneSound
    from ..clock._clock import Clock
    from ._phone import Phone
    from ._recorder import Recorder


class AudioPath(Protocol):
    """Joins legs so that their parties hear each other: a bridge of two legs, or a conference."""

    def listeners_of(self, speaker: Party) -> Iterable[Party]:
        """The legs at whose far ends *speaker* is heard now."""

    def speaks(self, speaker: Party, sound: PhoneSound) -> None:
        """The party on *speaker* makes *sound*."""


class Listener(Protocol):
    """Hears what is said at the far end: a phone, or a TwiML application that the call was handed to."""

    def hear(self, speech: Speech, started: float) -> None:
        """Take in *speech*, which began at the moment *started*."""

    def hear_keys(self, keys: str, started: float) -> None:
        """Take in the tones of *keys*, which began at the moment *started*."""

    def hear_noise(self, seconds: float, started: float) -> None:
        """Take in a sound without words of so many *seconds*, which began at the moment *started*."""

    def hear_beep(self, seconds: float, started: float) -> None:
        """Take in a beep of so many *seconds*, which began at the moment *started*."""

    def hear_no_more(self, since: float) -> None:
        """Forget what would have come after the moment *since*: it was cut off."""


class Party(ABC):
    """The far end of a leg: it speaks and presses keys, and hears the parties that it is joined with.

    *clips* has the sounds in mu-law that its events name. *audio_path* is what joins it to others now, and
    *application* the leg on which an application runs for it, if any does.
    """

    sid: str
    clock: Clock
    ear: Ear
    phone: Phone
    recorder: Recorder
    clips: dict[str, bytes | bytearray]
    #: The places of events about what it hears of others, and when each sound would end.
    overheard: list[tuple[int, float]]
    audio_path: AudioPath | None = None
    application: Party | None = None

    @property
    def asking(self) -> Ear:
        """Where the party's keys are wanted: at its own leg, or at the application that the call was handed to."""
        return self.ear if self.application is None else self.application.ear

    @property
    @abstractmethod
    def far_end(self) -> str:
        """The address of the party."""

    @property
    def voice(self) -> str:
        """The address that others hear speaking on this leg: the party's."""
        return self.far_end

    @abstractmethod
    def record_event(self, kind: Kind, text: str = "", **data: Any) -> int:
        """Add an event that happens now; returns its place in the timeline."""

    def press(self, key: str, **also: Any) -> None:
        """The party presses *key*; *also* is added to the event."""
        is_heard = self.ear.take(key)
        shown = "•" if self.ear.is_secret else key
        text = shown if is_heard else f"{shown} (lost: nothing was listening for keys)"
        data = {"key": shown, "speaker": self.voice, "words": f"[presses {shown}]", **also}
        self.record_event("pressed", text, **data, **({} if is_heard else {"lost": True}))
        if self.ear.is_diverted:
            return  # nobody else hears payment details
        for other in self._listeners():
            other.overhear_key(self, key, shown)

    def make_sound(self, sound: PhoneSound, **also: Any) -> None:
        """The party makes *sound*, from now on; *also* is added to the event."""
        data = self._event_data(sound, self.voice) | also
        self.record_event("spoke", data.pop("text"), **data)
        self.ear.hear(sound)
        if sound.kind == "speech":
            self.recorder.transcriptions.begin("inbound_track", sound.speech, sound.confidence)
        if self.audio_path is not None:
            self.audio_path.speaks(self, sound)
        for other in self._listeners():
            other.overhear(self, sound)

    def finish_speaking(self, words: str, confidence: float) -> None:
        """The party has said *words*: live transcriptions take them down, on this leg and where it is heard."""
        self.recorder.transcriptions.finish("inbound_track", words, confidence)
        for other in self._listeners():
            other.overhear_words(self, words, confidence)

    def overhear(self, speaker: Party, sound: PhoneSound) -> None:
        """*speaker*, on another leg, makes *sound*, and the party hears it."""
        data = self._event_data(sound, speaker.voice)
        place = self.record_event(
            "heard", f"{speaker.voice}: {data.pop('text')}", from_leg=speaker.sid, **data
        )
        self.overheard = [each for each in self.overheard if each[1] > self.clock.now]
        self.overheard.append((place, sound.end))
        if sound.kind == "speech":
            self.recorder.transcriptions.begin("outbound_track", sound.speech, sound.confidence)
            self.phone.listener.hear(sound.speech, sound.started)
        elif sound.kind == "beep":
            self.phone.listener.hear_beep(sound.speech.seconds, sound.started)
        else:
            self.phone.listener.hear_noise(sound.speech.seconds, sound.started)

    def overhear_key(self, speaker: Party, key: str, shown: str) -> None:
        """*speaker*, on another leg, presses *key*, recorded as *shown*, and the party hears its tone."""
        words = f"[presses {shown}]"
        data = {"speaker": speaker.voice, "words": words, "key": shown, "sound": "key"}
        self.record_event("heard", f"{speaker.voice}: {words}", from_leg=speaker.sid, **data)
        self.phone.listener.hear_keys(key, self.clock.now)

    def overhear_words(self, _: Party, words: str, confidence: float) -> None:
        """The party on another leg has said *words*, and this one has heard them."""
        self.recorder.transcriptions.finish("outbound_track", words, confidence)

    def _event_data(self, sound: PhoneSound, speaker: str) -> dict[str, Any]:
        """The data of an event about *sound*, made by *speaker*."""
        self.clips |= sound.clips
        is_speech = sound.kind == "speech"
        words = sound.speech.text if is_speech else f"[{sound.speech.text}]"
        return {
            "text": f"“{words}”" if is_speech else words,
            "seconds": sound.speech.seconds,
            "confidence": sound.confidence,
            "speaker": speaker,
            "words": words,
            "sound": sound.kind,
            **sound.clip_data,
        }

    def _listeners(self) -> Iterable[Party]:
        return () if self.audio_path is None else self.audio_path.listeners_of(self)
