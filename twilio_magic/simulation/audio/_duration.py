"""The playing time of audio files, read from their headers.

WAV (PCM, mu-law, A-law), AIFF, MP3, and the bare streams of mu-law and GSM: the types that Twilio's page "TwiML Voice:
Play" lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ldexp
from struct import unpack

_BYTES_PER_SECOND: Mapping[str, float] = {
    "audio/ulaw": 8000,
    "audio/basic": 8000,
    "audio/gsm": 33 / 0.02,  # a frame of 33 bytes is 20 ms
    "audio/x-gsm": 33 / 0.02,
}
#: Kilobits per second by the index in a frame's header. Source: ISO/IEC 11172-3 and 13818-3, layer III.
_MPEG1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MPEG2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES = (44100, 48000, 32000)
_HIGHEST = 32  # a sample rate of 2**32 or more is nonsense
_HALVINGS = {3: 1, 2: 2, 0: 4}  # MPEG-1, MPEG-2, MPEG-2.5


def audio_seconds(data: bytes, kind: str) -> float | None:
    """The playing time in seconds of the file *data*, of the media type *kind*; ``None`` if it cannot be measured."""
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return _of_wav(data)
    if data[:4] == b"FORM" and data[8:12] in (b"AIFF", b"AIFC"):
        return _of_aiff(data)
    rate = _BYTES_PER_SECOND.get(kind)
    return len(data) / rate if rate else _of_mp3(data)


def _of_wav(data: bytes) -> float | None:
    parts = dict(chunks(data, "little"))
    if len(parts.get(b"fmt ", b"")) < 16 or b"data" not in parts:
        return None
    bytes_per_second = int.from_bytes(parts[b"fmt "][8:12], "little")
    return len(parts[b"data"]) / bytes_per_second if bytes_per_second else None


def _of_aiff(data: bytes) -> float | None:
    common = dict(chunks(data, "big")).get(b"COMM", b"")
    if len(common) < 18:
        return None
    frames, exponent, mantissa = unpack(">2xI2xHQ", common[:18])
    rate = ldexp(mantissa, min(exponent - 16383, _HIGHEST) - 63)  # an extended float of 80 bits
    return frames / rate if rate >= 1 else None


def chunks(data: bytes, order: str) -> Iterator[tuple[bytes, bytes]]:
    """The named chunks of a WAV or AIFF file, in an *order* of bytes.

    One that claims to be longer than the file is cut at its end.
    """
    at = 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], order)  # type: ignore[arg-type] # one of two words
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _of_mp3(data: bytes) -> float | None:
    """The time that the Xing or VBRI header in the first frame states, or the sum of all frames without one."""
    at, seconds = _after_tags(data), 0.0
    if not _frame(data, at):
        return None
    while found := _frame(data, at):
        size, length = found
        frames = _stated_frames(data[at : at + size]) if not seconds else None
        if frames:
            return frames * length
        seconds += length
        at += size
    return seconds


def _after_tags(data: bytes) -> int:
    """Where the first frame should begin: after an ID3 tag, whose size is written in bytes of seven bits."""
    if data[:3] != b"ID3" or len(data) < 10:
        return 0
    high, upper, lower, low = data[6:10]
    return 10 + (high << 21 | upper << 14 | lower << 7 | low)


def _frame(data: bytes, at: int) -> tuple[int, float] | None:
    """Bytes and seconds of the layer III frame at this place; ``None`` if there is none."""
    if len(data) < at + 4 or data[at] != 0xFF or data[at + 1] & 0xE6 != 0xE2:
        return None
    version, rate_index = data[at + 1] >> 3 & 3, data[at + 2] >> 2 & 3
    bits, padding = data[at + 2] >> 4, data[at + 2] >> 1 & 1
    if version not in _HALVINGS or rate_index == 3 or bits in (0, 15):
        return None
    rate = _RATES[rate_index] // _HALVINGS[version]
    table, samples = (_MPEG1, 1152) if version == 3 else (_MPEG2, 576)
    return samples // 8 * table[bits] * 1000 // rate + padding, samples / rate


def _stated_frames(frame: bytes) -> int | None:
    """The number of frames that the Xing or VBRI header in *frame* states; ``None`` without such a header."""
    for name in (b"Xing", b"Info"):
        at = frame.find(name)
        if at > 0 and frame[at + 7 : at + 8] and frame[at + 7] & 1:
            return int.from_bytes(frame[at + 8 : at + 12], "big")
    at = frame.find(b"VBRI")
    return int.from_bytes(frame[at + 14 : at + 18], "big") if at > 0 else None
