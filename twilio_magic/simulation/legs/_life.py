"""What the lives of all calls have in common: answered, run, redirected, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import simpy

from ._interpreter import run
from ._leg import Ended, Redirected

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ._leg import Leg
    from ._page import Instructions


def lived(leg: Leg, process: Process) -> Process:
    """Run *process*, which returns the final status, to its end or to the interrupt that ends the call."""
    try:
        leg.finish((yield from process))
    except simpy.Interrupt as interruption:
        if not isinstance(interruption.cause, Ended):
            raise
        _end(leg, interruption.cause)


def instructed(leg: Leg) -> Process:
    """Run the instructions, and those that replace them, until nothing is left to do; returns the final status."""
    instructions: Instructions | None = leg.instructions
    while instructions is not None:
        instructions = yield from _run(leg, instructions)
    leg.answer()
    leg.tell("hung up", "by Twilio: nothing was left to do", by="Twilio")
    return "completed"


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
