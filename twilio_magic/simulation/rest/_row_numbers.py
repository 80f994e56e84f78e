"""The order of rows that come and go, such as the members of a queue: it is remembered when a page is requested."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from flask import g, request

if TYPE_CHECKING:
    from ..world._world import World


class RowNumbers:
    """Numbers of the rows of a world that were there when a page of their list was requested.

    Rows that are gone keep theirs.
    """

    def __init__(self, _: World) -> None:
        self._by_list: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self._last = 0

    def of(self, path: str, sids: Iterable[str]) -> dict[str, int]:
        """The numbers of the list at *path*, by the sids of its rows; *sids* are those that are there, in order."""
        numbers = self._by_list[path]
        before = 0
        for sid in sids:
            if numbers.get(sid, 0) <= before:  # new, or it was gone for a while
                self._last += 1
                numbers[sid] = self._last
            before = numbers[sid]
        return numbers


class PassingRows:
    """Rows that come and go, the *oldest_first*; the list shows them in that order, or the newest first."""

    def __init__(self, oldest_first: Iterable[Any], *, newest_first: bool = True) -> None:
        rows = list(oldest_first)
        self._numbers: dict[str, int] = g.world.part(RowNumbers).of(
            request.path, (row.sid for row in rows)
        )
        self._rows: Sequence[Any] = rows[::-1] if newest_first else rows
        self._sign = -1 if newest_first else 1

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def after(self, sid: str) -> Iterator[Any]:
        """What follows the row with this *sid*, which may be gone; raises :class:`KeyError` if there was none."""
        place = self._place(sid)
        return (row for row in self._rows if self._place(row.sid) > place)

    def before(self, sid: str) -> Iterator[Any]:
        """What comes before it, the nearest first."""
        place = self._place(sid)
        return (row for row in reversed(self._rows) if self._place(row.sid) < place)

    def _place(self, sid: str) -> int:
        return self._sign * self._numbers[sid]
