"""The caller as an agent hears it: speech becomes prompts, which may interrupt, and keys become digits."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Protocol

from ...records import dataclass
from ._settings import allows
from ._spec import relay_spec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..audio._ear import PhoneSound
    from ..clock._clock import Clock
    from ._agenda import Agenda, Appointment
    from ._settings import RelaySettings


class Conversation(Protocol):
    """What the caller's input does in a session."""

    @property
    def settings(self) -> RelaySettings:
        """The settings as they are now."""

    @property
    def is_agent_speaking(self) -> bool:
        """Whether the caller hears the agent now."""

    def tell(self, message: Mapping[str, object]) -> None:
        """Send *message* to the application."""

    def inform(self, subscription: str, name: str, value: str) -> None:
        """Send an ``info`` message, if the session subscribes to it."""

    def interrupt(self, by: str) -> bool:
        """Let speech or a key interrupt the agent; returns whether it does."""

    def await_answer(self, prompt: str, since: float) -> None:
        """A turn begins: the caller has stopped speaking at the moment *since*."""


@dataclass
class _Utterance:
    """What the caller says, in one or several *sounds*, until it is final.

    *is_drowned* says that the agent spoke until the caller had finished.
    """

    is_drowned: bool = False
    sounds: list[PhoneSound] = field(default_factory=list)
    has_interrupted: bool = False
    told: str = ""

    @property
    def end(self) -> float:
        return self.sounds[-1].end

    @property
    def words(self) -> str:
        return " ".join(sound.speech.text for sound in self.sounds)

    def words_until(self, moment: float) -> str:
        return " ".join(
            word.text
            for sound in self.sounds
            for word in sound.speech.words
            if sound.started + word.end <= moment + 0.001
        )


class CallerInput:
    """Tells *conversation* what the caller says and presses."""

    def __init__(self, conversation: Conversation, agenda: Agenda, clock: Clock) -> None:
        self._conversation = conversation
        self._agenda = agenda
        self._clock = clock
        self._utterance: _Utterance | None = None
        self._final: Appointment | None = None

    def take(self, heard: str | PhoneSound | None) -> None:
        """Take in what was *heard* of the caller: a key, as a text, or a sound."""
        if isinstance(heard, str):
            self.press(heard)
        elif heard is not None:
            self.hear(heard)

    def press(self, key: str) -> None:
        """The caller presses *key*. The application is told before the agent is interrupted."""
        settings, talk = self._conversation.settings, self._conversation
        is_heard = not talk.is_agent_speaking or allows(settings.reported, "dtmf")
        if settings.keys and (is_heard or allows(settings.interruptible, "dtmf")):
            talk.tell({"type": "dtmf", "digit": key})
        talk.interrupt("dtmf")

    def hear(self, sound: PhoneSound) -> None:
        """The caller begins to speak, or goes on before the prompt is final."""
        timing = relay_spec().timing
        if self._utterance is None:
            utterance = self._utterance = _Utterance()
            self._agenda.after(timing.speech_noticed, self._notice)
            self._agenda.after(timing.first_partial, lambda: self._tell_partial(utterance))
        utterance = self._utterance
        utterance.sounds.append(sound)
        self._agenda.after(timing.interrupt, lambda: self._interrupt(utterance))
        self._agenda.at(sound.end, lambda: self._stop_speaking(utterance))
        if self._final is not None:
            self._final.cancel()
        patience = self._conversation.settings.speech_timeout
        behind = timing.final if patience is None else patience
        self._final = self._agenda.at(sound.end + behind, lambda: self._finish(utterance))

    def hear_agent(self) -> None:
        """The agent begins to sound. A caller who goes on speaking over it interrupts it."""
        utterance, interrupt = self._utterance, relay_spec().timing.interrupt
        if utterance is not None and self._clock.now < utterance.end:
            self._agenda.after(interrupt, lambda: self._speak_over(utterance))

    def leave(self) -> None:
        """The caller is gone: what was said and is not final yet is told, if the settings want it."""
        utterance = self._utterance
        if utterance is None or not self._conversation.settings.tells_unfinished:
            return
        words = utterance.words_until(self._clock.now - relay_spec().timing.speech_noticed)
        if words:
            self._tell(words, is_last=True)

    def _speak_over(self, utterance: _Utterance) -> None:
        if self._clock.now < utterance.end:
            self._interrupt(utterance)

    def _notice(self) -> None:
        self._conversation.inform("speaker-events", "clientSpeaking", "on")

    def _stop_speaking(self, utterance: _Utterance) -> None:
        utterance.is_drowned = self._conversation.is_agent_speaking

    def _interrupt(self, utterance: _Utterance) -> None:
        talk, words = self._conversation, utterance.words
        if talk.settings.ignores_backchannel and _is_backchannel(words):
            return
        if len(words) < relay_spec().interrupt_characters[talk.settings.sensitivity]:
            return
        if talk.interrupt("speech"):
            utterance.has_interrupted = True

    def _tell_partial(self, utterance: _Utterance) -> None:
        """Tell the whole text so far, again and again while the caller speaks."""
        if self._utterance is not utterance:
            return
        timing, talk = relay_spec().timing, self._conversation
        words = utterance.words_until(self._clock.now - timing.speech_noticed)
        if (
            self._clock.now >= utterance.end
        ):  # the ends of words are not rounded as that of their sound
            words = utterance.words
        if not talk.settings.partials:
            return
        over_agent = talk.is_agent_speaking
        if words != utterance.told and self._is_reported(utterance, over_agent=over_agent):
            utterance.told = words
            self._tell(words, is_last=False)
        if utterance.told != utterance.words:
            self._agenda.after(timing.next_partial, lambda: self._tell_partial(utterance))

    def _finish(self, utterance: _Utterance) -> None:
        """The caller has been silent for long enough: the prompt is final."""
        self._utterance = self._final = None
        talk, words = self._conversation, utterance.words
        talk.inform("speaker-events", "clientSpeaking", "off")
        if not words or not self._is_reported(utterance, over_agent=utterance.is_drowned):
            return
        talk.await_answer(words, utterance.end)
        self._tell(words, is_last=True)

    def _tell(self, words: str, *, is_last: bool) -> None:
        language = self._conversation.settings.told_language
        message = {"type": "prompt", "voicePrompt": words, "lang": language, "last": is_last}
        self._conversation.tell(message)

    def _is_reported(self, utterance: _Utterance, *, over_agent: bool) -> bool:
        """Whether the application is told of what was said, or *over_agent*: not without an interrupt or its wish."""
        settings = self._conversation.settings
        is_free = not over_agent or utterance.has_interrupted
        return is_free or allows(settings.reported, "speech")


def _is_backchannel(words: str) -> bool:
    return words.strip(" .,!?").lower() in relay_spec().backchannel
