"""Pause: silence. Source: Twilio's page "TwiML Voice: Pause"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..legs._speaking import wait
from ..legs._verb import Verb, performs

if TYPE_CHECKING:
    from ..clock._clock import Process


@performs("Pause")
def pause(verb: Verb) -> Process[None]:
    """Wait *length* seconds."""
    verb.record_event("paused", f"{verb['length']} s", seconds=verb["length"])
    yield from wait(verb.leg, verb["length"], verb.stop)
