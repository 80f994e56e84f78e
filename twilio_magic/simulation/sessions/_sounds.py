"""What an agent lets the caller hear: pieces of speech, keys, and audio files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ...sessions import AGENT
from ..audio._dtmf import seconds_of
from ..legs._speaking import begin_speech, end_speech
from ..webhooks._audio_file import fetch_audio
from ._pieces import agent_speech
from ._spec import relay_spec

if TYPE_CHECKING:
    from ..legs._leg import Leg
    from ..legs._verb import Verb
    from ..webhooks._audio_file import AudioFile


class Sounding(Protocol):
    """What can be played to the caller. *words* are its words, or its keys, for ``tokensPlayed``."""

    words: str

    def begin(self, leg: Leg) -> float:
        """Let the caller hear it; returns how many seconds it takes."""

    def end(self, leg: Leg, *, cut: bool) -> str:
        """It is over, or was *cut* off; returns the words that were heard."""


class Piece:
    """A piece of speech."""

    def __init__(self, text: str, voice: str | None, language: str) -> None:
        self.words = text
        #: Whether the caller interrupts it.
        self.is_interrupted = False
        self._speech = agent_speech(text, voice, language)
        self._place, self._started = 0, 0.0

    def begin(self, leg: Leg) -> float:
        """Speak it."""
        self._started = leg.clock.now
        self._place = begin_speech(leg, self._speech, speaker=AGENT)
        return self._speech.seconds

    def end(self, leg: Leg, *, cut: bool) -> str:
        """Stop speaking it."""
        end_speech(
            leg,
            self._place,
            self._speech,
            self._started,
            cut=cut,
            is_interrupted=self.is_interrupted,
        )
        return self._speech.text_until(leg.clock.now - self._started) if cut else self.words


class Keys:
    """Keys that are pressed for the far end."""

    def __init__(self, keys: str) -> None:
        self.words = keys

    def begin(self, leg: Leg) -> float:
        """Press them."""
        seconds = round(seconds_of(self.words, relay_spec().timing.key), 3)
        leg.record_event("played", f"tones {self.words}", seconds=seconds, keys=self.words)
        leg.phone.listener.hear_keys(self.words, leg.clock.now)
        return seconds

    def end(self, _: Leg, *, cut: bool) -> str:
        """They are over."""
        return "" if cut else self.words


class Audio:
    """An audio file, *times* in a row."""

    def __init__(self, file: AudioFile, times: int) -> None:
        self.words = ""
        self._file, self._times = file, times
        self._place, self._started = 0, 0.0

    def begin(self, leg: Leg) -> float:
        """Play it."""
        file, seconds = self._file, self._file.playing_seconds * self._times
        leg.files[file.url] = file
        self._started = leg.clock.now
        self._place = leg.record_event("played", str(file), seconds=round(seconds, 3), url=file.url)
        leg.phone.listener.hear_noise(seconds, leg.clock.now)
        return seconds

    def end(self, leg: Leg, *, cut: bool) -> str:
        """Stop playing it."""
        if cut:
            now = leg.clock.now
            leg.phone.listener.hear_no_more(now)
            seconds = round(now - self._started, 3)
            leg.update_event(self._place, f"{self._file} (cut off)", seconds=seconds, cut=True)
        return ""


def fetch_sound(noun: Verb, source: str, loop: int | None) -> Audio | None:
    """The audio at *source*, so often as *loop* says; ``None``, which is told, if it cannot be had."""
    leg, spec = noun.leg, relay_spec()
    file = fetch_audio(source, leg.world.network, leg.files, leg.webhooks.cookies)
    if file.failure is not None or not file.is_audio:
        why = file.failure.reason if file.failure else f"its type, {file.kind}, is not audio"
        noun.record_event("warned", f"{file.url} is not played: {why}", url=file.url)
        return None
    return Audio(file, spec.default_loop if loop is None else loop or spec.endless_loop)
