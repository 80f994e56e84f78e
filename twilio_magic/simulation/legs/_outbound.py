"""The life of a call that the API places: queued, dialed, ringing, answered, over.

Source: Twilio's page "Call resource", Call status values.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ._interpreter import interpret
from ._life import run_instructions, run_until_ended
from ._machine_detection import detect, detect_beside
from ._own_number import is_own_number, let_number_answer
from ._speaking import send_tones

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
    if is_own_number(leg) and not let_number_answer(leg):
        return "failed"
    if _is_out_of_reach(leg):
        leg.record_event("warned", f"{leg.to} is not registered any more: nobody is called")
        return "no-answer"
    yield leg.clock.seconds(_SETUP_SECONDS)
    leg.set_status("ringing")
    if at_first_ring is not None:
        at_first_ring()
    leg.phone.ring()
    timeout = leg.clock.seconds(seconds)
    yield leg.phone.decision | timeout
    leg.clock.env.forget(timeout)
    return leg.phone.decision.value if leg.phone.decision.triggered else "no-answer"


def _is_out_of_reach(leg: Leg) -> bool:
    """Whether *leg* calls a client that is no longer registered, and that has no script."""
    world = leg.world
    return world.clients.is_gone(leg.to) and not world.phones.has_player(leg.to, leg.meanwhile)


def outbound(leg: Leg, then: Callable[[Leg], Process[None]] | None = None) -> Process[None]:
    """Everything that happens to *leg*, from the queue to its end.

    Once answered it runs its instructions, or does what *then* says.
    """
    yield from run_until_ended(leg, _place(leg, then))


def _place(leg: Leg, then: Callable[[Leg], Process[None]] | None) -> Process[str]:
    """Dial, ring and go on if somebody answers; returns the final status."""
    yield from leg.world.pace.wait_for_turn()
    status = yield from ring(leg, float(leg.parameter("Timeout")))
    if status is not None:
        return status
    return (yield from run_instructions(leg, _run_answered(leg, then)))


def _run_answered(leg: Leg, then: Callable[[Leg], Process[None]] | None) -> Process[None]:
    leg.answer()
    yield from send_digits_or_detect(leg)
    yield from interpret(leg, leg.instructions) if then is None else then(leg)


def send_digits_or_detect(leg: Leg) -> Process[None]:
    """Send the tones of SendDigits or, if machine detection is asked for, detect who answered."""
    keys = leg.parameter("SendDigits")
    if keys:
        yield from send_tones(leg, keys, " (SendDigits)")
    elif leg.parameter("MachineDetection") is None:
        return
    elif leg.parameters.get("AsyncAmd") == "true":
        leg.start(detect_beside(leg))
    else:
        yield from detect(leg)
