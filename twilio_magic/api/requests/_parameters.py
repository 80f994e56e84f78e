"""The rows of the tables: an operation of the API, and each of its parameters."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Literal, get_args
from urllib.parse import quote

from ...errors import RequestError
from ...records import dataclass
from ...suggestions import did_you_mean, nearest

Type = Literal[
    "boolean",
    "date",
    "datetime",
    "digits",
    "endpoint",
    "enum",
    "enum-list",
    "http-method",
    "integer",
    "iso-country-code",
    "list",
    "number",
    "object",
    "phone-number",
    "sid",
    "string",
    "twiml",
    "url",
]
TYPES: tuple[str, ...] = get_args(Type)

_COMPARED = {"<": "_before", ">": "_after"}  # StartTime> is start_time_after, as in Twilio's SDK
_PLACE = re.compile(r"\{\w+\}")
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@cache
def _keyword(name: str) -> str:
    plain, sign = (name[:-1], name[-1]) if name[-1] in _COMPARED else (name, "")
    snake = _WORD.sub("_", plain).replace(".", "_").lower() + _COMPARED.get(sign, "")
    return "from_" if snake == "from" else snake


@dataclass(frozen=True, slots=True)
class Parameter:
    """One row of the table.

    *codes* maps a kind of fault (``missing``, ``malformed``…) to Twilio's error code; ``logged`` is a value that Twilio
    takes, does not understand, and writes to its log. A URL has one of the *schemes*. Where it may be *relative*, it is
    to the document of the call, and a date to today. Before a day is before it begins, or ends (*whole_day*).

    Of the rules that look at other parameters, *excludes* and *requires* lead to a refusal; where *name_beside* is no
    phone number, this one may be a name of the form *pattern*; and *ignored_with* and *needs* name those beside which,
    or without which, Twilio silently ignores this one. The simulator accepts one that is not *simulated*, without
    effect.
    """

    name: str
    type: Type
    help: str = ""
    required: bool = False
    default: Any = None
    values: tuple[str, ...] = ()
    min: int | None = None
    max: int | None = None
    unit: str = ""
    pattern: str = ""
    max_length: int | None = None
    prefix: str = ""
    schemes: tuple[str, ...] = ("http", "https")
    relative: bool = False
    whole_day: bool = False
    group: str = ""
    ignored_with: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    name_beside: str = ""
    codes: Mapping[str, int] = field(default_factory=dict)
    secret: bool = False
    simulated: bool = True
    uncertain: str = ""

    @property
    def keyword(self) -> str:
        """The name in Python, as the official SDK has it: ``status_callback``, ``from_``, ``start_time_after``."""
        return _keyword(self.name)

    @property
    def option(self) -> str:
        """The name on a magic's line: ``--status-callback``."""
        return "--" + self.keyword.strip("_").replace("_", "-")

    @property
    def is_list(self) -> bool:
        """Whether it may be given several times, each with a value."""
        return self.type in ("enum-list", "list")

    def to_form(self, value: Any) -> list[str]:
        """*value* as it travels in a form: one text for each time the name is repeated."""
        if value is None:
            return []
        if isinstance(value, bool):
            return ["true" if value else "false"]
        if self.type == "enum-list":
            items = value.split() if isinstance(value, str) else value
            return [str(item) for item in items]
        if self.type == "list" and not isinstance(value, str):
            return [str(item) for item in value]
        if self.type == "object" and not isinstance(value, str):
            return [json.dumps(value)]
        if isinstance(value, date):
            return [self._moment(value)]
        return [str(value)]

    def known_values(self, values: Iterable[str]) -> list[str]:
        """Those of *values* that the parameter takes."""
        return [value for value in values if value in self.values]

    def _moment(self, value: date) -> str:
        """A day, or where the API takes one a moment, in UTC; a moment without a time zone is taken as UTC."""
        if not isinstance(value, datetime):
            return value.isoformat()
        moment = value.astimezone(UTC) if value.tzinfo else value
        return moment.strftime("%Y-%m-%d" if self.type == "date" else "%Y-%m-%dT%H:%M:%SZ")


#: What an operation costs that calls somebody.
_RINGS = "rings a phone"


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked of the API: *method* and *path* below the account, and the *success* status.

    *costs* says what it does in the real world that costs money (``rings a phone``), *consequence* what else a person
    has to agree to (``gives a phone number back for good``), and *harmless* why nobody is asked. With no parameters but
    those of *harmless_alone* nobody is asked either. The path of one about accounts begins at the *root*, above them;
    what is *described* is known from Twilio's description of the API alone. *topics* has the names of parameters by
    subject, for who reads about them.
    """

    name: str
    method: str
    path: str
    success: int
    parameters: tuple[Parameter, ...]
    costs: str = ""
    consequence: str = ""
    harmless: str = ""
    harmless_alone: tuple[str, ...] = ()
    root: bool = False
    described: bool = False
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def rings_a_phone(self) -> bool:
        """Whether it calls somebody."""
        return self.costs == _RINGS

    def needs_consent(self, names: Iterable[str]) -> bool:
        """Whether a live client asks a person before a request with parameters of these *names*."""
        if not (self.costs or self.consequence):
            return False
        given = set(names)
        return not given or not given <= set(self.harmless_alone)

    def at(self, place: Sequence[str] = ()) -> str:
        """The path with the sids of *place* filled in, in order."""
        given = iter(place)
        return _PLACE.sub(lambda _: quote(str(next(given)), safe="", errors="replace"), self.path)

    def parameter(self, name: str) -> Parameter:
        """The parameter called *name*, in Twilio's spelling or in Python's; raises :class:`RequestError`."""
        for parameter in self.parameters:
            if name in (parameter.name, parameter.keyword):
                return parameter
        raise self._unknown(name)

    def in_order(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """*given*, by Twilio's names, in the order of the table; names that it does not have come last."""
        known = [row.name for row in self.parameters if row.name in given]
        return {name: given[name] for name in dict.fromkeys([*known, *given])}

    def without_effect(self, names: Iterable[str]) -> list[str]:
        """Those of *names*, in Twilio's spelling, that have no effect in the simulator."""
        return sorted(name for name in names if not self.parameter(name).simulated)

    def form(self, given: Mapping[str, Any]) -> list[tuple[str, str]]:
        """*given* as name and value pairs in the order given, ready to be sent; what is ``None`` is left out.

        Raises :class:`RequestError` for an unknown name, with the nearest known one.
        """
        return [
            (parameter.name, text)
            for parameter, value in ((self.parameter(name), value) for name, value in given.items())
            for text in parameter.to_form(value)
        ]

    def _unknown(self, name: str) -> RequestError:
        known = [parameter.keyword for parameter in self.parameters]
        by_lower = {word.replace("_", ""): word for word in known}
        near = nearest(name.replace("_", ""), by_lower)
        hint = did_you_mean(near and by_lower[near]) or f"Known: {', '.join(known)}."
        return RequestError(
            f"There is no parameter {name!r} in {self.name}.", parameter=name, hint=hint
        )
