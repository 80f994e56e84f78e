"""The participants of a conference in the REST API. Source: Twilio's page "Participant resource"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify, request

from ...api import API_VERSION, find_invalid, operation
from ..conferences._add_participant import add
from ..conferences._conference import KICKED, Conference
from ..conferences._conferences import running_conference
from ..webhooks._target import WebhookTarget
from ._call_resource import stored_address
from ._conferences import announce_as_asked, find_conference
from ._paging import paginate
from ._parameters import Refusal, format_date, log_unknown, parse_form
from ._responses import not_found, read_form, read_query
from ._row_numbers import PassingRows
from ._rules import refuse_place

if TYPE_CHECKING:
    from ..conferences._participant import Participant
    from ..world._world import World

_SID = re.compile("CF[0-9a-f]{32}")
_UPDATE = "participants.update"


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of participants to *api*."""
    base = f"{account}/Conferences/<conference>/Participants"

    def find_participant(world: World, conference: str, sid: str) -> Participant:
        participant = find_conference(world, conference).find(sid)
        if participant is None:
            raise not_found()
        return participant

    @api.post(f"{base}.json")
    def create_participant(world: World, conference: str) -> tuple[Response, int]:
        return jsonify(_to_json(_add(world, conference))), 201

    @api.get(f"{base}.json")
    def list_participants(world: World, conference: str) -> Response:
        wanted = read_query("participants.list")
        everybody = PassingRows(find_conference(world, conference).participants.values())
        return paginate(
            "participants",
            everybody,
            _to_json,
            lambda rows: (each for each in rows if _matches(each, wanted)),
        )

    @api.get(f"{base}/<sid>.json")
    def fetch_participant(world: World, conference: str, sid: str) -> Response:
        return jsonify(_to_json(find_participant(world, conference, sid)))

    @api.post(f"{base}/<sid>.json")
    def update_participant(world: World, conference: str, sid: str) -> Response:
        participant = find_participant(world, conference, sid)
        asked = read_form(_UPDATE)
        _update(participant, asked)
        return jsonify(_to_json(participant))

    @api.delete(f"{base}/<sid>.json")
    def delete_participant(world: World, conference: str, sid: str) -> tuple[str, int]:
        participant = find_participant(world, conference, sid)
        participant.conference.leave(participant, KICKED)
        participant.leg.hang_up(by="the API")
        return "", 204


def _add(world: World, name_or_sid: str) -> Participant:
    """Call the address in the form, and add it to the conference with this name or sid; raises :class:`Refusal`."""
    form = request.form.to_dict(flat=False)
    for name in ("To", "From"):
        form[name] = [stored_address(value) for value in form.get(name, [])]
    create = operation("participants.create")
    found = list(find_invalid(create, form))
    asked = parse_form(create, form, found)
    refuse_place(world.account, create, asked)
    known = world.account.resources(Conference).get(name_or_sid)
    if (known is None and _SID.fullmatch(name_or_sid)) or (known is not None and known.is_over):
        raise not_found()
    running = known or running_conference(world, name_or_sid)
    label = asked.get("Label", "")
    if running is not None and label and running.find(label):
        raise Refusal("label-taken", value=label)
    participant = add(world, running.name if running else name_or_sid, asked)
    log_unknown(participant.leg, found)
    return participant


def _update(participant: Participant, asked: Mapping[str, str]) -> None:
    """Change what the parameters *asked* name, and report it to the conference's status callback."""
    conference = participant.conference
    if "HoldUrl" in asked:
        participant.hold_source = WebhookTarget.from_parameters(
            _UPDATE, asked, "HoldUrl", "hold url"
        )
    if "WaitUrl" in asked:
        participant.wait_source = WebhookTarget.from_parameters(
            _UPDATE, asked, "WaitUrl", "wait url"
        )
        participant.waits_in_silence = not asked["WaitUrl"]
    if "BeepOnExit" in asked:
        participant.beeps_on_exit = asked["BeepOnExit"] == "true"
    _switch(participant, asked, "Muted", "mute")
    _switch(participant, asked, "Hold", "hold")
    _modify(participant, asked)
    participant.change()
    announce_as_asked(conference, asked, participant)


def _switch(participant: Participant, asked: Mapping[str, str], name: str, word: str) -> None:
    """Mute or unmute, hold or unhold *participant*, and report it if that is a change."""
    attribute = name.lower()
    is_on = asked.get(name) == "true"
    if name not in asked or getattr(participant, attribute) == is_on:
        return
    setattr(participant, attribute, is_on)
    event = f"participant-{'' if is_on else 'un'}{word}"
    participant.conference.tell(word, event, participant)


def _modify(participant: Participant, asked: Mapping[str, str]) -> None:
    before = participant.parameters
    if "EndConferenceOnExit" in asked:
        participant.ends_on_exit = asked["EndConferenceOnExit"] == "true"
    if "CallSidToCoach" in asked:
        _refuse_unknown_coached(participant.conference, asked["CallSidToCoach"])
        participant.coached_call_sid = asked["CallSidToCoach"]
    if asked.get("Coaching") == "false":
        participant.coached_call_sid = ""
    if participant.parameters != before:
        participant.conference.tell("modify", "participant-modify", participant)


def _refuse_unknown_coached(conference: Conference, sid: str) -> None:
    if conference.find(sid) is None:
        raise Refusal("coached-not-there", value=sid)


def _matches(participant: Participant, wanted: Mapping[str, str]) -> bool:
    facts = {
        "Muted": participant.muted,
        "Hold": participant.hold,
        "Coaching": bool(participant.coached_call_sid),
    }
    values = {name: str(value).lower() for name, value in facts.items()}
    return all(wanted.get(name, value) == value for name, value in values.items())


def _to_json(participant: Participant) -> dict[str, Any]:
    """The Participant resource as JSON."""
    conference, leg = participant.conference, participant.leg
    account = conference.world.account.sid
    base = f"/{API_VERSION}/Accounts/{account}/Conferences/{conference.sid}"
    return {
        "call_sid": leg.sid,
        "conference_sid": conference.sid,
        "account_sid": account,
        "label": participant.label or None,
        "status": participant.status,
        "muted": participant.muted,
        "hold": participant.hold,
        "coaching": bool(participant.coached_call_sid),
        "call_sid_to_coach": participant.coached_call_sid or None,
        "start_conference_on_enter": participant.starts_on_enter,
        "end_conference_on_exit": participant.ends_on_exit,
        "queue_time": str(leg.progress.queue_ms),
        "date_created": format_date(conference.world.clock, participant.created),
        "date_updated": format_date(conference.world.clock, participant.updated),
        "uri": f"{base}/Participants/{leg.sid}.json",
    }
