"""*Play this call*: a player in the cards of calls, and where ``call.replay()`` is shown.

Both are plain HTML, as they are stored and exported. The player comes from a widget that is never displayed: its module
finds them in the page, as long as their kernel lives. Without the extra ``phone`` there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...display import html_block
from .._page_buttons import PageButtons

if TYPE_CHECKING:
    from ...api import Call
    from ...replay import Replay
    from ._players import ReplayPlayers

__all__ = ["bundle", "offer_replay", "remove_replays"]


def bundle(replay: Replay) -> dict[str, str]:
    """The MIME bundle of *replay*, which gets a player where a page of Jupyter shows it."""
    from ...views import replay_bundle

    shown = replay_bundle(replay)
    players = _page.find()
    if players is not None:
        players.offer(replay.sid, html_block(shown["text/html"]), lambda: replay, is_open=True)
    return shown


def offer_replay(call: Call, html: str) -> None:
    """Let the card *html* of *call* have a button that plays the call, where a page of Jupyter shows it."""
    if call.is_live or not call.is_over:
        return
    players = _page.find()
    if players is not None:
        players.offer(call.sid, html, call.replay)


def remove_replays() -> None:
    """Take the buttons and players from the page."""
    _page.close()


def _make() -> ReplayPlayers:
    from ._players import ReplayPlayers

    return ReplayPlayers()


_page = PageButtons(("twilio_magic.replay", "Replay"), _make)
