"""WAV files as the sound of a telephone line."""

from __future__ import annotations

from array import array
from functools import lru_cache

from ... import mulaw
from ._duration import chunks
from ._espeak import resample

_PCM, _MULAW, _EXTENSIBLE = 1, 7, 0xFFFE
#: The rates that a file may have: what is outside is nonsense.
_RATES = range(1000, 400_000)


@lru_cache(maxsize=32)
def read_wav(data: bytes) -> bytes | None:
    """The sound of the WAV file *data* as mu-law: PCM of 8 to 32 bits, or mu-law; ``None`` for anything else."""
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        return None
    parts = dict(chunks(data, "little"))
    form, sound = parts.get(b"fmt ", b""), parts.get(b"data")
    if len(form) < 16 or sound is None:
        return None
    kind, channels, bits = (int.from_bytes(form[at : at + 2], "little") for at in (0, 2, 14))
    if kind == _EXTENSIBLE:
        kind = int.from_bytes(form[24:26], "little")
    rate = int.from_bytes(form[4:8], "little")
    if channels < 1 or rate not in _RATES:
        return None
    samples = _samples(sound, kind, bits)
    return None if samples is None else mulaw.compress(resample(_first(samples, channels), rate))


def _first(samples: array[int], channels: int) -> array[int]:
    """The first of so many *channels*."""
    return samples[: len(samples) // channels * channels : channels]


def _samples(sound: bytes, kind: int, bits: int) -> array[int] | None:
    """The samples of *sound*, of 16 bits each."""
    if kind == _MULAW and bits == 8:
        return mulaw.expand(sound)
    if kind != _PCM or bits not in (8, 16, 24, 32):
        return None
    if bits == 8:
        return array("h", ((byte - 128) << 8 for byte in sound))
    size = bits // 8
    # the two highest bytes of each sample
    return array(
        "h",
        (
            int.from_bytes(sound[at + size - 2 : at + size], "little", signed=True)
            for at in range(0, len(sound) // size * size, size)
        ),
    )
