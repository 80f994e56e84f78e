"""Start: begins something that goes on beside the call. Source: Twilio's page "TwiML Voice: Start"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .._verb import Verb, perform, performs

if TYPE_CHECKING:
    from .._clock import Process


@performs("Start")
def start(verb: Verb) -> Process:
    """Start what the noun names, and go on at once."""
    for noun in verb.element.children:
        yield from perform(replace(verb, element=noun))
