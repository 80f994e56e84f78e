"""How much of the map of an application calls have visited, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from ...display import Shown, visible_line
from ...records import dataclass
from .._as_dialog import join_dialogs, path_to_dialog
from .._as_text import short_text
from .._map import State, list_shown
from .._move import describe_path
from .._stop import without_numbers
from ._ways import list_ways

if TYPE_CHECKING:
    from .._entry import Entry
    from .._map import Edge, Map
    from .._move import Path
    from ._lay import VisitedMap
    from ._ways import Way


_WIDEST = 60  # characters of a prompt


@dataclass(frozen=True)
class MissingWay:
    """A way, or a place, that no call has visited: a *message* that says which, and the shortest *path* to it."""

    message: str
    path: Path
    entry: Entry = field(repr=False, compare=False)

    def to_dialog(self) -> str:
        """The text of a dialog that goes there: ``tm.dialogs(missing.to_dialog())`` reads it.

        Where the application was given as an object, the line ``# app:`` is to be filled in.
        """
        return path_to_dialog(self.path, self.entry, describe_path(self.path))

    def __str__(self) -> str:
        return visible_line(f"{self.message} [{describe_path(self.path)}]")


class MissingWays(list[MissingWay], Shown):
    """What no call has visited, the shortest paths first. It is a list; shown, it has one line a way."""

    view: ClassVar[str] = "twilio_magic.views.map:bundle_missing_ways"

    def to_dialogs(self) -> str:
        """The text of dialogs that go there, one below the other."""
        return join_dialogs(each.to_dialog() for each in self)

    def __repr__(self) -> str:
        return "\n".join(map(str, self)) or "nothing is missing"


@dataclass
class Coverage(Shown):
    """What *calls* have visited of the *map* of one application, whose *name* is what dialogs call it, or its address.

    Places and ways are counted: a key that a prompt names is a way of its own; all the other keys of a menu that do the
    same are one, and so are all numbers that do. Places and ways that calls came to by themselves are on the map, too.
    """

    view: ClassVar[str] = "twilio_magic.views.coverage:bundle"

    name: str
    map: Map
    visited_states: frozenset[str]
    visited_edges: frozenset[int]
    calls: int
    entry: Entry = field(repr=False)

    @classmethod
    def of(cls, layout: VisitedMap, name: str, calls: int, entry: Entry) -> Coverage:
        """What a *layout* has, as the coverage of the application with this *name*."""
        states, edges = frozenset(layout.states), frozenset(layout.edges)
        return cls(name, layout.map, states, edges, calls, entry)

    @cached_property
    def places(self) -> list[State]:
        """The places that are counted."""
        return list_shown(self.map)

    @cached_property
    def ways(self) -> list[Way]:
        """The ways that are counted."""
        return list_ways(self.map)

    @property
    def documents(self) -> dict[str, bool]:
        """The address of each document, and whether a call has visited it; those that differ in numbers are one."""
        found: dict[str, bool] = {}
        for state in self.places:
            address = without_numbers(state.url)
            if address:
                found[address] = found.get(address, False) or self.has_visited(state)
        return found

    def has_visited(self, what: State | Way) -> bool:
        """Whether a call has visited a place, or gone a way."""
        if isinstance(what, State):
            return what.name in self.visited_states
        return not self._gone_edges.isdisjoint(what.edges)

    @cached_property
    def _gone_edges(self) -> frozenset[Edge]:
        return frozenset(self.map.edges[number] for number in self.visited_edges)

    @property
    def total_count(self) -> int:
        """How many places and ways there are."""
        return len(self.places) + len(self.ways)

    @property
    def visited_count(self) -> int:
        """How many of them calls have visited."""
        return sum(map(self.has_visited, self.places)) + sum(map(self.has_visited, self.ways))

    @property
    def percent(self) -> int:
        """How many percent of the places and ways calls have visited; 100 only where none is missing."""
        return percent(self.visited_count, self.total_count)

    @property
    def missing(self) -> MissingWays:
        """What no call has visited, the shortest paths first."""
        return MissingWays(sorted(self._missing(), key=lambda each: len(each.path)))

    def _missing(self) -> Iterator[MissingWay]:
        ways = [way for way in self.ways if not self.has_visited(way)]
        for way in ways:
            at = f"{way} at “{short_text(way.source, _WIDEST)}”"
            yield MissingWay(at, (*way.source.path, way.move), self.entry)
        reached = {way.target.name for way in ways}
        for state in self.places:
            if not self.has_visited(state) and state.name not in reached:
                yield MissingWay(
                    f"{state.kind} “{short_text(state, _WIDEST)}”", state.path, self.entry
                )

    def to_text(self) -> str:
        """What was visited, and what is missing, as text."""
        from ._as_text import coverage_to_text

        return coverage_to_text(self)

    def to_mermaid(self) -> str:
        """The map as a flowchart in Mermaid's language, with what was visited in color."""
        from ._as_graph import coverage_to_mermaid

        return coverage_to_mermaid(self)

    def to_graphviz(self) -> str:
        """The map in the language of Graphviz, with what was visited in color."""
        from ._as_graph import coverage_to_graphviz

        return coverage_to_graphviz(self)

    def to_dict(self) -> dict[str, Any]:
        """It as data that JSON can hold."""
        from ._as_data import coverage_to_dict

        return coverage_to_dict(self)

    def to_json(self) -> str:
        """It as JSON."""
        from .._as_data import dump_data

        return dump_data(self.to_dict())

    def __repr__(self) -> str:
        return self.to_text()


class CoverageReport(list[Coverage], Shown):
    """What calls have visited of each application. It is a list; shown, it has the maps and what is missing."""

    view: ClassVar[str] = "twilio_magic.views.coverage:bundle_of_several"

    @property
    def percent(self) -> int:
        """How many percent of all places and ways calls have visited; 100 only where none is missing."""
        return percent(
            sum(each.visited_count for each in self), sum(each.total_count for each in self)
        )

    @property
    def missing(self) -> MissingWays:
        """What no call has visited, of one application after the other."""
        return MissingWays(way for each in self for way in each.missing)

    def to_text(self) -> str:
        """What was visited, and what is missing, as text."""
        from ._as_text import report_to_text

        return report_to_text(self)

    def to_dict(self) -> dict[str, Any]:
        """It as data that JSON can hold."""
        from ._as_data import report_to_dict

        return report_to_dict(self)

    def to_json(self) -> str:
        """It as JSON."""
        from .._as_data import dump_data

        return dump_data(self.to_dict())

    def to_mermaid(self) -> str:
        """The maps as flowcharts in Mermaid's language, with what was visited in color."""
        return "\n".join(each.to_mermaid() for each in self)

    def to_graphviz(self) -> str:
        """The maps in the language of Graphviz, with what was visited in color."""
        return "\n".join(each.to_graphviz() for each in self)

    def __repr__(self) -> str:
        return self.to_text()


def percent(visited: int, total: int) -> int:
    """*visited* of *total* in percent, rounded down: 100 is all."""
    return 100 * visited // total if total else 100


def count_all(coverage: Coverage) -> Sequence[tuple[str, int, int]]:
    """What is counted, with how much of it was visited, and how much there is."""
    documents, places, ways = coverage.documents, coverage.places, coverage.ways
    return (
        ("documents", sum(documents.values()), len(documents)),
        ("places", sum(map(coverage.has_visited, places)), len(places)),
        ("ways", sum(map(coverage.has_visited, ways)), len(ways)),
    )
