"""The life of a call that the API places: queued, dialed, ringing, answered, over.

Source: Twilio's page "Call resource", Call status values.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ._interpreter import run
from ._life import run_instructions, run_until_ended
from ._machine_detection import detect, detect_beside
from ._ringing import ring
from ._speaking import send_tones

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ._leg import Leg


def outbound(leg: Leg, then: Callable[[Leg], Process[None]] | None = None) -> Process[None]:
    """Everything that happens to *leg*, from the queue to its end.

    Once answered it runs its instructions, or does what *then* says.
    """
    yield from run_until_ended(leg, _placed(leg, then))


def _placed(leg: Leg, then: Callable[[Leg], Process[None]] | None) -> Process[str]:
    """Dial, ring and go on if somebody answers; returns the final status."""
    yield from leg.world.pace.wait_for_turn()
    status = yield from ring(leg, float(leg.parameter("Timeout")))
    if status is not None:
        return status
    return (yield from run_instructions(leg, _answered(leg, then)))


def _answered(leg: Leg, then: Callable[[Leg], Process[None]] | None) -> Process[None]:
    leg.answer()
    yield from greeted(leg)
    yield from run(leg, leg.instructions) if then is None else then(leg)


def greeted(leg: Leg) -> Process[None]:
    """Press the keys that go first, or find out who answered."""
    keys = leg.parameter("SendDigits")
    if keys:
        yield from send_tones(leg, keys, " (SendDigits)")
    elif leg.parameter("MachineDetection") is None:
        return
    elif leg.parameters.get("AsyncAmd") == "true":
        leg.clock.start(detect_beside(leg))
    else:
        yield from detect(leg)
