"""What is too much for a card, shortened in its middle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from markupsafe import Markup

T = TypeVar("T")

_AT_THE_END = 4  # one in so many of those that are shown are the last ones


def excerpt(
    items: Sequence[T],
    most: int,
    show: Callable[[T], Iterable[Markup]],
    instead: Callable[[int], Markup],
) -> Iterator[Markup]:
    """What *show* makes of *items*: of all, or of *most*, with what *instead* says of how many between the others."""
    if len(items) <= most:
        yield from (part for item in items for part in show(item))
        return
    last = most // _AT_THE_END
    yield from (part for item in items[: most - last] for part in show(item))
    yield instead(len(items) - most)
    yield from (part for item in items[len(items) - last :] for part in show(item))
