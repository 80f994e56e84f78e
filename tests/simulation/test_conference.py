"""Conferences from TwiML: who lets them begin and end, who hears whom, what the application is told."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.recordings import is_silent, silence
from tests.simulation.conferences import AFTER, STAY, Meeting

#: What each caller does and brings along, and what the application is told of it.
STORIES: dict[str, tuple[dict[str, tuple[str, str]], list[str]]] = {
    "one alone waits, and the conference never begins": (
        {"ann": ("answer; wait 5; hang up", "")},
        ["participant-join ann", "participant-leave ann", "conference-end"],
    ),
    "the second to come lets it begin, the last to go ends it": (
        {"ann": ("answer; wait 9; hang up", ""), "bob": ("answer; wait 5; hang up", "")},
        [
            "participant-join ann",
            "participant-join bob",
            "conference-start",
            "participant-leave bob",
            "participant-leave ann",
            "conference-end",
        ],
    ),
    "those who may not start it wait for one who may": (
        {
            "ann": (STAY, 'startConferenceOnEnter="false"'),
            "bob": (STAY, 'startConferenceOnEnter="false"'),
            "cyn": ("answer; wait 3; hang up", 'endConferenceOnExit="true"'),
        },
        [
            "participant-join ann",
            "participant-join bob",
            "participant-join cyn",
            "conference-start",
            "participant-leave cyn",
            "participant-leave ann",
            "participant-leave bob",
            "conference-end",
        ],
    ),
    "nobody is let in beyond the limit": (
        {
            "ann": ("answer; wait 9; hang up", 'maxParticipants="2"'),
            "bob": ("answer; wait 9; hang up", ""),
            "cyn": (STAY, ""),
        },
        [
            "participant-join ann",
            "participant-join bob",
            "conference-start",
            "participant-leave ann",
            "participant-leave bob",
            "conference-end",
        ],
    ),
    "a conference may have room for one": (
        {"ann": ("answer; wait 9; hang up", 'maxParticipants="1"'), "bob": (STAY, "")},
        ["participant-join ann", "participant-leave ann", "conference-end"],
    ),
    "who has a label that is taken is not let in": (
        {
            "ann": ("answer; wait 9; hang up", 'participantLabel="chair"'),
            "bob": (STAY, 'participantLabel="chair"'),
        },
        ["participant-join ann", "participant-leave ann", "conference-end"],
    ),
    "a coach of nobody is not let in": (
        {
            "ann": ("answer; wait 9; hang up", ""),
            "bob": (STAY, f'coach="CA{"0" * 32}"'),
        },
        ["participant-join ann", "participant-leave ann", "conference-end"],
    ),
    "who speaks is reported, who is muted is not": (
        {
            "ann": ("answer; wait 4; say 'One.'; wait 4; hang up", ""),
            "bob": ("answer; wait 5; say 'Two.'; wait 9; hang up", 'muted="true"'),
        },
        [
            "participant-join ann",
            "participant-join bob",
            "conference-start",
            "participant-speech-start ann",
            "participant-speech-stop ann",
            "participant-leave ann",
            "participant-leave bob",
            "conference-end",
        ],
    ),
}


@pytest.mark.parametrize("story", STORIES)
def test_the_application_is_told_of_everybody(story: str) -> None:
    """Each story is a rule; its events come in the order in which things happen, numbered from 1."""
    guests, expected = STORIES[story]
    meeting = Meeting()
    for name, (script, attributes) in guests.items():
        meeting.invite(name, script, attributes)
    meeting.run()

    assert meeting.events() == expected
    numbers = [int(each["SequenceNumber"]) for each in meeting.told]
    assert numbers == list(range(1, len(expected) + 1))
    assert {each["FriendlyName"] for each in meeting.told} == {"Room"}
    assert {each["ConferenceSid"] for each in meeting.told} == {meeting.room.sid}
    assert meeting.room.status == "completed"
    assert all(call.status == "completed" for call in meeting.calls.values())


ENDS = {
    "last-participant-left": "",
    "participant-with-end-conference-on-exit-left": 'endConferenceOnExit="true"',
}


@pytest.mark.parametrize("why", ENDS)
def test_why_a_conference_ended(why: str) -> None:
    """The end names the reason, and the call whose leaving was the end."""
    meeting = Meeting()
    meeting.invite("ann", "answer; wait 9; hang up", ENDS[why])
    meeting.invite("bob", STAY if ENDS[why] else "answer; wait 2; hang up")
    meeting.run()
    end = meeting.last("conference-end")

    assert end["ReasonConferenceEnded"] == meeting.room.reason_conference_ended == why
    assert end.get("CallSidEndingConference") == meeting.calls["ann"].sid
    assert "CallSid" not in end


def test_everybody_hears_everybody_and_hears_it_in_time() -> None:
    """What one says is heard by all others, and waited for across the conference."""
    meeting = Meeting()
    meeting.invite("ann", "answer; wait 5; say 'Good morning all'; wait 9; hang up")
    meeting.invite(
        "bob", "answer; hear 'good morning all'; say 'Morning Ann'; press 5; wait 5; hang up"
    )
    meeting.invite("cyn", "answer; hear 'morning ann'; wait 5; hang up")
    meeting.run()

    assert meeting.heard("ann") == ["Morning Ann", "[presses 5]"]
    assert meeting.heard("bob") == ["Good morning all"]
    assert meeting.heard("cyn") == ["Good morning all", "Morning Ann", "[presses 5]"]
    meeting.simulator.phones.check()


def test_nothing_is_heard_before_the_conference_begins() -> None:
    """Those who wait hear music, not each other."""
    meeting = Meeting()
    for name in ("ann", "bob"):
        script = "answer; wait 4; say 'Hello?'; wait 3; hang up"
        meeting.invite(name, script, 'startConferenceOnEnter="false"')
    meeting.run()

    assert meeting.heard("ann") == meeting.heard("bob") == []
    assert meeting.kinds("ann", "played") == ["Twilio's hold music (cut off)"]


def test_a_muted_participant_hears_and_is_not_heard() -> None:
    meeting = Meeting()
    meeting.invite("ann", "answer; wait 4; say 'Quiet please.'; wait 9; hang up")
    meeting.invite("bob", "answer; wait 5; say 'Sorry!'; wait 9; hang up", 'muted="true"')
    meeting.run()

    assert meeting.heard("ann") == []
    assert meeting.heard("bob") == ["Quiet please."]


def test_a_coach_is_heard_by_one_alone_and_hears_all() -> None:
    """The agent hears the coach; the customer does not."""
    meeting = Meeting()
    agent = meeting.invite("agent", "answer; wait 9; say 'Of course.'; wait 9; hang up")
    meeting.invite("buyer", "answer; wait 5; say 'A discount?'; wait 14; hang up")
    meeting.invite(
        "coach", "answer; wait 5; say 'Say yes.'; wait 14; hang up", f'coach="{agent.sid}"'
    )
    meeting.run()

    assert meeting.heard("agent") == ["A discount?", "Say yes."]
    assert meeting.heard("buyer") == ["Of course."]
    assert meeting.heard("coach") == ["A discount?", "Of course."]
    joined = [each for each in meeting.told if each["StatusCallbackEvent"] == "participant-join"]
    assert [each["Coaching"] for each in joined] == ["false", "false", "true"]


BEEPS = {"true": (1, 1), "false": (0, 0), "onEnter": (1, 0), "onExit": (0, 1)}


@pytest.mark.parametrize("beep", BEEPS)
def test_beeps_tell_of_coming_and_going(beep: str) -> None:
    """The one who stays hears a beep for each coming, each going, both or none; *hear beep* waits for it."""
    meeting = Meeting()
    meeting.invite("ann", "answer; wait 20; hang up", 'beep="false"')
    meeting.invite("bob", "answer; wait 5; hang up", f'beep="{beep}"')
    meeting.run()
    beeps = [e.at for e in meeting.calls["ann"].timeline if e.text == "a beep"]

    entered = sum(at < 5 for at in beeps)
    assert (entered, len(beeps) - entered) == BEEPS[beep]


def test_a_wait_document_is_heard_once_and_then_silence() -> None:
    """It may speak and play; a Gather in it is not performed, and that is told with its code."""
    meeting = Meeting()
    url = "https://ivr.example.com/wait"
    meeting.simulator.webhook(url)(
        lambda: "<Response><Say>Please wait.</Say><Gather/><Say>Nearly there.</Say></Response>"
    )
    meeting.invite("ann", "answer; wait 30; hang up", f'waitUrl="{url}" waitMethod="GET"')
    meeting.run()
    call = meeting.calls["ann"]

    assert [line.text for line in call.transcript] == ["Please wait.", "Nearly there."]
    assert [e.data.get("code") for e in call.timeline if e.kind == "warned"] == [13238]
    assert [(made.purpose, made.method) for made in call.webhooks][:1] == [("wait url", "GET")]


def test_a_wait_document_that_fails_is_silence() -> None:
    """The caller stays in the conference, and the timeline says what failed."""
    meeting = Meeting()
    meeting.invite("ann", "answer; wait 9; hang up", 'waitUrl="https://ivr.example.com/none"')
    meeting.run()
    left = next(event for event in meeting.calls["ann"].timeline if event.kind == "left")

    assert meeting.kinds("ann", "said") == []
    assert [text[:5] for text in meeting.kinds("ann", "failed")] == ["11210"]
    assert left.data["seconds"] == 9.0


def test_an_attribute_that_twilio_removed_is_warned_of_by_its_words() -> None:
    """It has no code of Twilio's, and none is told."""
    meeting = Meeting()
    meeting.invite("ann", "answer; wait 5; hang up", f'whisper="CA{"0" * 32}"')
    meeting.run()

    assert meeting.kinds("ann", "warned") == [
        "whisper of <Conference> was removed by Twilio and no longer works"
    ]


