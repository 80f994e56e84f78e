"""One call in a fresh world: a caller goes a path, and where it waits next is seen, and where silence leads."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from ..simulation import Notice, Person, mock_twilio
from ._move import OUTCOMES, Move, Path
from ._trace import LONGEST_WAIT, Trace

if TYPE_CHECKING:
    from ..api import Call
    from ..simulation import Simulator
    from ..twiml import Element
    from ._entry import Entry
    from ._stop import Stop

_REACTION = 0.5  # seconds until a caller acts, and between two looks at the call
_TALK = 2  # seconds that those who are dialed talk
_SILENT_KINDS = ("gather", "record", "dial")


class Rehearsal:
    """A call that goes *path*. *stops* has where it waited, the last ones in silence; *verbs* what it performed."""

    def __init__(self, entry: Entry, path: Path) -> None:
        self.path = path
        self._entry = entry
        self._trace = Trace()
        self._outcomes = [move.kind for move in path if move.kind in OUTCOMES]
        self._ended_at: float | None = None
        self._caller = Person(self._notice)

    @property
    def stops(self) -> list[Stop]:
        """Where it waited, and where it ended."""
        return self._trace.stops

    @property
    def verbs(self) -> dict[tuple[str, tuple[int, int]], Element]:
        """The verbs that it ran."""
        return self._trace.performed

    @property
    def target(self) -> Stop:
        """Where the path leads."""
        return self.stops[len(self.path)]

    @property
    def beyond(self) -> Stop | None:
        """Where silence leads from there, or a dialed party that answers; ``None`` where nothing was waited for."""
        return next(iter(self.stops[len(self.path) + 1 :]), None)

    def run(self, extra_stops: int = 1) -> Rehearsal:
        """Go the path, and stay silent for so many stops more."""
        simulator, call = self._begin()
        with mock_twilio(simulator):
            self._reach(simulator, 1)
            for number, move in enumerate(self.path, 1):
                self._make(move, simulator)
                self._reach(simulator, number + 1)
            for number in range(extra_stops):
                if self.stops[-1].kind not in _SILENT_KINDS:
                    break
                self._reach(simulator, len(self.path) + 2 + number)
            self._trace.explain(call.webhooks, call.timeline)
        return self

    def to_dialog(self) -> str:
        """The call as a dialog: the caller hangs up behind the last move, if the call goes on."""
        simulator, call = self._begin()
        with mock_twilio(simulator):
            self._reach(simulator, 1)
            for number, move in enumerate(self.path, 1):
                if move.kind in ("press", "say"):
                    self._listen(simulator)
                self._make(move, simulator)
                self._reach(simulator, number + 1)
            self._listen(simulator)
            if self._caller.state == "talking":
                self._caller.hang_up()
            simulator.run()
            return call.to_dialog()

    def _begin(self) -> tuple[Simulator, Call]:
        simulator = self._entry.make_world()
        simulator.phones["*"] = self._dialed_party
        self._begins = simulator.now
        return simulator, self._entry.place_call(simulator, self._caller)

    def _dialed_party(self) -> Generator[str, Any, None]:
        """What those who are dialed do: what the path says of the Dial at hand."""
        place = self._trace.dials - 1
        outcome = self._outcomes[place] if 0 <= place < len(self._outcomes) else "answered"
        yield f"answer; wait {_TALK}; hang up" if outcome == "answered" else outcome

    def _make(self, move: Move, simulator: Simulator) -> None:
        if move.kind in ("press", "say", "hang up"):
            simulator.advance(_REACTION)
        if self._caller.state != "talking":
            return
        if move.kind == "press":
            self._press(move.text, simulator)
        elif move.kind == "say":
            self._caller.say(move.text)
        elif move.kind == "hang up":
            self._caller.hang_up()

    def _listen(self, simulator: Simulator) -> None:
        """Let time pass until nothing is being said."""
        simulator.advance(_REACTION)
        while self._ended_at is None and simulator.now - self._begins < self._trace.quiet_at:
            simulator.advance(_REACTION)

    def _press(self, keys: str, simulator: Simulator) -> None:
        stops = len(self.stops)
        for key in keys:
            if len(self.stops) > stops or self._caller.state != "talking":
                return
            self._caller.press(key)
            simulator.advance(0.1)

    def _reach(self, simulator: Simulator, count: int) -> None:
        """Let time pass until there are so many stops."""
        self._trace.forget_documents()
        begins = simulator.now
        while len(self.stops) < count:
            if self._ended_at is not None:
                is_hung_up = bool(self.path) and self.path[-1].kind == "hang up"
                self._trace.end(self._ended_at, "hung up" if is_hung_up else "end")
            elif self._trace.goes_round or simulator.now - begins > LONGEST_WAIT:
                self._trace.give_up()
            else:
                simulator.advance(_REACTION)

    def _notice(self, notice: Notice) -> None:
        if notice.kind == "heard" and notice.speaker in ("", "Twilio"):
            self._trace.hear(notice.at, notice.text, notice.seconds)
        elif notice.kind == "ringing":
            self._caller.answer()
        elif notice.kind == "over":
            self._ended_at = notice.at
        elif notice.kind == "performs":
            self._trace.perform(notice.at, notice.source or "", notice.element)
