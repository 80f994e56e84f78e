"""Stored resources as JSON: what was given, what follows from where they are, and defaults for the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from flask import g

from ....api import API_VERSION
from .._parameters import format_date
from ._kinds import snake

if TYPE_CHECKING:
    from ...clock._clock import Clock
    from ._kinds import Match
    from ._storage import StoredResource

_DEFAULTS: Mapping[str, Any] = {"boolean": False, "integer": 0, "array": []}
_READERS: Mapping[str, Callable[[str], Any]] = {
    "boolean": lambda text: text.lower() == "true",
    "integer": int,
    "array": str.split,
}


def read_values(match: Match, asked: Mapping[str, str]) -> dict[str, Any]:
    """The parameters *asked* as values of the fields that are named like them."""
    fields = match.kind.type.fields
    given = {snake(name): text for name, text in asked.items()}
    return {
        name: _READERS.get(fields[name], str)(text)
        for name, text in given.items()
        if name in fields
    }


def to_json(match: Match, resource: StoredResource, clock: Clock) -> dict[str, Any]:
    """The resource as JSON, as the operation that was asked for answers."""
    known = {**_facts(match, resource, clock), **resource.values}
    kind = match.kind.types[match.operation]
    return {
        name: known[name] if name in known else kind.defaults.get(name, _default(name, field))
        for name, field in kind.fields.items()
    }


def _facts(match: Match, resource: StoredResource, clock: Clock) -> dict[str, Any]:
    """What follows from the place and the moment, whether or not the kind has a field for it."""
    uri = f"/{API_VERSION}/Accounts/{g.account_sid}{resource.path}"
    below = match.kind.subresources
    return {
        **{snake(name): value for name, value in match.place.items()},
        match.kind.identifier: resource.sid,
        "account_sid": g.account_sid,
        "api_version": API_VERSION,
        "date_created": format_date(clock, resource.created),
        "date_updated": format_date(clock, resource.updated),
        "subresource_uris": {snake(each): f"{uri}/{each}.json" for each in below},
        "uri": f"{uri}.json",
    }


def _default(name: str, field: str) -> Any:
    """What a field has that nobody gave: the first word of those allowed; a method is POST."""
    if field.startswith("enum "):
        return field.removeprefix("enum ").partition("|")[0]
    return "POST" if name.endswith("_method") else _DEFAULTS.get(field)
