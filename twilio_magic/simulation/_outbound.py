"""The life of a call that the API places: queued, dialed, ringing, answered, over.

Source: Twilio's page "Call resource", Call status values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import simpy

from ._interpreter import run
from ._leg import Ended, Redirected

if TYPE_CHECKING:
    from ._clock import Process
    from ._leg import Leg
    from ._page import Instructions

_SETUP_SECONDS = 1.0  # from leaving the queue to the first ring


def outbound(leg: Leg) -> Process:
    """Everything that happens to *leg*, from the queue to its end."""
    try:
        status = yield from _placed(leg)
        if status is None:
            yield from _answered(leg)
            leg.tell("hung up", "by Twilio: nothing was left to do", by="Twilio")
        leg.finish(status or "completed")
    except simpy.Interrupt as interruption:
        _end(leg, cast("Ended", interruption.cause))


def _placed(leg: Leg) -> Process:
    """Dial and ring; the final status, or ``None`` if the phone was answered."""
    leg.tell("dialing", leg.to)
    leg.report("initiated")
    yield leg.world.clock.seconds(_SETUP_SECONDS)
    leg.become("ringing")
    leg.ring()
    yield leg.decision | leg.world.clock.seconds(float(leg.asked_for("Timeout")))
    return leg.decision.value if leg.decision.triggered else "no-answer"


def _answered(leg: Leg) -> Process:
    """Run the instructions, and those that replace them, until nothing is left to do."""
    leg.become("in-progress")
    leg.in_progress.succeed()
    leg.recorder.start_as_asked()
    leg.limit(float(leg.asked_for("TimeLimit") or leg.world.account.longest_call))
    instructions: Instructions | None = leg.instructions
    while instructions is not None:
        instructions = yield from _run(leg, instructions)


def _run(leg: Leg, instructions: Instructions) -> Process:
    """Run *instructions* to their end; returns those that the API put in their place, if it did."""
    try:
        yield from run(leg, instructions)
    except simpy.Interrupt as interruption:
        if not isinstance(interruption.cause, Redirected):
            raise
        leg.tell("redirected", "by the API")
        return interruption.cause.instructions
    return None


def _end(leg: Leg, cause: Ended) -> None:
    by = f"by {cause.by}"
    if cause.status == "completed":
        leg.tell("hung up", by, by=cause.by)
        by = ""
    leg.finish(cause.status, by)
