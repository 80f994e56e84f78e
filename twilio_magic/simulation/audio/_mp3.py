"""Encodes sound as MP3, by LAME, which is an optional dependency."""

from __future__ import annotations

import wave
from io import BytesIO

from ...errors import NotInstalled

_KBIT_A_CHANNEL = 32  # Source: Twilio's page "Recording resource", fetch a recording's media file
_FASTEST = 7
_INSTALL = 'pip install "twilio-magic[mp3]"'


def mp3(sound: bytes) -> bytes:
    """The WAV file *sound* as MP3; raises :class:`NotInstalled` without the encoder."""
    try:
        from lameenc import Encoder
    except ModuleNotFoundError:
        raise NotInstalled(
            "MP3s of recordings need the package lameenc, which is not installed here.",
            hint=f"Run {_INSTALL}, or fetch the recording as .wav.",
        ) from None
    with wave.open(BytesIO(sound)) as read:
        channels, rate, samples = read.getnchannels(), read.getframerate(), read.readframes(-1)
    encoder = Encoder()
    encoder.silence()
    encoder.set_channels(channels)
    encoder.set_in_sample_rate(rate)
    encoder.set_bit_rate(_KBIT_A_CHANNEL * channels)
    encoder.set_quality(_FASTEST)
    return bytes(encoder.encode(samples) + encoder.flush())
