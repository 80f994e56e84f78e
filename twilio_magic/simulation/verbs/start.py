"""Start and Stop: what goes on beside the call. Source: Twilio's pages "TwiML Voice: Start" and "Stop"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..legs._verb import Verb, perform, performs

if TYPE_CHECKING:
    from ..clock._clock import Process


@performs("Start")
@performs("Stop")
def start_or_stop(verb: Verb) -> Process[None]:
    """Start or stop what the nouns name, and go on at once."""
    for noun in verb.inside():
        yield from perform(noun)
