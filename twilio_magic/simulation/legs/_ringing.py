"""Ringing a phone: from the dialing to the answer, or to what comes instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ._leg import Leg

_SETUP_SECONDS = 1.0  # from dialing to the first ring


def ring(
    leg: Leg, seconds: float, at_first_ring: Callable[[], None] | None = None
) -> Process[str | None]:
    """Dial, and ring for so many *seconds*; returns ``None`` once somebody answers, else the final status."""
    leg.dialed = leg.clock.now
    with_it = ", ".join(f"{name}={value}" for name, value in leg.carried.items())
    data = {"parameters": dict(leg.carried)} if leg.carried else {}
    leg.record_event("dialing", f"{leg.to} ({with_it})" if with_it else leg.to, **data)
    leg.report("initiated")
    yield leg.clock.seconds(_SETUP_SECONDS)
    leg.set_status("ringing")
    if at_first_ring is not None:
        at_first_ring()
    leg.ring()
    yield leg.decision | leg.clock.seconds(seconds)
    return leg.decision.value if leg.decision.triggered else "no-answer"
