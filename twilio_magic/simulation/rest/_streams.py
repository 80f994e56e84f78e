"""Media streams of a call in the REST API. Source: Twilio's page "Stream resource"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask import Flask, Response, jsonify

from ..streams._settings import StreamSettings
from ..streams._stream import MediaStream
from ..streams._streams import begin_stream, what_speaks_against
from ..webhooks._target import WebhookTarget
from ._forks import (
    find_running_call,
    find_running_fork,
    fork_to_json,
    read_custom_parameters,
    refuse_conflict,
)
from ._responses import read_form

if TYPE_CHECKING:
    from ..world._world import World


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of streams to *api*."""
    base = f"{account}/Calls/<call>/Streams"

    @api.post(f"{base}.json")
    def create_stream(world: World, call: str) -> Response:
        asked, leg = read_form("calls.streams.create"), find_running_call(world, call)
        settings = _settings(asked)
        refuse_conflict(what_speaks_against(leg, settings), settings.name)
        return jsonify(fork_to_json(world, begin_stream(leg, settings), "Streams"))

    @api.post(f"{base}/<sid>.json")
    def update_stream(world: World, call: str, sid: str) -> Response:
        read_form("calls.streams.update")
        stream = find_running_fork(world, MediaStream, call, sid)
        stream.stop()
        return jsonify(fork_to_json(world, stream, "Streams"))


def _settings(asked: Mapping[str, str]) -> StreamSettings:
    callback, method = asked.get("StatusCallback"), asked.get("StatusCallbackMethod", "POST")
    return StreamSettings(
        asked["Url"],
        asked.get("Name", ""),
        asked.get("Track", "inbound_track"),
        read_custom_parameters(asked),
        WebhookTarget(callback, method, "stream") if callback else None,
    )
