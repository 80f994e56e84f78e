"""Recording, inside Start and Stop: records the call while it goes on.

Source: Twilio's page "TwiML Voice: Recording".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..legs._verb import Verb, performs
from ..recordings._settings import Settings

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..recordings._recording import Origin

_ORIGIN: Origin = "StartCallRecordingTwiML"


@performs("Recording")
def recording(verb: Verb) -> Process[None]:
    """Start to record the call, or inside Stop, end the recording with this *name*."""
    act = _stop if verb.is_inside("Stop") else _start
    act(verb)
    yield from ()  # it takes no time


def _start(verb: Verb) -> None:
    recorder = verb.leg.recorder
    running = recorder.running_from(_ORIGIN)
    if running is not None:
        verb.record_event("warned", f"{running.sid} runs already: no other recording is made")
        return
    settings = Settings(
        channels=verb["channels"],
        track=verb["track"],
        kept_track="both",  # on live calls track changed nothing that is heard
        trim=verb["trim"],
        callback=verb.callback_in(
            "recordingStatusCallback", "recordingStatusCallbackMethod", "recording status"
        ),
        events=verb["recordingStatusCallbackEvent"],
    )
    recorder.start(_ORIGIN, settings, verb["name"] or "")


def _stop(verb: Verb) -> None:
    recorder = verb.leg.recorder
    name = verb["name"] or ""
    found = [each for each in recorder.running if name and each.name == name]
    for each in found:
        recorder.stop(each)
    if not found:
        verb.record_event("warned", f"no recording called {name!r} runs: nothing to stop")
