"""Record: takes down what the caller says. Source: Twilio's page "TwiML Voice: Record"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..legs._process import CallEnded, CallRedirected
from ..legs._speaking import beep
from ..legs._verb import Verb, performs
from ..recordings._settings import Settings
from ._transcribe import transcribe

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..legs._page import Destination
    from ..recordings._recording import Recording

_HUNG_UP = "hangup"  # what stands in Digits when the call ended


@performs("Record")
def record(verb: Verb) -> Process[Destination | None]:
    """Beep, and record until a key, silence, *maxLength* or the end of the call; then *action* takes over.

    Silence is recorded, too, and leads there as words do.
    """
    if verb["playBeep"]:
        yield from beep(verb.leg)
    recording = verb.leg.recorder.start("RecordVerb", _settings(verb))
    try:
        key = yield from _until_over(verb, recording)
    except CallRedirected:
        _stop(verb, recording)
        raise
    except CallEnded:
        _stop(verb, recording)
        _ask_without_waiting(verb, recording)
        raise
    _stop(verb, recording)
    return (yield from verb.leads_to(verb["action"] or "", "action", _result(recording, key)))


def _settings(verb: Verb) -> Settings:
    method = verb["recordingStatusCallbackMethod"]
    return Settings(
        kept_track="inbound",
        trim=verb["trim"],
        callback=verb.callback(verb["recordingStatusCallback"], method, "recording status"),
        events=verb["recordingStatusCallbackEvent"],
    )


def _until_over(verb: Verb, recording: Recording) -> Process[str | None]:
    """Wait for what ends the recording; the key, if it is one."""
    leg, clock = verb.leg, verb.leg.clock
    began = recording.started
    last = began + verb["maxLength"]
    patience = verb["timeout"] or verb["maxLength"]
    with leg.ear.listening():
        key = leg.ear.next()
        while True:
            end = round(min(last, max(leg.ear.quiet_since, began) + patience), 3)
            if clock.now >= end:
                return None
            yield key | leg.ear.sound | clock.seconds(end - clock.now)
            if key.triggered:
                if key.value in verb["finishOnKey"]:
                    return key.value
                key, began = leg.ear.next(), clock.now


def _stop(verb: Verb, recording: Recording) -> None:
    if recording.ended is None:  # the API may have stopped it
        verb.leg.recorder.stop(recording)
    if verb["transcribe"] and recording.status == "completed":
        transcribe(verb, recording)


def _ask_without_waiting(verb: Verb, recording: Recording) -> None:
    """Request *action* although the call is over: nobody hears what it answers."""
    action, result = verb["action"] or "", _result(recording, _HUNG_UP)
    source = verb.page.follow(action, verb["method"], "action", result)
    if source is not None and source.url:
        verb.leg.recorder.request_afterwards(source)


def _result(recording: Recording, key: str | None) -> dict[str, str]:
    """What *action* is told. Silence is not cut yet when the duration is measured."""
    result = {"Digits": key} if key else {}
    if recording.status == "absent":
        return result
    return {
        "RecordingUrl": recording.url,
        "RecordingSid": recording.sid,
        "RecordingDuration": str(recording.elapsed_seconds),
        **result,
    }
