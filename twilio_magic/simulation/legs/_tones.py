"""Tones that Twilio sends, keys and beeps: how long they sound, and what the phone at the other end hears of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..audio._dtmf import BEEP_SECONDS, seconds_of
from ._speaking import Stop, wait

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ._leg import Leg


def send(leg: Leg, keys: str, why: str = "", stop: Stop = None) -> Process[bool]:
    """Press *keys* so that the far end hears them; returns whether it was stopped."""
    seconds = seconds_of(keys)
    leg.record_event("played", f"tones {keys}{why}", seconds=seconds, keys=keys)
    leg.listener.hear_keys(keys, leg.world.clock.now)
    return (yield from wait(leg, seconds, stop))


def beep(leg: Leg) -> Process[None]:
    """Let the far end hear a beep, and wait for its end."""
    sound_beep(leg)
    yield from wait(leg, BEEP_SECONDS)


def sound_beep(leg: Leg) -> None:
    """Let the far end hear a beep, from now on."""
    leg.record_event("played", "a beep", seconds=BEEP_SECONDS, beep=True)
    leg.listener.hear_beep(BEEP_SECONDS, leg.world.clock.now)
