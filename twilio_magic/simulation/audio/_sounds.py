"""What sounds on a line, and when: read from the timeline of a call, after the fact.

Nothing is computed while a call runs, so that a world of ten thousand calls stays light.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..legs._tones import PAUSES, TONE_SECONDS

if TYPE_CHECKING:
    from ...timeline import Event

#: Which way a sound goes: in from the phone, or out from Twilio.
Track = Literal["inbound", "outbound"]

#: The two frequencies of each key. Source: ITU-T Q.23.
_ROWS, _COLUMNS = (697, 770, 852, 941), (1209, 1336, 1477, 1633)
_KEYS = ("123A", "456B", "789C", "*0#D")
DTMF = {
    key: (low, high)
    for low, keys in zip(_ROWS, _KEYS, strict=True)
    for high, key in zip(_COLUMNS, keys, strict=True)
}

_GAP = 0.05
_PRESSED_SECONDS = 0.15
_BEEP = (1000,)
#: Hums that stand for what nobody synthesizes: Twilio's words, an audio file, a person's words.
_TWILIO, _FILE = (220, 440, 660), (262, 330, 392)
_FAR_END = {"speech": (150, 300, 450), "beep": _BEEP, "fax": (1100,)}


@dataclass(frozen=True, slots=True)
class Sound:
    """One sound from *start* to *end*, seconds after the call was created, made of the frequencies *hertz*."""

    track: Track
    start: float
    end: float
    hertz: tuple[int, ...]


def sounds(events: Iterable[Event]) -> Iterator[Sound]:
    """Every sound that *events* tell of, as it began."""
    for event in events:
        if event.kind == "said":
            yield _hum(event, "outbound", _TWILIO)
        elif event.kind == "spoke":
            yield _hum(event, "inbound", _FAR_END[event.data["sound"]])
        elif event.kind == "heard":
            yield from _heard(event)
        elif event.kind == "pressed" and event.data["key"] in DTMF:
            yield Sound("inbound", event.at, event.at + _PRESSED_SECONDS, DTMF[event.data["key"]])
        elif event.kind == "played":
            yield from _played(event)


def _heard(event: Event) -> Iterator[Sound]:
    """What another party says or presses."""
    if event.data["sound"] != "key":
        yield _hum(event, "outbound", _FAR_END[event.data["sound"]])
    elif event.data["key"] in DTMF:
        end = event.at + _PRESSED_SECONDS
        yield Sound("outbound", event.at, end, DTMF[event.data["key"]])


def _hum(event: Event, track: Track, hertz: tuple[int, ...]) -> Sound:
    return Sound(track, event.at, event.at + event.data["seconds"], hertz)


def _played(event: Event) -> Iterator[Sound]:
    keys = event.data.get("keys")
    if keys:
        yield from _tones(event, keys)
    else:
        yield _hum(event, "outbound", _BEEP if event.data.get("beep") else _FILE)


def _tones(event: Event, keys: str) -> Iterator[Sound]:
    at = event.at
    for key in keys:
        seconds = PAUSES.get(key, TONE_SECONDS)
        if key in DTMF:
            yield Sound("outbound", at, at + seconds - _GAP, DTMF[key])
        at += seconds
