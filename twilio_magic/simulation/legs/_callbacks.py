"""Callbacks: requests that inform an application, and whose answer changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from ..webhooks._spec import code_of

if TYPE_CHECKING:
    from ...timeline import Exchange
    from ._leg import Leg


#: What is asked for a document, even where nobody waits for it: it has the cookies of the documents.
_DOCUMENTS = ("action", "redirect")


def report(
    leg: Leg,
    purpose: str,
    url: str,
    method: str,
    added: Mapping[str, str],
    *,
    bare: bool = True,
    unsaid: Collection[str] = (),
) -> None:
    """Request *url* with the *added* parameters; *bare* leaves out the standard ones except the two sids.

    Parameters named in *unsaid* are left out, too.
    """
    exchange = leg.webhooks.request(
        purpose, url, method, added, bare=bare, unsaid=unsaid, is_callback=purpose not in _DOCUMENTS
    )
    text = f"{exchange.event or purpose} → {exchange.url}"
    leg.record_event("reported", text, url=exchange.url, status=exchange.status)
    warn_if_not_taken(leg, purpose, exchange)


def timestamp(leg: Leg) -> str:
    """The moment as callbacks of live transcriptions write it: ISO 8601, with milliseconds."""
    return leg.clock.date().isoformat(timespec="milliseconds").replace("+00:00", "Z")


def warn_if_not_taken(leg: Leg, purpose: str, exchange: Exchange) -> None:
    """Record a warning if the application did not take a callback."""
    if exchange.status is not None and exchange.status < 300:
        return
    code = code_of("status_callback")
    came = exchange.error or f"it answered {exchange.status}"
    text = f"{code}: the {purpose} callback failed: {came}"
    data = {"traceback": exchange.traceback} if exchange.traceback else {}
    place = len(leg.webhooks.made) - 1
    leg.record_event("warned", text, code=code, url=exchange.url, webhook=place, **data)
