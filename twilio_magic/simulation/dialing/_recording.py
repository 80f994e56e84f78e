"""The recording of a <Dial>. Source: Twilio's page "TwiML Voice: Dial" (record)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..recordings._settings import Settings

if TYPE_CHECKING:
    from ..legs._verb import Verb
    from ..recordings._recording import Recording

#: Old words that stand for newer ones.
_OLD = {"true": "record-from-answer", "false": "do-not-record"}


class DialRecording:
    """Records the call of *verb* as its attributes say: from the ringing or from the answer, on one or two channels."""

    def __init__(self, verb: Verb) -> None:
        self._verb = verb
        self._recording: Recording | None = None

    @property
    def result(self) -> dict[str, str]:
        """What *action* is told of it. That it has a sid and a duration is not documented."""
        if self._recording is None or self._recording.status != "completed":
            return {}
        return {
            "RecordingUrl": self._recording.url,
            "RecordingSid": self._recording.sid,
            "RecordingDuration": str(self._recording.duration),
        }

    def start_at(self, moment: str) -> None:
        """Start the recording if *moment*, the ringing or the answer, is when it is to begin."""
        if self._recording is None and f"-from-{moment}" in self._is_asked:
            self._recording = self._verb.leg.recorder.start("DialVerb", self._settings())

    def stop(self) -> None:
        """End it, unless the call's end did."""
        if self._recording is not None and self._recording in self._verb.leg.recorder.running:
            self._verb.leg.recorder.stop(self._recording)

    @property
    def _is_asked(self) -> str:
        wanted = str(self._verb["record"])
        return _OLD.get(wanted, wanted)

    def _settings(self) -> Settings:
        verb = self._verb
        callback = verb.callback(
            verb["recordingStatusCallback"],
            verb["recordingStatusCallbackMethod"],
            "recording status",
        )
        return Settings(
            channels="dual" if self._is_asked.endswith("-dual") else "mono",
            track=verb["recordingTrack"],
            trim=verb["trim"],
            callback=callback,
            events=verb["recordingStatusCallbackEvent"],
        )
