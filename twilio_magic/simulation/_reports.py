"""Requests that tell an application something and whose answer changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..timeline import Exchange
    from ._leg import Leg

#: Twilio's warning for a callback that did not take what it was told.
_NOT_TAKEN = 15003


def report(
    leg: Leg, purpose: str, url: str, method: str, added: Mapping[str, str], *, bare: bool = True
) -> None:
    """Tell *url* what *added* says of *leg*; *bare* leaves out the standard parameters except the two sids."""
    exchange = leg.webhooks.request(purpose, url, method, added, bare=bare)
    leg.tell("reported", f"{purpose} → {exchange.url}", url=exchange.url, status=exchange.status)
    warn_if_not_taken(leg, purpose, exchange)


def warn_if_not_taken(leg: Leg, purpose: str, exchange: Exchange) -> None:
    """Tell of a report that the application did not take."""
    if exchange.status is None or exchange.status >= 400:
        came = exchange.error or f"it answered {exchange.status}"
        leg.tell("warned", f"{_NOT_TAKEN}: the {purpose} callback failed: {came}", code=_NOT_TAKEN)
