"""The kinds of resources that are only stored, from the table of all resources, and which of them a path asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ....api import Operation, ResourceType, operations, resource_types
from ....records import dataclass
from .._parameters import with_paging

_ON_ONE = ("fetch", "update", "delete")
_PLACE = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of resource, and the operations at the path of its collection.

    Some collections have several types: what creates a key answers with more than what fetches one.
    """

    type: ResourceType
    operations: Mapping[str, Operation]
    types: Mapping[str, ResourceType]
    subresources: Sequence[str]
    named_by: str

    @property
    def path(self) -> str:
        """The path of the collection below the account, such as ``/SIP/Domains/{DomainSid}/CredentialListMappings``."""
        return self.type.path

    @property
    def identifier(self) -> str:
        """The field that tells resources of this kind apart; "" if there is only one of them in its place."""
        return snake(self.type.place) or ("sid" if "sid" in self.type.fields else "")

    @property
    def sid_prefix(self) -> str:
        """The two letters that sids of this kind begin with; "" for what has no sid."""
        return _letters(self.type.fields.get(self.identifier, ""))

    @property
    def is_given(self) -> bool:
        """Whether resources of this kind are there without anybody creating them by the API."""
        return "create" not in self.operations and "fetch" in self.operations and self.has_places

    @property
    def has_places(self) -> bool:
        """Whether each resource has a path of its own."""
        return bool(self.type.place)

    @property
    def element(self) -> str:
        """The name of one resource in XML: the last word of the path, in the singular."""
        word = self.path.rpartition("/")[2]
        return word.removesuffix("es") if word.endswith("sses") else word.removesuffix("s")


@dataclass(frozen=True, slots=True)
class Match:
    """What a request asks for: *operation* of *kind*, at *place* (values by the names in the path), of one *sid*."""

    kind: Kind
    operation: str
    place: Mapping[str, str]
    sid: str

    @property
    def row(self) -> Operation:
        """The row of the operation in the table."""
        return self.kind.operations[self.operation]

    @property
    def parent(self) -> str:
        """The path of the resource that it is below, without its suffix; "" right below the account."""
        head, brace, _ = self.kind.path.rpartition("}")
        return _fill(head + brace, self.place)

    @property
    def collection(self) -> str:
        """The path of the collection."""
        return _fill(self.kind.path, self.place)


def snake(name: str) -> str:
    """A name of Twilio's as the key that it has in JSON."""
    return _WORD.sub("_", name).lower()


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind that has operations of the description, by the path of its collection."""
    at_path: dict[str, list[ResourceType]] = {}
    for each in resource_types().values():
        if each.operations and not each.root:
            at_path.setdefault(each.path, []).append(each)
    return {path: kind for path, types in at_path.items() if (kind := _kind(types)).operations}


def find(method: str, path: str) -> Match | None:
    """What *method* asks of *path*, which is below the account and has no suffix; ``None`` if the table has it not."""
    return next((found for found in _at(path) if found.row.method == method), None)


def is_known(path: str) -> bool:
    """Whether the table has anything at *path*."""
    return any(_at(path))


def kind_with(sid_prefix: str) -> Kind | None:
    """The kind whose sids begin with *sid_prefix*, where they are given first."""
    return next((each for each in kinds().values() if _is_home(each, sid_prefix)), None)


def _is_home(kind: Kind, sid_prefix: str) -> bool:
    return kind.sid_prefix == sid_prefix and "fetch" in kind.operations and not kind.named_by


def _at(path: str) -> Iterator[Match]:
    asked = path.split("/")
    for pattern, kind, one in _patterns().get(len(asked), ()):
        pairs = list(zip(pattern, asked, strict=True))
        if all(word in (part, "{}") for word, part in pairs):
            given = [part for word, part in pairs if word == "{}"]
            place = dict(zip(_PLACE.findall(kind.path), given, strict=False))
            for name in kind.operations:
                if one == (kind.has_places and name in _ON_ONE):
                    yield Match(kind, name, place, given[-1] if one else "")


@cache
def _patterns() -> Mapping[int, Sequence[tuple[Sequence[str], Kind, bool]]]:
    """The paths by the number of their parts, with ``{}`` for what is given; those with fewer of these come first."""
    found: dict[int, list[tuple[Sequence[str], Kind, bool]]] = {}
    for kind in kinds().values():
        collection = _PLACE.sub("{}", kind.path)
        for path, one in ((collection, False), (f"{collection}/{{}}", True)):
            parts = path.split("/")
            found.setdefault(len(parts), []).append((parts, kind, one))
    return {n: sorted(rows, key=lambda row: row[0].count("{}")) for n, rows in found.items()}


def _fill(path: str, place: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda name: place[name[1]], path)


def _kind(types: Sequence[ResourceType]) -> Kind:
    """What *types*, of one path, are together."""
    by_verb = {
        verb: each
        for each in types
        for verb, name in each.operations.items()
        if operations()[name].described
    }
    main = max(types, key=lambda each: len(each.operations))
    found = {verb: with_paging(operations()[by_verb[verb].operations[verb]]) for verb in by_verb}
    return Kind(main, found, by_verb, _below(main.path), _named_by(main, found))


def _below(path: str) -> Sequence[str]:
    """The last words of the collections right below the resources at *path*."""
    pattern = re.compile(re.escape(path) + r"/\{\w+\}/(\w+)")
    found = (pattern.fullmatch(each.path) for each in resource_types().values())
    return [match[1] for match in found if match]


def _named_by(kind: ResourceType, found: Mapping[str, Operation]) -> str:
    """The parameter that has the sid of a new resource, where it is that of another one: a mapping has its list's."""
    letters = _letters(kind.fields.get("sid", ""))
    rows = found["create"].parameters if "create" in found else ()
    names = (row.name for row in rows if row.required and row.prefix == letters != "")
    return next(names, "")


def _letters(field: str) -> str:
    return field.removeprefix("sid ") if field.startswith("sid ") else ""
