"""What all calls have in common, however they begin: instructions run, are replaced, and end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import simpy

from ..clock._interrupts import interrupts
from ._interpreter import interpret
from ._process import CallEnded, CallRedirected

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ._leg import Leg
    from ._page import Instructions

T = TypeVar("T")


def run_until_ended(leg: Leg, process: Process[str]) -> Process[None]:
    """Run *process*, which returns the final status, until it returns or something ends the call before.

    An exception is a fault of the simulator: it ends this call, and nothing else. One that is no :class:`Exception` is
    also raised again, when the step is over.
    """
    try:
        yield from _run_to_status(leg, process)
    except GeneratorExit:  # it is closed, and nobody's exception
        raise
    except BaseException as error:
        leg.fail(error)
        if not isinstance(error, Exception):
            interrupts.keep(error)


def _run_to_status(leg: Leg, process: Process[str]) -> Process[None]:
    try:
        leg.finish((yield from _raise_causes(leg, process)))
    except CallEnded as ended:
        _end(leg, ended)


def run_instructions(leg: Leg, process: Process[object]) -> Process[str]:
    """Run *process*, and the instructions that the API puts in its place, until nothing is left to do.

    Returns the final status.
    """
    instructions = yield from _until_redirected(leg, process)
    while instructions is not None:
        instructions = yield from _until_redirected(leg, interpret(leg, instructions))
    if leg.status != "in-progress":
        leg.record_event("warned", "nothing answered the call, and nothing is left to do")
        return "no-answer"
    leg.record_event("hung up", "by Twilio: nothing was left to do", by="Twilio")
    return "completed"


def _until_redirected(leg: Leg, process: Process[object]) -> Process[Instructions | None]:
    """Run *process* to its end; returns the instructions that the API put in its place, if it did."""
    try:
        yield from process
    except CallRedirected as redirected:
        leg.record_event("redirected", "by the API")
        return replace(redirected.instructions, is_live_redirect=True)
    return None


def _raise_causes(leg: Leg, process: Process[T]) -> Process[T]:
    """Run *process*; an interrupt of it raises its cause there, a :class:`CallEnded` or :class:`CallRedirected`.

    So does what a web application asked for while the process waited for its answer, at the latest when it waits next.
    """
    try:
        waited = next(process)
        while True:
            try:
                leg.process.raise_pending()
                value = yield waited
            except (CallEnded, CallRedirected) as cause:
                waited = process.throw(cause)
            except simpy.Interrupt as interruption:
                waited = process.throw(interruption.cause or interruption)
            else:
                waited = process.send(value)
    except StopIteration as over:
        returned: T = over.value
        return returned


def _end(leg: Leg, ended: CallEnded) -> None:
    by = f"by {ended.by}"
    if ended.status == "completed":
        leg.record_event("hung up", by, by=ended.by)
        by = ""
    leg.finish(ended.status, by)
