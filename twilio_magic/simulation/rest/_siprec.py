"""Copies of a call's sound for SIPREC servers in the REST API. Source: Twilio's page "Siprec subresource"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask import Flask, Response, jsonify

from ...twiml import vocabulary
from ..legs._siprec import SiprecSession, SiprecSettings
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

_COLLECTION = "Siprec"


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of Siprec to *api*."""
    base = f"{account}/Calls/<call>/{_COLLECTION}"

    @api.post(f"{base}.json")
    def create_siprec(world: World, call: str) -> Response:
        asked, leg = read_form("calls.siprec.create"), find_running_call(world, call)
        settings = _settings(asked)
        refuse_conflict(leg.recorder.siprecs.find_conflict(settings), settings.name)
        made = leg.recorder.siprecs.start(settings)
        return jsonify(fork_to_json(world, made, _COLLECTION))

    @api.post(f"{base}/<sid>.json")
    def update_siprec(world: World, call: str, sid: str) -> Response:
        read_form("calls.siprec.update")
        found = find_running_fork(world, SiprecSession, call, sid)
        found.leg.recorder.siprecs.stop(found)
        return jsonify(fork_to_json(world, found, _COLLECTION))


def _settings(asked: Mapping[str, str]) -> SiprecSettings:
    rows = vocabulary().elements["Siprec"].attributes
    url = asked.get("StatusCallback")
    method = asked.get("StatusCallbackMethod", str(rows["statusCallbackMethod"].default))
    return SiprecSettings(
        name=asked.get("Name", ""),
        connector=asked.get("ConnectorName", ""),
        track=asked.get("Track", str(rows["track"].default)),
        parameters=read_custom_parameters(asked),
        callback=WebhookTarget(url, method, "siprec") if url else None,
    )
