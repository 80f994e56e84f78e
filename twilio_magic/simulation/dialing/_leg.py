"""The life of a leg that <Dial> makes: dialed, ringing, answered, perhaps whispered to, connected, over.

Source: Twilio's pages "TwiML Voice: Dial" and "Number" (url, sendDigits, machineDetection).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..legs._interpreter import interpret
from ..legs._leg import Leg
from ..legs._life import run_instructions, run_until_ended
from ..legs._outbound import ring, send_digits_or_detect
from ..legs._page import Instructions
from ..legs._process import CallEnded, CallRedirected
from ._sip import told_of_sip

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ._dialing import Dialing
    from ._target import Target


def dial_leg(dialing: Dialing, target: Target) -> Leg:
    """Begin to call *target*; returns its leg."""
    parent = dialing.leg
    leg = Leg(parent.world, target.asked, Instructions(), "outbound-dial", parent, target.carried)
    if target.whisper is not None:
        whisper = target.whisper.with_parameters(told_of_sip(leg))
        leg.instructions = Instructions(source=whisper, context=target.context)
    parent.world.account.add(leg)
    parent.children.append(leg)
    leg.process.start(run_until_ended(leg, _life(leg, dialing)))
    return leg


def _life(leg: Leg, dialing: Dialing) -> Process[str]:
    """Ring, and be connected with the parent if somebody answers; returns the final status."""
    status = yield from ring(leg, dialing.patience, dialing.rings)
    if status is not None:
        return status
    return (yield from run_instructions(leg, _answer(leg, dialing)))


def _answer(leg: Leg, dialing: Dialing) -> Process[None]:
    """Be connected with the parent; who is given other instructions meanwhile has left it."""
    dialing.pick_up(leg)
    try:
        leg.answer()
        yield from send_digits_or_detect(leg)
        yield from _connect(leg, dialing)
    except CallRedirected:
        dialing.let_go(leg)
        raise


def _connect(leg: Leg, dialing: Dialing) -> Process[None]:
    """Whisper, then let the two parties talk until one of them, or somebody else, ends it."""
    if leg.instructions.source is not None:
        yield from interpret(leg, leg.instructions)
        if leg.has_failed:
            raise CallEnded("completed", "Twilio")
    bridge = dialing.connect(leg)
    try:
        with leg.ear.listening():
            yield bridge.ended
    finally:
        bridge.close()
    raise CallEnded("completed", leg.parent.far_end if leg.parent else "Twilio")
