"""Recordings in the REST API: of a call, of a conference and of the account, with their media.

Source: Twilio's page "Recording resource".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify, request

from ...api import API_VERSION, operation
from ..recordings._recording import Origin, Recording, Settings
from ._calls import find_call
from ._conferences import find_conference
from ._responses import (
    Refusal,
    filter_rows,
    find_resource,
    format_date,
    not_found,
    paginate,
    parse_form,
    read_form,
    read_query,
)

if TYPE_CHECKING:
    from ..world._world import World

#: What a list of recordings is filtered by.
_FACTS: Mapping[str, Callable[[Recording], str | None]] = {
    "CallSid": attrgetter("leg.sid"),
    "ConferenceSid": attrgetter("conference_sid"),
}
_MOMENTS: Mapping[str, Callable[[Recording], float]] = {"DateCreated": attrgetter("started")}
#: Instead of a sid, this names the recording that is running.
_CURRENT = "Twilio.CURRENT"
_ORIGIN: Origin = "StartCallRecordingAPI"


def add_routes(api: Flask, account: str, world: World) -> None:
    """Add the paths of recordings to *api*."""
    _add_call_routes(api, f"{account}/Calls/<call>/Recordings", world)
    of_conferences = f"{account}/Conferences/<place>/Recordings"
    _add_conference_routes(api, of_conferences, world)
    _add_single_routes(api, f"{account}/Calls/<place>/Recordings", world, "call", _of_call)
    _add_single_routes(api, of_conferences, world, "conference", _of_conference)
    _add_account_routes(api, f"{account}/Recordings", world)
    _add_media_routes(api, f"{account}/Recordings/<sid>", world)


def _add_call_routes(api: Flask, base: str, world: World) -> None:
    @api.post(f"{base}.json")
    def create_recording(call: str) -> tuple[Response, int]:
        leg = find_call(world, call)
        name = "call_recordings.create"
        asked = read_form(name)
        if leg.status != "in-progress":
            raise Refusal("not-in-progress")
        running = leg.recorder.running_from(_ORIGIN)
        made = running or leg.recorder.start(_ORIGIN, Settings.from_parameters(name, asked))
        return jsonify(_to_json(made)), 201

    @api.get(f"{base}.json")
    def list_recordings_of_call(call: str) -> Response:
        wanted = read_query("call_recordings.list")
        leg = find_call(world, call)
        return _list(world, {**wanted, "CallSid": leg.sid})


def _add_conference_routes(api: Flask, base: str, world: World) -> None:
    @api.get(f"{base}.json")
    def list_recordings_of_conference(place: str) -> Response:
        find_conference(world, place)
        wanted = request.args.to_dict(flat=False) | {"ConferenceSid": [place]}
        return _list(world, parse_form(operation("recordings.list"), wanted))


def _add_single_routes(
    api: Flask, base: str, world: World, of: str, find: Callable[[World, str, str], Recording]
) -> None:
    """Add the paths of one recording of a call or of a conference; *find* takes the sids of both."""

    @api.get(f"{base}/<sid>.json", endpoint=f"fetch_recording_of_{of}")
    def fetch(place: str, sid: str) -> Response:
        return jsonify(_to_json(find(world, place, sid)))

    @api.post(f"{base}/<sid>.json", endpoint=f"update_recording_of_{of}")
    def update(place: str, sid: str) -> Response:
        each = find(world, place, sid)
        asked = read_form("call_recordings.update")
        if each.ended is not None:
            raise Refusal("not-in-progress")
        _update(each, asked)
        return jsonify(_to_json(each))

    @api.delete(f"{base}/<sid>.json", endpoint=f"delete_recording_of_{of}")
    def delete(place: str, sid: str) -> tuple[str, int]:
        _delete(world, find(world, place, sid))
        return "", 204


def _of_call(world: World, call: str, sid: str) -> Recording:
    return _one_of(world, sid, lambda each: each.leg.sid == call and not each.conference_sid)


def _of_conference(world: World, conference: str, sid: str) -> Recording:
    return _one_of(world, sid, lambda each: each.conference_sid == conference)


def _one_of(world: World, sid: str, belongs: Callable[[Recording], bool]) -> Recording:
    """The recording with this *sid*, or the only one that runs, among those that *belongs* says yes to."""
    if sid != _CURRENT:
        recording = _find(world, sid)
        if belongs(recording):
            return recording
        raise not_found()
    recordings = world.account.resources(Recording).values()
    running = [each for each in recordings if each.ended is None and belongs(each)]
    if not running:
        raise not_found()
    if len(running) > 1:
        raise Refusal("several-recordings", count=str(len(running)))
    return running[0]


def _add_account_routes(api: Flask, base: str, world: World) -> None:
    @api.get(f"{base}.json")
    def list_recordings() -> Response:
        return _list(world, read_query("recordings.list"))

    @api.get(f"{base}/<sid>.json")
    def fetch_recording(sid: str) -> Response:
        return jsonify(_to_json(_find(world, sid)))

    @api.delete(f"{base}/<sid>.json")
    def delete_recording(sid: str) -> tuple[str, int]:
        _delete(world, _find(world, sid))
        return "", 204


def _add_media_routes(api: Flask, base: str, world: World) -> None:
    @api.get(f"{base}.wav")
    @api.get(base)
    def fetch_sound(sid: str) -> Response:
        each = _find(world, sid)
        if each.status != "completed":
            raise not_found()
        if request.args.get("RequestedChannels") == "2" and each.channels == 1:
            raise Refusal("bad-parameter")
        return Response(each.wav(), mimetype="audio/x-wav")


def _list(world: World, wanted: Mapping[str, str]) -> Response:
    made = world.account.resources(Recording).newest_first()
    rows = filter_rows(made, wanted, world.clock, _FACTS, _MOMENTS)
    return paginate("recordings", rows, _to_json)


def _find(world: World, sid: str) -> Recording:
    return find_resource(world, Recording, sid)


def _update(recording: Recording, asked: dict[str, str]) -> None:
    """Pause, resume or stop *recording*."""
    if asked["Status"] == "paused":
        recording.pause(silent=asked.get("PauseBehavior") != "skip")
    elif asked["Status"] == "stopped":
        recording.leg.stop_recording(recording)
    else:
        recording.resume()


def _delete(world: World, recording: Recording) -> None:
    if recording.ended is None:
        recording.leg.stop_recording(recording)
    world.account.remove(recording)


def _to_json(each: Recording) -> dict[str, Any]:
    """The Recording resource as JSON."""
    clock, ended = each.leg.clock, each.ended
    return {
        "sid": each.sid,
        "account_sid": each.leg.account_sid,
        "api_version": API_VERSION,
        "call_sid": each.leg.sid,
        "conference_sid": each.conference_sid,
        "date_created": format_date(clock, each.started),
        "date_updated": format_date(clock, each.started if ended is None else ended),
        "start_time": format_date(clock, each.started),
        "duration": str(each.duration) if each.status == "completed" else None,
        "status": each.status,
        "channels": each.channels,
        "track": each.settings.track,
        "source": each.origin,
        "error_code": None,
        "price": None,
        "price_unit": "USD",
        "encryption_details": None,
        "media_url": each.url,
        "subresource_uris": {"transcriptions": f"{each.path}/Transcriptions.json"},
        "uri": f"{each.path}.json",
    }
