"""The text of a recording, which <Record> asks for. Source: Twilio's page "Recording Transcription resource"."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from ...api import account_url
from ...records import dataclass

if TYPE_CHECKING:
    from ._recording import Recording


@dataclass(frozen=True, slots=True)
class Transcription:
    """The *text* of *recording*, made at the moment *created*; empty if it could not be made."""

    sid_prefix: ClassVar[str] = "TR"

    sid: str
    recording: Recording
    text: str
    created: float

    @property
    def status(self) -> Literal["completed", "failed"]:
        """Whether there is a text."""
        return "completed" if self.text else "failed"

    @property
    def callback_parameters(self) -> dict[str, str]:
        """The parameters of the request to *transcribeCallback*."""
        return {
            "TranscriptionSid": self.sid,
            "TranscriptionText": self.text,
            "TranscriptionStatus": self.status,
            "TranscriptionUrl": f"{account_url(self.recording.leg.account_sid)}/Transcriptions/{self.sid}",
            "RecordingSid": self.recording.sid,
            "RecordingUrl": self.recording.url,
        }
