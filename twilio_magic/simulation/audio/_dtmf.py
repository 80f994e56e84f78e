"""DTMF tones and beeps: the frequencies of each key, and how long tones and pauses take."""

from __future__ import annotations

from collections.abc import Mapping

BEEP_SECONDS = 0.4
TONE_SECONDS = 0.25  # one tone and the gap behind it
#: Seconds that each pause character takes among keys.
PAUSES: Mapping[str, float] = {"w": 0.5, "W": 1.0}

#: The two frequencies of each key. Source: ITU-T Q.23.
_ROWS, _COLUMNS = (697, 770, 852, 941), (1209, 1336, 1477, 1633)
_KEYS = ("123A", "456B", "789C", "*0#D")
FREQUENCIES: Mapping[str, tuple[int, int]] = {
    key: (low, high)
    for low, keys in zip(_ROWS, _KEYS, strict=True)
    for high, key in zip(_COLUMNS, keys, strict=True)
}


def seconds_of(keys: str, tone: float = TONE_SECONDS) -> float:
    """The seconds that *keys* take, with their pauses; *tone* is what one takes with the gap behind it."""
    return sum(PAUSES.get(key, tone) for key in keys)
