"""The widget that gives the cards of a page their buttons, and takes branches for them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from anywidget import AnyWidget
from traitlets import Dict

from ...display import to_html, visible_line
from ...errors import TwilioMagicError
from ...timeline import clock
from ...views import note
from .._cards import join_modules, key_of
from .._session import session
from ._caller_act import read_caller_act
from ._difference import tell_difference

if TYPE_CHECKING:
    from ...api import Call
    from ...timeline import Event

_HERE = Path(__file__).parent
_MOST_CARDS = 200
_MOST_GATHERS = 50
_LONGEST = 80


class BranchButtons(AnyWidget):
    """Buttons at the Gathers of calls whose cards are in the page. *cards* are those that :meth:`offer` has told of.

    It is never displayed itself.
    """

    _esm = join_modules(_HERE / "branches.js")
    _css = _HERE / "branches.css"

    cards = Dict().tag(sync=True)

    def __init__(self) -> None:
        self._calls: OrderedDict[str, Call] = OrderedDict()
        self._registry = RLock()  # not the session's: a card may be shown inside a simulated world
        super().__init__()
        self.on_msg(self._receive)

    def offer(self, call: Call, html: str) -> None:
        """Let the card *html* of *call* have a button for each of its Gathers."""
        gathers = [] if call.is_live else list_gathers(call)
        if not gathers:
            return
        key = key_of(call.sid, html)
        with self._registry:
            self._calls[key] = call
            self._calls.move_to_end(key)
            while len(self._calls) > _MOST_CARDS:
                self._calls.popitem(last=False)
            kept = {each: self.cards[each] for each in self._calls if each in self.cards}
            self.cards = {**kept, key: gathers}

    def _receive(self, _: Any, message: Mapping[str, Any], __: Any) -> None:
        """Take the branch that somebody clicked on. The answer has the number of the question."""
        with session().lock:
            try:
                answer = self._take(message)
            except TwilioMagicError as error:
                told = " ".join(filter(None, (error.message, error.hint)))
                answer = {"failed": note(told, level="error", excerpt=error.excerpt)}
            except (Exception, SystemExit, KeyboardInterrupt) as error:
                # An application raised it, or somebody interrupted the kernel: the button waits for an answer.
                told = f"The branch could not be taken: {type(error).__name__} {error}".strip()
                answer = {"failed": note(visible_line(told), level="error")}
        self.send({**answer, "id": message.get("id")})

    def _take(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        call = self._calls.get(str(asked.get("card")))
        if call is None:
            told = "The kernel does not know this call any more. Run the cell again for a new card."
            return {"failed": note(told, level="error")}
        act = read_caller_act(str(asked.get("act")), str(asked.get("text", "")))
        before = f"gather {int(asked['gather'])}"
        branch = call.fork(before=before, phone=act.script).wait()
        html = to_html(branch)
        self.offer(branch, html)
        return {
            "title": f"Branch at {before}: {visible_line(act.told)}",
            "told": tell_difference(call, branch),
            "code": visible_line(f"call.fork(before={before!r}, phone={act.script!r}).wait()"),
            "html": html,
        }

    def __repr__(self) -> str:
        return "<buttons in the cards of calls>"


def list_gathers(call: Call) -> list[str]:
    """What the buttons of *call* are for, one line a Gather, in order; of very many only the first."""
    events = list(call.timeline)
    found = [place for place, event in enumerate(events) if event.kind == "gathering"]
    return [
        visible_line(f"{clock(events[place].at)} {_prompt(events, place)}")
        for place in found[:_MOST_GATHERS]
    ]


def _prompt(events: list[Event], place: int) -> str:
    """What the Gather says, or else what it waits for."""
    gather = events[place]
    said = next((each for each in events[place + 1 :] if each.leg == gather.leg), None)
    if said is None or said.kind != "said" or said.at != gather.at:
        return gather.text
    words = str(said.data.get("words", ""))
    if said.data.get("cut"):  # somebody interrupted it
        words = f"{words.removesuffix('…').strip()} {said.data.get('unheard', '')}".strip()
    return f"“{words[:_LONGEST]}…”" if len(words) > _LONGEST else f"“{words}”"
