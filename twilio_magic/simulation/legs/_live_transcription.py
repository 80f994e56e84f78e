"""Live transcription of a call. Source: Twilio's page "TwiML Voice: Transcription", status callbacks."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ._callbacks import report

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..webhooks._target import WebhookTarget
    from ._leg import Leg

_BOTH = "both_tracks"


class LiveTranscription:
    """A live transcription of *leg*. *described* has the parameters of callbacks; each sentence is reported.

    *spell* turns what was said into what is written.
    """

    def __init__(
        self,
        leg: Leg,
        described: Mapping[str, str],
        callback: WebhookTarget | None,
        spell: Callable[[str], str],
    ) -> None:
        self.name = described["Name"]
        self._leg = leg
        self._sid = leg.world.identities.next("GT")
        self._described = described
        self._callback = callback
        self._spell = spell
        self._sent = 0
        self._report("transcription-started", described)

    def write(self, track: str, words: str, confidence: float) -> None:
        """Take down *words*, which were heard on *track*."""
        if words and self._described["Track"] in (_BOTH, track):
            written = {"transcript": self._spell(words), "confidence": confidence}
            data = json.dumps(written, ensure_ascii=False)
            content = {"LanguageCode": self._described["LanguageCode"], "Track": track}
            content |= {"TranscriptionData": data, "Final": "true"}
            self._report("transcription-content", content)

    def stop(self) -> None:
        """End the transcription."""
        self._leg.recorder.transcriptions.remove(self)
        self._report("transcription-stopped", {})

    def _report(self, event: str, added: Mapping[str, str]) -> None:
        if self._callback is None:
            return
        self._sent += 1
        parameters = {
            "TranscriptionSid": self._sid,
            "Timestamp": self._leg.clock.date().isoformat(),
            "SequenceId": str(self._sent),
            "TranscriptionEvent": event,
            **added,
        }
        self._leg.start(self._send(self._callback, parameters))

    def _send(self, callback: WebhookTarget, parameters: Mapping[str, str]) -> Process[None]:
        report(self._leg, callback.purpose, callback.url, callback.method, parameters)
        yield from ()  # a process, though it waits for nothing
