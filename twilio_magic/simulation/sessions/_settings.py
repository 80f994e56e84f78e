"""The settings of a ConversationRelay session: attributes of the noun, which messages may change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...records import dataclass
from ...twiml import accepts, check, to_value, vocabulary
from ._spec import relay_spec

if TYPE_CHECKING:
    from ...twiml import Problem
    from ..legs._verb import Verb

#: What true and false mean where inputs are named.
_INPUTS = {"true": "any", "false": "none"}


@dataclass(frozen=True, slots=True)
class RelaySettings:
    """What a session does. *interruptible*, *greeting_interruptible* and *reported* name inputs: ``none``, ``dtmf``,
    ``speech``, ``any``. *speech_timeout* is in seconds, ``None`` for ``auto``. *voices* and *models* are those of
    languages.
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
    tells_unfinished: bool
    reconnects: bool
    language: str
    prompt_language: str
    model: str
    voice: str | None
    voices: Mapping[str, str | None]
    models: Mapping[str, str | None]

    def voice_of(self, language: str) -> str | None:
        """The voice for *language*."""
        return self.voices.get(language) or self.voice

    @property
    def told_language(self) -> str:
        """The language as prompts name it: that of the transcription, and bare with Deepgram's flux."""
        language = self.prompt_language
        model = self.models.get(language) or self.model
        is_bare = model.startswith(relay_spec().models_of_bare_languages)
        return language.partition("-")[0] if is_bare else language

    def changed_by(self, message: Mapping[str, Any]) -> RelaySettings:
        """The settings after a ``language`` message."""
        return replace(
            self,
            language=message.get("ttsLanguage") or self.language,
            prompt_language=message.get("transcriptionLanguage") or self.prompt_language,
        )

    def with_values(self, values: Mapping[str, Any]) -> RelaySettings:
        """The settings after a ``config`` message: *values* are typed, by the names of their attributes."""
        return replace(self, **_read_changeable({**values}))


def read_settings(noun: Verb) -> RelaySettings:
    """The settings that the attributes of *noun*, a ``<ConversationRelay>``, say."""
    language = noun["language"]
    languages = [each for each in noun.inside() if each.element.name == "Language"]
    return RelaySettings(
        url=noun["url"] or "",
        greeting=noun["welcomeGreeting"] or "",
        greeting_interruptible=_inputs(_value(noun, "welcomeGreetingInterruptible")),
        events=frozenset([*(noun["events"] or ()), *(noun["debug"] or ())]),
        tells_unfinished=bool(noun["partialPromptOnHangup"]),
        reconnects=bool(noun["applicationReconnect"]),
        language=noun["ttsLanguage"] or language,
        prompt_language=noun["transcriptionLanguage"] or language,
        model=noun["speechModel"] or "",
        voice=noun["voice"],
        voices={each["code"]: each["voice"] for each in languages},
        models={each["code"]: each["speechModel"] for each in languages},
        **_read_changeable({name: _value(noun, name) for name in _CHANGEABLE}),
    )


def find_wrong_value(noun: Verb) -> Problem | None:
    """The first attribute of *noun*, or of an element in it, with which Twilio opens no session."""
    text, (_, end) = noun.page.document.text, noun.element.extent
    first = (noun.element.line, noun.element.column)
    last = (text.count("\n", 0, end) + 1, end - text.rfind("\n", 0, end))
    codes = {noun.code("value"), noun.code("provider"), noun.code("voice")}
    problems = check(noun.page.document, inline=noun.page.source is None)
    return next(
        (
            each
            for each in problems
            if each.level == "error"
            and each.code in codes
            and first <= (each.line, each.column) <= last
            and not _differs_in_case(noun, each)
        ),
        None,
    )


def _differs_in_case(noun: Verb, problem: Problem) -> bool:
    """Whether the value that is the *problem* is wrong for its capital letters alone."""
    name = problem.attribute or ""
    return problem.element == noun.element.name and _lower(noun, name) is not None


def _lower(noun: Verb, name: str) -> str | None:
    """The value of the attribute *name* in lower case, if it is accepted so and not as it is written."""
    raw = noun.element.attributes.get(name)
    row = vocabulary().elements[noun.element.name].attributes.get(name)
    if raw is None or row is None or accepts(row)(raw) or not accepts(row)(raw.lower()):
        return None
    return raw.lower()


def _value(noun: Verb, name: str) -> Any:
    """The value of the attribute *name*. Whether letters are capital is not looked at (an assumption)."""
    lower = _lower(noun, name)
    if lower is None:
        return noun[name]
    return to_value(vocabulary().elements[noun.element.name].attributes[name], lower)


def allows(inputs: str, kind: str) -> bool:
    """Whether *kind* of input, ``dtmf`` or ``speech``, is among *inputs*."""
    return inputs in ("any", kind)


def _inputs(value: Any) -> str:
    text = str(value)
    return _INPUTS.get(text.lower(), text)


def _seconds(milliseconds: Any) -> float | None:
    return None if milliseconds in (None, "auto") else float(milliseconds) / 1000


#: What may change during a session: the setting and what its value is made with, by the attribute.
_CHANGEABLE: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "interruptible": ("interruptible", _inputs),
    "preemptible": ("preemptible", bool),
    "dtmfDetection": ("keys", bool),
    "reportInputDuringAgentSpeech": ("reported", _inputs),
    "partialPrompts": ("partials", bool),
    "speechTimeout": ("speech_timeout", _seconds),
    "interruptSensitivity": ("sensitivity", str),
    "ignoreBackchannel": ("ignores_backchannel", bool),
}


def _read_changeable(values: Mapping[str, Any]) -> dict[str, Any]:
    return {_CHANGEABLE[name][0]: _CHANGEABLE[name][1](value) for name, value in values.items()}
