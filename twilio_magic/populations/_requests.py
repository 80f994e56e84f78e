"""The requests of many calls, by the address that was requested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..records import dataclass
from ._histogram import Histogram

if TYPE_CHECKING:
    from ..timeline import Exchange

#: How many addresses have a row of their own; applications may have one for each order or person.
MOST_ADDRESSES = 100
#: What the row of all others is called.
OTHERS = "others"


@dataclass
class WebhookFigures:
    """The requests to one address: how many *requests*, *errors* among them, and how long they took.

    *seconds* are simulated; *elapsed* is real time, which is different in each run and is not compared.
    """

    requests: int = 0
    errors: int = 0
    seconds: Histogram = field(default_factory=Histogram)
    elapsed: Histogram = field(default_factory=Histogram, compare=False)

    def add(self, exchange: Exchange) -> None:
        """Count one request more."""
        self.requests += 1
        self.errors += exchange.code is not None
        self.seconds.add(exchange.seconds)
        self.elapsed.add(exchange.elapsed)

    def to_dict(self) -> dict[str, Any]:
        """The figures as data for JSON, without real time."""
        return {
            "requests": self.requests,
            "errors": self.errors,
            "seconds": self.seconds.to_dict(),
        }

    def __add__(self, other: WebhookFigures) -> WebhookFigures:
        return WebhookFigures(
            self.requests + other.requests,
            self.errors + other.errors,
            self.seconds + other.seconds,
            self.elapsed + other.elapsed,
        )


class WebhookTable(dict[str, WebhookFigures]):
    """The figures of each address, without its query. The first hundred in alphabetical order have rows of their own.

    So which these are does not depend on the order in which they came, and the table of a million calls is no larger
    than that of a thousand.
    """

    def add(self, exchange: Exchange) -> None:
        """Count *exchange*."""
        name = address_without_query(exchange.url)
        if name not in self:
            self[name] = WebhookFigures()
            if self._is_too_long and self._shorten() == name:
                name = OTHERS
        self[name].add(exchange)

    @property
    def _is_too_long(self) -> bool:
        return len(self) - (OTHERS in self) > MOST_ADDRESSES

    def _shorten(self) -> str:
        """Give up the row of the last address; returns its name."""
        last = max(self.keys() - {OTHERS})
        self[OTHERS] = self.get(OTHERS, WebhookFigures()) + self.pop(last)
        return last

    def sort(self) -> WebhookTable:
        """The same rows in alphabetical order, the others last."""
        return WebhookTable(sorted(self.items(), key=lambda row: (row[0] == OTHERS, row[0])))

    def merge(self, other: Mapping[str, WebhookFigures]) -> WebhookTable:
        """Both tables as one."""
        names = self.keys() | other.keys()
        nothing = WebhookFigures()
        merged = WebhookTable(
            (name, self.get(name, nothing) + other.get(name, nothing)) for name in names
        )
        while merged._is_too_long:
            merged._shorten()
        return merged.sort()


def address_without_query(url: str) -> str:
    """*url* without its query and its fragment."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path or '/'}"
