"""The map of an IVR: where a call waits or ends, and the moves between these places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from ..display import Shown, visible_line
from ..records import dataclass
from ._move import SILENCE
from ._problem import MapProblems

if TYPE_CHECKING:
    from ._entry import Entry
    from ._move import Move, Path
    from ._stop import StopKind

#: Where a caller has come to something: a person, a recording, or what the caller is handed over to.
_USEFUL = ("dial", "record", "waiting")


@dataclass
class State:
    """A place in an IVR at which a call waits, or where it ends; those that differ only in numbers are one.

    *name* is ``1``, ``2`` …, in the order in which they were found; *kind* is ``gather``, ``record``, ``dial``,
    ``waiting`` (a queue, a conference, an agent), ``loop``, ``error``, ``end``, or ``hung up`` by the caller. *text* is
    what is said there, *url* the address of the document, *path* the shortest way to it, *seconds* how long that takes
    who hears each prompt to its end.
    """

    name: str
    kind: StopKind
    text: str
    url: str
    path: Path
    seconds: float = 0.0
    menus: int = 0
    prompt: str = ""
    listening: float = field(default=0.0, repr=False)
    key: tuple[str, ...] = field(default=(), repr=False)

    @property
    def place(self) -> str:
        """The path of its document's address."""
        return urlsplit(self.url).path or "/"

    @property
    def title(self) -> str:
        """What problems call it: what is said there, or the path of its document, if that has no words."""
        return f"“{self.text}”" if self.text else self.place

    @property
    def is_useful(self) -> bool:
        """Whether the caller has come to something there: a person, a recording, a queue, or words that were chosen."""
        is_chosen = self.kind == "end" and bool(self.text) and self.path[-1:] != (SILENCE,)
        return self.kind in _USEFUL or is_chosen

    def __str__(self) -> str:
        return visible_line(f"{self.name} {self.kind}: {self.title}")


@dataclass(frozen=True)
class Edge:
    """One *move* from a state to another, by their names, and what is *heard* on the way, which takes *seconds*."""

    source: str
    target: str
    move: Move
    heard: tuple[str, ...] = ()
    seconds: float = 0.0
    errors: tuple[str, ...] = ()


@dataclass
class Map(Shown):
    """What :func:`explore` found: *states*, *edges* between them, and *problems*.

    *entry* is where its callers enter, *calls* how many calls it took, and *untried* the number of ways that were left
    out because of a limit.
    """

    view: ClassVar[str] = "twilio_magic.views.map:bundle"

    states: dict[str, State]
    edges: list[Edge]
    entry: Entry = field(repr=False, compare=False)
    problems: MapProblems = field(default_factory=MapProblems)
    calls: int = 0
    untried: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether every way was tried."""
        return not self.untried

    @property
    def coverage(self) -> int:
        """How many percent of the ways that are known were tried: below 100, a limit ended the exploration."""
        known = len(self.edges) + self.untried
        return 100 * len(self.edges) // known if known else 100

    @property
    def first_useful(self) -> State | None:
        """What a caller comes to first who hears each prompt to its end; its *seconds* say when."""
        useful = [each for each in self.states.values() if each.is_useful]
        return min(useful, key=lambda state: state.seconds, default=None)

    @property
    def deepest(self) -> State | None:
        """The menu that most menus stand before, on the shortest way to it."""
        menus = [each for each in self.states.values() if each.kind == "gather"]
        return max(menus, key=lambda state: state.menus, default=None)

    def edges_from(self, state: str) -> list[Edge]:
        """The moves from a *state*, by its name."""
        return [edge for edge in self.edges if edge.source == state]

    def to_text(self) -> str:
        """The map as text: each place with its moves, the problems, and a summary."""
        from ._as_text import map_to_text

        return map_to_text(self)

    def to_mermaid(self) -> str:
        """The map as a flowchart in Mermaid's language."""
        from ._as_graph import map_to_mermaid

        return map_to_mermaid(self)

    def to_graphviz(self) -> str:
        """The map in the language of Graphviz."""
        from ._as_graph import map_to_graphviz

        return map_to_graphviz(self)

    def to_dict(self) -> dict[str, Any]:
        """The map as data that JSON can hold."""
        from ._as_data import map_to_dict

        return map_to_dict(self)

    def to_json(self) -> str:
        """The map as JSON."""
        from ._as_data import map_to_json

        return map_to_json(self)

    def __repr__(self) -> str:
        return self.to_text()


def merge_moves(edges: Sequence[Edge]) -> Mapping[tuple[str, str], list[Edge]]:
    """*edges* by source and target; hanging up is left out where it does no harm."""
    merged: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        if edge.move.kind != "hang up" or edge.errors:
            merged.setdefault((edge.source, edge.target), []).append(edge)
    return merged


def list_shown(found: Map) -> list[State]:
    """The places of *found* without that of callers who hung up, where that does no harm."""
    ends = {name for ends in merge_moves(found.edges) for name in ends} | {"1"}
    return [
        state for state in found.states.values() if state.kind != "hung up" or state.name in ends
    ]


def describe_moves(edges: Sequence[Edge]) -> str:
    """The moves of *edges* in few words: ``press 1, 2, 4-9; silence``."""
    keys = [edge.move.text for edge in edges if edge.move.kind == "press"]
    words = [f"“{edge.move.text}”" for edge in edges if edge.move.kind == "say"]
    others = [edge.move.kind for edge in edges if edge.move.kind not in ("press", "say")]
    parts = [f"press {', '.join(_ranges(keys))}"] if keys else []
    parts += [f"say {', '.join(words)}"] if words else []
    return "; ".join([*parts, *dict.fromkeys(others)])


def _ranges(keys: Sequence[str]) -> list[str]:
    """*keys* in order, with more than two that follow each other as ``4-9``."""
    digits = sorted(key for key in keys if key.isdecimal() and len(key) == 1)
    runs: list[list[str]] = []
    for key in digits:
        if runs and int(key) == int(runs[-1][-1]) + 1:
            runs[-1].append(key)
        else:
            runs.append([key])
    shown = [f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs]
    return [*shown, *(key for key in keys if key not in digits)]
