"""How often values of each size occurred: a histogram with the same buckets everywhere, so that two can be added."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import field
from math import ceil
from typing import Any

from ..records import dataclass

#: The upper bound of each bucket, in seconds; six in each power of ten, and nothing at all is a bucket of its own.
BOUNDS = (
    0.0,
    *(float(f"{step}e{power}") for power in range(-5, 6) for step in (1, 1.5, 2, 3, 5, 7)),
    float("inf"),
)
_MICRO = 1_000_000


@dataclass
class Histogram:
    """How many *values*, in seconds, fell into each bucket of :data:`BOUNDS`, with their sum, the least and the most.

    The sum is kept in whole microseconds: so it is the same in whatever order values and histograms are added.
    """

    counts: Counter[int] = field(default_factory=Counter)
    microseconds: int = 0
    least: float | None = None
    most: float | None = None

    @classmethod
    def of(cls, values: Iterable[float]) -> Histogram:
        """The histogram of *values*."""
        made = cls()
        for value in values:
            made.add(value)
        return made

    def __repr__(self) -> str:
        if self.most is None:
            return "<Histogram of no values>"
        figures = (self.quantile(0.5), self.quantile(0.95), self.most)
        told = "median {:g}, 95 % {:g}, longest {:g}".format(*figures)
        return f"<Histogram of {self.count:,} values: {told} s>"

    def add(self, value: float) -> None:
        """Count one *value* more."""
        self.counts[bisect_left(BOUNDS, value)] += 1
        self.microseconds += round(value * _MICRO)
        self.least = value if self.least is None else min(self.least, value)
        self.most = value if self.most is None else max(self.most, value)

    @property
    def count(self) -> int:
        """How many values there are."""
        return self.counts.total()

    @property
    def mean(self) -> float | None:
        """Their mean; ``None`` if there are none."""
        return self.microseconds / _MICRO / self.count if self.count else None

    def quantile(self, share: float) -> float | None:
        """A value that so large a *share* of all does not exceed: the upper bound of a bucket. ``None`` if empty."""
        if self.most is None:
            return None
        rank, seen = ceil(share * self.count), 0
        for place in sorted(self.counts):
            seen += self.counts[place]
            if seen >= rank:
                return min(BOUNDS[place], self.most)
        return self.most

    @property
    def buckets(self) -> list[tuple[float, int]]:
        """The upper bound and the number of values of each bucket that has any, the smallest first."""
        return [(BOUNDS[place], self.counts[place]) for place in sorted(self.counts)]

    def to_dict(self) -> dict[str, Any]:
        """The histogram as data for JSON; the last bucket has no bound."""
        return {
            "count": self.count,
            "mean": self.mean,
            "least": self.least,
            "median": self.quantile(0.5),
            "p95": self.quantile(0.95),
            "p99": self.quantile(0.99),
            "most": self.most,
            "buckets": [
                [None if bound == BOUNDS[-1] else bound, count] for bound, count in self.buckets
            ],
        }

    def __add__(self, other: Histogram) -> Histogram:
        ends = [each for each in (self.least, other.least) if each is not None]
        tops = [each for each in (self.most, other.most) if each is not None]
        return Histogram(
            self.counts + other.counts,
            self.microseconds + other.microseconds,
            min(ends, default=None),
            max(tops, default=None),
        )
