"""Transcription, inside Start and Stop: writes the call down while it goes on.

Source: Twilio's page "TwiML Voice: Transcription".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..legs._live_transcription import LiveTranscription
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
    most = verb.element.row.limits["forked_streams_per_call"] if verb.element.row else 0
    if len(verb.leg.recorder.transcriptions) >= most:
        verb.record_event(
            "failed", f"{most} transcriptions of the call run already: this one is not made"
        )
        return
    described = {
        "LanguageCode": verb["languageCode"],
        "TranscriptionEngine": verb["transcriptionEngine"],
        "Name": verb["name"] or "",
        "Track": verb["track"],
        "InboundTrackLabel": verb["inboundTrackLabel"] or "",
        "OutboundTrackLabel": verb["outboundTrackLabel"] or "",
        "PartialResults": "false",
    }
    callback = verb.callback_in("statusCallbackUrl", "statusCallbackMethod", "transcription")
    verb.leg.recorder.transcriptions.append(LiveTranscription(verb.leg, described, callback))


def _stop(verb: Verb) -> None:
    name = verb["name"] or ""
    found = [each for each in verb.leg.recorder.transcriptions if name and each.name == name]
    for each in found:
        each.stop()
    if not found:
        verb.record_event("warned", f"no transcription called {name!r} runs: nothing to stop")
