"""Transcription, inside Start and Stop: writes the call down while it goes on.

Source: Twilio's page "TwiML Voice: Transcription".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..legs._transcription_settings import TranscriptionSettings, read_transcription_settings
from ..legs._verb import Verb, performs
from ._forks import start_or_stop_fork

if TYPE_CHECKING:
    from ..clock._clock import Process


@performs("Transcription")
def transcription(verb: Verb) -> Process[None]:
    """Begin to write the call down, or inside Stop, end the transcription with this *name*."""
    return start_or_stop_fork(
        verb, verb.leg.recorder.transcriptions, _read_settings, "transcription"
    )


def _read_settings(verb: Verb) -> TranscriptionSettings:
    for child in verb.inside():
        text = f"<{child.element.name}> of <Transcription> (line {child.element.line})"
        verb.record_event_once("not simulated", text)
    callback = verb.callback_in("statusCallbackUrl", "statusCallbackMethod", "transcription")
    return read_transcription_settings(verb.__getitem__, verb.element.attributes, callback)
