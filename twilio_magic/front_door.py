"""The front door of a package whose modules are loaded one by one, each when a name of it is first asked for.

Who needs one table of a floor does not wait for its network. The package itself says for the type checker where each
name comes from; a test compares the two.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any


def open_front_door(
    package: str, homes: Mapping[str, str], renamed: Mapping[str, str] = {}
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """The ``__getattr__`` and ``__dir__`` of *package*; *homes* says what is imported of each of its modules.

    *renamed* has the new names of old ones, which still work, with a warning. Source: PEP 562.
    """
    home_of = dict(_list_names(homes))
    rooms = vars(sys.modules[package])

    def get(name: str) -> Any:
        if name in renamed:
            from .deprecated import warn_renamed

            floor = package.rpartition(".")[2]
            warn_renamed(f"{floor}.{name}", f"{floor}.{renamed[name]}")
            name = renamed[name]
        if name not in home_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        home, name_there = home_of[name]
        found = rooms[name] = getattr(import_module(home, package), name_there)
        return found

    return get, lambda: sorted({*rooms, *home_of})


def _list_names(homes: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each name with its module and its name there."""
    for home, imported in homes.items():
        for one in imported.split(", "):
            there, _, here = one.partition(" as ")
            yield here or there, (home, there)
