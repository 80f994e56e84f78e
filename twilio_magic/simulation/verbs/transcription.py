"""Transcription, inside Start and Stop: writes the call down while it goes on.

Source: Twilio's page "TwiML Voice: Transcription".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..legs._transcription_settings import read_transcription_settings
from ..legs._verb import Verb, performs

if TYPE_CHECKING:
    from ..clock._clock import Process


@performs("Transcription")
def transcription(verb: Verb) -> Process[None]:
    """Begin to write the call down, or inside Stop, end the transcription with this *name*."""
    act = _stop if verb.is_inside("Stop") else _start
    act(verb)
    yield from ()  # it takes no time


def _start(verb: Verb) -> None:
    for child in verb.inside():
        text = f"<{child.element.name}> of <Transcription> (line {child.element.line})"
        verb.record_event_once("not simulated", text)
    callback = verb.callback_in("statusCallbackUrl", "statusCallbackMethod", "transcription")
    settings = read_transcription_settings(verb.__getitem__, verb.element.attributes, callback)
    transcriptions = verb.leg.recorder.transcriptions
    conflict = transcriptions.find_conflict(settings)
    if conflict:
        verb.record_event("failed", f"{conflict}; this one is not made")
    else:
        transcriptions.start(settings, verb.element.line)


def _stop(verb: Verb) -> None:
    name = verb["name"] or ""
    transcriptions = verb.leg.recorder.transcriptions
    found = transcriptions.with_name(name)
    for each in found:
        transcriptions.stop(each)
    if not found:
        verb.record_event("warned", f"no transcription called {name!r} runs: nothing to stop")
