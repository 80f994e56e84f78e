"""What machines sound like: a beep after a greeting, and a fax."""

from __future__ import annotations

from dataclasses import replace

from ...twiml import Speech, speak_text

BEEP_AFTER = (
    0.4  # seconds between a greeting and its beep: shorter than the silence that ends a message
)


def _noise(name: str, seconds: float) -> Speech:
    return replace(speak_text(name), seconds=seconds, words=())


BEEP = _noise("beep", 0.5)
FAX = _noise("fax tones", 3.0)