def test_an_empty_wait_url_is_silence() -> None:
    meeting = Meeting()
    meeting.invite("ann", "answer; wait 5; hang up", 'waitUrl=""')
    meeting.run()

    assert meeting.kinds("ann", "played") == meeting.kinds("ann", "said") == []


def test_waiting_is_cut_short_by_the_beginning() -> None:
    """Of a prompt nobody hears more than was spoken when the conference began."""
    meeting = Meeting()
    url = meeting.simulator.host(
        tm.parse("<Response><Say>All our people are talking to somebody else now.</Say></Response>")
    )
    meeting.invite("ann", "answer; wait 9; hang up", f'waitUrl="{url}"')
    meeting.invite("bob", "answer; wait 9; hang up")
    meeting.run()

    assert meeting.kinds("ann", "said") == ["“All our people …” (cut off)"]


def test_the_star_leaves_the_conference_where_dial_says_so() -> None:
    """The call goes on with the next verb."""
    meeting = Meeting()
    meeting.invite("ann", "answer; wait 5; press *; wait 9", dial='hangupOnStar="true"')
    meeting.invite("bob", "answer; wait 5; press *; wait 5; hang up")
    meeting.run()

    assert meeting.kinds("ann", "said") == ["“Bye.”"]
    assert meeting.kinds("bob", "said") == []
    assert meeting.heard("bob") == ["[presses *]"]


