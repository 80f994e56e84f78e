"""The resources of an account, such as calls, recordings and queues: by their kind, and by their sids.

A kind is a class. It is defined in a folder above this one, and known here by the letters that its sids begin with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Generic, Protocol, TypeVar


class AccountResource(Protocol):
    """What Twilio's API calls a resource. Its sid begins with the two letters of its kind, such as ``CA`` for calls."""

    sid_prefix: ClassVar[str]

    @property
    def sid(self) -> str:
        """The sid of this resource."""


R = TypeVar("R", bound=AccountResource)


#: How many resources of one kind an account holds, of those that others ask it to make.
MOST = 10_000
#: How many resources that are gone are remembered, so that a page beside them stays where it is.
_MOST_GONE = 10_000


class Resources(Mapping[str, R], Generic[R]):
    """The resources of one kind, by their sids, in the order in which they were made."""

    def __init__(self) -> None:
        self._by_sid: dict[str, R] = {}
        self._made: list[R | None] = []  # all that were ever made; what is gone leaves a gap
        self._places: dict[str, int] = {}  # in that list

    def add(self, resource: R) -> None:
        """Keep *resource*. Beside the oldest of many that are gone, no page begins any more."""
        if len(self._made) - len(self._by_sid) > _MOST_GONE:
            self._made = list(self._by_sid.values())
            self._places = {sid: place for place, sid in enumerate(self._by_sid)}
        self._by_sid[resource.sid] = resource
        self._places[resource.sid] = len(self._made)
        self._made.append(resource)

    def remove(self, resource: R) -> None:
        """Forget *resource*."""
        del self._by_sid[resource.sid]
        self._made[self._places[resource.sid]] = None

    def newest_first(self) -> NewestFirst[R]:
        """All of them as the API lists them: the one that was made last comes first."""
        return NewestFirst(self._made, self._places)

    def __getitem__(self, sid: str) -> R:
        return self._by_sid[sid]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_sid)

    def __len__(self) -> int:
        return len(self._by_sid)


class NewestFirst(Generic[R]):
    """Resources in the order of the API; of those that were ever *made*, with their *places*, those that are there."""

    def __init__(self, made: Sequence[R | None], places: Mapping[str, int]) -> None:
        self._made = made
        self._places = places

    def __iter__(self) -> Iterator[R]:
        return self._at(range(len(self._made) - 1, -1, -1))

    def after(self, sid: str) -> Iterator[R]:
        """Those made before the one with this *sid*, which may be gone; raises :class:`KeyError` if there was none."""
        return self._at(range(self._places[sid] - 1, -1, -1))

    def before(self, sid: str) -> Iterator[R]:
        """Those made after the one with this *sid*, the nearest first; raises :class:`KeyError`."""
        return self._at(range(self._places[sid] + 1, len(self._made)))

    def _at(self, places: range) -> Iterator[R]:
        return (made for made in map(self._made.__getitem__, places) if made is not None)
