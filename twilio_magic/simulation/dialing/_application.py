"""Handing a call to a TwiML application: its document runs on a leg of its own, and the caller is at its far end.

Source: Twilio's page "TwiML Voice: Application".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..legs._inbound import instructions_of, kept_of
from ..legs._interpreter import interpret
from ..legs._leg import Leg
from ..legs._life import run_instructions, run_until_ended
from ..legs._page import Instructions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...twiml import Speech
    from ..audio._ear import PhoneSound
    from ..clock._clock import Process
    from ..legs._bridge import Bridge
    from ..legs._party import Party
    from ._dialing import Dialing
    from ._target import Target

_PREFIX = "Param_"  # in front of the names of custom parameters


class ApplicationLeg(Leg):
    """A leg on which an application runs. What its document listens to is the caller, on the leg that dialed it."""

    @property
    def voice(self) -> str:
        """Whom others hear on this leg: the caller."""
        return self.far_end if self.parent is None else self.parent.voice

    def overhear(self, speaker: Party, sound: PhoneSound) -> None:
        """What the caller says is said to the application."""
        if speaker is self.parent:
            self.make_sound(sound, from_leg=speaker.sid)
        else:
            super().overhear(speaker, sound)

    def overhear_key(self, speaker: Party, key: str, shown: str) -> None:
        """What the caller presses is pressed for the application."""
        if speaker is self.parent:
            self.press(key, from_leg=speaker.sid)
        else:
            super().overhear_key(speaker, key, shown)

    def overhear_words(self, speaker: Party, words: str, confidence: float) -> None:
        """What the caller has said is on the inbound track of the application."""
        if speaker is self.parent:
            self.finish_speaking(words, confidence)
        else:
            super().overhear_words(speaker, words, confidence)


def hand_over(dialing: Dialing, target: Target) -> Leg:
    """Begin to run the application that *target* names for the caller; returns its leg."""
    parent = dialing.leg
    settings = parent.world.account.voice_settings(target.asked["ApplicationSid"]) or {}
    asked = {**kept_of(settings), **target.asked}
    instructions = _instructions(settings, target.carried)
    leg = ApplicationLeg(parent.world, asked, instructions, "outbound-dial", parent, target.carried)
    parent.world.account.add(leg)
    parent.children.append(leg)
    leg.process.start(run_until_ended(leg, _life(leg, parent, dialing)))
    return leg


def _instructions(settings: Mapping[str, str], carried: Mapping[str, str]) -> Instructions:
    """What the application runs, told the custom parameters; nothing for one that does not exist or has no URL."""
    if not settings.get("VoiceUrl"):
        return Instructions()
    found = instructions_of(settings)
    parameters = {f"{_PREFIX}{name}": value for name, value in carried.items()}
    return replace(found, source=found.source and found.source.with_parameters(parameters))


def _life(leg: Leg, caller: Leg, dialing: Dialing) -> Process[str]:
    """Run the application's document; returns the final status."""
    leg.progress.dial()
    leg.record_event("dialing", leg.to)
    leg.report("initiated")
    if leg.instructions.source is None:
        sid = leg.parameters["ApplicationSid"]
        leg.record_event("failed", f"{sid} is no application of the account with a voice URL")
        return "failed"
    leg.set_status("ringing")
    return (yield from run_instructions(leg, _running(leg, caller, dialing)))


def _running(leg: Leg, caller: Leg, dialing: Dialing) -> Process[None]:
    dialing.pick_up(leg)
    leg.answer()
    bridge = dialing.connect(leg)
    leg.phone.listener = Relay(leg, caller, bridge)
    caller.application = leg
    try:
        yield from interpret(leg, leg.instructions)
    finally:
        caller.application = None
        bridge.close()


class Relay:
    """Lets *caller* hear what is said on *leg*, where an application runs, as long as *bridge* joins the two."""

    def __init__(self, leg: Leg, caller: Leg, bridge: Bridge) -> None:
        self._leg = leg
        self._caller = caller
        self._bridge = bridge

    def hear(self, speech: Speech, started: float) -> None:
        """Pass on *speech*."""
        if not self._bridge.is_open:
            return
        self._caller.record_event(
            "heard",
            f"{self._leg.far_end}: “{speech.text}”",
            seconds=round(speech.seconds, 3),
            speaker=self._leg.far_end,
            words=speech.text,
            sound="speech",
            from_leg=self._leg.sid,
        )
        self._caller.phone.listener.hear(speech, started)

    def hear_keys(self, keys: str, started: float) -> None:
        """Pass on the tones of *keys*."""
        if self._bridge.is_open:
            self._caller.phone.listener.hear_keys(keys, started)

    def hear_noise(self, seconds: float, started: float) -> None:
        """Pass on a sound without words."""
        if self._bridge.is_open:
            self._caller.phone.listener.hear_noise(seconds, started)

    def hear_beep(self, seconds: float, started: float) -> None:
        """Pass on a beep."""
        if self._bridge.is_open:
            self._caller.phone.listener.hear_beep(seconds, started)

    def hear_no_more(self, since: float) -> None:
        """Pass on that it was cut off."""
        self._caller.phone.listener.hear_no_more(since)
