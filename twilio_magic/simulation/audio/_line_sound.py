"""What the events of a call sound like on the line, as mu-law."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from ... import mulaw
from ._sound_file import read_wav
from ._sounds import tones
from ._voices import sound_of_words
from ._wav import Stretch, render

if TYPE_CHECKING:
    from ...timeline import Event
    from ._voices import Voices


class SoundFile(Protocol):
    """An audio file that was requested from *url*; of long ones there is no *content*."""

    @property
    def url(self) -> str:
        """Its address."""

    @property
    def content(self) -> bytes:
        """The file."""


class LineSounds:
    """The sounds of one call leg. *clips* and *files* are what it has recorded and requested so far."""

    def __init__(
        self, clips: Mapping[str, bytes | bytearray], files: Mapping[str, SoundFile], voices: Voices
    ) -> None:
        self._clips = clips
        self._files = files
        self._voices = voices

    def of(self, event: Event) -> bytes | bytearray:
        """The sound of *event*, which is one that sounds, from its beginning."""
        data = event.data
        clip = self._clips.get(data.get("clip", ""))
        if clip is not None:
            return clip
        if "words" in data and data.get("sound", "speech") == "speech":
            words, language = data["words"], data.get("language")
            return sound_of_words(words, language, data["seconds"], self._voices)
        return self._of_file(data.get("url", "")) or _of_tones(event)

    def _of_file(self, url: str) -> bytes | None:
        """The sound of an audio file whose content is known, and is a WAV file."""
        file = next((file for file in self._files.values() if url and file.url == url), None)
        return read_wav(file.content) if file is not None else None


def _of_tones(event: Event) -> bytes:
    sounds = list(tones([event]))
    end = max((sound.end for sound in sounds), default=event.at)
    return mulaw.compress(render(sounds, (Stretch(event.at, end),)))
