"""The classes of collections and resources: those that are written by hand, and those made from the table.

What calls are made of has classes of its own, with words of its own; all else has what ``resources.json`` says of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from ...display import visible_line
from ..requests._operations import operation
from ..requests._resources import ResourceType, resource_types
from ._account import Account
from ._applications import Applications
from ._call_subresources import CallEvents, CallNotifications, CallRecordings
from ._calls import Calls
from ._collection import Creatable, Keyed, Resources, Single
from ._conferences import Conferences, Members, Participants, Queues
from ._context import DeletableContext, FetchableContext, InstanceContext, UpdatableContext
from ._field_types import reader_of
from ._listable import Listable
from ._numbers import CallerIds, Numbers, Validation
from ._recordings import Recordings
from ._resource import Deletable, Fetchable, Resource, Updatable

if TYPE_CHECKING:
    from ..transport._transport import Transport

R = TypeVar("R", bound=Resource)

#: The collections that are written by hand.
_COLLECTIONS: Mapping[str, type[Resources[Any]]] = {
    "applications": Applications,
    "calls": Calls,
    "calls.events": CallEvents,
    "calls.notifications": CallNotifications,
    "calls.recordings": CallRecordings,
    "conferences": Conferences,
    "conferences.participants": Participants,
    "incoming_phone_numbers": Numbers,
    "outgoing_caller_ids": CallerIds,
    "queues": Queues,
    "queues.members": Members,
    "recordings": Recordings,
}
#: ... and the resources of others.
_KINDS: Mapping[str, type[Resource]] = {"accounts": Account, "validation_requests": Validation}

_OF_MEMBERS: Mapping[str, tuple[type, type]] = {
    "fetch": (Fetchable, FetchableContext),
    "update": (Updatable, UpdatableContext),
    "delete": (Deletable, DeletableContext),
}
#: The types of the table, as :func:`reader_of` calls them. What is not here stays as it travelled.
_TYPES = {
    "boolean": "bool | None",
    "date": "datetime | None",
    "date-time": "datetime | None",
    "date-time-rfc-2822": "datetime | None",
    "enum": "str | None",
    "integer": "int | None",
    "number": "Decimal | None",
    "object": "dict | None",
    "sid": "str | None",
    "string": "str | None",
}
_BEFORE_CAPITAL = re.compile("(?<=[a-z])(?=[A-Z])")
_MOST_SHOWN, _LONGEST = 4, 60  # fields, and characters of one
_MOST_NAMED = 40  # parameters
_IN_HEAD = ("sid", "account_sid")


def collection(row: ResourceType, transport: Transport, place: tuple[str, ...]) -> Resources[Any]:
    """The collection of the kind of *row*, below *place*."""
    return _collection_class(row.name)(transport, place)


def context(
    row: ResourceType, kind: type[R], transport: Transport, place: tuple[str, ...]
) -> InstanceContext[R]:
    """The resource of *kind* at *place*, not fetched yet."""
    return _context_class(row.name)(row, kind, transport, place)


class Described(Resource):
    """A resource that has what the table says of it."""

    row: ClassVar[ResourceType]

    @classmethod
    def columns(cls) -> Sequence[str]:
        """Those that Twilio's own command line shows."""
        return cls.row.columns

    @property
    def place(self) -> tuple[str, ...]:
        """The sids in its own path."""
        key = _BEFORE_CAPITAL.sub("_", self.row.place).lower()
        return (*self._above, str(self.fields.get(key))) if key else self._above

    def __repr__(self) -> str:
        said = {name: self.fields.get(name) for name in self.columns() if name not in _IN_HEAD}
        shown = [f"{name}={value}" for name, value in said.items() if isinstance(value, str | int)]
        head = " ".join([self.row.kind, *filter(None, [self.sid])])
        tail = ", ".join(each[:_LONGEST] for each in shown[:_MOST_SHOWN])
        return visible_line(f"<{head}: {tail}>" if tail else f"<{head}>")


@cache
def _collection_class(name: str) -> type[Resources[Any]]:
    if name in _COLLECTIONS:
        return _COLLECTIONS[name]
    row = resource_types()[name]
    bases: list[type] = []
    if "create" in row.operations:
        bases.append(Creatable)
    if row.place:
        bases.append(Keyed)
    elif "fetch" in row.operations:
        bases.append(Single)
    if "list" in row.operations:
        bases.append(Listable)
    title = "".join(word.capitalize() for word in row.attribute.split("_"))
    own = {"kind": _kind(name), "key": row.key, "_row": row, "__doc__": _description(row)}
    return type(title, tuple(bases or [Resources]), own)


def _description(row: ResourceType) -> str:
    """What ``client.messages?`` shows: what can be asked for, and with which parameters."""
    ways = []
    for verb, name in row.operations.items():
        words = [each.keyword for each in operation(name).parameters]
        ways.append(f"{verb}({', '.join(words[:_MOST_NAMED])}{', …' * (len(words) > _MOST_NAMED)})")
    return "\n".join([f"{row.path.rpartition('/')[2]} of Twilio's API.", "", *ways]).rstrip()


@cache
def _kind(name: str) -> type[Resource]:
    if name in _KINDS:
        return _KINDS[name]
    row = resource_types()[name]
    bases = [own for verb, (own, _) in _OF_MEMBERS.items() if verb in row.operations]
    own = {"family": row.family, "row": row, "__doc__": f"One of {row.path}."}
    kind: type[Resource] = type(row.kind or "Resource", (Described, *bases), own)
    kind._readers = {**kind._readers, **_readers(row)}
    return kind


def _readers(row: ResourceType) -> dict[str, Any]:
    types = {name: kind.partition(" ")[0] for name, kind in row.fields.items()}
    return {
        "from_" if name == "from" else name: reader_of(_TYPES[kind])
        for name, kind in types.items()
        if kind in _TYPES
    }


@cache
def _context_class(name: str) -> type[InstanceContext[Any]]:
    row = resource_types()[name]
    bases = [each for verb, (_, each) in _OF_MEMBERS.items() if verb in row.operations]
    return type(
        f"{row.kind}InstanceContext",
        tuple(bases or [InstanceContext]),
        {"__doc__": InstanceContext.__doc__},
    )
