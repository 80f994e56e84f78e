"""Siprec, inside Start and Stop: copies the call's sound to a recording server.

Source: Twilio's page "TwiML Voice: Siprec".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..legs._siprec import SiprecSettings
from ..legs._verb import Verb, performs
from ._forks import start_or_stop_fork

if TYPE_CHECKING:
    from ..clock._clock import Process


@performs("Siprec")
def siprec(verb: Verb) -> Process[None]:
    """Begin to copy the call's sound, or inside Stop, end the copy with this *name*."""
    return start_or_stop_fork(verb, verb.leg.recorder.siprecs, _read_settings, "Siprec")


def _read_settings(verb: Verb) -> SiprecSettings:
    return SiprecSettings(
        name=verb["name"] or "",
        connector=verb["connectorName"] or "",
        track=verb["track"],
        parameters={each["name"] or "": each["value"] or "" for each in verb.inside()},
        callback=verb.callback_in("statusCallback", "statusCallbackMethod", "siprec"),
    )
