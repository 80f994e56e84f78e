"""A fault of the simulator in a call: it is recorded so that somebody can report it, and ends that call alone."""

from __future__ import annotations

from contextlib import suppress
from traceback import format_exception
from typing import TYPE_CHECKING

from ...secret import mask_user_info
from ..clock._interrupts import describe_end

if TYPE_CHECKING:
    from ._leg import Leg


def record_fault(leg: Leg, error: BaseException) -> None:
    """Record *error* as an event that asks for a report; its data has the traceback, without secrets.

    What is no :class:`Exception`, such as an interrupt, is nobody's fault.
    """
    what = _mask(leg, describe_end(error))
    if not isinstance(error, Exception):
        leg.record_event("failed", f"the simulator {what} in this call")
        return
    leg.record_event(
        "failed",
        f"a fault of the simulator, not of your application: it {what}."
        ' Please report it with data["traceback"] of this event',
        traceback=_mask(leg, "".join(format_exception(error))),
        fault="simulator",
    )


def end_after_fault(leg: Leg) -> None:
    """End *leg* as failed. Any of its parts may be what is at fault, so none keeps the others from ending."""
    for stop in (leg.phone.end, leg.recorder.stop_all):
        with suppress(Exception):
            stop()
    try:
        if not leg.is_over:
            leg.set_status("failed")
    except Exception as error:
        record_fault(leg, error)
    if not leg.over.triggered:
        leg.over.succeed()


def _mask(leg: Leg, text: str) -> str:
    data = leg.world.account.auth_token.hidden_in(text.encode("utf-8", "replace"))
    return mask_user_info(data.decode())
