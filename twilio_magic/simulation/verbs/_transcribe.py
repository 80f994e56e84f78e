"""The text of a recording, as ``transcribe="true"`` asks for it. Source: Twilio's page "TwiML Voice: Record"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...twiml import vocabulary
from ..recordings._transcription import Transcription

if TYPE_CHECKING:
    from ..legs._verb import Verb
    from ..recordings._recording import Recording


def transcribe(verb: Verb, recording: Recording) -> None:
    """Have *recording* transcribed, and its text sent to *transcribeCallback*: at once, word for word.

    The text is what the phone's script says. A recording that is too long or too short fails, with warning 13617; with
    a *maxLength* that is too long nothing is transcribed.
    """
    row = vocabulary().elements["Record"]
    shortest, longest = row.limits["transcription_seconds"]
    if "maxLength" in verb.element.attributes and verb["maxLength"] > longest:
        return  # the document was warned of: 13615
    fits = shortest <= recording.seconds <= longest
    if not fits:
        code, limits = verb.code("unfit"), f"{shortest} to {longest} s can be transcribed"
        verb.record_event("warned", f"{code}: {recording.seconds:.1f} s: {limits}", code=code)
    world = verb.leg.world
    text = recording.words if fits else ""
    sid = world.identities.next(Transcription.sid_prefix)
    made = world.account.add(Transcription(sid, recording, text, world.clock.now))
    callback = verb.callback(verb["transcribeCallback"], "POST", "transcription")
    if callback is not None:
        verb.leg.recorder.request_afterwards(callback.with_parameters(made.callback_parameters))
