"""The voices of a world: words as sound, spoken by a synthesizer or as noise in the shape of speech.

The sound of a speech is as long as the speech is in simulated time, whoever speaks it.
"""

from __future__ import annotations

from functools import lru_cache
from math import sin
from random import Random
from typing import TYPE_CHECKING, Literal, TypeAlias

from ... import mulaw
from ...errors import SimulatorError
from ...twiml import Speech, speak_text
from ._espeak import synthesize

if TYPE_CHECKING:
    from ...twiml import Word

#: ``auto`` is a synthesizer if one is installed, else noise.
Voices: TypeAlias = Literal["auto", "noise"]
_KINDS: tuple[Voices, ...] = ("auto", "noise")
#: The loudness of noise: of 32767, as loud as people speak on the phone.
_LOUD = 6000
_PI = 3.141592653589793
_NOISE_SECONDS = 1


def read_voices(voices: Voices) -> Voices:
    """*voices* as they are; raises :class:`SimulatorError` for what is none."""
    if voices not in _KINDS:
        raise SimulatorError(f"{voices!r} is no kind of voices.", hint='Give "auto" or "noise".')
    return voices


def sound_of_words(text: str, language: str | None, seconds: float, voices: Voices) -> bytes:
    """*text* as mu-law that is exactly so many *seconds* long."""
    length = round(seconds * mulaw.RATE)
    speech = speak_text(text, language=language)
    spoken = None
    if voices == "auto" and speech.words and seconds > 0:
        spoken = synthesize(text, speech.language, min(seconds, speech.words[-1].end or seconds))
    sound = spoken or _noise_in_shape(speech)
    return sound[:length].ljust(length, mulaw.SILENCE)


@lru_cache(maxsize=1024)
def _noise_in_shape(speech: Speech) -> bytes:
    """Noise for each word of *speech*, and silence between them."""
    sound = bytearray()
    for word in speech.words:
        start = round(word.start * mulaw.RATE)
        sound = sound[:start].ljust(start, mulaw.SILENCE)
        sound += _noise_of(word)
    return bytes(sound)


def _noise_of(word: Word) -> bytes:
    """Noise that swells and dies away."""
    count = max(1, round((word.end - word.start) * mulaw.RATE))
    noise = _noise()
    return mulaw.compress(
        round(noise[place % len(noise)] * sin(_PI * place / count) ** 0.5) for place in range(count)
    )


@lru_cache(maxsize=1)
def _noise() -> tuple[int, ...]:
    """A second of noise, the same in every world."""
    random = Random(0)  # noqa: S311 - no secret
    return tuple(random.randint(-_LOUD, _LOUD) for _ in range(mulaw.RATE * _NOISE_SECONDS))
