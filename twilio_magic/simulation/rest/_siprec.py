"""Copies of a call's sound for SIPREC servers in the REST API. Source: Twilio's page "Siprec subresource"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...twiml import vocabulary
from ..legs._siprec import SiprecSession, SiprecSettings
from ..webhooks._target import WebhookTarget
from ._forks import add_fork_routes, read_custom_parameters, refuse_conflict

if TYPE_CHECKING:
    from flask import Flask

    from ..legs._leg import Leg


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of Siprec to *api*."""
    add_fork_routes(api, account, "Siprec", SiprecSession, _begin, _end)


def _begin(leg: Leg, asked: Mapping[str, str]) -> SiprecSession:
    settings, sessions = _settings(asked), leg.recorder.siprecs
    refuse_conflict(sessions.find_conflict(settings), settings.name)
    return sessions.start(settings)


def _end(session: SiprecSession) -> None:
    session.leg.recorder.siprecs.stop(session)


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
