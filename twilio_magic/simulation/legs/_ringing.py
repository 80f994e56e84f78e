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
    leg.progress.dial()
    with_it = ", ".join(f"{name}={value}" for name, value in leg.carried.items())
    data = {"parameters": dict(leg.carried)} if leg.carried else {}
    leg.record_event("dialing", f"{leg.to} ({with_it})" if with_it else leg.to, **data)
    leg.report("initiated")
    yield leg.clock.seconds(_SETUP_SECONDS)
    leg.set_status("ringing")
    if at_first_ring is not None:
        at_first_ring()
    leg.phone.ring()
    yield leg.phone.decision | leg.clock.seconds(seconds)
    return leg.phone.decision.value if leg.phone.decision.triggered else "no-answer"
