"""Speech as Twilio understands it: the words of a phone's script, with the confidence that it gives.

Source: Twilio's page "TwiML Voice: Gather" (speechTimeout, partialResultCallback, profanityFilter, hints).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...records import dataclass
from ...twiml import vocabulary
from ._callbacks import report
from ._speaking import wait
from ._spelling import mask_profanity, spell_as_hinted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..audio._ear import PhoneSound
    from ..clock._clock import Process
    from ..webhooks._target import WebhookTarget
    from ._verb import Verb

_AUTO_SECONDS = 1.0  # the pause that ends speech with speechTimeout="auto" (assumed)
_PARTIAL_SECONDS = 1.0  # between partial results (assumed)


def recognize(verb: Verb, first: PhoneSound) -> Process[Mapping[str, str]]:
    """The action's parameters for the speech that begins with *first*: SpeechResult and Confidence.

    It ends after the silence of *speechTimeout*, or after *maxSpeechTime*; keys pressed meanwhile are lost.
    """
    ear, clock = verb.leg.ear, verb.leg.clock
    ear.for_keys = False
    limit = first.started + float(verb["maxSpeechTime"] or _longest())
    speech = _Speech(verb, limit)
    sound: PhoneSound | None = first
    while sound is not None:
        yield from speech.take(sound)
        following = ear.next()
        rest = round(min(_patience(verb), limit - clock.now), 3)
        yield following | clock.seconds(max(rest, 0))
        sound = following.value if following.triggered and rest > 0 else None
    words, confidence = speech.words(clock.now), speech.confidence
    verb.record_event("gathered", f"“{words}” (confidence {confidence:g})", speech=words)
    return {"SpeechResult": words, "Confidence": str(confidence)} if words else {"SpeechResult": ""}


@dataclass
class _Speech:
    """The speech up to the moment *limit*, in one or several pieces."""

    verb: Verb
    limit: float

    def __post_init__(self) -> None:
        self._sounds: list[PhoneSound] = []
        self._told = ""
        self._reports = 0
        url, method = self.verb["partialResultCallback"], self.verb["partialResultCallbackMethod"]
        self._callback = self.verb.callback(url, method, "partial result")

    def take(self, sound: PhoneSound) -> Process[None]:
        """Listen to *sound* until it ends, or the time for speech is over."""
        self._sounds.append(sound)
        leg = self.verb.leg
        while (rest := round(min(sound.end, self.limit) - leg.clock.now, 3)) > 0:
            yield from wait(leg, min(rest, _PARTIAL_SECONDS) if self._callback else rest)
            if self._callback:
                self._report(self._callback)

    def words(self, until: float) -> str:
        """The words that were heard in full until then."""
        heard = " ".join(
            word.text
            for sound in self._sounds
            for word in sound.speech.words
            if sound.started + word.end <= min(until, self.limit) + 0.001
        )
        spelled = spell_as_hinted(heard, self.verb["hints"])
        return mask_profanity(spelled) if self.verb["profanityFilter"] else spelled

    @property
    def confidence(self) -> float:
        """The mean of what the script gives for each piece."""
        each = [sound.confidence for sound in self._sounds]
        return round(sum(each) / len(each), 4)

    def _report(self, callback: WebhookTarget) -> None:
        """Report the partial result: words that were reported before count as stable."""
        words = self.words(self.verb.leg.clock.now)
        partial = {
            "StableSpeechResult": self._told,
            "UnstableSpeechResult": words[len(self._told) :].strip(),
            "SequenceNumber": str(self._reports),
        }
        self._told, self._reports = words, self._reports + 1
        leg = self.verb.leg
        report(leg, callback.purpose, callback.url, callback.method, partial, bare=False)


def _patience(verb: Verb) -> float:
    """The seconds of silence that end a speech."""
    timeout = verb["speechTimeout"]
    return _AUTO_SECONDS if timeout == "auto" else float(timeout or verb["timeout"])


def _longest() -> float:
    return float(vocabulary().elements["Gather"].limits["speech_seconds"])
