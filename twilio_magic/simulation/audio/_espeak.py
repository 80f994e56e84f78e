"""Speech by espeak-ng, where it is installed: as the package ``espeakng-loader``, or as a program."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from array import array
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from ... import mulaw

if TYPE_CHECKING:
    from collections.abc import Callable

#: Words a minute: what is tried first, and what the synthesizer can do.
_USUAL, _SLOWEST, _FASTEST = 175, 80, 450
_PATIENCE = 20.0  # real seconds
_ENGLISH = "en-us"
_LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_QUIET = 64  # of 32767: what the edges of a speech are cut off by


def is_installed() -> bool:
    """Whether there is a synthesizer."""
    return _command() is not None


@lru_cache(maxsize=1024)
def synthesize(text: str, language: str, seconds: float) -> bytes | None:
    """*text* as mu-law, spoken so fast that it takes about so many *seconds*; ``None`` if nobody can say it."""
    spoken = _speak(text, language, _USUAL)
    if not spoken:
        return None
    pace = round(_USUAL * len(spoken) / mulaw.RATE / seconds)
    pace = min(_FASTEST, max(_SLOWEST, pace))
    return mulaw.compress(_speak(text, language, pace) or spoken)


def _speak(text: str, language: str, words_a_minute: int) -> array[int] | None:
    """The samples of *text*, without the silence around it."""
    command = _command()
    if command is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - a program that was looked for, and no text of strangers in its line
            command(_voices(language), words_a_minute),
            input=text.encode("utf-8", "replace").replace(b"\0", b" "),
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return _trim(_to_line(done.stdout))


@cache
def _command() -> Callable[[Sequence[str], int], list[str]] | None:
    """What runs the synthesizer with the voices that may be taken, at a pace."""
    if find_spec("espeakng_loader") is not None and sys.executable:
        import espeakng_loader

        library, data = espeakng_loader.get_library_path(), espeakng_loader.get_data_path()
        script = str(Path(__file__).with_name("_espeak_process.py"))
        begin = [sys.executable, "-I", "-S", script, library, data]
        return lambda voices, pace: [*begin, ",".join(voices), str(pace)]
    program = shutil.which("espeak-ng")
    if program is None:
        return None
    return lambda voices, pace: [program, "-v", voices[1], "-s", str(pace), "--stdin", "--stdout"]


def _voices(language: str) -> tuple[str, ...]:
    """The names that a voice for *language* may have, the best first, and then one that there always is."""
    name = language.lower() if _LANGUAGE.fullmatch(language) else _ENGLISH
    return (name, name.partition("-")[0], _ENGLISH)


def _to_line(output: bytes) -> array[int]:
    """The samples in *output*, at the rate of a telephone line. The program writes the header of a WAV file."""
    is_file = output[:4] == b"RIFF"
    rate = int.from_bytes(output[24:28] if is_file else output[:4], "little")
    body = output[44:] if is_file else output[4:]
    samples = array("h", body[: len(body) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return resample(samples, rate)


def resample(samples: array[int], rate: int) -> array[int]:
    """*samples* of this *rate* at that of a telephone line: each is the mean of those in its place."""
    count = len(samples) * mulaw.RATE // rate if rate > 0 else 0
    places = [number * rate // mulaw.RATE for number in range(count + 1)]
    return array(
        "h",
        (
            sum(samples[start:end]) // (end - start) if end > start + 1 else samples[start]
            for start, end in pairwise(places)
        ),
    )


def _trim(samples: array[int]) -> array[int]:
    """*samples* without the silence before and after them."""
    loud = [place for place, sample in enumerate(samples) if abs(sample) > _QUIET]
    return samples[loud[0] : loud[-1] + 1] if loud else samples[:0]
