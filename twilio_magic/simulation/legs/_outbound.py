"""The life of a call that the API places: queued, dialed, ringing, answered, over.

Source: Twilio's page "Call resource", Call status values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..sound import _tones
from ._life import instructed, lived
from ._machine_detection import detect, detect_beside

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ._leg import Leg

_SETUP_SECONDS = 1.0  # from leaving the queue to the first ring


def outbound(leg: Leg) -> Process:
    """Everything that happens to *leg*, from the queue to its end."""
    yield from lived(leg, _placed(leg))


def _placed(leg: Leg) -> Process:
    """Dial, ring and run the instructions if somebody answers; returns the final status."""
    yield from leg.world.pace.turn()
    leg.dialed = leg.world.clock.now
    leg.tell("dialing", leg.to)
    leg.report("initiated")
    yield leg.world.clock.seconds(_SETUP_SECONDS)
    leg.become("ringing")
    leg.ring()
    yield leg.decision | leg.world.clock.seconds(float(leg.asked_for("Timeout")))
    status = leg.decision.value if leg.decision.triggered else "no-answer"
    if status is not None:
        return status
    leg.answer()
    yield from _greeted(leg)
    return (yield from instructed(leg))


def _greeted(leg: Leg) -> Process:
    """Press the keys that go first, or find out who answered."""
    keys = leg.asked_for("SendDigits")
    if keys:
        yield from _tones.send(leg, keys, " (SendDigits)")
    elif leg.asked_for("MachineDetection") is None:
        return
    elif leg.asked.get("AsyncAmd") == "true":
        leg.world.clock.start(detect_beside(leg))
    else:
        yield from detect(leg)
