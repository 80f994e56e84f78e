"""Handing a call to a TwiML application: its document runs on a leg of its own, and the caller is at its far end.

Source: Twilio's page "TwiML Voice: Application".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..legs._inbound import instructions_of
from ..legs._interpreter import run
from ..legs._leg import Leg
from ..legs._life import instructed, lived
from ..legs._page import Instructions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...twiml import Speech
    from ..clock._clock import Process
    from ._dialing import Dialing
    from ._target import Target

_PREFIX = "Param_"  # in front of the names of custom parameters


def hand_over(dialing: Dialing, target: Target) -> Leg:
    """Begin to run the application that *target* names for the caller; returns its leg."""
    parent = dialing.leg
    settings = parent.world.account.voice_settings(target.to) or {}
    leg = Leg(
        parent.world,
        {**target.asked, "ApplicationSid": target.to},
        _instructions(settings, target.carried),
        "outbound-dial",
        parent,
        target.carried,
    )
    leg.listener = Relay(leg)
    parent.world.legs[leg.sid] = leg
    parent.children.append(leg)
    leg.start(lived(leg, _life(leg, dialing)))
    return leg


def _instructions(settings: Mapping[str, str], carried: Mapping[str, str]) -> Instructions:
    """What the application runs, told the custom parameters; nothing for one that does not exist or has no URL."""
    if not settings.get("VoiceUrl"):
        return Instructions()
    found = instructions_of(settings)
    parameters = {f"{_PREFIX}{name}": value for name, value in carried.items()}
    return replace(found, source=found.source and found.source.saying(parameters))


def _life(leg: Leg, dialing: Dialing) -> Process:
    """Run the application's document; returns the final status."""
    leg.dialed = leg.world.clock.now
    leg.tell("dialing", leg.to)
    leg.report("initiated")
    if leg.instructions.source is None:
        leg.tell("failed", f"{leg.to} is no application of the account with a voice URL")
        return "failed"
    leg.become("ringing")
    leg.answer()
    dialing.answered(leg)
    bridge = dialing.connect(leg)
    try:
        return (yield from instructed(leg, run(leg, leg.instructions)))
    finally:
        bridge.close()


class Relay:
    """Lets the caller hear what the application on *leg* says."""

    def __init__(self, leg: Leg) -> None:
        self._leg = leg

    def hear(self, speech: Speech, started: float) -> None:
        """Pass on *speech*."""
        for caller in self._callers():
            caller.tell(
                "heard",
                f"{self._leg.to}: “{speech.text}”",
                seconds=round(speech.seconds, 3),
                speaker=self._leg.to,
                words=speech.text,
                sound="speech",
                from_leg=self._leg.sid,
            )
            caller.listener.hear(speech, started)

    def hear_keys(self, keys: str, started: float) -> None:
        """Pass on the tones of *keys*."""
        for caller in self._callers():
            caller.listener.hear_keys(keys, started)

    def hear_noise(self, seconds: float, started: float) -> None:
        """Pass on a sound without words."""
        for caller in self._callers():
            caller.listener.hear_noise(seconds, started)

    def hear_beep(self, seconds: float, started: float) -> None:
        """Pass on a beep."""
        for caller in self._callers():
            caller.listener.hear_beep(seconds, started)

    def hear_no_more(self, since: float) -> None:
        """Pass on that it was cut off."""
        for caller in self._callers():
            caller.listener.hear_no_more(since)

    def _callers(self) -> tuple[Leg, ...]:
        joint = self._leg.joint
        return () if joint is None else tuple(joint.hearers(self._leg))
