"""How a recording is made: its channels, the track that it keeps, and what is reported of it.

Source: Twilio's pages "Recording resource", "TwiML Voice: Recording".
"""

from __future__ import annotations

from collections.abc import Mapping

from ...api import operation
from ...records import dataclass
from ..webhooks._target import WebhookTarget


@dataclass(frozen=True, slots=True)
class Settings:
    """How a recording is made, in Twilio's words, and the *events* that are reported to *callback*.

    *track* is what applications are told; *kept_track* is what the recording keeps, where that is something else.
    """

    channels: str = "mono"
    track: str = "both"
    kept_track: str | None = None
    trim: str = "do-not-trim"
    callback: WebhookTarget | None = None
    events: tuple[str, ...] = ("completed",)

    @classmethod
    def from_parameters(cls, name: str, given: Mapping[str, str]) -> Settings:
        """The settings that the parameters *given* to the operation *name* ask for."""

        def value(parameter: str) -> str:
            default = operation(name).parameter(parameter).default
            text = " ".join(default) if isinstance(default, list | tuple) else str(default or "")
            return given.get(parameter, text)

        return cls(
            channels=value("RecordingChannels"),
            track=value("RecordingTrack"),
            trim=value("Trim"),
            callback=WebhookTarget.from_parameters(
                name, given, "RecordingStatusCallback", "recording status"
            ),
            events=tuple(value("RecordingStatusCallbackEvent").split()),
        )
