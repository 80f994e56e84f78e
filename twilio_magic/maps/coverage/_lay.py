"""Lays the tracks of calls on a map: which of its places and moves they visited."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .._map import Edge, Map, State
from .._stop import without_numbers
from ._ways import is_named

if TYPE_CHECKING:
    from .._move import Move
    from ._track import Track, Visit

#: What differs between two worlds: the address of a TwiML Bin, where the application is mounted, and sids. The keys of
#: places have a sign in the place of each number.
_OWN = re.compile(
    r"https://handler\.twilio\.com/twiml/EH[a-f#]+|https?://[^/\s\"'<>]+|\b[A-Z]{2}(?=[a-f]*#)[a-f#]{6,}"
)


class VisitedMap:
    """The map *found* with what was visited of it: the names of *states*, and *edges* by their places in the list.

    What calls came to that was not known becomes part of the map. The map that was given stays as it is.
    """

    def __init__(self, found: Map) -> None:
        self.map = replace(found, states=dict(found.states), edges=list(found.edges))
        self.states: set[str] = set()
        self.edges: set[int] = set()
        self._names: dict[tuple[str, ...], str] = {}
        for state in found.states.values():
            self._names.setdefault(_match_key(state.key), state.name)
            self._names[state.key] = state.name

    def knows(self, track: Track) -> bool:
        """Whether the map has the place at which *track* begins."""
        return bool(track) and self._find(track[0]) is not None

    def lay(self, track: Track, *, adds: bool) -> None:
        """Mark what *track* visited; with *adds*, also what the map did not know."""
        source: State | None = None
        for visit in track:
            target = self._target_of(visit, source, adds=adds)
            if target is not None and target.kind != "hung up":
                self.states.add(target.name)
            if source is not None and visit.move is not None:
                self._mark(source, visit, target, adds=adds)
            elif source is None and visit.kind == "hung up":
                self._mark_only_words(visit)
            source = target

    def _find(self, visit: Visit) -> str | None:
        return self._names.get(visit.key) or self._names.get(_match_key(visit.key))

    def _target_of(self, visit: Visit, source: State | None, *, adds: bool) -> State | None:
        name = self._find(visit)
        if name is not None:
            return self.map.states[name]
        if not adds or visit.kind == "hung up":
            return None
        return self._add_state(visit, source)

    def _add_state(self, visit: Visit, source: State | None) -> State:
        path = (*source.path, *([visit.move] if visit.move else ())) if source else ()
        state = State(
            str(len(self.map.states) + 1), visit.kind, visit.text, visit.url, path, key=visit.key
        )
        state.seconds = round((source.seconds if source else 0.0) + visit.seconds, 1)
        state.menus = (source.menus if source else 0) + (visit.kind == "gather")
        self.map.states[state.name] = state
        self._names[visit.key] = self._names[_match_key(visit.key)] = state.name
        return state

    def _mark(self, source: State, visit: Visit, target: State | None, *, adds: bool) -> None:
        """Mark the edges from *source* that were gone by the move of *visit*."""
        move = visit.move
        assert move is not None  # noqa: S101 - the caller says so
        if target is None or target.kind == "hung up":
            self._mark_left(source, visit)
            return
        numbered = [*enumerate(self.map.edges)]
        same = [n for n, each in numbered if (each.source, each.move) == (source.name, move)]
        alike = [n for n, each in numbered if _is_alike(each, source, move, target)]
        if same or alike:
            self.edges.update(same or alike)
        elif adds and move.kind != "hang up":
            self.map.edges.append(Edge(source.name, target.name, move, visit.heard, visit.seconds))
            self.edges.add(len(self.map.edges) - 1)

    def _mark_only_words(self, visit: Visit) -> None:
        """Mark the first place if it is the end of a call that only speaks, and all that it says was heard."""
        first = self.map.states.get("1")
        if first is not None and first.kind == "end" and first.text == visit.text != "":
            self.states.add(first.name)

    def _mark_left(self, source: State, visit: Visit) -> None:
        """Mark the edge that leads to the end of the call, if whoever hung up had heard all that is said on the way."""
        heard = tuple(map(without_numbers, visit.heard))
        for number, each in enumerate(self.map.edges):
            is_end = self.map.states[each.target].kind == "end"
            is_gone = each.source == source.name and _is_same(each.move, visit.move, source)
            if is_end and is_gone and tuple(map(without_numbers, each.heard)) == heard:
                self.edges.add(number)
                self.states.add(each.target)


def _is_alike(edge: Edge, source: State, move: Move, target: State) -> bool:
    """Whether *edge* says the same of *source* as *move*, which led to *target*, and is no choice."""
    is_between = edge.source == source.name and edge.target == target.name
    return is_between and edge.move.kind == move.kind and not is_named(edge.move, source)


def _is_same(one: Move, other: Move | None, source: State) -> bool:
    if other is None or one.kind != other.kind:
        return False
    return one == other or not (is_named(one, source) or is_named(other, source))


def _match_key(key: tuple[str, ...]) -> tuple[str, ...]:
    """*key* in whatever world the application answers, and however its documents are broken into lines."""
    return tuple(" ".join(_OWN.sub("", part).split()) for part in key)
