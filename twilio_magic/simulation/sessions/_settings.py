"""The settings of a ConversationRelay session: attributes of the noun, which messages may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..legs._verb import Verb

_FLUX = "flux"
#: What true and false mean where inputs are named.
_INPUTS = {"true": "any", "false": "none"}


@dataclass(frozen=True, slots=True)
class RelaySettings:
    """What a session does. *interruptible*, *greeting_interruptible* and *reported* name inputs: ``none``, ``dtmf``,
    ``speech``, ``any``. *speech_timeout* is in seconds, ``None`` for ``auto``. *voices* are those of languages.
    """

    url: str
    greeting: str = ""
    greeting_interruptible: str = "any"
    interruptible: str = "any"
    reported: str = "none"
    preemptible: bool = False
    keys: bool = False
    partials: bool = False
    events: frozenset[str] = frozenset()
    speech_timeout: float | None = None
    ignores_backchannel: bool = False
    sensitivity: str = "high"
    language: str = "en-US"
    prompt_language: str = "en-US"
    model: str = ""
    voice: str | None = None
    voices: Mapping[str, str | None] | None = None

    def voice_of(self, language: str) -> str | None:
        """The voice for *language*."""
        return (self.voices or {}).get(language) or self.voice

    @property
    def told_language(self) -> str:
        """The language as prompts name it: that of the transcription, and bare with Deepgram's flux."""
        language = self.prompt_language
        return language.partition("-")[0] if self.model.startswith(_FLUX) else language

    def changed_by(self, message: Mapping[str, Any]) -> RelaySettings:
        """The settings after a ``language`` message."""
        return replace(
            self,
            language=message.get("ttsLanguage") or self.language,
            prompt_language=message.get("transcriptionLanguage") or self.prompt_language,
        )


def read_settings(noun: Verb) -> RelaySettings:
    """The settings that the attributes of *noun*, a ``<ConversationRelay>``, say."""
    language, timeout = noun["language"] or "en-US", noun["speechTimeout"]
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
