"""Where stored resources are kept: in the order in which they were made, and not more than a limit of each kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import field
from typing import Any, ClassVar

from ....records import dataclass
from ...world._resources import Resources
from .._rules import refuse_full


@dataclass(slots=True)
class StoredResource:
    """A resource: its *values* by the names of its fields, as far as they were given, and its path without a suffix."""

    sid_prefix: ClassVar[str] = ""

    sid: str
    path: str
    created: float
    updated: float
    values: dict[str, Any] = field(default_factory=dict)


class Storage:
    """The stored resources of one world, by the paths of their collections."""

    def __init__(self) -> None:
        self._collections: dict[str, Resources[StoredResource]] = {}
        self._kinds: dict[str, str] = {}  # of the collections
        self._counts: Counter[str] = Counter()

    def is_new(self, collection: str) -> bool:
        """Whether nobody has looked at *collection* yet."""
        return collection not in self._collections

    def at(self, collection: str) -> Resources[StoredResource]:
        """What is kept at the path *collection*."""
        return self._collections.setdefault(collection, Resources())

    def add(self, kind: str, collection: str, resource: StoredResource) -> StoredResource:
        """Keep *resource*, one of *kind*, at *collection*, and return it, or that which has its sid already.

        Raises :class:`Refusal` if there are too many.
        """
        if resource.sid in self.at(collection):
            return self.at(collection)[resource.sid]
        refuse_full(self._counts[kind], collection.rpartition("/")[2])
        self._counts[kind] += 1
        self._kinds[collection] = kind
        self.at(collection).add(resource)
        return resource

    def remove(self, collection: str, sid: str) -> None:
        """Forget the resource with this *sid* at *collection*, and everything below it."""
        self.at(collection).remove(self.at(collection)[sid])
        self._counts[self._kinds[collection]] -= 1
        inside = f"{collection}/{sid}/"
        for below in [each for each in self._collections if each.startswith(inside)]:
            self._counts[self._kinds.pop(below, "")] -= len(self._collections.pop(below))
