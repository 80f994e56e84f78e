"""Recordings of whole calls: what starts and ends them, what the API says of them, and who is told."""

from __future__ import annotations

import pytest
import requests
from twilio.base.exceptions import TwilioRestException

import twilio_magic as tm
from tests.calls import FROM, TO, Place, told
from tests.recordings import Asked, is_silent, of, official, remembering
from tests.simulation.rest import address

STATUS = "https://ivr.example.com/recording-status"
CALL = "https://ivr.example.com/call-status"
WAITS = "<Response><Pause length='60'/></Response>"


@pytest.fixture
def asked(simulator: tm.Simulator) -> Asked:
    """Every request to the two addresses, in order."""
    return remembering(simulator, STATUS, CALL)


@pytest.fixture
def running(client: tm.Client, simulator: tm.Simulator) -> tm.Call:
    """A call that was answered two seconds ago and goes on for a minute."""
    call = client.calls.create(to=TO, from_=FROM, twiml=WAITS)
    simulator.advance(seconds=5)
    return call.fetch()


def test_record_true_records_from_the_answer_to_the_end(place: Place) -> None:
    call = place("<Say>Hello.</Say><Pause length='9'/>", record=True, trim="do-not-trim")
    (recording,) = call.recordings

    assert recording.source == "OutboundAPI"
    assert recording.status == "completed"
    assert recording.duration == call.duration
    assert recording.start_time == call.start_time


def test_without_record_there_is_none(place: Place) -> None:
    assert list(place("<Say>Hello.</Say>").recordings) == []


def test_a_call_that_is_not_answered_is_not_recorded(place: Place) -> None:
    assert list(place("<Say>Hello.</Say>", phone="busy", record=True).recordings) == []


def test_silence_at_both_ends_is_cut_unless_asked_otherwise(place: Place) -> None:
    twiml = "<Pause length='5'/><Say>One two three four five.</Say><Pause length='5'/>"
    cut = place(twiml, record=True).recordings[0]
    whole = place(twiml, record=True, trim="do-not-trim").recordings[0]

    assert cut.duration is not None
    assert whole.duration is not None
    assert cut.duration == whole.duration - 10


@pytest.mark.parametrize("row", ["in-progress", "completed"])
def test_the_recording_status_callback_of_a_call(place: Place, asked: Asked, row: str) -> None:
    """Facts: callbacks.recording_status.params, every row."""
    call = place(
        "<Say>Hello.</Say>",
        record=True,
        recording_channels="dual",
        recording_status_callback=STATUS,
        recording_status_callback_event=[row],
    )
    (told_to,) = of(asked, STATUS)
    recording = call.recordings[0]

    assert told_to == {
        "AccountSid": call.account_sid,
        "CallSid": call.sid,
        "RecordingSid": recording.sid,
        "RecordingUrl": recording.media_url,
        "RecordingStatus": row,
        "RecordingChannels": "2",
        "RecordingTrack": "both",
        "RecordingSource": "OutboundAPI",
        "RecordingStartTime": recording.fields["start_time"],
        "ErrorCode": "0",
    } | ({"RecordingDuration": "1"} if row == "completed" else {})


def test_a_silent_call_leaves_its_silence_which_has_no_sound_to_be_cut_to(
    place: Place, asked: Asked
) -> None:
    call = place("<Pause length='5'/>", record=True, trim="trim-silence")

    assert (call.recordings[0].status, call.recordings[0].duration) == ("completed", 5)


def test_a_recording_without_length_is_absent(place: Place, asked: Asked) -> None:
    """Facts: callbacks.recording_status, RecordingStatus absent and ErrorCode (uncertain)."""
    call = place(
        f"<Start><Recording name='first' recordingStatusCallback='{STATUS}'"
        " recordingStatusCallbackEvent='completed absent'/></Start>"
        "<Stop><Recording name='first'/></Stop>"
    )
    (told_to,) = of(asked, STATUS)

    assert (told_to["RecordingStatus"], told_to["ErrorCode"]) == ("absent", "16101")
    assert "RecordingDuration" not in told_to
    assert call.recordings[0].status == "absent"
    assert call.recordings[0].fields["error_code"] == 16101
    with pytest.raises(tm.ApiError) as refused:
        call.recordings[0].wav()
    assert refused.value.code == 20404


def test_the_last_status_callback_of_a_recorded_call_says_where_the_recording_is(
    place: Place, asked: Asked
) -> None:
    call = place("<Say>Hello.</Say>", record=True, status_callback=CALL)
    (told_to,) = of(asked, CALL)

    assert told_to["RecordingSid"] == call.recordings[0].sid
    assert told_to["RecordingUrl"] == call.recordings[0].media_url
    assert told_to["RecordingDuration"] == str(call.recordings[0].duration)


