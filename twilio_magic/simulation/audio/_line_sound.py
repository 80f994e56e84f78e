"""What the events of a call sound like on the line.

Media streams, recordings and the sound of a whole call read it here, so that they have the same samples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any, Protocol

from ... import mulaw
from ...records import dataclass
from ...twiml import speak_text
from ._sound_file import read_wav
from ._sounds import tones
from ._voices import sound_of_words
from ._wav import Stretch, render

if TYPE_CHECKING:
    from array import array

    from ...timeline import Event
    from ._sounds import Tone, Track
    from ._voices import Voices


class SoundFile(Protocol):
    """An audio file that was requested from *url*; of long ones there is no *content*."""

    @property
    def url(self) -> str:
        """Its address."""

    @property
    def content(self) -> bytes:
        """The file."""


@dataclass(frozen=True, slots=True)
class EventSound:
    """What is heard of *event* from *start* to *end*, in seconds after the call was created.

    It is made when its samples are asked for: a voice takes a while to speak.
    """

    track: Track
    start: float
    end: float
    event: Event = field(repr=False)
    line: LineSounds = field(repr=False)

    def samples(self, first: int, count: int) -> array[int]:
        """So many samples of the sound, from the *first* that is wanted on."""
        sound = self.line.of(self.event)[first : first + count]
        return mulaw.expand(sound.ljust(count, mulaw.SILENCE))


class LineSounds:
    """The sounds of one call leg. *clips* and *files* are what it has recorded and requested so far."""

    def __init__(
        self, clips: Mapping[str, bytes | bytearray], files: Mapping[str, SoundFile], voices: Voices
    ) -> None:
        self._clips = clips
        self._files = files
        self._voices = voices

    def sounds(self, events: Iterable[Event]) -> Iterator[Tone | EventSound]:
        """All sounds in *events*, in their order."""
        for event in events:
            if event.kind in ("said", "spoke", "played", "heard") and self._is_more_than_tones(
                event
            ):
                track: Track = "inbound" if event.kind == "spoke" else "outbound"
                end = event.at + event.data["seconds"]
                yield EventSound(track, event.at, end, event, self)
            else:
                yield from tones((event,))

    def of(self, event: Event) -> bytes | bytearray:
        """The sound of *event*, which is one that sounds, from its beginning."""
        data = event.data
        clip = self._clips.get(data.get("clip", ""))
        if clip is not None:
            return clip
        if _is_speech(event):
            return self._speak(data)
        return self._of_file(data.get("url", "")) or _of_tones(event)

    def _is_more_than_tones(self, event: Event) -> bool:
        data = event.data
        is_clip = data.get("clip", "") in self._clips
        return is_clip or _is_speech(event) or self._find_file(data.get("url", "")) is not None

    def _speak(self, data: Mapping[str, Any]) -> bytes:
        """The words of an event. Those that were cut off are spoken as they would have been, to sound alike so far."""
        words, language, seconds = data["words"], data.get("language"), data["seconds"]
        if data.get("cut"):
            words = f"{words.removesuffix('…').strip()} {data.get('unheard', '')}".strip()
            seconds = max(seconds, speak_text(words, language=language).seconds)
        return sound_of_words(words, language, seconds, self._voices)

    def _of_file(self, url: str) -> bytes | None:
        """The sound of an audio file whose content is known, and is a WAV file."""
        file = self._find_file(url)
        return read_wav(file.content) if file is not None else None

    def _find_file(self, url: str) -> SoundFile | None:
        return next((file for file in self._files.values() if url and file.url == url), None)


def _is_speech(event: Event) -> bool:
    data = event.data
    return "words" in data and data.get("sound", "speech") == "speech" and "seconds" in data


def _of_tones(event: Event) -> bytes:
    sounds = list(tones([event]))
    end = max((sound.end for sound in sounds), default=event.at)
    return mulaw.compress(render(sounds, (Stretch(event.at, end),)))
