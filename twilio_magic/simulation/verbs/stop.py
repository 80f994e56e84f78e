"""Stop: ends something that a Start began. Source: Twilio's page "TwiML Voice: Stop"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .._verb import Verb, perform, performs

if TYPE_CHECKING:
    from .._clock import Process


@performs("Stop")
def stop(verb: Verb) -> Process:
    """Stop what the noun names, and go on at once."""
    for noun in verb.element.children:
        yield from perform(replace(verb, element=noun))
