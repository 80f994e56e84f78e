"""Finds what is wrong on a map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ._keys import find_key_problems
from ._loops import find_loops
from ._move import OUTCOMES, Path
from ._problem import MapProblem, MapProblems, ProblemKind, sort_problems
from ._prompts import find_unreachable_prompts
from ._stop import without_details

if TYPE_CHECKING:
    from ._map import Edge, Map, State
    from ._search import Search

_REJECT = "<Reject"  # who is turned away is meant to hear nothing


def find_map_problems(found: Map, search: Search) -> MapProblems:
    """Everything that is wrong on *found*, the map that *search* made."""
    entry = search.entry
    told: list[tuple[ProblemKind, str, Path]] = [
        *_errors(found, [each + entry.explain(each) for each in search.stops["1"].errors]),
        *find_loops(found, entry),
        *_dead_ends(found, is_rejected=_REJECT in search.stops["1"].source),
        *find_key_problems(found, search.stops),
        *_silences(found),
        *(find_unreachable_prompts(found, search) if found.is_complete else ()),
    ]
    return sort_problems(MapProblem(kind, message, path, entry) for kind, message, path in told)


def way_of(found: Map, edge: Edge) -> Path:
    """The shortest way that ends with *edge*."""
    return (*found.states[edge.source].path, edge.move)


def _by_length(found: Map) -> list[Edge]:
    return sorted(found.edges, key=lambda edge: len(found.states[edge.source].path))


def _errors(found: Map, at_once: Sequence[str]) -> Iterator[tuple[ProblemKind, str, Path]]:
    """What Twilio logs, each error once: *at_once*, and behind the moves of the caller."""
    known: set[str] = set()
    ways = ((way_of(found, edge), edge.errors) for edge in _by_length(found))
    for path, errors in (((), at_once), *ways):
        for error in errors:
            if without_details(error) not in known and not error.startswith("a loop"):
                known.add(without_details(error))
                yield "error", error, path


def _dead_ends(found: Map, *, is_rejected: bool) -> Iterator[tuple[ProblemKind, str, Path]]:
    """Moves behind which the call ends without a word."""
    first = found.states["1"]
    if first.kind == "end" and not first.text and not is_rejected:
        yield "dead end", "the call ends without a word", ()
    known: set[tuple[str, str]] = set()
    for edge in _by_length(found):
        source, target = found.states[edge.source], found.states[edge.target]
        is_silent = target.kind == "end" and not edge.heard and not edge.errors
        is_choice = source.kind == "gather" and edge.move.kind in ("press", "say")
        is_missed = source.kind == "dial" and edge.move.kind in OUTCOMES[1:]
        if is_silent and (is_choice or is_missed) and (edge.source, edge.target) not in known:
            known.add((edge.source, edge.target))
            yield "dead end", _describe_end(edge, source), way_of(found, edge)


def _describe_end(edge: Edge, source: State) -> str:
    if source.kind == "dial":
        what = "is busy" if edge.move.kind == "busy" else "does not answer"
        return f"the call ends without a word if {source.text} {what}"
    return f"the call ends without a word after {edge.move}"


def _silences(found: Map) -> Iterator[tuple[ProblemKind, str, Path]]:
    for edge in _by_length(found):
        source, target = found.states[edge.source], found.states[edge.target]
        if edge.move.kind == "silence" and source.kind == "gather" and target.kind == "end":
            words = f"after “{edge.heard[-1]}”" if edge.heard else "without another word"
            yield "silence", f"silence hangs up at {source.title} {words}", way_of(found, edge)
