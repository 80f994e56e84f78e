"""Leave: takes a waiting call out of its queue. Source: Twilio's page "TwiML Voice: Leave"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..legs._verb import Verb, performs

if TYPE_CHECKING:
    from ..clock._clock import Process


@performs("Leave")
def leave(verb: Verb) -> Process:
    """Do nothing, and say so: the call is in no queue (guessed; Twilio's page has only calls that wait)."""
    verb.tell("warned", "<Leave> does nothing: the call is in no queue")
    yield from ()  # it takes no time
