"""Hangup: ends the call. Source: Twilio's page "TwiML Voice: Hangup", and its TwiML changelog, 2023-06-01."""

from __future__ import annotations

from typing import NoReturn

from ..legs._process import CallEnded
from ..legs._verb import Verb, performs


@performs("Hangup")
def hangup(verb: Verb) -> NoReturn:
    """End the call from Twilio's side; one that still rings stays unanswered."""
    is_answered = verb.leg.status == "in-progress"
    raise CallEnded("completed" if is_answered else "no-answer", "Twilio")
