"""Live transcriptions of a call in the REST API. Source: Twilio's page "Transcription resource"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify

from ...twiml import to_value, vocabulary
from ..legs._live_transcription import LiveTranscription
from ..legs._transcription_settings import read_transcription_settings
from ..webhooks._target import WebhookTarget
from ._forks import find_running_call, find_running_fork, fork_to_json, refuse_conflict
from ._responses import read_form

if TYPE_CHECKING:
    from ..legs._leg import Leg
    from ..legs._transcription_settings import TranscriptionSettings
    from ..world._world import World

_COLLECTION = "Transcriptions"


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of live transcriptions to *api*."""
    base = f"{account}/Calls/<call>/{_COLLECTION}"

    @api.post(f"{base}.json")
    def create_live_transcription(world: World, call: str) -> Response:
        asked, leg = read_form("calls.transcriptions.create"), find_running_call(world, call)
        settings = _settings(asked)
        refuse_conflict(leg.recorder.transcriptions.find_conflict(settings), settings.name)
        _record_unsupported(leg, asked)
        made = leg.recorder.transcriptions.start(settings)
        return jsonify(fork_to_json(world, made, _COLLECTION))

    @api.post(f"{base}/<sid>.json")
    def update_live_transcription(world: World, call: str, sid: str) -> Response:
        read_form("calls.transcriptions.update")
        found = find_running_fork(world, LiveTranscription, call, sid)
        found.leg.recorder.transcriptions.stop(found)
        return jsonify(fork_to_json(world, found, _COLLECTION))


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
