"""Transcription, inside Start and Stop: writes the call down while it goes on.

Source: Twilio's page "TwiML Voice: Transcription".
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from ..legs._live_transcription import LiveTranscription
from ..legs._spelling import drop_punctuation, mask_profanity, spell_as_hinted
from ..legs._verb import Verb, performs

if TYPE_CHECKING:
    from ..clock._clock import Process

#: The attributes that are for the provider.
_PROVIDER = ("profanityFilter", "speechModel", "enableAutomaticPunctuation", "hints")


@performs("Transcription")
def transcription(verb: Verb) -> Process[None]:
    """Begin to write the call down, or inside Stop, end the transcription with this *name*."""
    act = _stop if verb.is_inside("Stop") else _start
    act(verb)
    yield from ()  # it takes no time


def _start(verb: Verb) -> None:
    if not _is_possible(verb):
        return
    described = {
        "LanguageCode": verb["languageCode"],
        "TranscriptionEngine": verb["transcriptionEngine"],
        "ProviderConfiguration": json.dumps(_provider_configuration(verb), ensure_ascii=False),
        "Name": verb["name"] or "",
        "Track": verb["track"],
        "InboundTrackLabel": verb["inboundTrackLabel"] or "",
        "OutboundTrackLabel": verb["outboundTrackLabel"] or "",
        "PartialResults": "false",
    }
    callback = verb.callback_in("statusCallbackUrl", "statusCallbackMethod", "transcription")
    made = LiveTranscription(verb.leg, described, callback, partial(_spell, verb))
    verb.leg.recorder.transcriptions.append(made)


def _is_possible(verb: Verb) -> bool:
    """Whether the transcription can be made; what speaks against it is told, and the call goes on."""
    engine = verb.element.attributes.get("transcriptionEngine")
    used = verb["transcriptionEngine"]  # instead of one that there is not: the default
    if engine is not None and engine.casefold() != used.casefold():
        text = f"there is no transcriptionEngine {engine!r}: nothing is transcribed"
        verb.fail("configuration", text)
        return False
    most = verb.element.row.limits["forked_streams_per_call"] if verb.element.row else 0
    if len(verb.leg.recorder.transcriptions) >= most:
        verb.record_event(
            "failed", f"{most} transcriptions of the call run already: this one is not made"
        )
        return False
    return True


def _provider_configuration(verb: Verb) -> dict[str, str]:
    """What the provider is told, each value as an attribute would be written."""
    given = {name: verb[name] for name in _PROVIDER}
    return {
        name: str(value).lower() if isinstance(value, bool) else value
        for name, value in given.items()
        if value is not None
    }


def _spell(verb: Verb, words: str) -> str:
    written = spell_as_hinted(words, verb["hints"])
    if verb["profanityFilter"]:
        written = mask_profanity(written)
    return written if verb["enableAutomaticPunctuation"] else drop_punctuation(written)


def _stop(verb: Verb) -> None:
    name = verb["name"] or ""
    found = [each for each in verb.leg.recorder.transcriptions if name and each.name == name]
    for each in found:
        each.stop()
    if not found:
        verb.record_event("warned", f"no transcription called {name!r} runs: nothing to stop")
