"""The widget that gives the cards of a page their players, and tells them what to play."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from anywidget import AnyWidget
from traitlets import Dict

from ...errors import TwilioMagicError
from .._cards import join_modules, key_of
from .._scripts import SOURCE, join_styles
from .._session import session

if TYPE_CHECKING:
    from ...replay import Replay

_HERE = Path(__file__).parent
_MOST_CARDS = 200
_UNKNOWN = "The kernel does not know this call any more. Run the cell again for a new card."


class ReplayPlayers(AnyWidget):
    """Players of calls whose cards are in the page. *cards* has those that :meth:`offer` has told of.

    Each says whether its player is open from the beginning. The widget is never displayed itself.
    """

    _esm = join_modules(SOURCE, _HERE / "replay.js")
    _css = join_styles(_HERE / "replay.css")

    cards = Dict().tag(sync=True)

    def __init__(self) -> None:
        self._replays: OrderedDict[str, Callable[[], Replay]] = OrderedDict()
        self._registry = RLock()  # not the session's: a card may be shown inside a simulated world
        super().__init__()
        self.on_msg(self._receive)

    def offer(
        self, sid: str, html: str, replay: Callable[[], Replay], *, is_open: bool = False
    ) -> None:
        """Let the card *html* of the call with this *sid* have a player of what *replay* gives."""
        key = key_of(sid, html)
        with self._registry:
            self._replays[key] = replay
            self._replays.move_to_end(key)
            while len(self._replays) > _MOST_CARDS:
                self._replays.popitem(last=False)
            kept = {each: self.cards[each] for each in self._replays if each in self.cards}
            self.cards = {**kept, key: is_open}

    def _receive(self, _: Any, message: Mapping[str, Any], __: Any) -> None:
        """Tell a player what it plays. The answer has the number of the question."""
        with session().lock:
            try:
                answer = self._find(str(message.get("card")))
            except TwilioMagicError as error:
                answer = {"failed": " ".join(filter(None, (error.message, error.hint)))}
        self.send({**answer, "id": message.get("id")})

    def _find(self, key: str) -> Mapping[str, Any]:
        replay = self._replays.get(key)
        return {"replay": replay().to_dict()} if replay is not None else {"failed": _UNKNOWN}

    def __repr__(self) -> str:
        return "<players in the cards of calls>"