def test_the_last_status_callback_of_another_call_says_nothing_of_it(
    place: Place, asked: Asked
) -> None:
    place("<Say>Hello.</Say>", status_callback=CALL)

    assert "RecordingUrl" not in of(asked, CALL)[0]


def test_start_recording_records_beside_the_other_verbs(place: Place, asked: Asked) -> None:
    call = place(
        f"<Start><Recording channels='mono' trim='do-not-trim' recordingStatusCallback='{STATUS}'/></Start>"
        "<Pause length='7'/>"
    )

    assert call.recordings[0].duration == 7
    assert of(asked, STATUS)[0]["RecordingSource"] == "StartCallRecordingTwiML"


def test_start_recording_has_two_channels_by_default(place: Place) -> None:
    assert place("<Start><Recording/></Start><Say>Hello.</Say>").recordings[0].channels == 2


def test_stop_ends_the_recording_of_that_name(place: Place) -> None:
    call = place(
        "<Start><Recording name='first' trim='do-not-trim'/></Start><Pause length='4'/>"
        "<Stop><Recording name='first'/></Stop><Pause length='9'/>"
    )

    assert call.recordings[0].duration == 4


def test_stop_with_another_name_stops_nothing(place: Place) -> None:
    call = place(
        "<Start><Recording name='first' trim='do-not-trim'/></Start><Pause length='4'/>"
        "<Stop><Recording name='second'/></Stop><Pause length='6'/>"
    )

    assert call.recordings[0].duration == 10
    assert any("no recording called 'second' runs" in text for text in told(call, "warned"))


@pytest.mark.parametrize("track", ["inbound", "outbound", "both"])
def test_the_track_of_start_recording_is_told_and_changes_nothing_that_is_heard(
    place: Place, asked: Asked, track: str
) -> None:
    """Seen on live calls: two channels, and both parties on them."""
    call = place(
        f"<Start><Recording track='{track}' recordingStatusCallback='{STATUS}'/></Start>"
        "<Say>Hello.</Say><Pause length='3'/>",
        phone="answer; wait 2; say 'Hi.'; wait 2; hang up",
    )
    sound = call.recordings[0].wav()

    assert of(asked, STATUS)[0]["RecordingTrack"] == track
    assert not is_silent(sound, 0)
    assert not is_silent(sound, 1)


#: What starts a recording in TwiML, and its source.
STARTS = {
    "StartCallRecordingTwiML": ("<Start><Recording/></Start><Pause length='20'/>", {}),
    "OutboundAPI": ("<Pause length='20'/>", {"record": True}),
    "DialVerb": ("<Dial record='record-from-answer'>+14155550101</Dial>", {}),
    "RecordVerb": ("<Record timeout='20'/>", {}),
}


@pytest.mark.parametrize("source", STARTS)
def test_recordings_from_several_sources_run_side_by_side(
    client: tm.Client, simulator: tm.Simulator, source: str
) -> None:
    """Seen on live calls: each has its own sid, and the API's is one of them."""
    verbs, parameters = STARTS[source]
    simulator.phones[TO] = "answer; wait 20; hang up"
    twiml = f"<Response>{verbs}</Response>"
    call = client.calls.create(to=TO, from_=FROM, twiml=twiml, **parameters)
    simulator.advance(10)
    started = call.recordings.create()
    call.wait()

    assert {each.source for each in call.recordings} == {source, "StartCallRecordingAPI"}
    assert {each.status for each in call.recordings} == {"completed"}
    assert len({each.sid for each in call.recordings} | {started.sid}) == 2


def test_a_second_start_from_the_same_source_succeeds_and_makes_no_other_recording(
    place: Place, running: tm.Call, simulator: tm.Simulator
) -> None:
    """Seen on live calls for the API; that it answers with the recording that runs is a guess, as is TwiML."""
    first, second = running.recordings.create(), running.recordings.create()
    call = place("<Start><Recording/></Start>" * 2 + "<Say>Hello.</Say>")

    assert second.sid == first.sid
    assert len(list(running.recordings)) == len(list(call.recordings)) == 1
    assert "no other recording is made" in told(call, "warned")[0]


def test_a_recording_that_has_ended_may_be_followed_by_another(
    running: tm.Call, simulator: tm.Simulator
) -> None:
    first = running.recordings.create()
    simulator.advance(3)
    running.recordings.update(first.sid, status="stopped")

    assert running.recordings.create().sid != first.sid


def test_the_current_recording_is_not_clear_where_several_run(
    client: tm.Client, simulator: tm.Simulator
) -> None:
    """16108 answers an action on Twilio.CURRENT, and not the start of another recording."""
    call = client.calls.create(to=TO, from_=FROM, twiml=WAITS, record=True)
    simulator.advance(seconds=5)
    started = call.recordings.create()
    with pytest.raises(tm.ApiError) as refused:
        call.recordings.update("Twilio.CURRENT", status="paused")
    call.recordings.update(started.sid, status="stopped")

    assert refused.value.code == 16108
    assert call.recordings.update("Twilio.CURRENT", status="paused").source == "OutboundAPI"


