"""The WebSocket sessions of a call with voice agents: how long the caller waited, and each frame."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..excerpt import Gap, excerpt
from ..sessions import what_was_told
from ..timeline import clock
from ._theme import CARE, FAINT, INK, MONO, block, fold, grid, heading, plain, span

if TYPE_CHECKING:
    from ..sessions import Frame, Turn, WebSocketSession, WebSocketSessions

_MOST = 60  # frames that are shown
_LONG = 2.0  # seconds after which a caller wonders whether somebody is there
_ARROWS = {"sent": "→", "received": "←"}


def fold_sessions(sessions: WebSocketSessions) -> Iterator[Markup]:
    """One fold for each of *sessions*."""
    for session in sessions:
        count = len(session.frames)
        title = f"Session with {session.url} ({count} frame{'' if count == 1 else 's'})"
        yield fold(title, *_turns(session), heading("Frames"), _frames(session))


def _turns(session: WebSocketSession) -> Iterator[Markup]:
    """How long the caller waited for the agent in each turn."""
    turns = session.turns
    if not turns:
        return
    yield heading("From the caller's last word to the agent's first sound")
    yield grid("auto auto minmax(0,1fr)", (cell for turn in turns for cell in _turn(turn)))
    yield block(f"median {turns.median:g} s, worst {turns.worst:g} s", f"color:{FAINT}")


def _turn(turn: Turn) -> Iterator[Markup]:
    colour = CARE if turn.seconds > _LONG else INK
    yield span(clock(turn.at), f"color:{FAINT};font-family:{MONO};text-align:right")
    yield span(f"{turn.seconds:.2f} s", f"color:{colour};font-family:{MONO};text-align:right")
    yield span(turn.prompt, "overflow-wrap:anywhere")


def _frames(session: WebSocketSession) -> Markup:
    rows = (
        _between(part) if isinstance(part, Gap) else Markup("").join(_frame(part))
        for part in excerpt(session.frames, what_was_told, _MOST)
    )
    return grid("auto auto minmax(0,1fr)", rows)


def _frame(frame: Frame) -> Iterator[Markup]:
    small = f"font-family:{MONO};font-size:85%"
    yield span(clock(frame.at), f"color:{FAINT};{small};text-align:right")
    yield span(_ARROWS[frame.direction], f"color:{FAINT}")
    yield span(plain(frame.text), f"{small};overflow-wrap:anywhere")


def _between(gap: Gap[Frame]) -> Markup:
    said = gap.describe("frames", ", in call.sessions")
    return span(said, f"color:{FAINT};grid-column:1/-1")
