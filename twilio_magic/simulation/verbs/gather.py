"""Gather: takes in keys, while it speaks and after. Source: Twilio's page "TwiML Voice: Gather"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .._verb import Verb, perform, performs

if TYPE_CHECKING:
    from .._clock import Process

_SPEECH = "speech"


@performs(
    "Gather",
    "action",
    "actionOnEmptyResult",
    "finishOnKey",
    "input",
    "method",
    "numDigits",
    "timeout",
)
def gather(verb: Verb) -> Process:
    """Collect keys until *numDigits*, *finishOnKey* or *timeout*; with keys, *action* takes over."""
    if _SPEECH in verb["input"]:
        verb.tell_once("not simulated", f'<Gather input="speech"> (line {verb.element.line})')
    verb.tell("gathering", _wanted(verb))
    with verb.leg.ear.listening():
        key = verb.leg.ear.next()
        for prompt in verb.element.children:
            yield from perform(replace(verb, element=prompt, stop=key))
        digits, finish = yield from _collect(verb, key)
    if not digits and not verb["actionOnEmptyResult"]:
        verb.tell("timed out" if finish is None else "gathered", "no keys")
        return None
    verb.tell("gathered", digits or "no keys", digits=digits)
    added = {"Digits": digits} | ({"FinishedOnKey": finish} if finish else {})
    return (yield from verb.leads_to(verb["action"] or "", "action", added))


def _collect(verb: Verb, key: Any) -> Process:
    """The keys pressed, and the finishing key if one ended them; *timeout* runs anew after each key."""
    digits = ""
    while True:
        yield key | verb.leg.world.clock.seconds(verb["timeout"])
        if not key.triggered:
            return digits, None
        if key.value == verb["finishOnKey"]:
            return digits, key.value
        digits += key.value
        if len(digits) == verb["numDigits"]:
            return digits, None
        key = verb.leg.ear.next()


def _wanted(verb: Verb) -> str:
    """What would end the Gather, in words."""
    count = verb["numDigits"]
    keys = "keys" if count is None else "1 key" if count == 1 else f"{count} keys"
    until = f", ended by {verb['finishOnKey']}" if verb["finishOnKey"] and count != 1 else ""
    return f"waits {verb['timeout']} s for {keys}{until}"
