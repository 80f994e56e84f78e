"""Recording, inside Start and Stop: records the call while it goes on.

Source: Twilio's page "TwiML Voice: Recording".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..legs._verb import Verb, performs
from ..recordings._recording import Settings

if TYPE_CHECKING:
    from ..clock._clock import Process


@performs("Recording")
def recording(verb: Verb) -> Process[None]:
    """Start to record the call, or inside Stop, end the recording with this *name*."""
    act = _stop if verb.is_inside("Stop") else _start
    act(verb)
    yield from ()  # it takes no time


def _start(verb: Verb) -> None:
    recorder = verb.leg.recorder
    if recorder.is_busy:
        verb.fail("running", "the call is recorded already; this recording is not made")
        return
    callback = verb.callback(
        verb["recordingStatusCallback"],
        verb["recordingStatusCallbackMethod"],
        "recording status",
    )
    settings = Settings(
        channels=verb["channels"],
        track=verb["track"],
        trim=verb["trim"],
        callback=callback,
        events=verb["recordingStatusCallbackEvent"],
    )
    recorder.start("StartCallRecordingAPI", settings, verb["name"] or "")


def _stop(verb: Verb) -> None:
    recorder = verb.leg.recorder
    name = verb["name"] or ""
    found = [each for each in recorder.running if name and each.name == name]
    for each in found:
        recorder.stop(each)
    if not found:
        verb.record_event("warned", f"no recording called {name!r} runs: nothing to stop")
