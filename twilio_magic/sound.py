"""The sound of a call: one WAV file with each party on a channel of its own, and chapters.

Samples are made piece by piece when they are asked for, so that an hour needs no more memory than a minute.
"""

from __future__ import annotations

import wave
from array import array
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import IO, ClassVar

from .display import Shown, count_of, visible_line
from .errors import TwilioMagicError
from .mulaw import RATE
from .records import dataclass
from .timeline import clock

#: So many samples of each channel, from the first that is wanted on.
Render = Callable[[int, int], Sequence["array[int]"]]

_PIECE = 10 * RATE
_BYTES = 2
_LARGEST = 2**32 - 64  # bytes: what a WAV file can say of itself
_LOUDEST = 32767


@dataclass(frozen=True, slots=True)
class Chapter:
    """What is heard, or begins, *at* so many seconds after the call was created, and takes *seconds*.

    *who* is ``Twilio``, ``Agent``, or a phone by its name or address; *text* what is said or done.
    """

    at: float
    who: str
    text: str
    seconds: float = 0.0

    def __str__(self) -> str:
        who = f"{self.who}: " if self.who else ""
        return visible_line(f"{clock(self.at)}  {who}{self.text}")


class Sound(Shown):
    """The sound of a call, from the moment it was created to its end: 8 kHz, 16 bits, a channel for each of *parties*.

    *render* makes the samples. *chapters* has what is heard and when.
    """

    view: ClassVar[str] = "twilio_magic.views.sound:bundle"

    def __init__(
        self, parties: Sequence[str], length: int, render: Render, chapters: Sequence[Chapter] = ()
    ) -> None:
        self.parties = tuple(parties)
        self.chapters = tuple(chapters)
        self._length = length
        self._render = render

    @property
    def seconds(self) -> float:
        """How long it is."""
        return round(self._length / RATE, 3)

    def save(self, path: str | Path) -> Path:
        """Write it to the WAV file at *path*, piece by piece; returns its path."""
        file = Path(path)
        with file.open("wb") as opened:
            self._write(opened)
        return file

    def wav(self) -> bytes:
        """It as a WAV file; an hour of two parties has 115 MB, which :meth:`save` does not need to hold."""
        file = BytesIO()
        self._write(file)
        return file.getvalue()

    def pieces(self) -> Iterator[Sequence[array[int]]]:
        """The samples of each channel, piece by piece, from the beginning to the end."""
        for first in range(0, self._length, _PIECE):
            yield self._render(first, min(_PIECE, self._length - first))

    def mix(self) -> array[int]:
        """The samples of all channels at once."""
        mixed = array("h")
        for channels in self.pieces():
            mixed.extend(mix_samples(channels))
        return mixed

    def _write(self, file: IO[bytes]) -> None:
        count = len(self.parties)
        if self._length * count * _BYTES > _LARGEST:
            size = f"{round(self.seconds, 1):g} s of {count_of(count, 'channel')}"
            raise TwilioMagicError(
                f"{size} are more than a WAV file can hold, which is 4 GiB.",
                hint="Record the parts that matter: call.recordings have their sounds.",
            )
        with wave.open(file, "wb") as written:
            written.setparams((count, _BYTES, RATE, self._length, "NONE", "not compressed"))
            for channels in self.pieces():
                written.writeframesraw(_weave(channels).tobytes())

    def __repr__(self) -> str:
        parties = ", ".join(self.parties)
        return visible_line(
            f"<Sound {round(self.seconds, 1):g} s of {parties}: {count_of(len(self.chapters), 'chapter')}>"
        )


def mix_samples(channels: Sequence[array[int]]) -> array[int]:
    """The samples of *channels* at once, not louder than a file can hold."""
    sounding = [each for each in channels if any(each)]
    if len(sounding) < 2:
        return sounding[0] if sounding else channels[0]
    sums = map(sum, zip(*sounding, strict=True))
    return array("h", (max(-_LOUDEST, min(_LOUDEST, value)) for value in sums))


def _weave(channels: Sequence[array[int]]) -> array[int]:
    """The samples of *channels* in turns, as a file has them."""
    woven = array("h", bytes(_BYTES * len(channels) * len(channels[0])))
    for place, samples in enumerate(channels):
        woven[place :: len(channels)] = samples
    return woven
