"""Gather: takes in keys or speech, while it speaks and after. Source: Twilio's page "TwiML Voice: Gather"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...twiml import vocabulary
from ..audio._ear import PhoneSound
from ..legs._process import DocumentFailed
from ..legs._recognition import recognize
from ..legs._verb import Verb, perform, performs
from .play import prefetch

if TYPE_CHECKING:
    from collections.abc import Mapping

    import simpy

    from ..clock._clock import Process
    from ..legs._page import Destination

_KEYS, _SPEECH = "dtmf", "speech"


@performs("Gather")
def gather(verb: Verb) -> Process[Destination | None]:
    """Take in keys until *numDigits*, *finishOnKey* or *timeout*, or one speech; with either, *action* takes over.

    Of keys and speech the first decides. It also cuts the prompts short; with bargeIn="false" speech does not, and
    what is said during the prompts is lost (guessed). All files are requested before the first plays. An unknown voice
    makes the document fail. Source: TwiML changelog, 2024-07-22.
    """
    prompts = verb.inside()
    for prompt in prompts:
        _prepare(prompt)
    keys, speech = _KEYS in verb["input"], _SPEECH in verb["input"]
    verb.record_event("gathering", _describe_input(verb), language=verb["language"])
    ear = verb.leg.ear
    with ear.listening(keys=keys, speech=speech and verb["bargeIn"] is not False):
        first = ear.next()
        for prompt in prompts:
            yield from perform(Verb(verb.leg, prompt.element, verb.page, first))
        ear.for_speech = speech
        result, finish = yield from _result(verb, first)
    if not any(result.values()) and not verb["actionOnEmptyResult"]:
        return None
    told = {**result, "FinishedOnKey": finish}
    return (yield from verb.leads_to(verb["action"] or "", "action", told))


def _prepare(prompt: Verb) -> None:
    """Request the file that *prompt* plays, or look for its voice; raises :class:`DocumentFailed`."""
    if prompt.element.name == "Play":
        prefetch(prompt)
    elif prompt.element.name == "Say":
        voice = prompt.element.attributes.get("voice")
        if voice is not None and voice not in vocabulary().voices:
            code = vocabulary().elements["Say"].attributes["voice"].codes["Gather"]
            prompt.record_event("failed", f"{code}: there is no voice {voice!r}", code=code)
            raise DocumentFailed(code)


def _result(verb: Verb, first: simpy.Event) -> Process[tuple[Mapping[str, str], str]]:
    """What *action* is told, all empty if nothing came; and the key that ended it, if one did."""
    yield first | verb.leg.clock.seconds(verb["timeout"])
    if first.triggered and isinstance(first.value, PhoneSound):
        return (yield from recognize(verb, first.value)), ""
    if first.triggered:
        verb.leg.ear.for_speech = False
        return (yield from _keys(verb, first))
    missing = {_KEYS: "no keys", _SPEECH: "no words"}
    verb.record_event("timed out", " and ".join(missing[kind] for kind in verb["input"]))
    names = {_KEYS: "Digits", _SPEECH: "SpeechResult"}
    return {names[kind]: "" for kind in verb["input"]}, ""


def _keys(verb: Verb, key: simpy.Event) -> Process[tuple[Mapping[str, str], str]]:
    """The keys pressed, and the one that finished; *timeout* runs anew after each."""
    digits, finish = "", ""
    while key.triggered:
        pressed = str(key.value)
        if pressed == verb["finishOnKey"]:
            finish = pressed
            break
        digits += pressed
        if len(digits) == verb["numDigits"]:
            break
        key = verb.leg.ear.next()
        yield key | verb.leg.clock.seconds(verb["timeout"])
    verb.record_event("gathered", digits or "no keys", digits=digits)
    return {"Digits": digits}, finish


def _describe_input(verb: Verb) -> str:
    """What would end the Gather, in words."""
    described = {_KEYS: _describe_keys(verb), _SPEECH: "words"}
    return f"waits {verb['timeout']} s for {' or '.join(described[kind] for kind in verb['input'])}"


def _describe_keys(verb: Verb) -> str:
    count = verb["numDigits"]
    keys = "keys" if count is None else "1 key" if count == 1 else f"{count} keys"
    until = f", ended by {verb['finishOnKey']}" if verb["finishOnKey"] and count != 1 else ""
    return f"{keys}{until}"
