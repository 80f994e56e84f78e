"""Writes sounds into a WAV file: 8 kHz, 16 bits, one or two channels, of exactly the right length.

Between sounds there is silence.
"""

from __future__ import annotations

import wave
from array import array
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Protocol

from ...mulaw import RATE
from ...records import dataclass

_LOUDEST = 32767


class Playable(Protocol):
    """A sound from *start* to *end*, in seconds after the call was created."""

    @property
    def start(self) -> float:
        """When it begins."""

    @property
    def end(self) -> float:
        """When it ends."""

    def samples(self, first: int, count: int) -> array[int]:
        """So many of its samples, from the *first* that is wanted on."""


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


def wav(channels: Sequence[Sequence[Playable]], stretches: Sequence[Stretch]) -> bytes:
    """A WAV file of *stretches*, one after the other; each of the *channels* has its own sounds."""
    samples = [render(sounds, stretches) for sounds in channels]
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


def render(sounds: Sequence[Playable], stretches: Sequence[Stretch]) -> array[int]:
    """The samples of *stretches*, in which *sounds* are heard."""
    samples = array("h", bytes(2 * _frames(length(stretches))))
    before = 0.0
    for stretch in stretches:
        for sound in () if stretch.silent else sounds:
            start, end = max(sound.start, stretch.start), min(sound.end, stretch.end)
            if start < end:
                shift = before - stretch.start
                place = _frames(start + shift)
                count = min(_frames(end + shift), len(samples)) - place
                _mix(samples, place, sound.samples(_frames(start - sound.start), max(count, 0)))
        before += stretch.seconds
    return samples


def _mix(samples: array[int], start: int, added: array[int]) -> None:
    """Add a sound to *samples*, which may contain others."""
    there = samples[start : start + len(added)]
    if any(there):
        both = (old + new for old, new in zip(there, added, strict=True))
        added = array("h", (max(-_LOUDEST, min(_LOUDEST, value)) for value in both))
    samples[start : start + len(added)] = added
