"""Writes tones into a WAV file: 8 kHz, 16 bits, one or two channels, of exactly the right length.

Between tones there is silence. Frequencies are whole numbers, so one second of a tone repeats seamlessly.
"""

from __future__ import annotations

import wave
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from math import pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._sounds import Tone

RATE = 8000
_LOUDNESS = 6000  # of 32767: quiet
_LOUDEST = 32767


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a call in a recording, in seconds after the call was created. A *silent* one keeps only its length."""

    start: float
    end: float
    silent: bool = False

    @property
    def seconds(self) -> float:
        """Its length in seconds."""
        return self.end - self.start


def length(stretches: Iterable[Stretch]) -> float:
    """The total length of *stretches* in seconds."""
    return round(sum(stretch.seconds for stretch in stretches), 6)


def wav(channels: Sequence[Sequence[Tone]], stretches: Sequence[Stretch]) -> bytes:
    """A WAV file of *stretches*, one after the other; each of the *channels* has its own tones."""
    samples = [_samples(tones, stretches) for tones in channels]
    woven = array("h", bytes(2 * len(samples) * len(samples[0])))
    for place, channel in enumerate(samples):
        woven[place :: len(samples)] = channel
    file = BytesIO()
    with wave.open(file, "wb") as written:
        written.setparams((len(samples), 2, RATE, 0, "NONE", "not compressed"))
        written.writeframes(woven.tobytes())
    return file.getvalue()


def _frames(seconds: float) -> int:
    return round(seconds * RATE)


def _samples(tones: Sequence[Tone], stretches: Sequence[Stretch]) -> array[int]:
    samples = array("h", bytes(2 * _frames(length(stretches))))
    before = 0.0
    for stretch in stretches:
        for sound in () if stretch.silent else tones:
            start, end = max(sound.start, stretch.start), min(sound.end, stretch.end)
            if start < end:
                shift = before - stretch.start
                _mix(samples, sound.hertz, _frames(start + shift), _frames(end + shift))
        before += stretch.seconds
    return samples


def _mix(samples: array[int], hertz: tuple[int, ...], start: int, end: int) -> None:
    """Add a tone to *samples*, which may contain others."""
    end = min(end, len(samples))
    count = max(end - start, 0)
    added = (_second(hertz) * (count // RATE + 1))[:count]
    there = samples[start:end]
    if any(there):
        both = (old + new for old, new in zip(there, added, strict=True))
        added = array("h", (max(-_LOUDEST, min(_LOUDEST, value)) for value in both))
    samples[start:end] = added


@cache
def _second(hertz: tuple[int, ...]) -> array[int]:
    """One second of a tone."""
    share = _LOUDNESS / len(hertz)
    turns = [2 * pi * each / RATE for each in hertz]
    return array("h", (round(share * sum(sin(turn * n) for turn in turns)) for n in range(RATE)))
