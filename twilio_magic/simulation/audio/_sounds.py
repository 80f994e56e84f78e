"""The tones of a call, computed from its timeline when they are needed: keys, beeps, and hums for what has no sound.

Nothing is computed while a call runs, so that ten thousand calls stay cheap.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from functools import cache
from math import pi, sin
from typing import TYPE_CHECKING, Literal

from ...mulaw import RATE
from ...records import dataclass
from ._dtmf import FREQUENCIES, PAUSES, TONE_SECONDS

if TYPE_CHECKING:
    from ...timeline import Event

#: The direction of a sound: from the phone, or from Twilio.
Track = Literal["inbound", "outbound"]

_GAP = 0.05
_PRESSED_SECONDS = 0.15
_BEEP = (1000,)
#: Hums instead of speech synthesis: for Twilio's words, for an audio file, for the words of the party on the phone.
_TWILIO, _FILE = (220, 440, 660), (262, 330, 392)
_FAR_END = {"speech": (150, 300, 450), "beep": _BEEP, "fax": (1100,), "file": _FILE}
_LOUDNESS = 6000  # of 32767: quiet


@dataclass(frozen=True, slots=True)
class Tone:
    """A sound of the frequencies *hertz*, from *start* to *end* in seconds after the call was created."""

    track: Track
    start: float
    end: float
    hertz: tuple[int, ...]

    def samples(self, first: int, count: int) -> array[int]:
        """So many samples of the tone, from the *first* that is wanted on."""
        begin = first % RATE
        return (_second(self.hertz) * ((begin + count) // RATE + 1))[begin : begin + count]


def tones(events: Iterable[Event]) -> Iterator[Tone]:
    """The tones of all sounds in *events*, in their order."""
    for event in events:
        if event.kind == "said":
            yield _hum(event, "outbound", _TWILIO)
        elif event.kind == "spoke":
            yield _hum(event, "inbound", _FAR_END[event.data["sound"]])
        elif event.kind == "heard":
            yield from _of_other_party(event)
        elif event.kind == "pressed" and event.data["key"] in FREQUENCIES:
            yield Tone(
                "inbound", event.at, event.at + _PRESSED_SECONDS, FREQUENCIES[event.data["key"]]
            )
        elif event.kind == "played":
            yield from _of_playing(event)


def _of_other_party(event: Event) -> Iterator[Tone]:
    """The tones of what another party says or presses."""
    if event.data["sound"] != "key":
        yield _hum(event, "outbound", _FAR_END[event.data["sound"]])
    elif event.data["key"] in FREQUENCIES:
        end = event.at + _PRESSED_SECONDS
        yield Tone("outbound", event.at, end, FREQUENCIES[event.data["key"]])


def _hum(event: Event, track: Track, hertz: tuple[int, ...]) -> Tone:
    return Tone(track, event.at, event.at + event.data["seconds"], hertz)


def _of_playing(event: Event) -> Iterator[Tone]:
    keys = event.data.get("keys")
    if keys:
        yield from _of_keys(event, keys)
    else:
        yield _hum(event, "outbound", _BEEP if event.data.get("beep") else _FILE)


def _of_keys(event: Event, keys: str) -> Iterator[Tone]:
    at = event.at
    for key in keys:
        seconds = PAUSES.get(key, TONE_SECONDS)
        if key in FREQUENCIES:
            yield Tone("outbound", at, at + seconds - _GAP, FREQUENCIES[key])
        at += seconds


@cache
def _second(hertz: tuple[int, ...]) -> array[int]:
    """One second of a tone. Frequencies are whole numbers, so it repeats seamlessly."""
    share = _LOUDNESS / len(hertz)
    turns = [2 * pi * each / RATE for each in hertz]
    return array("h", (round(share * sum(sin(turn * n) for turn in turns)) for n in range(RATE)))
