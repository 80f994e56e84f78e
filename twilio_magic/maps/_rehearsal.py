"""One call in a fresh world: a caller goes a path, and where it waits next is seen, and where silence leads."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from ..simulation import Notice, Person, Simulator, mock_twilio
from ._move import OUTCOMES, Move, Path
from ._stop import Stop, kind_of_stop

if TYPE_CHECKING:
    from ..api import Call
    from ..twiml import Element
    from ._entry import Entry

_REACTION = 0.5  # seconds until a caller acts, and between two looks at the call
_LONGEST_WAIT = 300.0  # seconds without a stop, after which no stop is waited for
_MOST_DOCUMENTS = 40  # without a stop: they go round
_TALK = 2  # seconds that those who are dialed talk
_SILENT_KINDS = ("gather", "record", "dial")


class Rehearsal:
    """A call that goes *path*. *stops* has where it waited, the last ones in silence; *performed* the verbs it ran."""

    def __init__(self, entry: Entry, path: Path) -> None:
        self.path = path
        self.stops: list[Stop] = []
        self.performed: dict[tuple[str, tuple[int, int]], Element] = {}
        self._entry = entry
        self._outcomes = [move.kind for move in path if move.kind in OUTCOMES]
        self._dials = 0
        self._heard: list[str] = []
        self._source, self._last = "", None  # type: tuple[str, Element | None]
        self._documents = 0
        self._now = self._quiet_at = 0.0
        self._is_over = False
        self._caller = Person(self._notice)

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
            self._explain(call)
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
        simulator = Simulator(network=False)
        simulator.phones["*"] = self._dialed_party
        self._entry.prepare(simulator)
        self._begins = simulator.now
        return simulator, simulator.receive(self._entry.from_, self._entry.to, phone=self._caller)

    def _dialed_party(self) -> Generator[str, Any, None]:
        """What those who are dialed do: what the path says of the Dial at hand."""
        place = self._dials - 1
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
        while not self._is_over and simulator.now - self._begins < self._quiet_at:
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
        self._documents, begins = 0, simulator.now
        while len(self.stops) < count:
            if self._is_over:
                self._add_end()
            elif self._documents > _MOST_DOCUMENTS:
                self._add("loop", None)
            elif simulator.now - begins > _LONGEST_WAIT:
                self._add("waiting", self._last)
            else:
                simulator.advance(_REACTION)

    def _notice(self, notice: Notice) -> None:
        if notice.kind == "heard":
            self._hear(notice)
        elif notice.kind == "over":
            self._is_over, self._now = True, notice.at
        elif notice.kind == "performs":
            self._perform(notice)

    def _hear(self, notice: Notice) -> None:
        if notice.speaker and notice.speaker != "Twilio":
            return
        self._quiet_at = notice.at + notice.seconds
        if self.stops and self._is_inside(self.stops[-1]):
            self.stops[-1].listening += notice.seconds
        else:
            self._heard.append(notice.text)

    def _is_inside(self, stop: Stop) -> bool:
        return self._last is not None and is_inside(self._last, stop.element)

    def _perform(self, notice: Notice) -> None:
        element, self._now = notice.element, notice.at
        if element is None:
            self._documents, self._last = self._documents + 1, None
            return
        source = notice.source or ""
        is_back = source == self._source and is_inside(self._last, element)
        self._source, self._last = source, element
        self.performed.setdefault((source, element.extent), element)
        kind = None if is_back else kind_of_stop(element)
        if kind is not None:
            self._dials += kind == "dial"
            self._documents = 0
            self._add(kind, element)

    def _add(self, kind: Any, element: Element | None) -> None:
        self.stops.append(Stop(kind, self._now, self._source, element, self._heard))
        self._heard = []

    def _add_end(self) -> None:
        is_hung_up = bool(self.path) and self.path[-1].kind == "hang up"
        self._add("hung up" if is_hung_up else "end", None)

    def _explain(self, call: Call) -> None:
        """Tell of each stop its address, and what Twilio logged on the way to it."""
        exchanges = [each for each in call.webhooks if each.reply]
        for stop in self.stops:
            same = (
                each.url for each in exchanges if each.reply == stop.source and each.at <= stop.at
            )
            stop.url = next(iter([*same][-1:]), "")
        failed = [event for event in call.timeline if event.kind == "failed"]
        for event in failed:
            later = (stop for stop in self.stops if stop.at >= event.at)
            stop = next(later, self.stops[-1])
            stop.errors.append(event.text)
            if stop.kind == "end":
                stop.kind = "loop" if event.text.startswith("a loop") else "error"


def is_inside(element: Element | None, outer: Element | None) -> bool:
    """Whether *element* stands inside *outer*, in one document."""
    if element is None or outer is None:
        return False
    (begins, ends), (first, last) = element.extent, outer.extent
    return first < begins and ends <= last
