"""Live transcriptions of a call in the REST API. Source: Twilio's page "Transcription resource"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...twiml import to_value, vocabulary
from ..legs._live_transcription import LiveTranscription
from ..legs._transcription_settings import read_transcription_settings
from ..webhooks._target import WebhookTarget
from ._forks import add_fork_routes, refuse_conflict

if TYPE_CHECKING:
    from flask import Flask

    from ..legs._leg import Leg
    from ..legs._transcription_settings import TranscriptionSettings


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of live transcriptions to *api*."""
    add_fork_routes(api, account, "Transcriptions", LiveTranscription, _begin, _end)


def _begin(leg: Leg, asked: Mapping[str, str]) -> LiveTranscription:
    settings, transcriptions = _settings(asked), leg.recorder.transcriptions
    refuse_conflict(transcriptions.find_conflict(settings), settings.name)
    _record_unsupported(leg, asked)
    return transcriptions.start(settings)


def _end(transcription: LiveTranscription) -> None:
    transcription.leg.recorder.transcriptions.stop(transcription)


def _settings(asked: Mapping[str, str]) -> TranscriptionSettings:
    """The settings *asked* for: each parameter is called as the attribute that says the same."""
    rows = vocabulary().elements["Transcription"].attributes
    written = {name: asked[_parameter(name)] for name in rows if _parameter(name) in asked}

    def get(name: str) -> Any:
        return to_value(rows[name], written.get(name))

    url, method = written.get("statusCallbackUrl"), get("statusCallbackMethod")
    callback = WebhookTarget(url, method, "transcription") if url else None
    return read_transcription_settings(get, written, callback)


def _record_unsupported(leg: Leg, asked: Mapping[str, str]) -> None:
    """Record the parameters that change nothing: those whose attributes do not, and those of other products."""
    row = vocabulary().elements["Transcription"]
    known = {_parameter(name) for name in row.attributes if row.simulates(name)}
    for name in asked:
        if name not in known:
            leg.record_event("not simulated", f"the parameter {name}", parameter=name)


def _parameter(attribute: str) -> str:
    return attribute[0].upper() + attribute[1:]
