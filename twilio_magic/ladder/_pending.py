"""The requests of a leg that no step of its ladder shows yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..timeline import Exchange

_ROUNDING = 0.001


class PendingRequests:
    """The numbers of *exchanges*, each taken once. Events must come in order of time."""

    def __init__(self, exchanges: Sequence[Exchange]) -> None:
        self._exchanges = exchanges
        self._taken: set[int] = set()
        self._open: dict[str, list[tuple[float, int]]] = defaultdict(list)
        self._answered: dict[str, list[int]] = defaultdict(list)
        for number, exchange in enumerate(exchanges):
            heappush(self._open[exchange.url], (exchange.until, number))

    def take(self, url: str, at: float, status: int | None) -> Iterator[int]:
        """Those to *url* that were answered by the moment *at*, as far as the first with this *status*."""
        self._note_answers(url, at)
        answered = self._answered[url]
        while answered:
            number = heappop(answered)
            self._taken.add(number)
            yield number
            if self._exchanges[number].status == status:
                return

    def take_rest(self) -> Iterator[int]:
        """Those that nothing was said of."""
        yield from (each for each in range(len(self._exchanges)) if each not in self._taken)

    def _note_answers(self, url: str, at: float) -> None:
        waiting = self._open[url]
        while waiting and waiting[0][0] <= at + _ROUNDING:
            heappush(self._answered[url], heappop(waiting)[1])
