"""Every operation of the API by its name, with its parameters: the one source of what can be asked.

The client's keywords, the options of ``%call``, the checks before a request is sent and the simulator's own checks are
all made from it. ``parameters.json`` has what calls are made of, with codes and words of our own; its source are
Twilio's pages on each resource, such as "Call resource". The rest is in ``resources.json``, and is read when it is
first asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ._parameters import Operation, Parameter
from ._resources import METHODS, resource_table, resource_types

Row = Mapping[str, Any]


@cache
def operations() -> Mapping[str, Operation]:
    """Every operation by its name, such as ``calls.create`` or ``messages.media.list``."""
    return {**voice_operations(), **_other_operations()}


def operation(name: str) -> Operation:
    """The operation called *name*."""
    return voice_operations().get(name) or operations()[name]


@cache
def voice_operations() -> Mapping[str, Operation]:
    """The operations of ``parameters.json``."""
    table = json.loads(files(__package__).joinpath("parameters.json").read_text("utf-8"))
    shared = _by_name(table["shared"])
    return {name: _read(name, row, shared) for name, row in table["operations"].items()}


@cache
def _other_operations() -> Mapping[str, Operation]:
    """What Twilio's description has, and ``parameters.json`` has not."""
    table = resource_table()
    shared = _by_name(table["shared"])
    found = {}
    for kind in resource_types().values():
        for verb, name in kind.operations.items():
            row = table["resources"][kind.name][verb]
            if isinstance(row, dict):
                place = {
                    "method": METHODS[verb],
                    "path": kind.path_of(verb),
                    "root": kind.root,
                    "described": True,
                }
                found[name] = _read(name, row | place, shared)
    return found


def _by_name(rows: Iterable[Row]) -> Mapping[str, Row]:
    return {row["name"]: row for row in rows}


def _read(name: str, row: Row, shared: Mapping[str, Row]) -> Operation:
    lists = {
        "parameters": tuple(_parameters(row["parameters"], shared)),
        "harmless_alone": tuple(row.get("harmless_alone", ())),
        "topics": {topic: tuple(names) for topic, names in row.get("topics", {}).items()},
    }
    return Operation(name, **{**row, **lists})


def _parameters(rows: Iterable[str | Row], shared: Mapping[str, Row]) -> Iterable[Parameter]:
    for each in rows:
        row = shared[each] if isinstance(each, str) else each
        lists = {key: tuple(value) for key, value in row.items() if isinstance(value, list)}
        for name in _names(row):
            fields = {key: value for key, value in row.items() if key != "up_to"}
            yield Parameter(**{**fields, **lists, "name": name})


def _names(row: Row) -> Iterable[str]:
    """The names of one row: ``Parameter{n}.Name`` is Parameter1.Name to Parameter99.Name."""
    if "up_to" not in row:
        return [row["name"]]
    return [row["name"].replace("{n}", str(number)) for number in range(1, row["up_to"] + 1)]
