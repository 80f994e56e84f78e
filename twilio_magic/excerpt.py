"""What is shown of a long list: its beginning, its end, and between them what stands nowhere above."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

#: How many lines of a timeline, a transcript or a ladder are shown. A longer one is folded.
MOST_LINES = 400
#: One in so many of the lines that are shown are the first ones, and the last ones.
_AT_THE_BEGINNING, _AT_THE_END = 5, 10


@dataclass(frozen=True, slots=True)
class Gap(Generic[T]):
    """The *items* that an excerpt leaves out at one place; a *repetition* if what is above it says the same."""

    items: Sequence[T]
    is_repetition: bool

    def describe(self, what: str, more: str = "") -> str:
        """What is left out, in words: ``… 300 more events, the same as above …``; *what* names the items."""
        same = ", the same as above" if self.is_repetition else ""
        return f"… {len(self.items):,} more {what}{same}{more} …"


def excerpt(
    items: Sequence[T], key: Callable[[T], Hashable], most: int = MOST_LINES
) -> Iterator[T | Gap[T]]:
    """All *items*; of more than *most*, the first and last ones and those between that are unlike any above.

    Two items are alike that have the same *key*. A :class:`Gap` stands for each run of the others. Where too much is
    unlike, the gap before the last ones has that as well.
    """
    if len(items) <= most:
        yield from items
        return
    end = len(items) - most // _AT_THE_END
    yield from items[: most // _AT_THE_BEGINNING]
    yield from _between(items, key, most // _AT_THE_BEGINNING, end, most)
    yield from items[end:]


def _between(
    items: Sequence[T], key: Callable[[T], Hashable], begin: int, end: int, most: int
) -> Iterator[T | Gap[T]]:
    """The excerpt of *items* from *begin* to *end*, after those before."""
    seen = {key(item) for item in items[:begin]}
    room = most - begin - (len(items) - end)
    hidden = begin
    for place in range(begin, end):
        needed = 1 + (place > hidden)
        if room <= needed:
            break
        name = key(items[place])
        if name not in seen:
            seen.add(name)
            room -= needed
            yield from _gap(items[hidden:place], is_repetition=True)
            yield items[place]
            hidden = place + 1
    rest = items[hidden:end]
    yield from _gap(rest, is_repetition=all(key(item) in seen for item in rest))


def _gap(items: Sequence[T], *, is_repetition: bool) -> Iterator[T | Gap[T]]:
    """A gap, unless it would take as much room as what it stands for."""
    if len(items) > 1:
        yield Gap(items, is_repetition)
    else:
        yield from items
