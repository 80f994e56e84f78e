"""A map as text."""

from __future__ import annotations

from collections.abc import Iterator

from ..display import count_of, visible_line
from ..timeline import clock
from ._map import Map, State, describe_moves, merge_moves
from ._move import describe_path

_MOST_WORDS = 100  # characters of a prompt


def map_to_text(found: Map) -> str:
    """Each place with its moves, the problems, and a summary."""
    return "\n".join([*_places(found), "", *_problems(found), "", *_summary(found)])


def _places(found: Map) -> Iterator[str]:
    ways = merge_moves(found.edges)
    for state in found.states.values():
        if state.kind == "hung up":
            continue
        yield visible_line(f"{state.name:>3}  {state.kind}  {short_text(state)}".rstrip())
        for (source, target), edges in ways.items():
            if source == state.name:
                yield visible_line(f"       {describe_moves(edges)} → {target}")


def short_text(state: State, most: int = _MOST_WORDS) -> str:
    """What is said at *state*, or where it is, cut after so many characters."""
    text = state.text or ("without a word" if state.kind == "end" else state.place)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _problems(found: Map) -> Iterator[str]:
    if not found.problems:
        yield "no problems"
    yield from map(str, found.problems)


def _summary(found: Map) -> Iterator[str]:
    yield describe_extent(found)
    useful, deepest = found.first_useful, found.deepest
    if useful is not None:
        way = describe_path(useful.path)
        yield visible_line(
            f"first useful: {short_text(useful)}, after {clock(useful.seconds)} ({way})"
        )
    if deepest is not None:
        menus = f"{count_of(deepest.menus, 'menu')} deep"
        yield visible_line(
            f"deepest menu: {short_text(deepest)}, {menus} ({describe_path(deepest.path)})"
        )


def describe_extent(found: Map) -> str:
    """How large *found* is, and how much of it was tried."""
    tried = (
        "every way tried" if found.is_complete else f"{count_of(found.untried, 'way')} not tried"
    )
    size = [count_of(len(found.states), "place"), count_of(len(found.edges), "way")]
    told = ", ".join([*size, count_of(len(found.problems), "problem")])
    return f"{told}; {count_of(found.calls, 'call')}, {tried} ({found.coverage} %)"
