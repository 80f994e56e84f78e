"""Play: an audio file, or DTMF tones. Source: Twilio's page "TwiML Voice: Play"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._sounds import seconds_of
from .._speaking import wait
from .._verb import Verb, performs
from .say import FOREVER

if TYPE_CHECKING:
    from .._clock import Process

ASSUMED_SECONDS = 5.0  # files are not opened yet: every one lasts as long as this


@performs("Play", "digits", "loop")
def play(verb: Verb) -> Process:
    """Play the file, or the tones of *digits*, as often as *loop* says."""
    if verb["digits"]:
        seconds = seconds_of(verb["digits"])
        text = f"tones {verb['digits']}"
    else:
        seconds = ASSUMED_SECONDS
        text = f"{verb.element.text} (its length is assumed: {seconds:g} s)"
    for _ in range(verb["loop"] or FOREVER):
        verb.tell("played", text, seconds=seconds, keys=verb["digits"])
        if (yield from wait(verb.leg, seconds, verb.stop)):
            return
