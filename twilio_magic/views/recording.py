"""A recording: what it is, a player, and its waveform."""

from __future__ import annotations

import io
import wave
from array import array
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..display import keep_units
from ._picture import draw_shapes
from ._sound import PLAYED_BYTES, player
from ._theme import CALM, FAINT, MONO, WRAP, block, card, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..api import CallRecording, Recording

_BARS, _HEIGHT, _STEP = 140, 48, 4


def bundle(recording: Recording | CallRecording) -> dict[str, str]:
    """The MIME bundle of *recording*. That of a live account stays there: nothing is fetched for a card."""
    return {"text/plain": repr(recording), "text/html": str(card(*_parts(recording)))}


def _parts(recording: Recording | CallRecording) -> Sequence[Markup]:
    lasts = keep_units(f"{recording.duration or 0} s")
    head = Markup("<b>Recording</b> of {} {}").format(
        lasts,
        span(
            f"{recording.status}, call {recording.call_sid}",
            f"color:{FAINT};{WRAP}",
        ),
    )
    sid = block(recording.sid, f"color:{FAINT};font-family:{MONO};font-size:80%;{WRAP}")
    if recording.is_live or recording.status != "completed":
        return [block(head), sid]
    sound = recording.wav()
    if len(sound) > PLAYED_BYTES:
        told = "Its sound is too long to be kept in a notebook: recording.wav() has it."
        return [block(head), sid, block(told, f"color:{FAINT}"), _waveform(sound)]
    return [block(head), sid, _waveform(sound), player(sound, f"Recording of {lasts}")]


def _waveform(sound: bytes) -> Markup:
    """The loudness of *sound* as a picture, from the beginning to the end."""
    peaks = _peaks(sound)
    loudest = max(peaks, default=0) or 1
    middle = _HEIGHT / 2
    path = "".join(
        f"M{number * _STEP + 2} {middle - size:g}V{middle + size:g}"
        for number, peak in enumerate(peaks)
        for size in [max(peak / loudest * (middle - 2), 0.5)]
    )
    width = _BARS * _STEP
    drawn = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-label="Waveform" '
        'style="display:block;width:100%;max-width:{}px;height:{}px;margin:6px 0" preserveAspectRatio="none">'
        '<path d="{}" stroke="#0284c7" stroke-width="2" fill="none" style="stroke:{}"/></svg>'
    ).format(width, _HEIGHT, width, _HEIGHT, path, CALM)
    style = f"display:block;width:100%;max-width:{width}px;height:{_HEIGHT}px;margin:6px 0"
    return draw_shapes(drawn, "Waveform", style)


def _peaks(sound: bytes) -> list[int]:
    """The loudest sample of each of so many parts of *sound*, of all its channels."""
    with wave.open(io.BytesIO(sound)) as read:
        samples = array("h", read.readframes(read.getnframes()))
    size = max(len(samples) // _BARS, 1)
    return [
        max(map(abs, samples[at : at + size]), default=0) for at in range(0, size * _BARS, size)
    ]
