"""Conferences and participants over the API: ours, and the official SDK's."""

from __future__ import annotations

from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

import twilio_magic as tm
from tests.api.test_conformance import sample
from tests.calls import FROM
from tests.recordings import official
from tests.simulation.conferences import EVENTS, STAY, TOLD, Meeting
from tests.simulation.test_serve import signed_in
from twilio_magic.api import Parameter, operation

ALL = EVENTS.split()


@pytest.fixture
def meeting() -> Meeting:
    """Ann and Bob, who talk since some seconds."""
    meeting = Meeting()
    meeting.invite("ann")
    meeting.invite("bob", attributes='participantLabel="bob"')
    meeting.simulator.advance(10)
    return meeting


CHANGES: dict[str, tuple[dict[str, Any], str]] = {
    "muted": ({"muted": True}, "participant-mute bob"),
    "on hold": ({"hold": True}, "participant-hold bob"),
    "a moderator": ({"end_conference_on_exit": True}, "participant-modify bob"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_participant_is_changed_by_its_label(meeting: Meeting, change: str) -> None:
    """The resource has the new state at once, the application is told, a second time nothing."""
    given, event = CHANGES[change]
    meeting.told.clear()
    for _ in range(2):
        bob = meeting.room.participants.update("bob", **given)
    meeting.simulator.advance(1)

    assert {name: getattr(bob, name) for name in given} == given
    assert meeting.events() == [event]


def test_who_is_on_hold_hears_nobody_and_is_not_heard(meeting: Meeting) -> None:
    """The hold document is heard, then silence, until the hold is over."""
    url = meeting.simulator.host("<Response><Say>Please hold.</Say></Response>")
    meeting.simulator.phones["client:cyn"] = "answer; wait 5; say 'Where is Bob?'; wait 9; hang up"
    bob = meeting.room.participants.update("bob", hold=True, hold_url=url)
    meeting.room.participants.create(to="client:cyn", from_=FROM)
    meeting.simulator.advance(12)
    bob.update(hold=False)
    meeting.simulator.advance(30)

    assert meeting.kinds("bob", "said") == ["“Please hold.”"]
    assert meeting.heard("bob") == []
    assert meeting.heard("ann") == ["Where is Bob?"]


def test_a_change_that_has_nothing_to_do_with_it_does_not_begin_a_hold_document_again(
    meeting: Meeting,
) -> None:
    """Nor does the same hold a second time; another hold URL is heard at once."""
    hold, other = (
        meeting.simulator.host(f"<Response><Say>{words}</Say></Response>")
        for words in ("Please hold.", "Not long now.")
    )
    bob = meeting.room.participants.update("bob", hold=True, hold_url=hold)
    meeting.simulator.advance(5)
    bob.update(muted=True)
    bob.update(hold=True, hold_url=hold)
    bob.update(announce_url=meeting.simulator.host("<Response><Say>Bob?</Say></Response>"))
    meeting.simulator.advance(5)
    assert meeting.kinds("bob", "said") == ["“Please hold.”", "“Bob?”"]

    bob.update(hold_url=other)
    meeting.simulator.advance(5)
    assert meeting.kinds("bob", "said")[2:] == ["“Not long now.”"]


def test_what_somebody_waits_with_can_be_changed() -> None:
    """An empty wait URL is silence, another one is heard at once."""
    meeting = Meeting()
    ann = meeting.invite("ann")
    meeting.simulator.advance(5)
    participant = meeting.room.participants.fetch(ann.sid)
    participant.update(wait_url="")
    meeting.simulator.advance(5)
    assert meeting.kinds("ann", "played") == ["Twilio's hold music (cut off)"]
    assert meeting.kinds("ann", "failed") == []

    url = meeting.simulator.host("<Response><Say>Not long now.</Say></Response>")
    participant.update(wait_url=url)
    meeting.simulator.advance(5)
    assert meeting.kinds("ann", "said") == ["“Not long now.”"]


def test_who_is_taken_out_is_hung_up(meeting: Meeting) -> None:
    meeting.room.participants.delete("bob")
    meeting.simulator.advance(1)

    assert meeting.calls["bob"].fetch().status == "completed"
    assert [each.label for each in meeting.room.participants] == [None]
    leave = meeting.last("participant-leave")
    assert leave["ReasonParticipantLeft"] == "participant_updated_via_api"


def test_a_conference_that_is_ended_lets_its_calls_go_on(meeting: Meeting) -> None:
    """Everybody is out, and hears what follows the Dial."""
    room = meeting.room.update(status="completed")
    meeting.run()

    assert (room.status, room.reason_conference_ended) == ("completed", "conference-ended-via-api")
    assert meeting.kinds("ann", "said") == meeting.kinds("bob", "said") == ["“Bye.”"]
    assert meeting.events("participant-join", "conference-start") == [
        "participant-leave ann",
        "participant-leave bob",
        "conference-end",
    ]
    with pytest.raises(tm.ApiError, match="20404"):
        room.update(status="completed")


def test_an_announcement_is_heard_by_all_or_by_one(meeting: Meeting) -> None:
    """Its end is reported, and so is one that cannot be fetched."""
    url = meeting.simulator.host("<Response><Say>Five minutes left.</Say></Response>")
    meeting.told.clear()
    meeting.room.update(announce_url=url)
    meeting.simulator.advance(5)
    meeting.room.participants.update("bob", announce_url=url)
    meeting.room.update(announce_url="https://ivr.example.com/nothing")
    meeting.simulator.advance(5)

    said = "“Five minutes left.”"
    assert (meeting.kinds("ann", "said"), meeting.kinds("bob", "said")) == ([said], [said, said])
    assert sorted(meeting.events()) == ["announcement-end", "announcement-end", "announcement-fail"]
    assert meeting.last("announcement-fail")["ReasonAnnouncementFailed"]


def test_an_announcement_without_its_file_fails_and_the_next_does_not(meeting: Meeting) -> None:
    missing = "<Play>https://ivr.example.com/nothing.mp3</Play>"
    meeting.told.clear()
    for twiml in (f"{missing}<Say>Never heard.</Say>", "<Say>Heard.</Say>"):
        url = meeting.simulator.host(f"<Response>{twiml}</Response>")
        meeting.room.update(announce_url=url)
        meeting.simulator.advance(5)

    assert meeting.kinds("ann", "said") == meeting.kinds("bob", "said") == ["“Heard.”"]
    assert meeting.events() == ["announcement-fail", "announcement-end"]


def test_somebody_is_called_into_a_conference_that_is_not_there_yet() -> None:
    """The first to be added opens it; each goes through its states, one that does not answer is not added."""
    meeting = Meeting()
    room = meeting.client.conferences.participants("Sales")
    meeting.simulator.phones["client:*"] = STAY
    meeting.simulator.phones["client:cyn"] = "busy"
    given = {"conference_status_callback": TOLD, "conference_status_callback_event": ALL}
    states = []
    for name in ("ann", "bob", "cyn"):
        added = room.create(to=f"client:{name}", from_=FROM, label=name, **given)
        states.append(added.status)
    meeting.simulator.advance(8)

    assert states == ["queued"] * 3
    assert [each.label for each in meeting.room.participants] == ["bob", "ann"]
    assert {each.status for each in meeting.room.participants} == {"connected"}
    told = [(e["StatusCallbackEvent"], e.get("ParticipantLabel")) for e in meeting.told]
    assert told == [
        ("participant-join", "ann"),
        ("participant-join", "bob"),
        ("conference-start", None),
        ("participant-leave", "cyn"),
    ]
    assert meeting.told[-1]["ReasonParticipantLeft"] == "participant_add_failed"


def test_a_label_is_used_once(meeting: Meeting) -> None:
    with pytest.raises(tm.ApiError, match="16026"):
        meeting.room.participants.create(to="client:eve", from_=FROM, label="bob")


def test_who_coaches_is_told_whom(meeting: Meeting) -> None:
    """Coaching is switched on and off by the API; a call elsewhere cannot be coached."""
    ann = meeting.calls["ann"].sid
    bob = meeting.room.participants.update("bob", coaching=True, call_sid_to_coach=ann)
    coached = (bob.coaching, bob.call_sid_to_coach)
    bob.update(coaching=False)

    assert coached == (True, ann)
    assert (bob.coaching, bob.call_sid_to_coach) == (False, None)
    with pytest.raises(tm.ApiError, match="16028"):
        bob.update(coaching=True, call_sid_to_coach="CA" + "0" * 32)


def test_conferences_and_participants_are_filtered(meeting: Meeting) -> None:
    meeting.room.participants.update("bob", muted=True)
    room = meeting.room

    assert [each.label for each in room.participants.list(muted=True)] == ["bob"]
    assert [each.label for each in room.participants.list(hold=True)] == []
    assert [each.sid for each in meeting.client.conferences.list(status="in-progress")] == [
        room.sid
    ]
    assert list(meeting.client.conferences.list(friendly_name="Another")) == []
    assert list(meeting.client.conferences.list(date_created_after="2026-01-07")) == []


def test_the_official_sdk_runs_a_conference() -> None:
    """Participants are added, muted, held, announced to and removed, and the conference is ended."""
    simulator = tm.Simulator()
    simulator.phones["client:*"] = STAY
    url = simulator.host("<Response><Say>Hello.</Say></Response>")
    with simulator.serve() as base_url:
        client = signed_in(simulator, base_url)
        room = client.conferences("Room")
        for name in ("ann", "bob", "cyn"):
            room.participants.create(to=f"client:{name}", from_=FROM, label=name)
        simulator.advance(10)
        conference = client.conferences.list(friendly_name="Room", status="in-progress")[0]
        people = client.conferences(conference.sid).participants
        muted = people("ann").update(muted=True)
        held = people("bob").update(hold=True, hold_url=url)
        client.conferences(conference.sid).update(announce_url=url)
        simulator.advance(5)
        removed = people("cyn").delete()
        labels = [each.label for each in people.list()]
        ended = client.conferences(conference.sid).update(status="completed")

    assert (muted.muted, held.hold, removed) == (True, True, True)
    assert labels == ["bob", "ann"]
    assert (ended.status, ended.reason_conference_ended) == (
        "completed",
        "conference-ended-via-api",
    )


def test_the_current_recording_of_a_conference_is_paused_by_the_api() -> None:
    """What a pause leaves out is not in the recording. A recording of a call in it is another matter."""
    meeting = Meeting()
    record = 'beep="false" record="record-from-start" trim="do-not-trim"'
    meeting.invite("ann", "answer; wait 30; hang up", record, dial='record="true"')
    meeting.invite("bob", "answer; wait 20; hang up", 'beep="false"')
    meeting.simulator.advance(10)
    recordings = official(meeting.simulator).conferences(meeting.room.sid).recordings
    paused = recordings("Twilio.CURRENT").update(status="paused", pause_behavior="skip")
    meeting.simulator.advance(5)
    recordings("Twilio.CURRENT").update(status="in-progress")
    meeting.run()
    (of_room,) = meeting.client.recordings.list(conference_sid=meeting.room.sid)
    (of_ann,) = [each for each in meeting.client.recordings if each.source == "DialVerb"]

    assert paused.sid == of_room.sid
    assert (of_ann.duration or 0) > (of_room.duration or 0) + 4
    with pytest.raises(TwilioRestException) as gone:
        recordings("Twilio.CURRENT").update(status="paused")
    assert gone.value.code == 20404


#: What the official SDK takes and this client lacked.
OF_THE_SDK = (
    "RecordingConfigurationId",
    "Passports",
    "EmergencyCallerPosition",
    "EmergencyCallerLocation",
    "EmergencyName",
    "EmergencyAddress",
    "EmergencyZipCode",
    "EmergencyCity",
    "EmergencyState",
    "EmergencyCountry",
)
WITHOUT_EFFECT = [row for row in operation("participants.create").parameters if not row.simulated]


def test_the_parameters_that_were_missing_are_among_those_without_effect() -> None:
    assert {row.name for row in WITHOUT_EFFECT} >= {*OF_THE_SDK}


@pytest.mark.parametrize("row", WITHOUT_EFFECT, ids=lambda row: row.name)
def test_a_parameter_without_effect_is_taken_from_the_sdk_and_told(
    meeting: Meeting, row: Parameter
) -> None:
    rows = [row, *(each for each in WITHOUT_EFFECT if each.name in row.requires)]
    given = {each.keyword: sample(each) for each in rows}
    people = official(meeting.simulator).conferences(meeting.room.sid).participants
    made = people.create(to="sip:cyn@example.com", from_=FROM, **given)
    told = meeting.client.calls.fetch(made.call_sid).timeline

    assert {event.text for event in told if event.kind == "not simulated"} == {
        f"the parameter {each.name}" for each in rows
    }
