"""Every kind of resource of the API, read from ``resources.json``: where it is, what is below it, what can be done.

Source: Twilio's OpenAPI description of the API, version 2010-04-01. The names are those of Twilio's own libraries.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cache
from importlib.resources import files
from typing import Any

from ...records import dataclass

#: How each operation of a resource is asked for.
METHODS = {"create": "POST", "list": "GET", "fetch": "GET", "update": "POST", "delete": "DELETE"}
#: The kind of the account itself, which everything else is below.
ACCOUNTS = "accounts"


@dataclass(frozen=True, slots=True)
class ResourceType:
    """One kind of resource: *name* is the way to it from an account, such as ``messages.media``.

    *path* is the path of its collection below the account, or from the *root*; *place* what one of it is told apart by,
    such as ``Sid``, empty where there is only one. In an answer a list of it stands under *key*. *fields* has the type
    of each field, *defaults* what a new one has in some of them, *columns* the fields that matter most, and
    *operations* the name of the operation for each verb.
    """

    name: str
    kind: str
    path: str
    place: str = ""
    key: str = ""
    root: bool = False
    columns: Sequence[str] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    operations: Mapping[str, str] = field(default_factory=dict)

    @property
    def attribute(self) -> str:
        """The name under which what is above it has it."""
        return self.name.rpartition(".")[2]

    @property
    def parent(self) -> str:
        """The name of the kind above it; empty for what is directly below an account."""
        return self.name.rpartition(".")[0]

    @property
    def depth(self) -> int:
        """How many sids are in the path of the collection."""
        return self.path.count("{")

    @property
    def family(self) -> str:
        """What the names of its operations begin with."""
        return next(iter(self.operations.values()), f"{self.name}.").rpartition(".")[0]

    def path_of(self, verb: str) -> str:
        """The path of one of its operations."""
        is_one = bool(self.place) and verb in ("fetch", "update", "delete")
        return f"{self.path}/{{{self.place}}}.json" if is_one else f"{self.path}.json"


@cache
def resource_types() -> Mapping[str, ResourceType]:
    """Every kind of resource by its name; also what only leads to others, such as ``usage``."""
    found = {name: _read(name, row) for name, row in resource_table()["resources"].items()}
    for kind in list(found.values()):
        if kind.parent and kind.parent not in found:
            _add_way(kind, found)
    return found


@cache
def resource_table() -> Mapping[str, Any]:
    """The table as it is stored."""
    table: Mapping[str, Any] = json.loads(
        files(__package__).joinpath("resources.json").read_text("utf-8")
    )
    return table


@cache
def resource_type(family: str) -> ResourceType:
    """The kind whose operations have names that begin with *family*."""
    known = resource_types()
    by_family = {kind.family: kind for kind in known.values() if "list" in kind.operations}
    return known.get(family) or by_family[family]


@cache
def children(name: str, depth: int) -> Mapping[str, ResourceType]:
    """What is directly below the kind called *name*, by attribute, and has *depth* sids in its path.

    As many as the kind has itself are below its collection; one more is below each of its members.
    """
    return {
        kind.attribute: kind
        for kind in resource_types().values()
        if kind.parent == name and kind.depth == depth and not kind.root
    }


def _read(name: str, row: Mapping[str, Any]) -> ResourceType:
    verbs = {verb: row[verb] for verb in METHODS if verb in row}
    return ResourceType(
        name,
        operations={
            verb: each if isinstance(each, str) else f"{name}.{verb}"
            for verb, each in verbs.items()
        },
        **{key: value for key, value in row.items() if key not in verbs},
    )


def _add_way(below: ResourceType, found: dict[str, ResourceType]) -> None:
    """Add what leads to *below*, and what leads there."""
    way = ResourceType(below.parent, "", below.path.rpartition("/")[0])
    found[way.name] = way
    if way.parent and way.parent not in found:
        _add_way(way, found)
