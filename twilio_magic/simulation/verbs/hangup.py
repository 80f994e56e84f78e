"""Hangup: ends the call. Source: Twilio's page "TwiML Voice: Hangup"."""

from __future__ import annotations

from typing import NoReturn

from ..legs._process import CallEnded
from ..legs._verb import Verb, performs


@performs("Hangup")
def hangup(_: Verb) -> NoReturn:
    """End the call from Twilio's side."""
    raise CallEnded("completed", "Twilio")
