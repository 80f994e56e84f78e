"""The settings of a ConversationRelay session: attributes of the noun, which messages may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ._spec import relay_spec

if TYPE_CHECKING:
    from ..legs._verb import Verb

#: What true and false mean where inputs are named.
_INPUTS = {"true": "any", "false": "none"}


@dataclass(frozen=True, slots=True)
class RelaySettings:
    """What a session does. *interruptible*, *greeting_interruptible* and *reported* name inputs: ``none``, ``dtmf``,
    ``speech``, ``any``. *speech_timeout* is in seconds, ``None`` for ``auto``. *voices* are those of languages.
    """

    url: str
    greeting: str
    greeting_interruptible: str
    interruptible: str
    reported: str
    preemptible: bool
    keys: bool
    partials: bool
    events: frozenset[str]
    speech_timeout: float | None
    ignores_backchannel: bool
    sensitivity: str
    language: str
    prompt_language: str
    model: str
    voice: str | None
    voices: Mapping[str, str | None]

    def voice_of(self, language: str) -> str | None:
        """The voice for *language*."""
        return self.voices.get(language) or self.voice

    @property
    def told_language(self) -> str:
        """The language as prompts name it: that of the transcription, and bare with Deepgram's flux."""
        language = self.prompt_language
        is_bare = self.model.startswith(relay_spec().models_of_bare_languages)
        return language.partition("-")[0] if is_bare else language

    def changed_by(self, message: Mapping[str, Any]) -> RelaySettings:
        """The settings after a ``language`` message."""
        return replace(
            self,
            language=message.get("ttsLanguage") or self.language,
            prompt_language=message.get("transcriptionLanguage") or self.prompt_language,
        )


def read_settings(noun: Verb) -> RelaySettings:
    """The settings that the attributes of *noun*, a ``<ConversationRelay>``, say."""
    language, timeout = noun["language"], noun["speechTimeout"]
    return RelaySettings(
        url=noun["url"] or "",
        greeting=noun["welcomeGreeting"] or "",
        greeting_interruptible=_inputs(noun["welcomeGreetingInterruptible"]),
        interruptible=_inputs(noun["interruptible"]),
        reported=_inputs(noun["reportInputDuringAgentSpeech"]),
        preemptible=bool(noun["preemptible"]),
        keys=bool(noun["dtmfDetection"]),
        partials=bool(noun["partialPrompts"]),
        events=frozenset([*(noun["events"] or ()), *(noun["debug"] or ())]),
        speech_timeout=None if timeout in (None, "auto") else float(timeout) / 1000,
        ignores_backchannel=bool(noun["ignoreBackchannel"]),
        sensitivity=noun["interruptSensitivity"],
        language=noun["ttsLanguage"] or language,
        prompt_language=noun["transcriptionLanguage"] or language,
        model=noun["speechModel"] or "",
        voice=noun["voice"],
        voices={
            each["code"]: each["voice"] for each in noun.inside() if each.element.name == "Language"
        },
    )


def allows(inputs: str, kind: str) -> bool:
    """Whether *kind* of input, ``dtmf`` or ``speech``, is among *inputs*."""
    return inputs in ("any", kind)


def _inputs(value: Any) -> str:
    text = str(value)
    return _INPUTS.get(text.lower(), text)