def test_the_time_limit_of_dial_holds_for_conferences() -> None:
    meeting = Meeting()
    meeting.invite("ann", STAY, dial='timeLimit="7"')
    meeting.run()
    left = next(event for event in meeting.calls["ann"].timeline if event.kind == "left")

    assert left.data["seconds"] == 7.0
    assert meeting.kinds("ann", "said") == ["“Bye.”"]


RESULTS = {"answered": "", "failed": f'coach="CA{"0" * 32}"'}


@pytest.mark.parametrize("status", RESULTS)
def test_the_action_is_told_how_it_went(status: str) -> None:
    """It is told no call sid and no duration: there is no child call."""
    meeting = Meeting()
    asked: list[dict[str, str]] = []

    @meeting.simulator.webhook(AFTER)
    def after(request: dict[str, str]) -> str:
        asked.append(dict(request))
        return "<Response><Hangup/></Response>"

    meeting.invite("ann", STAY, RESULTS[status], dial=f'action="{AFTER}" timeLimit="5"')
    meeting.run()

    assert [each["DialCallStatus"] for each in asked] == [status]
    assert not {"DialCallSid", "DialCallDuration"} & asked[0].keys()


def test_who_hangs_up_has_the_action_requested_all_the_same() -> None:
    meeting = Meeting()
    meeting.simulator.webhook(AFTER)(lambda: "<Response><Say>Nobody hears this.</Say></Response>")
    call = meeting.invite("ann", "answer; wait 5; hang up", dial=f'action="{AFTER}"')
    meeting.run()

    told = [made.parameters for made in call.webhooks if made.purpose == "action"]
    assert [(each["DialCallStatus"], each["CallStatus"]) for each in told] == [
        ("answered", "completed")
    ]
    assert meeting.kinds("ann", "said") == []


