"""What the lives of all calls have in common: answered, run, redirected, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import simpy

from ._interpreter import run
from ._process import CallEnded, CallRedirected

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ._leg import Leg
    from ._page import Instructions


def run_until_ended(leg: Leg, process: Process[str]) -> Process[None]:
    """Run *process*, which returns the final status, to its end or to the interrupt that ends the call."""
    try:
        leg.finish((yield from process))
    except simpy.Interrupt as interruption:
        if not isinstance(interruption.cause, CallEnded):
            raise
        _end(leg, interruption.cause)


def run_instructions(leg: Leg, process: Process[object]) -> Process[str]:
    """Run *process*, and the instructions that the API puts in its place, until nothing is left to do.

    Returns the final status.
    """
    instructions = yield from _until_redirected(leg, process)
    while instructions is not None:
        instructions = yield from _until_redirected(leg, run(leg, instructions))
    leg.answer()
    leg.record_event("hung up", "by Twilio: nothing was left to do", by="Twilio")
    return "completed"


def _until_redirected(leg: Leg, process: Process[object]) -> Process[Instructions | None]:
    """Run *process* to its end; returns the instructions that the API put in its place, if it did."""
    try:
        yield from process
    except simpy.Interrupt as interruption:
        if not isinstance(interruption.cause, CallRedirected):
            raise
        leg.record_event("redirected", "by the API")
        return interruption.cause.instructions
    return None


def _end(leg: Leg, cause: CallEnded) -> None:
    by = f"by {cause.by}"
    if cause.status == "completed":
        leg.record_event("hung up", by, by=cause.by)
        by = ""
    leg.finish(cause.status, by)
