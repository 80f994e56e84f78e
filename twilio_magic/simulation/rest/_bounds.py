"""How many resources of each kind an account holds: one bound for all that is created by the API and stays.

What is stored is counted where it is kept. Calls and messages, and what belongs to them, are what a world simulates:
``Simulator(keep=…)`` bounds these.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from ...api import resource_types
from ._rules import refuse_full

if TYPE_CHECKING:
    from ..world._account import Account

_PLACE = re.compile(r"\{\w+\}")
_LETTERS = "sid "
_SIMULATED = ("/Calls", "/Conferences", "/Messages")


def refuse_too_many(account: Account, path: str) -> None:
    """Raise :class:`Refusal` if a POST to *path*, below *account*, creates one of a kind that it has the most of."""
    plain = path.removesuffix(".json")
    if plain.startswith(_SIMULATED):
        return  # also because a call needs no table of all resources
    for pattern, sid_prefix in _creatable_kinds().items():
        if pattern.fullmatch(plain):
            refuse_full(account.count(sid_prefix), plain.rpartition("/")[2])


@cache
def _creatable_kinds() -> Mapping[re.Pattern[str], str]:
    """The letters of the sids of what is created, by the paths of collections."""
    at_path: dict[str, str] = {}
    types = [
        each
        for each in resource_types().values()
        if not each.root and not each.path.startswith(_SIMULATED)
    ]
    for each in types:
        if "sid" in each.fields:
            at_path[each.path] = each.fields["sid"].removeprefix(_LETTERS)
    creating = [each.path for each in types if "create" in each.operations]
    return {
        re.compile(_PLACE.sub("[^/]+", path)): at_path[path] for path in creating if path in at_path
    }
