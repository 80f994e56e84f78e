"""Rules for the speech providers of a ConversationRelay: models, languages and voices that the chosen one lacks."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ..language._vocabulary import vocabulary

if TYPE_CHECKING:
    from ..language._nodes import Node
    from ..language._rows import ElementRow
    from ._report import Report

# How voices of Say begin; those of a relay are written without it.
_POLLY = "Polly."
_GOOGLE = "Google."


def check_providers(node: Node, row: ElementRow, _parent: str, report: Report) -> None:
    """Report what the providers of a ConversationRelay, or of one of its languages, do not have."""
    _check_recognition(node, row, report)
    voice = node.get("voice")
    speaker = _find_speaker(voice) if voice else None
    if voice and speaker:
        _check_voice(node, row, voice, speaker, report)


def _check_recognition(node: Node, row: ElementRow, report: Report) -> None:
    """Report a model or a language that the provider of the transcription does not have (64106)."""
    code = row.codes["provider"]
    provider = _find_provider(node, row)
    model = node.get("speechModel") or ""
    facts = vocabulary().document
    for other, prefixes in facts["speech_models"].items():
        if provider and other != provider and model.startswith(tuple(prefixes)):
            message = f'speechModel="{model}" is one of {other.title()}, not of {provider.title()}'
            report.add(node, code, "provider", message, attribute="speechModel")
    multi = facts["multilingual"]
    names = ("transcriptionLanguage", "language", "code")
    name = next((name for name in names if node.get(name) == multi["language"]), None)
    if name is not None and provider not in {None, multi["provider"].lower()}:
        message = f'{name}="{multi["language"]}" needs transcriptionProvider="{multi["provider"]}"'
        report.add(node, code, "provider", message, attribute=name)


def _find_provider(node: Node, row: ElementRow) -> str | None:
    """Find the provider of the transcription, None where it is inherited."""
    name = "transcriptionProvider"
    provider = node.get(name) or row.attributes[name].default
    return None if provider is None else str(provider).lower()


def _check_voice(node: Node, row: ElementRow, voice: str, speaker: str, report: Report) -> None:
    """Report a voice that is not one of the provider that speaks (64101)."""
    chosen = _inherit(node, "ttsProvider")
    default = vocabulary().elements["ConversationRelay"].attributes["ttsProvider"].default
    if (chosen or str(default)).casefold() == speaker.casefold():
        return
    hint = f'write ttsProvider="{speaker}", or choose another voice'
    if chosen is None:
        message = f'voice="{voice}" is one of {speaker}, and without ttsProvider {default} speaks'
        report.add(node, None, "relay-voice", message, attribute="voice", hint=hint)
        return
    message = f'voice="{voice}" is one of {speaker}, not of {chosen}'
    report.add(node, row.codes["voice"], "relay-voice", message, attribute="voice", hint=hint)


def _inherit(node: Node, name: str) -> str | None:
    """Look an attribute up on *node*, else on the elements around it."""
    around = (element.get(name) for element in (node, *node.iterancestors()))
    return next((value for value in around if value is not None), None)


def _find_speaker(voice: str) -> str | None:
    """Find the provider that *voice* is plainly one of; None where its name does not tell."""
    bare = voice.removeprefix(_POLLY).removeprefix(_GOOGLE)
    if _POLLY + bare in vocabulary().voices:
        return "Amazon"
    return next((name for name, known in _voices().items() if known.fullmatch(bare)), None)


@cache
def _voices() -> dict[str, re.Pattern[str]]:
    written: dict[str, str] = vocabulary().document["relay_voices"]
    return {provider: re.compile(pattern) for provider, pattern in written.items()}
