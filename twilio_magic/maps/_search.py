"""The search: breadth first, each way a call of its own in a fresh world."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from ..display import visible_line
from ..errors import SimulatorError
from ..records import dataclass
from ._map import Edge, Map, State
from ._moves import moves_at, prompt_of
from ._rehearsal import Rehearsal

if TYPE_CHECKING:
    from ..twiml import Element
    from ._entry import Entry
    from ._move import Move, Path
    from ._stop import Stop

#: States that differ only in numbers, such as that of an attempt, are one on the map; so many of them are looked into.
_MOST_VARIANTS = 3

#: Is told how many calls were made, and how many ways are waiting.
Progress = Callable[[int, int], object]


@dataclass(frozen=True)
class Limits:
    """How far a search goes: *depth* is the largest number of moves of a call; *keys* and *words* are tried besides."""

    depth: int = 8
    calls: int = 1000
    states: int = 200
    keys: Sequence[str] = ()
    words: Sequence[str] = ()

    def __post_init__(self) -> None:
        for name in ("depth", "calls", "states"):
            if getattr(self, name) < 1:
                raise SimulatorError(
                    visible_line(f"{name} is {getattr(self, name)}."),
                    hint="It is a number from 1 on.",
                )


@dataclass
class Search:
    """Walks the ways of *entry*, within *limits*."""

    entry: Entry
    limits: Limits
    progress: Progress | None = None
    found: dict[tuple[str, ...], State] = field(default_factory=dict)
    stops: dict[str, Stop] = field(default_factory=dict)
    performed: dict[tuple[str, tuple[int, int]], Element] = field(default_factory=dict)

    def run(self) -> Map:
        """The map, without its problems."""
        self._edges: dict[tuple[str, Move], Edge] = {}
        self._seen: set[tuple[str, ...]] = set()
        self._variants: Counter[str] = Counter()
        self._queue: deque[tuple[Path, State | None]] = deque([((), None)])
        self._untried = made = 0
        while self._queue:
            path, source = self._queue.popleft()
            if made >= self.limits.calls:
                self._untried += 1
                continue
            rehearsal = Rehearsal(self.entry, path).run()
            made += 1
            self._learn(rehearsal, source)
            if self.progress is not None:
                self.progress(made, len(self._queue))
        states = {state.name: state for state in self.found.values()}
        return Map(
            states, list(self._edges.values()), self.entry, calls=made, untried=self._untried
        )

    def _learn(self, rehearsal: Rehearsal, source: State | None) -> None:
        """Add to the map what *rehearsal* went through last."""
        path, target = rehearsal.path, rehearsal.target
        self.performed.update(rehearsal.verbs)
        before = rehearsal.stops[len(path) - 1] if path else None
        state = self._state_of(target, path, source, before)
        if source is not None and before is not None:
            self._add(source, state, path[-1], before, target)
        moves = moves_at(target, self.limits.keys, self.limits.words)
        is_new = self._is_new(target, state)
        if rehearsal.beyond is not None and moves:
            onward = (*path, moves[0])
            beyond = self._state_of(rehearsal.beyond, onward, state, target)
            self._add(state, beyond, moves[0], target, rehearsal.beyond)
            if rehearsal.beyond.key not in self._seen and moves_at(rehearsal.beyond):
                self._plan(onward, state)
        if is_new:
            for move in moves[1:]:
                self._plan((*path, move), state)

    def _is_new(self, stop: Stop, state: State) -> bool:
        """Whether the ways from *stop* are still to be tried."""
        if stop.key in self._seen or self._variants[state.name] >= _MOST_VARIANTS:
            return False
        self._seen.add(stop.key)
        self._variants[state.name] += 1
        return True

    def _plan(self, path: Path, source: State) -> None:
        if len(path) > self.limits.depth or len(self.found) >= self.limits.states:
            self._untried += 1
        else:
            self._queue.append((path, source))

    def _state_of(self, stop: Stop, path: Path, source: State | None, before: Stop | None) -> State:
        key = stop.plain_key
        if key not in self.found:
            state = State(str(len(self.found) + 1), stop.kind, text_of(stop), stop.url, path)
            state.prompt = prompt_of(stop.element) if stop.element is not None else ""
            state.key = key
            self.found[key] = state
            self.stops[state.name] = stop
            spent = stop.at - before.at if before is not None else stop.at
            move = path[-1] if path else None
            waits = source.listening if source is not None and move and _is_act(move) else 0.0
            state.seconds = round((source.seconds if source else 0.0) + spent + waits, 1)
            state.menus = (source.menus if source else 0) + (stop.kind == "gather")
        state = self.found[key]
        state.listening = max(state.listening, stop.listening)
        return state

    def _add(self, source: State, target: State, move: Move, before: Stop, after: Stop) -> None:
        edge = Edge(
            source.name,
            target.name,
            move,
            tuple(after.heard),
            round(after.at - before.at, 1),
            tuple(after.errors),
        )
        self._edges.setdefault((source.name, move), edge)


def _is_act(move: Move) -> bool:
    return move.kind in ("press", "say")


def text_of(stop: Stop) -> str:
    """What is said at *stop*: the prompts inside, else what was heard before it."""
    if stop.kind == "dial" and stop.element is not None:
        dialed = [stop.element.text, *(child.text for child in stop.element)]
        return ", ".join(each for each in dialed if each)
    inside = prompt_of(stop.element) if stop.element is not None else ""
    if inside or stop.kind == "hung up":
        return inside
    if stop.kind == "error":
        return next(iter(stop.errors), "")
    return " ".join(stop.heard[-2:])
