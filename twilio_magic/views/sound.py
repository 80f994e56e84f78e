"""The sound of a call: a player, its waveform, and its chapters."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from struct import pack
from typing import TYPE_CHECKING

from markupsafe import Markup

from .. import mulaw
from ..display import count_of, keep_units, visible
from ..timeline import clock
from ._picture import draw_shapes
from ._sound import player
from ._theme import CALM, FAINT, MONO, OTHERS, WRAP, block, card, fold, heading, plain, span

if TYPE_CHECKING:
    from ..sound import Chapter, Sound

#: What a card may carry into a notebook: a minute.
_PLAYED_SECONDS = 60
_BARS, _STEP, _ROW = 200, 4, 34
_SCREEN, _FEW = 12, 2  # chapters that fit on a screen, and how few more are not folded
_PAINTS = ("#0284c7", "#2e9e4f", "#8b5cf6", "#d97706", "#db2777")
_COLORS = (CALM, *OTHERS)


def bundle(sound: Sound) -> dict[str, str]:
    """The MIME bundle of *sound*."""
    return {"text/plain": text(sound), "text/html": str(card(*_parts(sound)))}


def text(sound: Sound) -> str:
    """What it is, and its chapters, one a line."""
    return "\n".join([repr(sound), *map(str, sound.chapters)])


def _parts(sound: Sound) -> Iterator[Markup]:
    parties = count_of(len(sound.parties), "channel")
    yield block(
        Markup("<b>Sound of the call</b>, {}, {}").format(
            keep_units(f"{round(sound.seconds, 1):g} s"), parties
        )
    )
    peaks, mixed = _listen(sound)
    yield _waveform(sound, peaks)
    if mixed is None:
        told = f"Longer than {_PLAYED_SECONDS} s, it is not kept in a notebook: call.sound().save("
        yield block(Markup('{}"call.wav")').format(keep_units(told)), f"color:{FAINT}")
    else:
        yield player(_to_wav(mixed), f"Sound of the call, {round(sound.seconds, 1):g} seconds")
    if sound.chapters:
        yield heading("Chapters")
        yield _list(sound.chapters[:_SCREEN])
        if rest := sound.chapters[_SCREEN:]:
            yield fold(f"{count_of(len(rest), 'more chapter')}", _list(rest))


def _listen(sound: Sound) -> tuple[list[list[int]], array[int] | None]:
    """How loud each channel is in so many parts, and all of them at once, unless the sound is too long for a player."""
    from ..sound import mix_samples

    bars = [[0] * _BARS for _ in sound.parties]
    whole = max(round(sound.seconds * mulaw.RATE), 1)
    mixed = array("h") if sound.seconds <= _PLAYED_SECONDS else None
    first = 0
    for channels in sound.pieces():
        for row, samples in zip(bars, channels, strict=True):
            _measure(row, samples, first, whole)
        if mixed is not None:
            mixed.extend(mix_samples(channels))
        first += len(channels[0])
    return bars, mixed


def _measure(row: list[int], samples: array[int], first: int, whole: int) -> None:
    """Take the loudest of *samples*, which begin at the *first* of the *whole*, into the bars of *row*."""
    if not any(samples):
        return
    begin, end = first * _BARS // whole, (first + len(samples) - 1) * _BARS // whole
    for bar in range(begin, min(end, _BARS - 1) + 1):
        part = samples[max(bar * whole // _BARS - first, 0) : (bar + 1) * whole // _BARS - first]
        if part:
            loudest, lowest = max(part), min(part)
            row[bar] = max(row[bar], loudest, -lowest)


def _waveform(sound: Sound, peaks: Sequence[Sequence[int]]) -> Markup:
    """One row a party, with its name, and a line at each chapter."""
    loudest = max((max(row, default=0) for row in peaks), default=0) or 1
    return Markup("").join(
        Markup('<div style="{}">{}{}</div>').format(
            "margin:4px 0",
            span(name, f"color:{FAINT};font-size:80%"),
            _row(row, loudest, number, f"Waveform of {name}"),
        )
        for number, (name, row) in enumerate(zip(sound.parties, peaks, strict=True))
    )


def _row(peaks: Sequence[int], loudest: int, number: int, title: str) -> Markup:
    middle = _ROW / 2
    path = "".join(
        f"M{place * _STEP + 2} {middle - size:.4g}V{middle + size:.4g}"
        for place, peak in enumerate(peaks)
        for size in [max(peak / loudest * (middle - 1), 0.5)]
    )
    place = number % len(_PAINTS)
    drawn = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-label="{}" '
        'preserveAspectRatio="none" style="display:block;width:100%;height:{}px">'
        '<path d="{}" stroke="{}" stroke-width="2.5" fill="none" style="stroke:{}"/></svg>'
    ).format(_BARS * _STEP, _ROW, visible(title), _ROW, path, _PAINTS[place], _COLORS[place])
    return draw_shapes(drawn, title, f"display:block;width:100%;height:{_ROW}px")


def _list(chapters: Iterable[Chapter]) -> Markup:
    """A list that a notebook which is not trusted shows as well: it has no need of styles."""
    items = Markup("").join(
        Markup('<li style="{}">{} {}{}</li>').format(
            WRAP,
            span(clock(each.at), f"color:{FAINT};font-family:{MONO}"),
            Markup("<b>{}</b> ").format(plain(each.who)) if each.who else "",
            plain(keep_units(each.text)),
        )
        for each in chapters
    )
    return Markup('<ul style="list-style:none;margin:0;padding:0">{}</ul>').format(items)


def _to_wav(samples: array[int]) -> bytes:
    """*samples* as a WAV file in mu-law, which takes half the place."""
    sound = mulaw.compress(samples)
    form = pack("<HHIIHHH", 7, 1, mulaw.RATE, mulaw.RATE, 1, 8, 0)
    size = 4 + 8 + len(form) + 8 + len(sound)
    head = [b"RIFF", pack("<I", size), b"WAVEfmt ", pack("<I", len(form)), form]
    return b"".join([*head, b"data", pack("<I", len(sound)), sound])
