"""The resources of an account, such as calls, recordings and queues: by their kind, and by their sids.

A kind is a class. It is defined in a folder above this one, and known here by the letters that its sids begin with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Generic, Protocol, TypeVar


class AccountResource(Protocol):
    """What Twilio's API calls a resource. Its sid begins with the two letters of its kind, such as ``CA`` for calls."""

    sid_prefix: ClassVar[str]

    @property
    def sid(self) -> str:
        """The sid of this resource."""


R = TypeVar("R", bound=AccountResource)


class Resources(Mapping[str, R], Generic[R]):
    """The resources of one kind, by their sids, in the order in which they were made."""

    def __init__(self) -> None:
        self._by_sid: dict[str, R] = {}

    def add(self, resource: R) -> None:
        """Keep *resource*."""
        self._by_sid[resource.sid] = resource

    def remove(self, resource: R) -> None:
        """Forget *resource*."""
        del self._by_sid[resource.sid]

    def newest_first(self) -> Iterator[R]:
        """All of them as the API lists them: the one that was made last comes first."""
        return reversed(self._by_sid.values())

    def __getitem__(self, sid: str) -> R:
        return self._by_sid[sid]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_sid)

    def __len__(self) -> int:
        return len(self._by_sid)
