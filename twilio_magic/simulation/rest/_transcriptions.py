"""Transcriptions in the REST API, of the account and of a recording.

Source: Twilio's page "Recording Transcription resource".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify

from ...api import API_VERSION
from ..recordings._recording import Recording
from ..recordings._transcription import Transcription
from ._paging import paginate
from ._parameters import format_date
from ._responses import find_resource, not_found, read_query

if TYPE_CHECKING:
    from ..world._world import World


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of transcriptions to *api*."""
    _add_account_routes(api, f"{account}/Transcriptions")
    _add_recording_routes(api, f"{account}/Recordings/<recording>/Transcriptions")


def _add_account_routes(api: Flask, base: str) -> None:
    @api.get(f"{base}.json")
    def list_transcriptions(world: World) -> Response:
        read_query("transcriptions.list")
        return _list(world, iter)

    @api.get(f"{base}/<sid>.json")
    def fetch_transcription(world: World, sid: str) -> Response:
        return jsonify(_to_json(world, find_resource(world, Transcription, sid)))

    @api.delete(f"{base}/<sid>.json")
    def delete_transcription(world: World, sid: str) -> tuple[str, int]:
        world.account.remove(find_resource(world, Transcription, sid))
        return "", 204


def _add_recording_routes(api: Flask, base: str) -> None:
    def find(world: World, recording: str, sid: str) -> Transcription:
        find_resource(world, Recording, recording)
        found = find_resource(world, Transcription, sid)
        if found.recording.sid != recording:
            raise not_found()
        return found

    @api.get(f"{base}.json")
    def list_transcriptions_of_recording(world: World, recording: str) -> Response:
        read_query("recordings.transcriptions.list")
        find_resource(world, Recording, recording)
        return _list(world, lambda rows: (row for row in rows if row.recording.sid == recording))

    @api.get(f"{base}/<sid>.json")
    def fetch_transcription_of_recording(world: World, recording: str, sid: str) -> Response:
        return jsonify(_to_json(world, find(world, recording, sid)))

    @api.delete(f"{base}/<sid>.json")
    def delete_transcription_of_recording(
        world: World, recording: str, sid: str
    ) -> tuple[str, int]:
        world.account.remove(find(world, recording, sid))
        return "", 204


def _list(
    world: World, keep: Callable[[Iterable[Transcription]], Iterable[Transcription]]
) -> Response:
    return paginate(
        "transcriptions",
        world.account.resources(Transcription).newest_first(),
        lambda row: _to_json(world, row),
        keep,
    )


def _to_json(world: World, each: Transcription) -> dict[str, Any]:
    """The Transcription resource as JSON; its path is that below the account."""
    moment = format_date(world.clock, each.created)
    return {
        "sid": each.sid,
        "account_sid": world.account.sid,
        "api_version": API_VERSION,
        "date_created": moment,
        "date_updated": moment,
        "duration": str(each.recording.duration),
        "price": None,
        "price_unit": "USD",
        "recording_sid": each.recording.sid,
        "status": each.status,
        "transcription_text": each.text,
        "type": "fast",
        "uri": f"/{API_VERSION}/Accounts/{world.account.sid}/Transcriptions/{each.sid}.json",
    }
