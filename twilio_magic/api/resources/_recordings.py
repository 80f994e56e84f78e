"""Recordings of an account. Source: Twilio's page "Recording resource"."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from ...display import Shown, visible_line
from ._listable import Collection
from ._resource import Deletable, Fetchable, Resource


class Sounding(Resource, Shown):
    """A resource that is the recording of a sound."""

    view: ClassVar[str] = "twilio_magic.views.recording:bundle"

    @property
    def is_live(self) -> bool:
        """Whether the sound is at Twilio, and not in the simulator."""
        return self._transport.is_live

    def wav(self) -> bytes:
        """The sound as a WAV file: ``IPython.display.Audio(recording.wav())`` plays it.

        Raises :class:`ApiError` (20404) while it is recorded, and for one that is absent.
        """
        return self._transport.download("recordings.fetch", (self.sid,), ".wav")

    def mp3(self) -> bytes:
        """The sound as an MP3; a simulated recording needs ``pip install "twilio-magic[mp3]"`` for it.

        Raises :class:`ApiError`, as :meth:`wav` does, and (406) where that is missing.
        """
        return self._transport.download("recordings.fetch", (self.sid,), ".mp3")


class Recording(Sounding, Fetchable, Deletable):
    """One recording: ``recording.media_url`` is where its sound is, ``.mp3`` behind it for a small one."""

    family: ClassVar[str] = "recordings"

    call_sid: str
    conference_sid: str | None
    status: str
    start_time: datetime | None
    duration: int | None
    channels: int | None
    source: str
    error_code: int | None
    media_url: str | None
    price: Decimal | None

    def __repr__(self) -> str:
        return visible_line(
            f"<Recording {self.sid}: call {self.call_sid}, {self.status}, {self.duration or 0} s>"
        )


class Recordings(Collection[Recording]):
    """The recordings of an account."""

    kind = Recording
    key = "recordings"

    def delete(self, sid: str) -> None:
        """Remove the recording with this sid."""
        self._delete(sid)
