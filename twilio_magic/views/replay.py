"""A call that can be played again: its conversation with times, where nothing plays it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..display import count_of, keep_units
from ..timeline import clock
from ._theme import FAINT, MONO, WRAP, block, card, fold, plain, span

if TYPE_CHECKING:
    from ..replay import Replay, ReplayLine

_SCREEN, _FEW = 16, 2  # lines that fit on a screen, and how few more are not folded
_HOW = 'It is played in JupyterLab with a kernel and pip install "twilio-magic[phone]".'


def bundle(replay: Replay) -> dict[str, str]:
    """The MIME bundle of *replay*."""
    shown = "\n".join([repr(replay), *map(str, replay.lines)])
    return {"text/plain": shown, "text/html": str(card(*_parts(replay)))}


def _parts(replay: Replay) -> Iterator[Markup]:
    yield block(
        Markup("<b>Replay</b> of {}, {}").format(
            plain(replay.title), keep_units(f"{round(replay.seconds, 1):g} s")
        )
    )
    yield block(replay.sid, f"color:{FAINT};font-family:{MONO};font-size:80%;{WRAP}")
    yield block(_HOW, f"color:{FAINT};font-size:85%")
    first, rest = replay.lines[:_SCREEN], replay.lines[_SCREEN:]
    if len(rest) <= _FEW:
        first, rest = replay.lines, ()
    yield _list(first) if first else block("Nothing was heard.", f"color:{FAINT}")
    if rest:
        yield fold(count_of(len(rest), "more line"), _list(rest))


def _list(lines: Iterable[ReplayLine]) -> Markup:
    items = Markup("").join(
        Markup('<li style="{}">{} <b>{}</b> {}</li>').format(
            WRAP,
            span(clock(each.at), f"color:{FAINT};font-family:{MONO}"),
            plain(each.who),
            plain(each.text),
        )
        for each in lines
    )
    return Markup('<ul style="list-style:none;margin:4px 0 0;padding:0">{}</ul>').format(items)
