"""Play: an audio file, or DTMF tones. Source: Twilio's page "TwiML Voice: Play"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _tones
from .._speaking import wait
from .._verb import Verb, performs
from .say import FOREVER

if TYPE_CHECKING:
    from .._clock import Process

ASSUMED_SECONDS = 5.0  # files are not opened yet: every one lasts as long as this


@performs("Play", "digits", "loop")
def play(verb: Verb) -> Process:
    """Play the file, or the tones of *digits*, as often as *loop* says."""
    for _ in range(verb["loop"] or FOREVER):
        if verb["digits"]:
            stopped = yield from _tones.send(verb.leg, verb["digits"], stop=verb.stop)
        else:
            stopped = yield from _file(verb)
        if stopped:
            return


def _file(verb: Verb) -> Process:
    text = f"{verb.element.text} (its length is assumed: {ASSUMED_SECONDS:g} s)"
    verb.tell("played", text, seconds=ASSUMED_SECONDS)
    return (yield from wait(verb.leg, ASSUMED_SECONDS, verb.stop))
