"""The records of a call on their own: its timeline, its transcript, its requests, its WebSocket sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from ..display import count_of, keep_units
from ..excerpt import Gap, excerpt
from ..timeline import clock, what_happened, what_was_heard
from ._agent_sessions import fold_sessions, list_turns_of
from ._request import requests
from ._theme import (
    BAD,
    CALM,
    CARE,
    FAINT,
    FONT,
    INK,
    MONO,
    QUIET,
    WRAP,
    block,
    card,
    card_title,
    fold,
    grid,
    span,
)
from ._told import tell, width_of_times, width_of_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..sessions import WebSocketSession, WebSocketSessions
    from ..timeline import Event, Exchanges, Line, Timeline, Transcript

_SCREEN = 24  # rows
_SESSION_COLUMNS = "auto minmax(0,1fr)"
_COLORS = {
    "failed": BAD,
    "warned": CARE,
    "not simulated": CARE,
    "said": CALM,
    "spoke": CALM,
    "pressed": CALM,
}


def bundle_timeline(timeline: Timeline) -> dict[str, str]:
    """The MIME bundle of *timeline*."""
    parts = list(timeline.name_parts(excerpt(timeline, what_happened)))
    shown = [part for part in parts if not isinstance(part, Gap)]
    widths = width_of_times(part.at for part in shown), width_of_words(part.kind for part in shown)
    rows = [_row(timeline, part, *widths) for part in parts]
    return _bundle(timeline, "What happened", rows, "events")


def bundle_transcript(transcript: Transcript) -> dict[str, str]:
    """The MIME bundle of *transcript*."""
    parts = list(excerpt(transcript, what_was_heard))
    shown = [part for part in parts if not isinstance(part, Gap)]
    times = width_of_times(part.at for part in shown)
    speakers = width_of_words(map(_speaker, shown), is_bold=True)
    rows = [_line(part, times, speakers) for part in parts]
    return _bundle(transcript, "What was heard", rows, "lines")


def bundle_exchanges(exchanges: Exchanges) -> dict[str, str]:
    """The MIME bundle of *exchanges*."""
    shown = card(
        card_title(f"Requests to web applications ({len(exchanges)})"), requests(exchanges)
    )
    return {
        "text/plain": repr(exchanges),
        "text/html": str(shown if exchanges else _nothing(exchanges)),
    }


def bundle_sessions(sessions: WebSocketSessions) -> dict[str, str]:
    """The MIME bundle of *sessions*: a table, then how long the caller waited, and the frames of each."""
    table = grid(_SESSION_COLUMNS, map(_session, sessions))
    title = card_title(f"WebSocket sessions ({len(sessions)})")
    shown = card(title, table, *list_turns_of(sessions), *fold_sessions(sessions))
    return {
        "text/plain": repr(sessions),
        "text/html": str(shown if sessions else _nothing(sessions)),
    }


def _bundle(
    listed: Timeline | Transcript, title: str, rows: Sequence[Markup], noun: str
) -> dict[str, str]:
    if not rows:
        return {"text/plain": repr(listed), "text/html": str(_nothing(listed))}
    parts = [card_title(title), *rows[:_SCREEN]]
    if rest := rows[_SCREEN:]:
        parts.append(fold(f"{len(rest)} more {noun}", *rest))
    return {"text/plain": repr(listed), "text/html": str(card(*parts))}


def _nothing(listed: Timeline | Transcript | Exchanges | WebSocketSessions) -> Markup:
    return block(repr(listed), f"font-family:{FONT};color:{FAINT}")


def _time(seconds: float) -> Markup:
    return span(clock(seconds), f"color:{FAINT};font-family:{MONO};text-align:right")


def _gap(gap: Gap[Event] | Gap[Line], noun: str) -> Markup:
    return block(gap.describe(noun), f"color:{FAINT}")


def _row(timeline: Timeline, part: Event | Gap[Event], times: float, kinds: float) -> Markup:
    if isinstance(part, Gap):
        return _gap(part, "events")
    color = _COLORS.get(part.kind, INK)
    party = timeline.name_of(timeline.parties[part.leg]) if len(timeline.parties) > 1 else ""
    text = span(keep_units(part.text), f"color:{color}")
    who = span(f"{party} ", f"color:{QUIET};font-size:85%") if party else ""
    kind = span(part.kind, f"color:{color};white-space:nowrap")
    return tell((_time(part.at), times), [(kind, kinds)], Markup("{}{}").format(who, text))


def _line(part: Line | Gap[Line], times: float, speakers: float) -> Markup:
    if isinstance(part, Gap):
        return _gap(part, "lines")
    speaker = span(_speaker(part), f"color:{QUIET};font-weight:600;{WRAP}")
    return tell((_time(part.at), times), [(speaker, speakers)], span(part.text))


def _speaker(line: Line) -> str:
    return line.name or line.speaker


def _session(session: WebSocketSession) -> Markup:
    closed = "open" if session.close_code is None else f"closed {session.close_code}"
    color = BAD if session.status == "failed" else QUIET
    apart = "margin-right:1em"
    told = [
        span(session.kind, f"{apart};white-space:nowrap"),
        span(f"{session.url} {session.sid}", f"{apart};{WRAP}"),
        span(count_of(len(session.frames), "frame"), f"{apart};color:{QUIET};white-space:nowrap"),
        span(f"{closed} {session.status}", f"color:{color};white-space:nowrap"),
    ]
    return _time(session.at) + span(Markup(" ").join(told))
