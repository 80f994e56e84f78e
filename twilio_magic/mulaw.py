"""mu-law, the sound of telephone lines: one byte a sample, 8,000 samples a second. Source: ITU-T G.711."""

from __future__ import annotations

import wave
from array import array
from collections import Counter
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from math import log10

#: Samples, and so bytes, a second.
RATE = 8000
SILENCE = b"\xff"
#: The loudness of silence, in decibels below the loudest sound.
QUIETEST = -96.0

_BIAS, _LOUDEST = 33, 8159
_FULL_SCALE = 32768


def expand(sound: bytes | bytearray) -> array[int]:
    """The samples of *sound*, of 16 bits each."""
    table = _samples()
    return array("h", [table[byte] for byte in sound])


def compress(samples: Iterable[int]) -> bytes:
    """*samples* of 16 bits as mu-law."""
    table = _codes()
    return bytes([table[sample] for sample in samples])


def mix(one: bytes, other: bytes) -> bytes:
    """Two sounds of the same length at once."""
    pairs = zip(expand(one), expand(other), strict=True)
    return compress(max(-_FULL_SCALE, min(_FULL_SCALE - 1, a + b)) for a, b in pairs)


def loudness(sound: bytes | bytearray) -> float:
    """How loud *sound* is on the whole, in decibels below the loudest there is: 0 to -96."""
    table = _samples()
    power = sum(count * table[byte] ** 2 for byte, count in Counter(sound).items())
    if not power:
        return QUIETEST
    return round(10 * log10(power / len(sound) / _FULL_SCALE**2), 1)


def duration_of(sound: bytes | bytearray) -> float:
    """How long *sound* is."""
    return round(len(sound) / RATE, 3)


def to_wav(sound: bytes | bytearray) -> bytes:
    """*sound* as a WAV file of 16 bits."""
    file = BytesIO()
    with wave.open(file, "wb") as written:
        written.setparams((1, 2, RATE, 0, "NONE", "not compressed"))
        written.writeframes(expand(sound).tobytes())
    return file.getvalue()


@cache
def _samples() -> tuple[int, ...]:
    """The sample that each byte stands for."""
    return tuple(_sample(byte) for byte in range(256))


def _sample(byte: int) -> int:
    code = ~byte & 0xFF
    size = (((code & 0x0F) << 3) + 4 * _BIAS << (code >> 4 & 7)) - 4 * _BIAS
    return -size if code & 0x80 else size


@cache
def _codes() -> bytes:
    """The byte for each sample; those of negative samples stand at the end, where Python looks for them."""
    return bytes(_code(sample) for sample in (*range(_FULL_SCALE), *range(-_FULL_SCALE, 0)))


def _code(sample: int) -> int:
    size = sample >> 2
    mask = 0x7F if size < 0 else 0xFF
    size = min(abs(size), _LOUDEST) + _BIAS
    segment = max(0, size.bit_length() - 6)
    if segment > 7:
        return 0x7F ^ mask
    return (segment << 4 | size >> segment + 1 & 0x0F) ^ mask
