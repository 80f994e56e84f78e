"""Sids: two letters that name the kind, and 32 hexadecimal digits that depend on the seed alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from hashlib import sha256


def sid_of(seed: int, prefix: str, place: int) -> str:
    """The sid of the kind *prefix* at this *place*, from 1, in each world with this *seed*."""
    return prefix + sha256(f"{seed}:{prefix}:{place}".encode()).hexdigest()[:32]


class Identities:
    """Hands out sids. The n-th sid of a kind is the same in every world with the same seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._given: Counter[str] = Counter()

    def next(self, prefix: str) -> str:
        """The next sid of the kind *prefix*, such as ``CA`` for calls."""
        self._given[prefix] += 1
        return sid_of(self.seed, prefix, self._given[prefix])

    @property
    def counts(self) -> dict[str, int]:
        """How many sids of each kind there are."""
        return dict(self._given)

    def restore(self, given: Mapping[str, int]) -> None:
        """Go on behind those that were *given*."""
        self._given = Counter(given)

    def token(self, purpose: str) -> str:
        """A UUID-like token for the next *purpose*, such as an idempotency token."""
        digits = self.next(purpose)[len(purpose) :]
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
