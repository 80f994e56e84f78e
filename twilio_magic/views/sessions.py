"""A WebSocket session on its own, and its parts: its frames, the turns of its agent, what was heard of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..display import count_of
from ..timeline import clock
from ._agent_sessions import list_frames, list_turns
from ._rows import rows
from ._sound import PLAYED_BYTES, player
from ._theme import FAINT, FONT, block, card, card_title, fold, span
from .records import bundle_sessions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from ..sessions import AgentSounds, Frames, Turns, WebSocketSession

_SCREEN = 24  # frames
_HEAD = ("at", "lasts", "loudness", "")


def bundle_session(session: WebSocketSession) -> dict[str, str]:
    """The MIME bundle of one *session*, which looks as in a list of one."""
    from ..sessions import WebSocketSessions

    return {**bundle_sessions(WebSocketSessions([session])), "text/plain": repr(session)}


def bundle_frames(frames: Frames) -> dict[str, str]:
    """The MIME bundle of *frames*: one line a frame, and one for all in a row that have sound."""
    runs = frames.runs()
    parts = [card_title(count_of(len(frames), "frame")), list_frames(runs[:_SCREEN])]
    if rest := runs[_SCREEN:]:
        parts.append(fold(f"{len(rest)} more lines", list_frames(rest)))
    return _bundle(repr(frames), card(*parts) if frames else _nothing("no frames"))


def bundle_turns(turns: Turns) -> dict[str, str]:
    """The MIME bundle of *turns*: how long the caller waited for the agent in each."""
    return _bundle(repr(turns), card(*list_turns(turns)) if turns else _nothing("no turns"))


def bundle_agent_sounds(sounds: AgentSounds) -> dict[str, str]:
    """The MIME bundle of *sounds*, each with a player, as far as a notebook has room for them."""
    return _bundle(repr(sounds), rows("Sounds of the agent", _HEAD, _sounds(sounds), "no sounds"))


def _sounds(sounds: AgentSounds) -> Iterator[tuple[object, ...]]:
    room = PLAYED_BYTES
    for each in sounds:
        wav = each.wav()
        room -= len(wav)
        if room > 0:
            shown = player(wav, f"Sound of the agent at {each.at:g} seconds")
        else:
            shown = span("too long to be kept here: .wav() has it", f"color:{FAINT}")
        cut = ", cut off" if each.is_cut else ""
        yield clock(each.at), f"{each.seconds:.2f} s{cut}", f"{each.loudness:g} dB", shown


def _bundle(text: str, shown: Markup) -> dict[str, str]:
    return {"text/plain": text, "text/html": str(shown)}


def _nothing(said: str) -> Markup:
    return block(said, f"font-family:{FONT};color:{FAINT}")