def test_a_conference_is_recorded_from_its_start() -> None:
    """The recording belongs to the conference, holds what all say, and its end is reported."""
    meeting = Meeting()
    taped: list[dict[str, str]] = []
    url = "https://ivr.example.com/taped"

    @meeting.simulator.webhook(url)
    def tape(request: dict[str, str]) -> str:
        taped.append(dict(request))
        return ""

    record = f'record="record-from-start" trim="do-not-trim" recordingStatusCallback="{url}"'
    meeting.invite("ann", "answer; wait 5; say 'Hello'; wait 5; hang up", record)
    meeting.invite("bob", "answer; hear 'hello'; say 'Hi'; wait 9; hang up")
    meeting.run()
    recordings = meeting.client.recordings.list(conference_sid=meeting.room.sid)

    assert [(each.source, each.conference_sid) for each in recordings] == [
        ("Conference", meeting.room.sid)
    ]
    assert [(each["RecordingStatus"], each["RecordingSource"]) for each in taped] == [
        ("completed", "Conference")
    ]
    assert taped[0]["ConferenceSid"] == meeting.room.sid
    assert "CallSid" not in taped[0]
    assert int(taped[0]["RecordingDuration"]) == recordings[0].duration
    assert (recordings[0].duration or 0) > 5
    assert len(recordings[0].wav()) > 8000


@pytest.mark.parametrize(("attribute", "silent"), [("", False), ("coach", True)])
def test_a_coach_is_not_on_the_recording(attribute: str, silent: bool) -> None:
    """Nobody else speaks, so that nothing but silence is left."""
    meeting = Meeting()
    record = 'beep="false" record="record-from-start" trim="trim-silence"'
    agent = meeting.invite("agent", "answer; wait 20; hang up", record)
    coached = f'{attribute}="{agent.sid}"' if attribute else ""
    meeting.invite(
        "coach", "answer; wait 5; say 'Say yes.'; wait 9; hang up", f'beep="false" {coached}'
    )
    meeting.run()
    (recording,) = meeting.client.recordings.list(conference_sid=meeting.room.sid)

    assert meeting.heard("agent") == ["Say yes."]
    assert is_silent(recording.wav()) is silent


