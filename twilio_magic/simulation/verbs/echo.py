"""Echo: plays back what the caller says. Twilio has no page for it; it is in every SDK."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..legs._verb import Verb, performs

if TYPE_CHECKING:
    from ..clock._clock import Process


@performs("Echo")
def echo(verb: Verb) -> Process[None]:
    """Let the phone hear itself until the call ends (guessed)."""
    verb.record_event("played", "an echo of the caller, until the call ends", seconds=0.0)
    while True:
        sound = yield verb.leg.ear.sound
        verb.leg.phone.listener.hear(sound.speech, sound.started)
