"""What is shown of a long list: loops once, its beginning, its end, and between them what stands nowhere above."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Generic, TypeAlias, TypeVar

from .display import count_of
from .records import dataclass

T = TypeVar("T")

#: How many lines of a timeline, a transcript or a ladder are shown. A longer one is folded.
MOST_LINES = 400
#: One in so many of the lines that are shown are the first ones, and the last ones.
_AT_THE_BEGINNING, _AT_THE_END = 5, 10
#: A loop is folded that goes on for so many more rounds, and lines; a menu that is heard three times stays as it is.
_FEWEST_ROUNDS, _FEWEST_LINES = 4, 6
_LONGEST_ROUND = 100  # lines
_MOST_TRIES = 8  # how many lengths of a round are tried at one place


@dataclass(frozen=True, slots=True)
class Gap(Generic[T]):
    """The *items* that an excerpt leaves out at one place; a *repetition* if what is above it says the same.

    A loop says how many more *rounds* of the same items there are.
    """

    items: Sequence[T]
    is_repetition: bool
    rounds: int = 0

    def describe(self, what: str, more: str = "") -> str:
        """What is left out, in words: ``… 300 more events, the same as above …``; *what* names the items."""
        if self.rounds:
            length = len(self.items) // self.rounds
            same = "the same" if length == 1 else f"the same {length:,} {what}"
            return f"… {same} {count_of(self.rounds, 'more time')}{more} …"
        same = ", the same as above" if self.is_repetition else ""
        left_out = count_of(len(self.items), f"more {what.removesuffix('s')}", f"more {what}")
        return f"… {left_out}{same}{more} …"


#: An item that is shown, or the gap in the place of some that are not.
_Part: TypeAlias = T | Gap[T]


def excerpt(
    items: Sequence[T], key: Callable[[T], Hashable], most: int = MOST_LINES
) -> Iterator[T | Gap[T]]:
    """All *items*, of loops the first round; of more than *most* the first, the last and what is unlike any above.

    Two items are alike that have the same *key*. A :class:`Gap` stands for each run of the others. Where too much is
    unlike, the gap before the last ones has that as well.
    """
    parts = _fold_loops(_fold_loops(items, key), key)  # a loop of lines, and one of such loops
    if len(parts) <= most:
        yield from parts
        return
    end = len(parts) - most // _AT_THE_END
    yield from parts[: most // _AT_THE_BEGINNING]
    yield from _between(parts, key, most // _AT_THE_BEGINNING, end, most)
    yield from parts[end:]


def _fold_loops(parts: Sequence[_Part[T]], key: Callable[[T], Hashable]) -> list[_Part[T]]:
    """*parts* with the first round of each loop among them, and a gap in the place of its other rounds."""
    numbers: dict[Hashable, int] = {}
    names = [numbers.setdefault(_name(part, key), len(numbers)) for part in parts]
    again = _next_places(names)
    folded: list[_Part[T]] = []
    place = 0
    while place < len(parts):
        length, rounds = _find_loop(names, again, place)
        first = place + length
        folded += parts[place:first]
        place = first + length * rounds
        if rounds:
            folded.append(Gap(_flatten(parts[first:place]), is_repetition=True, rounds=rounds))
    return folded


def _name(part: _Part[T], key: Callable[[T], Hashable]) -> Hashable:
    return (Gap, part.rounds, len(part.items)) if isinstance(part, Gap) else key(part)


def _next_places(names: Sequence[int]) -> list[int]:
    """Where the name at each place comes again; behind the end where it does not."""
    last: dict[int, int] = {}
    places = [len(names)] * len(names)
    for place in range(len(names) - 1, -1, -1):
        places[place] = last.get(names[place], len(names))
        last[names[place]] = place
    return places


def _find_loop(names: Sequence[int], again: Sequence[int], start: int) -> tuple[int, int]:
    """The length of a round of the loop that begins at *start*, and how many more there are; ``1, 0`` without one."""
    follower = start
    for _ in range(_MOST_TRIES):
        follower = again[follower]
        length = follower - start
        if follower == len(names) or length > _LONGEST_ROUND:
            break
        first, rounds = names[start:follower], 0
        while names[follower + rounds * length : follower + (rounds + 1) * length] == first:
            rounds += 1
        if rounds >= _FEWEST_ROUNDS and rounds * length >= _FEWEST_LINES:
            return length, rounds
    return 1, 0


def _flatten(parts: Sequence[_Part[T]]) -> list[T]:
    """The items of *parts*, with those that its gaps leave out."""
    whole: list[T] = []
    for part in parts:
        if isinstance(part, Gap):
            whole += part.items
        else:
            whole.append(part)
    return whole


def _between(
    parts: Sequence[_Part[T]], key: Callable[[T], Hashable], begin: int, end: int, most: int
) -> Iterator[_Part[T]]:
    """The excerpt of *parts* from *begin* to *end*, after those before. A loop is nothing new after its first round."""
    seen = {key(part) for part in parts[:begin] if not isinstance(part, Gap)}
    room = most - begin - (len(parts) - end)
    hidden = begin
    for place in range(begin, end):
        needed = 1 + (place > hidden)
        if room <= needed:
            break
        part = parts[place]
        if not isinstance(part, Gap) and key(part) not in seen:
            seen.add(key(part))
            room -= needed
            yield from _gap(parts[hidden:place], is_repetition=True)
            yield part
            hidden = place + 1
    rest = parts[hidden:end]
    yield from _gap(
        rest, is_repetition=all(isinstance(part, Gap) or key(part) in seen for part in rest)
    )


def _gap(parts: Sequence[_Part[T]], *, is_repetition: bool) -> Iterator[_Part[T]]:
    """A gap, unless it would take as much room as what it stands for."""
    if len(parts) > 1:
        yield Gap(_flatten(parts), is_repetition)
    else:
        yield from parts


def show_lines(items: Sequence[T], key: Callable[[T], Hashable], noun: str) -> str:
    """The excerpt of *items* as text, a line for each; *noun* names many of them."""
    return "\n".join(
        part.describe(noun) if isinstance(part, Gap) else str(part) for part in excerpt(items, key)
    )
