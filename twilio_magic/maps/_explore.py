"""``explore()``: the map of an IVR."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ._entry import NUMBER, PERSON, find_entry
from ._find import find_map_problems
from ._mounted_entry import enter_mounted
from ._search import Limits, Search
from ._world_entry import enter_world

if TYPE_CHECKING:
    from ..simulation import Simulator
    from ._entry import Entry
    from ._map import Map
    from ._search import Progress


def explore(
    app: Any,
    *,
    url: str | None = None,
    depth: int = 8,
    calls: int = 1000,
    states: int = 200,
    to: str = NUMBER,
    from_: str = PERSON,
    method: str = "POST",
    mounts: Mapping[str, Any] | None = None,
    keys: Iterable[str] = (),
    words: Iterable[str] = (),
    names: Mapping[str, Any] | None = None,
    simulator: Simulator | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Map:
    """Walk every way that a caller can go through an IVR, and return the map, with what is wrong.

    *app* is a web application, a function that makes one, a function that answers, a document, the address of a server
    that runs, a simulator, in which all that it mounts answers, or a text that names one of these as dialogs do:
    ``"bakery:create_app()"``, ``"ivr.py:simulator"``. A function that makes the
    application, or a name with parentheses, has it made anew for each call; else its memory of one call may show in the
    next. *url* is the address, or the path, that answers; without it, the usual one. It is requested with
    *method*, ``"POST"`` or ``"GET"``. *mounts* has what is mounted beside the application, by its address: whatever a
    simulator mounts, or the name of one, or of a folder whose files are played.

    Each way is a simulated call in a fresh world: every key that a menu takes, its hints and words, silence, a wrong
    key, hanging up, and an answer, a busy line and no answer of those who are dialed. *keys*, such as an account's
    number, and *words* are tried besides. There are at most *calls*, of at most *depth* moves each, and about so many
    *states*; :attr:`Map.untried` counts what was left out. *names* are objects that *app* may name; *simulator* is
    whose mounts answer where *app* is the address of one, ``simulator=tm.simulator()`` in a notebook. *progress* is
    told after each call how many were made, and how many wait.

    Raises :class:`SimulatorError` for what cannot answer, and :class:`DialogError` for a name that names nothing.
    """
    limits = Limits(depth, calls, states, tuple(keys), tuple(words))
    about: Any = {
        "to": to,
        "from_": from_,
        "method": method,
        "mounts": mounts,
        "names": names,
    }
    world = enter_world(app, url, **about)
    if world is not None:
        return explore_entry(world, limits, progress)
    entry = find_entry(app, url, **about)
    if simulator is not None:
        entry = enter_mounted(entry, app, url, simulator)
    return explore_entry(entry, limits, progress)


def explore_entry(entry: Entry, limits: Limits, progress: Progress | None = None) -> Map:
    """The map of what callers find who enter at *entry*, within *limits*."""
    search = Search(entry, limits, progress)
    found = search.run()
    found.problems = find_map_problems(found, search)
    return found
