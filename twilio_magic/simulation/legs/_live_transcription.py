"""Live transcription of a call. Source: Twilio's page "TwiML Voice: Transcription", status callbacks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from ._callbacks import report, take_turn, timestamp
from ._transcription_settings import transcription_spec

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..webhooks._target import WebhookTarget
    from ._leg import Leg
    from ._transcription_settings import TranscriptionSettings
    from ._utterance import Utterance


class LiveTranscription:
    """A live transcription of *leg*, a resource of the API.

    Each sentence is reported to the callback of its *settings*. *status* is ``in-progress`` or ``stopped``.
    """

    sid_prefix: ClassVar[str] = "GT"

    def __init__(self, leg: Leg, settings: TranscriptionSettings) -> None:
        self.sid = leg.world.identities.next(self.sid_prefix)
        self.leg = leg
        self.settings = settings
        self.status = "in-progress"
        self.updated = leg.clock.now
        self._began = leg.clock.now
        self._sent = 0

    @property
    def name(self) -> str:
        """The name that it can be stopped by."""
        return self.settings.name

    def begin(self) -> None:
        """Tell that it has started."""
        self._record("started", f" of {self.settings.track} by {self.settings.engine}")
        self._report("started", self.settings.parameters)

    def fail(self, code: int, message: str) -> None:
        """Tell of an error, which ends it. The callback of an error has no sequence number."""
        error = {"ErrorCode": str(code), "ErrorMessage": message}
        self._report("error", error, is_counted=False)

    def follow(self, utterance: Utterance) -> None:
        """Report what is heard of *utterance* while it goes on, if partial results are asked for."""
        if self.settings.partial_results and self.settings.hears(utterance.track):
            self.leg.start(self._report_partials(utterance))

    def finish(self, utterance: Utterance) -> None:
        """Take down what was said in *utterance*, as far as it went, since this transcription began."""
        words = utterance.words_begun(self._began, self.leg.clock.now)
        self.write(utterance.track, words, utterance.confidence)

    def write(self, track: str, words: str, confidence: float) -> None:
        """Take down *words*, which were heard on *track*."""
        if words and self.settings.hears(track):
            data = {"transcript": self.settings.spell(words), "confidence": confidence}
            self._report_content(track, data, {"Final": "true"})

    def end(self) -> None:
        """Report that it has stopped."""
        self.status, self.updated = "stopped", self.leg.clock.now
        self._record("stopped")
        self._report("stopped", {})

    def _report_partials(self, utterance: Utterance) -> Process[None]:
        spec, clock, told = transcription_spec(), self.leg.clock, ""
        stability = spec.stability.get(self.settings.engine)
        added = {} if stability is None else {"Stability": str(stability)}
        while True:
            yield clock.seconds(spec.partial_seconds)
            if self.status == "stopped" or utterance.is_over or clock.now >= utterance.end:
                return
            words = utterance.words_heard(self._began, clock.now)
            if words != told:
                told = words
                data = {"transcript": self.settings.spell(words)}
                self._report_content(utterance.track, data, {"Final": "false", **added})

    def _report_content(
        self, track: str, data: Mapping[str, object], added: Mapping[str, str]
    ) -> None:
        content = {
            "LanguageCode": self.settings.language,
            "Track": track,
            "TranscriptionData": json.dumps(data, ensure_ascii=False),
        }
        self._report("content", {**content, **added})

    def _record(self, kind: Literal["started", "stopped"], text: str = "") -> None:
        name = f" “{self.name}”" if self.name else ""
        self.leg.record_event(kind, f"transcription{name}{text}", sid=self.sid)

    def _report(self, event: str, added: Mapping[str, str], *, is_counted: bool = True) -> None:
        callback = self.settings.callback
        if callback is None:
            return
        parameters = {
            "TranscriptionSid": self.sid,
            "Timestamp": timestamp(self.leg),
            "TranscriptionEvent": transcription_spec().events[event],
            **added,
        }
        if is_counted:
            self._sent += 1
            parameters["SequenceId"] = str(self._sent)
        self.leg.start(self._send(callback, parameters))

    def _send(self, callback: WebhookTarget, parameters: Mapping[str, str]) -> Process[None]:
        yield from take_turn(self.leg)
        report(self.leg, callback.purpose, callback.url, callback.method, parameters)
