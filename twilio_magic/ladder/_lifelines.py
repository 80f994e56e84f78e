"""Who takes part in a ladder: phones, Twilio, and the hosts of web applications."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ._records import Lifeline

if TYPE_CHECKING:
    from ..timeline import Exchange
    from ._build import LegRecord


def list_lifelines(legs: Sequence[LegRecord]) -> tuple[Lifeline, ...]:
    phones = [Lifeline(leg.far_end, "phone", leg.names.get(leg.far_end, "")) for leg in legs]
    webs = [
        *(web_lifeline(exchange.url) for leg in legs for exchange in _in_time(leg)),
        *(web_lifeline(session.url) for leg in legs for session in leg.sessions),
    ]
    return tuple(dict.fromkeys([*phones, Lifeline("Twilio", "twilio"), *webs]))


def _in_time(leg: LegRecord) -> Sequence[Exchange]:
    return sorted(leg.exchanges, key=lambda exchange: exchange.at)


def web_lifeline(url: str) -> Lifeline:
    return Lifeline(split_url(url)[0], "web")


def split_url(url: str) -> tuple[str, str]:
    """The host of *url*, with its port, and the path. What cannot be read is all host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url, ""
    return parts.netloc.rpartition("@")[2] or url, parts.path or "/"
