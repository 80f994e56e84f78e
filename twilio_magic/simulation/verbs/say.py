"""Say: speaks text. Source: Twilio's page "TwiML Voice: Say"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..legs._documents import speech_of
from ..legs._speaking import speak
from ..legs._verb import Verb, performs

if TYPE_CHECKING:
    from ..clock._clock import Process

FOREVER = 1000  # loop="0" repeats until the call ends, and Twilio stops after this many rounds


@performs("Say")
def say(verb: Verb) -> Process[None]:
    """Speak the text as often as *loop* says; a key during a Gather cuts it short."""
    words = speech_of(verb.element)
    if not words.seconds:
        return  # there is nothing to hear
    for _ in range(verb["loop"] or FOREVER):
        if (yield from speak(verb.leg, words, verb.stop, line=verb.element.line)):
            return