def test_a_relative_recording_status_callback_of_start_recording_is_never_called(
    place: Place, simulator: tm.Simulator
) -> None:
    """Seen on live calls: Gather and Dial resolve relative addresses, this noun does not."""
    document = "<Start><Recording recordingStatusCallback='/status'/></Start><Say>Hello.</Say>"
    simulator.webhook("https://ivr.example.com/voice")(lambda: f"<Response>{document}</Response>")
    call = place(url="https://ivr.example.com/voice")

    assert [each.purpose for each in call.webhooks] == ["voice url"]
    assert told(call, "failed") == [
        "11200: recordingStatusCallback /status is relative, and is not called"
    ]
    assert [each.status for each in call.recordings] == ["completed"]


def test_the_api_starts_and_stops_a_recording(running: tm.Call, simulator: tm.Simulator) -> None:
    recording = running.recordings.create()
    simulator.advance(seconds=12)
    stopped = running.recordings.update(recording.sid, status="stopped")

    assert recording.status == "in-progress"
    assert (stopped.status, stopped.duration) == ("completed", 12)
    assert stopped.source == "StartCallRecordingAPI"


def test_a_recording_whose_call_was_just_ended_is_processed(
    client: tm.Client, simulator: tm.Simulator
) -> None:
    """Twilio's page on recordings: between the end and the sound, a recording is “processing”."""
    call = client.calls.create(to=TO, from_=FROM, twiml=WAITS, record=True)
    simulator.advance(seconds=10)
    ended = call.update(status="completed")
    (recording,) = call.recordings
    with pytest.raises(tm.ApiError) as refused:
        recording.update(status="paused")
    simulator.advance(seconds=0.001)

    assert (ended.status, recording.status, recording.duration) == ("completed", "processing", None)
    assert refused.value.code == 21220
    assert (recording.fetch().status, recording.fetch().duration) == ("completed", 7)


@pytest.mark.parametrize(("behaviour", "seconds"), [("skip", 7), ("silence", 12)])
def test_a_pause_is_left_out_or_is_silence(
    running: tm.Call, simulator: tm.Simulator, behaviour: str, seconds: int
) -> None:
    recording = running.recordings.create()
    simulator.advance(seconds=3)
    paused = running.recordings.update(recording.sid, status="paused", pause_behavior=behaviour)
    simulator.advance(seconds=5)
    running.recordings.update(recording.sid, status="in-progress")
    simulator.advance(seconds=4)
    stopped = running.recordings.update("Twilio.CURRENT", status="stopped")

    assert paused.status == "paused"
    assert stopped.duration == seconds
    assert len(stopped.wav()) == 44 + 2 * 8000 * seconds


def test_what_is_said_in_a_silent_pause_is_silence(
    client: tm.Client, simulator: tm.Simulator
) -> None:
    """The phone speaks during the pause alone, so that nothing but silence is left."""
    simulator.phones[TO] = "answer; wait 7; say 'My card number is one two three.'; wait 60"
    call = client.calls.create(to=TO, from_=FROM, twiml=WAITS, record=True, trim="trim-silence")
    simulator.advance(seconds=5)
    call.recordings.update("Twilio.CURRENT", status="paused", pause_behavior="silence")
    simulator.advance(seconds=9)
    call.recordings.update("Twilio.CURRENT", status="in-progress")
    simulator.advance(seconds=5)
    stopped = call.recordings.update("Twilio.CURRENT", status="stopped")

    assert told(call.fetch(), "spoke") == ["“My card number is one two three.”"]
    assert is_silent(stopped.wav())


def test_a_recording_that_is_over_cannot_be_changed(place: Place) -> None:
    recording = place("<Say>Hello.</Say>", record=True).recordings[0]

    with pytest.raises(tm.ApiError) as refused:
        recording.update(status="paused")
    assert refused.value.code == 21220


def test_a_call_that_is_over_cannot_be_recorded(place: Place) -> None:
    with pytest.raises(tm.ApiError) as refused:
        place("<Say>Hello.</Say>").recordings.create()

    assert refused.value.code == 21220


def test_the_account_lists_the_recordings_of_all_its_calls(client: tm.Client, place: Place) -> None:
    calls = [place("<Say>Hello.</Say>", record=True) for _ in range(3)]

    assert [recording.call_sid for recording in client.recordings] == [
        call.sid for call in reversed(calls)
    ]
    assert len(client.recordings.list(call_sid=calls[0].sid)) == 1


