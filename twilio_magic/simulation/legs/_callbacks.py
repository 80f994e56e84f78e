"""Callbacks: requests that inform an application, and whose answer changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from ..webhooks._spec import code_of

if TYPE_CHECKING:
    from ...timeline import Exchange
    from ..clock._clock import Process
    from ._leg import Leg


#: What is asked for a document, even where nobody waits for it: it has the cookies of the documents.
_DOCUMENTS = ("action", "redirect")


#: How many requests a call may make without any time passing, before the simulator calls it a loop.
MOST_AT_ONCE = 100


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


def goes_in_circles(leg: Leg, most: int = MOST_AT_ONCE) -> bool:
    """Whether *leg* made *most* requests at this very moment: its application does not wait for time to pass."""
    made, at = leg.webhooks.made, round(leg.clock.now - leg.created, 3)
    return len(made) >= most and made[-most].at >= at


def take_turn(leg: Leg) -> Process[None]:
    """Wait until a callback may be requested: not at all, unless the application goes in circles.

    It does where each callback has it ask the API for what leads to the next one. From then on they come once a second.
    """
    if not leg.webhooks.are_slowed:
        if not goes_in_circles(leg):
            return
        leg.webhooks.are_slowed = True
        text = f"a loop: {MOST_AT_ONCE} requests without a moment between them; callbacks come once a second now"
        leg.record_event("warned", text)
    while goes_in_circles(leg, 1):
        yield leg.clock.seconds(1.0)


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
