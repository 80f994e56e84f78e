"""Siprec, inside Start and Stop: copies the call's sound to a recording server.

Source: Twilio's page "TwiML Voice: Siprec".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..legs._siprec import SiprecSettings
from ..legs._verb import Verb, performs

if TYPE_CHECKING:
    from ..clock._clock import Process


@performs("Siprec")
def siprec(verb: Verb) -> Process[None]:
    """Begin to copy the call's sound, or inside Stop, end the copy with this *name*."""
    act = _stop if verb.is_inside("Stop") else _start
    act(verb)
    yield from ()  # it takes no time


def _start(verb: Verb) -> None:
    sessions = verb.leg.recorder.siprecs
    settings = SiprecSettings(
        name=verb["name"] or "",
        connector=verb["connectorName"] or "",
        track=verb["track"],
        parameters={each["name"] or "": each["value"] or "" for each in verb.inside()},
        callback=verb.callback_in("statusCallback", "statusCallbackMethod", "siprec"),
    )
    conflict = sessions.find_conflict(settings)
    if conflict:
        verb.record_event("failed", f"{conflict}; this one is not made")
    else:
        sessions.start(settings, verb.element.line)


def _stop(verb: Verb) -> None:
    name = verb["name"] or ""
    sessions = verb.leg.recorder.siprecs
    found = sessions.with_name(name)
    if found is None:
        verb.record_event("warned", f"no Siprec called {name!r} runs: nothing to stop")
    else:
        sessions.stop(found)
