"""Media streams of a call in the REST API. Source: Twilio's page "Stream resource"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..streams._settings import StreamSettings
from ..streams._stream import MediaStream
from ..streams._streams import begin_stream, what_speaks_against
from ..webhooks._target import WebhookTarget
from ._forks import add_fork_routes, read_custom_parameters, refuse_conflict

if TYPE_CHECKING:
    from flask import Flask

    from ..legs._leg import Leg


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of streams to *api*."""
    add_fork_routes(api, account, "Streams", MediaStream, _begin, MediaStream.stop)


def _begin(leg: Leg, asked: Mapping[str, str]) -> MediaStream:
    settings = _settings(asked)
    refuse_conflict(what_speaks_against(leg, settings), settings.name)
    return begin_stream(leg, settings)


def _settings(asked: Mapping[str, str]) -> StreamSettings:
    callback, method = asked.get("StatusCallback"), asked.get("StatusCallbackMethod", "POST")
    return StreamSettings(
        asked["Url"],
        asked.get("Name", ""),
        asked.get("Track", "inbound_track"),
        read_custom_parameters(asked),
        WebhookTarget(callback, method, "stream") if callback else None,
    )
