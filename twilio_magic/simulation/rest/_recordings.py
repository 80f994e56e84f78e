"""Recordings in the REST API: of a call, of a conference and of the account, with their media.

Source: Twilio's page "Recording resource".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify, request

from ...api import API_VERSION, find_invalid, operation
from ...records import dataclass
from ..legs._leg import Leg
from ..recordings._recording import Origin, Recording
from ..recordings._settings import Settings
from ._calls import find_call
from ._conferences import find_conference
from ._paging import filter_rows, paginate
from ._parameters import Refusal, format_date, log_unknown, parse_form
from ._responses import find_resource, not_found, read_form, read_query

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
_SUBRESOURCES = ("add_on_results", "transcriptions")


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of recordings to *api*."""
    _add_call_routes(api, f"{account}/Calls/<call>/Recordings")
    of_conferences = f"{account}/Conferences/<place>/Recordings"
    _add_conference_routes(api, of_conferences)
    _add_single_routes(api, f"{account}/Calls/<place>/Recordings", _OF_CALL)
    _add_single_routes(api, of_conferences, _OF_CONFERENCE)
    _add_account_routes(api, f"{account}/Recordings")
    _add_media_routes(api, f"{account}/Recordings/<sid>")


def _add_call_routes(api: Flask, base: str) -> None:
    @api.post(f"{base}.json")
    def create_recording(world: World, call: str) -> tuple[Response, int]:
        leg = find_call(world, call)
        name = "call_recordings.create"
        asked = read_form(name)
        if leg.status != "in-progress" or leg.talks_with_agent:
            raise Refusal("not-in-progress", case="recording")
        # a second start is answered with the recording that the first made
        running = leg.recorder.running_from(_ORIGIN)
        made = running or leg.recorder.start(_ORIGIN, Settings.from_parameters(name, asked))
        log_unknown(leg, find_invalid(operation(name), request.form.to_dict(flat=False)))
        return jsonify(_of_call_to_json(made)), 201

    @api.get(f"{base}.json")
    def list_recordings_of_call(world: World, call: str) -> Response:
        wanted = read_query("call_recordings.list")
        leg = find_call(world, call)
        return _list(world, {**wanted, "CallSid": leg.sid}, _of_call_to_json)


def _add_conference_routes(api: Flask, base: str) -> None:
    @api.get(f"{base}.json")
    def list_recordings_of_conference(world: World, place: str) -> Response:
        find_conference(world, place)
        wanted = request.args.to_dict(flat=False) | {"ConferenceSid": [place]}
        asked = parse_form(operation("recordings.list"), wanted)
        return _list(world, asked, _of_conference_to_json)


def _add_single_routes(api: Flask, base: str, family: _Family) -> None:
    """Add the paths of one recording of a call or of a conference."""

    @api.get(f"{base}/<sid>.json", endpoint=f"fetch_recording_of_{family.name}")
    def fetch(world: World, place: str, sid: str) -> Response:
        return jsonify(family.to_json(family.find(world, place, sid)))

    @api.post(f"{base}/<sid>.json", endpoint=f"update_recording_of_{family.name}")
    def update(world: World, place: str, sid: str) -> Response:
        each = family.find(world, place, sid)
        asked = read_form("call_recordings.update")
        if each.ended is not None or _is_processed(each):
            raise Refusal("not-in-progress", case="recording")
        _update(each, asked)
        return jsonify(family.to_json(each))

    @api.delete(f"{base}/<sid>.json", endpoint=f"delete_recording_of_{family.name}")
    def delete(world: World, place: str, sid: str) -> tuple[str, int]:
        _delete(world, family.find(world, place, sid))
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
    running = [
        each
        for each in recordings
        if each.ended is None and not _is_processed(each) and belongs(each)
    ]
    if not running:
        raise not_found()
    if len(running) > 1:
        raise Refusal("several-recordings", count=str(len(running)))
    return running[0]


def _add_account_routes(api: Flask, base: str) -> None:
    @api.get(f"{base}.json")
    def list_recordings(world: World) -> Response:
        return _list(world, read_query("recordings.list"), _to_json)

    @api.get(f"{base}/<sid>.json")
    def fetch_recording(world: World, sid: str) -> Response:
        return jsonify(_to_json(_find(world, sid)))

    @api.delete(f"{base}/<sid>.json")
    def delete_recording(world: World, sid: str) -> tuple[str, int]:
        _delete(world, _find(world, sid))
        return "", 204


def _add_media_routes(api: Flask, base: str) -> None:
    def find_finished(world: World, sid: str) -> Recording:
        each = _find(world, sid)
        if each.status != "completed":
            raise not_found()
        if request.args.get("RequestedChannels") == "2" and each.channels == 1:
            raise Refusal("bad-parameter", name="RequestedChannels")
        return each

    @api.get(f"{base}.wav")
    @api.get(base)
    def fetch_sound(world: World, sid: str) -> Response:
        return Response(find_finished(world, sid).wav(), mimetype="audio/x-wav")

    @api.get(f"{base}.mp3")
    def fetch_mp3(world: World, sid: str) -> Response:
        return Response(find_finished(world, sid).mp3(), mimetype="audio/mpeg")


def _list(
    world: World, wanted: Mapping[str, str], to_json: Callable[[Recording], dict[str, Any]]
) -> Response:
    return paginate(
        "recordings",
        world.account.resources(Recording).newest_first(),
        to_json,
        lambda rows: filter_rows(rows, wanted, world.clock, _FACTS, _MOMENTS),
    )


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
    """The Recording resource of the account as JSON."""
    below = {name: f"{each.path}/{_camel(name)}.json" for name in _SUBRESOURCES}
    return {
        **_common(each),
        "media_url": each.url,
        "subresource_uris": below,
        "uri": f"{each.path}.json",
    }


def _of_call_to_json(each: Recording) -> dict[str, Any]:
    """The same recording as a resource of its call."""
    return {**_common(each), "track": each.settings.track, "uri": _uri_below("Calls", each)}


def _of_conference_to_json(each: Recording) -> dict[str, Any]:
    """The same recording as a resource of its conference."""
    return {**_common(each), "uri": _uri_below("Conferences", each)}


def _common(each: Recording) -> dict[str, Any]:
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
        "status": "processing" if _is_processed(each) else each.status,
        "channels": each.channels,
        "source": each.origin,
        "error_code": each.error_code,
        "price": None,
        "price_unit": "USD",
        "encryption_details": None,
    }


def _is_processed(each: Recording) -> bool:
    """Whether the API has just ended its call, and the clock has not moved since, so that it has no length yet."""
    return each.ended is None and isinstance(each.leg, Leg) and bool(each.leg.process.ending)


def _uri_below(family: str, each: Recording) -> str:
    place = each.leg.sid if family == "Calls" else each.conference_sid
    account, _, _ = each.path.partition("/Recordings/")
    return f"{account}/{family}/{place}/Recordings/{each.sid}.json"


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


@dataclass(frozen=True, slots=True)
class _Family:
    """Recordings of a call or of a conference: *find* takes the sids of that and of the recording."""

    name: str
    find: Callable[[World, str, str], Recording]
    to_json: Callable[[Recording], dict[str, Any]]


_OF_CALL = _Family("call", _of_call, _of_call_to_json)
_OF_CONFERENCE = _Family("conference", _of_conference, _of_conference_to_json)
