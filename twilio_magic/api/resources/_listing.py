"""Lists that are fetched page by page, as far as they are read. Source: Twilio's page "Twilio's response", paging."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, overload

from ...display import Shown
from ...excerpt import MOST_LINES

if TYPE_CHECKING:
    from ._resource import Resource

R = TypeVar("R", bound="Resource")


class Listing(Sequence[R], Shown, Generic[R]):
    """Resources in the API's order, the newest first. The next page is requested when it is needed.

    Going through it, taking one by its number, and a slice from the start fetch no more than they need; ``len()``
    fetches the rest. It can be gone through more than once. Shown are the first *most*.
    """

    view: ClassVar[str] = "twilio_magic.views.table:bundle"

    def __init__(self, kind: type[R], rows: Iterator[R], *, most: int = MOST_LINES) -> None:
        self.kind = kind
        self.most = most
        self._known: list[R] = []
        self._rest = rows

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> list[R]: ...
    def __getitem__(self, index: int | slice) -> R | list[R]:
        self._know(_reach(index))
        return self._known[index]

    def __iter__(self) -> Iterator[R]:
        place = 0
        while self._know(place + 1) > place:
            yield self._known[place]
            place += 1

    def begin(self) -> None:
        """Fetch the first page, unless it was fetched before."""
        self._know(1)

    def __len__(self) -> int:
        return self._know(None)

    def __bool__(self) -> bool:
        return self._know(1) > 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment] # it grows, like a list

    @property
    def more(self) -> str:
        """What is said behind the first *most*, if there are others."""
        return f"… and more than these {self.most}" if self._know(self.most + 1) > self.most else ""

    @property
    def title(self) -> str:
        """What is listed, in words, such as ``caller ids``."""
        return self.kind.family.replace(".", " ").replace("_", " ")

    def __repr__(self) -> str:
        shown = [*map(repr, self[: self.most]), *filter(None, [self.more])]
        return "\n".join(shown) or f"no {self.title}"

    def _know(self, number: int | None) -> int:
        """Fetch until *number* rows are known, or all; returns how many are."""
        wanted = None if number is None else max(number - len(self._known), 0)
        self._known.extend(islice(self._rest, wanted))
        return len(self._known)


def _reach(index: int | slice) -> int | None:
    """How many rows *index* needs; all if it counts from the end."""
    if not isinstance(index, slice):
        return index + 1 if index >= 0 else None
    goes_back = index.step is not None and index.step < 0
    last: int | None = index.start if goes_back else index.stop
    if last is None or last < 0 or (index.start or 0) < 0 or (index.stop or 0) < 0:
        return None
    return last + 1 if goes_back else last
