"""The parameters of every operation that the client offers, read from ``parameters.json``.

The table is the one source: the client's keywords, the options of ``%call``, the checks before a request is sent and
the simulator's own checks are all made from it. Source: Twilio's pages "Call resource" and "Application resource".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from ..errors import RequestError

Type = Literal[
    "boolean",
    "date",
    "digits",
    "endpoint",
    "enum",
    "enum-list",
    "http-method",
    "integer",
    "sid",
    "string",
    "twiml",
    "url",
]
TYPES: tuple[str, ...] = get_args(Type)

_COMPARED = {"<": "_before", ">": "_after"}  # StartTime> is start_time_after, as in Twilio's SDK
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One row of the table. *codes* maps a kind of fault (``missing``, ``malformed``…) to Twilio's error code."""

    name: str
    type: Type
    help: str
    required: bool = False
    default: Any = None
    values: tuple[str, ...] = ()
    min: int | None = None
    max: int | None = None
    unit: str = ""
    pattern: str = ""
    max_length: int | None = None
    prefix: str = ""
    group: str = ""
    ignored_with: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    codes: Mapping[str, int] = field(default_factory=dict)
    secret: bool = False
    uncertain: str = ""

    @property
    def keyword(self) -> str:
        """The name in Python, as the official SDK has it: ``status_callback``, ``from_``, ``start_time_after``."""
        plain, sign = (
            (self.name[:-1], self.name[-1]) if self.name[-1] in _COMPARED else (self.name, "")
        )
        snake = _WORD.sub("_", plain).lower() + _COMPARED.get(sign, "")
        return "from_" if snake == "from" else snake

    @property
    def option(self) -> str:
        """The name on a magic's line: ``--status-callback``."""
        return "--" + self.keyword.strip("_").replace("_", "-")

    def written(self, value: Any) -> list[str]:
        """*value* as it travels in a form: one text for each time the name is repeated."""
        if value is None:
            return []
        if isinstance(value, bool):
            return ["true" if value else "false"]
        if self.type == "enum-list":
            items = value.split() if isinstance(value, str) else value
            return [str(item) for item in items]
        if isinstance(value, datetime):
            return [value.strftime("%Y-%m-%dT%H:%M:%SZ")]
        if isinstance(value, date):
            return [value.isoformat()]
        return [str(value)]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked of the API: *method* and *path* below the account, and the *success* status."""

    name: str
    method: str
    path: str
    success: int
    parameters: tuple[Parameter, ...]

    def parameter(self, name: str) -> Parameter:
        """The parameter called *name*, in Twilio's spelling or in Python's; raises :class:`RequestError`."""
        for parameter in self.parameters:
            if name in (parameter.name, parameter.keyword):
                return parameter
        raise self._unknown(name)

    def form(self, given: Mapping[str, Any]) -> list[tuple[str, str]]:
        """*given* as name and value pairs in the order given, ready to be sent; what is ``None`` is left out.

        Raises :class:`RequestError` for an unknown name, with the nearest known one.
        """
        return [
            (parameter.name, text)
            for parameter, value in ((self.parameter(name), value) for name, value in given.items())
            for text in parameter.written(value)
        ]

    def _unknown(self, name: str) -> RequestError:
        known = [parameter.keyword for parameter in self.parameters]
        by_lower = {word.replace("_", ""): word for word in known}
        near = get_close_matches(name.lower().replace("_", ""), by_lower, n=1)
        hint = f"Did you mean {by_lower[near[0]]}?" if near else f"Known: {', '.join(known)}."
        return RequestError(f"{self.name} has no parameter {name!r}.", parameter=name, hint=hint)


@cache
def operations() -> Mapping[str, Operation]:
    """Every operation by its name, such as ``calls.create``."""
    table = json.loads(files(__package__).joinpath("parameters.json").read_text("utf-8"))
    return {
        name: Operation(
            name, row["method"], row["path"], row["success"], tuple(_read(row["parameters"]))
        )
        for name, row in table.items()
    }


def operation(name: str) -> Operation:
    """The operation called *name*."""
    return operations()[name]


def _read(rows: Iterable[Mapping[str, Any]]) -> Iterable[Parameter]:
    for row in rows:
        lists = {key: tuple(value) for key, value in row.items() if isinstance(value, list)}
        yield Parameter(**{**row, **lists})