def test_deleting_a_call_keeps_its_recordings(client: tm.Client, place: Place) -> None:
    call = place("<Say>Hello.</Say>", record=True)
    recording = call.recordings[0]
    client.calls.delete(call.sid)

    assert client.recordings.fetch(recording.sid).wav() == recording.wav()


def test_a_deleted_recording_is_gone_with_its_sound(client: tm.Client, place: Place) -> None:
    recording = place("<Say>Hello.</Say>", record=True).recordings[0]
    recording.delete()

    assert list(client.recordings) == []
    with pytest.raises(tm.ApiError) as gone:
        recording.wav()
    assert gone.value.code == 20404


def test_the_official_sdk_starts_pauses_lists_and_deletes_recordings(
    simulator: tm.Simulator, running: tm.Call
) -> None:
    sdk = official(simulator)
    made = sdk.calls(running.sid).recordings.create(recording_channels="dual")
    simulator.advance(seconds=3)
    paused = sdk.calls(running.sid).recordings(made.sid).update(status="paused")
    simulator.run()
    (listed,) = sdk.recordings.list(call_sid=running.sid)

    assert (made.status, paused.status, listed.status) == ("in-progress", "paused", "completed")
    assert (listed.channels, listed.source) == (2, "StartCallRecordingAPI")
    assert listed.media_url.endswith(f"/Recordings/{made.sid}")
    assert sdk.recordings(made.sid).fetch().duration == listed.duration
    assert sdk.recordings(made.sid).delete()
    with pytest.raises(TwilioRestException):
        sdk.recordings(made.sid).fetch()


def test_a_webhook_may_stop_a_recording_of_its_own_call(
    client: tm.Client, simulator: tm.Simulator, place: Place, asked: Asked
) -> None:
    @simulator.webhook("https://ivr.example.com/voice")
    def voice(parameters: dict[str, str]) -> str:
        client.calls.fetch(parameters["CallSid"]).recordings.update(
            "Twilio.CURRENT", status="stopped"
        )
        return "<Response><Say>Not recorded.</Say></Response>"

    call = place(
        "<Start><Recording channels='mono' trim='do-not-trim'/></Start><Pause length='3'/>"
        "<Redirect>https://ivr.example.com/voice</Redirect>"
    )

    assert call.recordings[0].duration == 3
    assert call.status == "completed"


def test_the_api_may_stop_what_a_record_takes_down(
    client: tm.Client, simulator: tm.Simulator
) -> None:
    simulator.phones[TO] = 'answer; say "Hello there, everybody."; wait 20; hang up'
    call = client.calls.create(
        to=TO, from_=FROM, twiml="<Response><Record timeout='9' playBeep='false'/></Response>"
    )
    simulator.advance(6)
    call.recordings.update("Twilio.CURRENT", status="stopped")
    call.wait()

    assert told(call, "recorded")[0] == "2.0 s"
    assert call.status == "completed"


def test_a_recording_status_callback_may_redirect_the_call(
    client: tm.Client, simulator: tm.Simulator, place: Place
) -> None:
    @simulator.webhook(STATUS)
    def status(parameters: dict[str, str]) -> str:
        call = client.calls.fetch(parameters["CallSid"])
        call.update(twiml="<Response><Say>From the callback.</Say></Response>")
        return ""

    call = place(
        "<Pause length='60'/>",
        record=True,
        recording_status_callback=STATUS,
        recording_status_callback_event=["in-progress"],
    )

    assert [line.text for line in call.transcript] == ["From the callback."]


def test_two_channels_of_a_mono_recording_are_refused(
    simulator: tm.Simulator, place: Place
) -> None:
    recording = place("<Say>Hello.</Say>", record=True).recordings[0]
    answer = official(simulator).request("GET", f"{recording.media_url}.wav?RequestedChannels=2")

    assert answer.status_code == 400


def test_the_keys_of_a_recording_depend_on_where_it_is_asked_for(
    simulator: tm.Simulator, session: requests.Session, place: Place
) -> None:
    """The account's has its media and what is below it, the call's its track (Twilio's OpenAPI description)."""
    recording = place("<Say>Hello.</Say>", record=True).recordings[0]
    below = f"/Recordings/{recording.sid}"
    of_account = session.get(address(simulator, f"{below}.json")).json()
    of_call = session.get(address(simulator, f"/Calls/{recording.call_sid}{below}.json")).json()

    assert "track" not in of_account
    assert of_account["media_url"] == address(simulator, below)
    assert of_account["subresource_uris"] == {
        "add_on_results": of_account["uri"].replace(".json", "/AddOnResults.json"),
        "transcriptions": of_account["uri"].replace(".json", "/Transcriptions.json"),
    }
    assert of_call["track"] == "both"
    assert not {"media_url", "subresource_uris"} & of_call.keys()
