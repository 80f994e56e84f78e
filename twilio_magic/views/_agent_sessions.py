"""The WebSocket sessions of a call with voice agents: how long the caller waited in each turn, and each frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..display import count_of, keep_units
from ..excerpt import Gap, excerpt
from ..sessions import what_was_told
from ..timeline import clock
from ._theme import CARE, FAINT, INK, MONO, QUIET, WRAP, block, fold, grid, heading, plain, span

if TYPE_CHECKING:
    from ..sessions import FrameRun, Turn, Turns, WebSocketSessions

_MOST = 60  # frames that are shown
_MOST_TURNS = 20
_LONGEST = 2000  # characters of a frame
_LONG = 2.0  # seconds after which a caller wonders whether somebody is there
_TURNS = 4  # that are shown at once
_ARROWS = {"sent": "→", "received": "←"}


def list_turns_of(sessions: WebSocketSessions) -> Iterator[Markup]:
    """How long the caller waited for the agent in each turn of *sessions*; nothing without turns."""
    for session in sessions:
        yield from list_turns(session.turns)


def list_turns(turns: Turns) -> Iterator[Markup]:
    """The same for the *turns* of one session."""
    if not turns:
        return
    yield heading("From the caller's last word to the agent's first sound")
    shown = [
        _more(part) if isinstance(part, Gap) else Markup("").join(_turn(part))
        for part in excerpt(turns, attrgetter("prompt", "seconds"), _MOST_TURNS)
    ]
    yield _turns(shown[:_TURNS])
    if rest := shown[_TURNS:]:
        yield fold(f"{len(rest)} more turns", _turns(rest))
    yield block(keep_units(turns.summary), f"color:{QUIET}")


def _turns(rows: Sequence[Markup]) -> Markup:
    return grid("auto auto minmax(0,1fr)", rows)


def fold_sessions(sessions: WebSocketSessions) -> Iterator[Markup]:
    """One fold for each of *sessions*."""
    for session in sessions:
        title = f"Session with {session.url} ({count_of(len(session.frames), 'frame')})"
        yield fold(title, list_frames(session.frames.runs()))


def _more(gap: Gap[Turn]) -> Markup:
    return span(gap.describe("turns", ", in call.sessions"), f"color:{FAINT};grid-column:1/-1")


def _turn(turn: Turn) -> Iterator[Markup]:
    colour = CARE if turn.seconds > _LONG else INK
    yield span(clock(turn.at), f"color:{FAINT};font-family:{MONO};text-align:right")
    yield span(
        keep_units(f"{turn.seconds:.2f} s"), f"color:{colour};font-family:{MONO};text-align:right"
    )
    yield span(turn.prompt, WRAP)


def list_frames(runs: Sequence[FrameRun]) -> Markup:
    """The frames of *runs*, a line each."""
    rows = (
        _between(part) if isinstance(part, Gap) else Markup("").join(_frame(part))
        for part in excerpt(runs, what_was_told, _MOST)
    )
    return grid("auto auto minmax(0,1fr)", rows)


def _frame(frame: FrameRun) -> Iterator[Markup]:
    small = f"font-family:{MONO};font-size:85%"
    yield span(clock(frame.at), f"color:{FAINT};{small};text-align:right")
    yield span(_ARROWS[frame.direction], f"color:{FAINT}")
    text = frame.text if len(frame.text) <= _LONGEST else f"{frame.text[:_LONGEST]}…"
    yield span(plain(text), f"{small};{WRAP}")


def _between(gap: Gap[FrameRun]) -> Markup:
    said = gap.describe("frames", ", in call.sessions")
    return span(said, f"color:{FAINT};grid-column:1/-1")
