"""Sound files that phones play."""

from __future__ import annotations

from pathlib import Path

from ...mulaw import RATE
from ..audio._sound_file import read_wav

_MOST_BYTES = 2**25
_MOST_SECONDS = 600


class NotPlayable(Exception):  # noqa: N818 - says what the file is
    """A file that no phone can play; the argument says why."""


def read_clip(path: str) -> bytes:
    """The sound of the WAV file at *path*, in mu-law; raises :class:`NotPlayable`."""
    file = Path(path)
    try:
        if not file.is_file():
            raise NotPlayable(f"there is no file {path!r}")
        if file.stat().st_size > _MOST_BYTES:
            raise NotPlayable("the file is too large")
        sound = read_wav(file.read_bytes())
    except (OSError, ValueError) as error:
        raise NotPlayable(f"the file cannot be read: {error}") from None
    if not sound:
        raise NotPlayable("it is no WAV file that can be played: PCM or mu-law is")
    if len(sound) > _MOST_SECONDS * RATE:
        raise NotPlayable(f"it is longer than {_MOST_SECONDS // 60} minutes")
    return sound