@pytest.mark.parametrize("moment", ["answer", "ringing"])
def test_dial_records_its_call_in_a_conference_the_caller_first_the_room_second(
    moment: str,
) -> None:
    """Of the room it keeps what the caller hears, for as long as the caller is there."""
    meeting = Meeting()
    dial = f'record="record-from-{moment}-dual" action="{AFTER}"'
    meeting.simulator.webhook(AFTER)(lambda: "<Response><Hangup/></Response>")
    meeting.invite("ann", "answer; wait 5; say 'Hello'; wait 9; hang up", 'waitUrl=""', dial)
    meeting.invite("bob", "answer; hear 'hello'; say 'Hi'; wait 60; hang up", 'beep="false"')
    meeting.run()
    ann = meeting.calls["ann"]
    (recording,) = meeting.client.recordings.list()
    told = next(each.parameters for each in ann.webhooks if each.purpose == "action")

    assert (recording.source, recording.call_sid, recording.channels) == ("DialVerb", ann.sid, 2)
    assert told["RecordingSid"] == recording.sid
    assert silence(recording.wav(), 0)[0] == pytest.approx(5, abs=0.1)
    assert silence(recording.wav(), 1)[0] > 5


def test_hold_music_is_on_the_recording_of_a_conference_for_as_long_as_it_is_heard() -> None:
    """Nobody speaks: Bob's music is all that there is."""
    meeting = Meeting()
    record = 'beep="false" record="record-from-start" trim="trim-silence"'
    meeting.invite("ann", "answer; wait 40; hang up", record)
    bob = meeting.invite("bob", "answer; wait 60; hang up", 'beep="false"')
    meeting.simulator.advance(10)
    participant = meeting.room.participants.fetch(bob.sid)
    participant.update(hold=True)
    meeting.simulator.advance(7)
    participant.update(hold=False)
    meeting.run()
    (recording,) = meeting.client.recordings.list(conference_sid=meeting.room.sid)

    assert recording.duration == 7
    assert not is_silent(recording.wav())


def test_the_api_takes_a_caller_out_of_a_conference() -> None:
    """A redirected call leaves, and the application is told why."""
    meeting = Meeting()
    ann = meeting.invite("ann")
    meeting.invite("bob", "answer; wait 20; hang up")
    meeting.simulator.advance(10)
    ann.update(twiml="<Response><Say>You are out.</Say></Response>")
    meeting.run()

    assert meeting.kinds("ann", "said") == ["“You are out.”"]
    leave = next(e for e in meeting.told if e["StatusCallbackEvent"] == "participant-leave")
    assert leave["ReasonParticipantLeft"] == "participant_updated_via_api"


def test_a_warm_transfer_leaves_the_customer_with_the_expert() -> None:
    """The agent brings in an expert by the API, introduces the two, and goes."""
    meeting = Meeting()
    meeting.invite("customer", "answer; hear 'here is Eve'; say 'Hi Eve'; wait 6; hang up")
    meeting.invite("agent", "answer; hear 'This is Eve'; say 'Here is Eve'; hang up")
    meeting.simulator.phones["client:eve"] = (
        "ring 2; answer; say 'This is Eve'; hear 'hi eve'; wait 9"
    )
    meeting.simulator.advance(5)
    eve = meeting.room.participants.create(to="client:eve", from_="+12125551234")
    meeting.run()
    meeting.simulator.phones.check()
    call = meeting.client.calls.fetch(eve.call_sid)

    assert [line.text for line in call.transcript] == ["This is Eve", "Here is Eve", "Hi Eve"]
    assert meeting.room.reason_conference_ended == "last-participant-left"


def test_a_name_may_be_used_again_when_its_conference_is_over() -> None:
    meeting = Meeting()
    for name in ("ann", "bob"):
        meeting.invite(name, "answer; wait 2; hang up")
        meeting.simulator.run()

    held = meeting.client.conferences.list(status="completed")

    assert [each.friendly_name for each in held] == ["Room", "Room"]
    assert len({each.sid for each in held}) == 2


def test_a_meeting_replays_to_the_same_bytes() -> None:
    def held() -> str:
        meeting = Meeting(tm.Simulator(seed=5))
        for name in ("ann", "bob", "cyn"):
            meeting.invite(name, "answer; wait 6; say 'Hello'; wait 4; hang up", 'record="true"')
        meeting.run()
        timelines = [repr(call.timeline) for call in meeting.calls.values()]
        return "\n".join([*timelines, repr(meeting.told), repr(meeting.room.fields)])

    assert held() == held()
