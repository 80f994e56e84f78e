"""A file of sound for every address at which Twilio has one: silence of our own."""

from __future__ import annotations

from functools import cache

_FRAMES_PER_SECOND = 44_100 / 1152
#: A frame of MPEG-1, layer III, 128 kbit/s, 44.1 kHz, whose content is nothing but silence.
_SILENT_FRAME = bytes([0xFF, 0xFB, 0x90, 0x00]).ljust(417, b"\0")


@cache
def silent_mp3(seconds: int) -> bytes:
    """An MP3 of that length, in which there is nothing to hear."""
    return _SILENT_FRAME * round(_FRAMES_PER_SECOND * seconds)
