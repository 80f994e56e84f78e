"""Record: what ends a recording, what becomes of it, and who is told."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import Place, heard, kinds, told
from tests.recordings import Asked, is_silent, of, remembering

ACTION = "https://ivr.example.com/recorded"
STATUS = "https://ivr.example.com/recording-status"
TEXT = "https://ivr.example.com/transcribed"
SPEAKS = 'answer; hear beep; say "This is Ann, please call me back."'


@pytest.fixture
def asked(simulator: tm.Simulator) -> Asked:
    """Every request to the three addresses, in order."""
    return remembering(simulator, ACTION, STATUS, TEXT)


def test_what_the_phone_says_is_recorded_and_the_action_takes_over(
    place: Place, asked: Asked
) -> None:
    call = place(f"<Record action='{ACTION}' timeout='2'/><Say>Never heard.</Say>", phone=SPEAKS)

    assert heard(call)[-1] == "Twilio: Thank you."
    assert "Never heard." not in repr(call.transcript)
    assert [recording.source for recording in call.recordings] == ["RecordVerb"]


def test_the_action_is_told_url_sid_and_duration(place: Place, asked: Asked) -> None:
    """Facts: callbacks.Record.action_params, RecordingUrl, RecordingDuration, RecordingSid."""
    call = place(f"<Record action='{ACTION}' timeout='2'/>", phone=SPEAKS)
    (told_to,) = of(asked, ACTION)
    recording = call.recordings[0]

    assert told_to["RecordingUrl"] == recording.media_url
    assert told_to["RecordingUrl"].startswith("https://api.twilio.com/2010-04-01/Accounts/AC")
    assert told_to["RecordingSid"] == recording.sid
    assert told_to["RecordingDuration"] == "5"
    assert told_to["CallStatus"] == "in-progress"
    assert "Digits" not in told_to


def test_silence_is_cut_after_the_action_was_told_the_duration(place: Place, asked: Asked) -> None:
    """trim-silence is the default: the recording is shorter than RecordingDuration says at the action."""
    call = place(f"<Record action='{ACTION}' timeout='3'/>", phone=SPEAKS)

    assert of(asked, ACTION)[0]["RecordingDuration"] == "6"
    assert call.recordings[0].duration == 3


def test_without_trim_the_silence_stays(place: Place, asked: Asked) -> None:
    call = place(f"<Record action='{ACTION}' timeout='3' trim='do-not-trim'/>", phone=SPEAKS)

    assert call.recordings[0].duration == 6


@pytest.mark.parametrize("key", "1234567890*#")
def test_any_key_ends_the_recording(place: Place, asked: Asked, key: str) -> None:
    """Facts: callbacks.Record.action_params, Digits: the end key; finishOnKey is all twelve keys."""
    place(f"<Record action='{ACTION}'/>", phone=f"{SPEAKS}; press {key}")

    assert of(asked, ACTION)[0]["Digits"] == key


def test_only_the_keys_of_finish_on_key_end_it(place: Place, asked: Asked) -> None:
    call = place(f"<Record action='{ACTION}' finishOnKey='*#'/>", phone=f"{SPEAKS}; press 12#")

    assert of(asked, ACTION)[0]["Digits"] == "#"
    assert told(call, "pressed") == ["1", "2", "#"]


def test_without_finish_keys_only_silence_ends_it(place: Place, asked: Asked) -> None:
    """What an empty finishOnKey means is not documented; that no key ends it is a guess."""
    place(f"<Record action='{ACTION}' finishOnKey='' timeout='2'/>", phone=f"{SPEAKS}; press #")

    assert "Digits" not in of(asked, ACTION)[0]


def test_max_length_ends_it_however_long_somebody_speaks(place: Place, asked: Asked) -> None:
    call = place(f"<Record action='{ACTION}' maxLength='2'/>", phone=SPEAKS)

    assert of(asked, ACTION)[0]["RecordingDuration"] == "2"
    assert call.recordings[0].duration == 2


def test_silence_of_timeout_seconds_ends_it(place: Place, asked: Asked) -> None:
    twiml = f"<Record action='{ACTION}' timeout='4' trim='do-not-trim'/>"
    call = place(twiml, phone='answer; hear beep; say "One."; wait 3; say "Two."')
    spoken = [event for event in call.timeline if event.kind == "spoke"]
    (ended,) = [event for event in call.timeline if event.kind == "recorded"]

    assert len(spoken) == 2
    assert ended.at == pytest.approx(spoken[-1].at + spoken[-1].data["seconds"] + 4)


def test_timeout_zero_waits_for_ever(place: Place, asked: Asked) -> None:
    twiml = f"<Record action='{ACTION}' timeout='0' maxLength='60' trim='do-not-trim'/>"
    call = place(twiml, phone=SPEAKS)

    assert call.recordings[0].duration == 60


@pytest.mark.parametrize(
    ("attributes", "phone", "seconds"),
    [
        ("", "answer", 5),
        ("timeout='0' maxLength='7'", "answer", 7),
        ("", "answer; wait 4; press #", 4),
        ("", "answer; wait 4; hang up", 4),
    ],
    ids=["silence", "maxLength", "key", "hang-up"],
)
def test_a_recording_of_nothing_but_silence_is_kept_and_leads_to_the_action(
    place: Place, asked: Asked, attributes: str, phone: str, seconds: int
) -> None:
    """Twilio saves silence, whatever ends it: the next verb never follows."""
    call = place(f"<Record action='{ACTION}' {attributes}/><Say>Never heard.</Say>", phone=phone)
    (told_to,), (recording,) = of(asked, ACTION), call.recordings

    assert "Never heard." not in repr(call.transcript)
    assert told_to["RecordingUrl"] == recording.media_url
    assert told_to["RecordingDuration"] == str(seconds)
    assert (recording.status, recording.duration) == ("completed", seconds)
    assert is_silent(recording.wav())


def test_words_that_began_before_the_recording_are_recorded_from_its_start_on(
    place: Place, asked: Asked
) -> None:
    call = place(
        f"<Pause length='1'/><Record action='{ACTION}' playBeep='false' timeout='2'"
        f" transcribe='true' transcribeCallback='{TEXT}'/>",
        phone='answer; wait 0.1; say "One two three four five six seven eight nine ten."',
    )
    at = {event.kind: event for event in call.timeline}
    spoken_until = at["spoke"].at + at["spoke"].data["seconds"]

    assert of(asked, TEXT)[0]["TranscriptionText"] == "three four five six seven eight nine ten."
    assert call.recordings[0].duration == round(spoken_until - at["recording"].at)


def test_hanging_up_ends_it_and_the_action_hears_of_it(place: Place, asked: Asked) -> None:
    """Facts: callbacks.Record.action_params, Digits: hangup."""
    call = place(f"<Record action='{ACTION}'/>", phone=f"{SPEAKS}; hang up")
    (told_to,) = of(asked, ACTION)

    assert (told_to["Digits"], told_to["CallStatus"]) == ("hangup", "completed")
    assert told_to["RecordingUrl"] == call.recordings[0].media_url
    assert "Thank you." not in repr(call.transcript)


def test_a_time_limit_ends_the_recording_with_the_call(place: Place, asked: Asked) -> None:
    place(f"<Record action='{ACTION}' timeout='0'/>", phone=SPEAKS, time_limit=10)

    assert of(asked, ACTION)[0]["Digits"] == "hangup"


def test_a_redirect_by_the_api_ends_the_recording_and_asks_no_action(
    client: tm.Client, simulator: tm.Simulator, asked: Asked
) -> None:
    simulator.phones["+13105555555"] = SPEAKS
    twiml = f"<Response><Record action='{ACTION}' timeout='0'/></Response>"
    call = client.calls.create(to="+13105555555", from_="+12125551234", twiml=twiml)
    simulator.advance(seconds=10)
    call.update(twiml="<Response><Say>Something else.</Say></Response>").wait()

    assert heard(call)[-1] == "Twilio: Something else."
    assert of(asked, ACTION) == []
    assert call.recordings[0].status == "completed"


@pytest.mark.parametrize(
    ("verb", "phone"),
    [
        ("<Record timeout='1' playBeep='false'/>", "answer"),
        ("<Gather numDigits='1' timeout='20'/>", "answer; wait 9; press 1"),
        ("<Pay timeout='1'/>", "answer"),
    ],
)
@pytest.mark.parametrize("way", ["twiml", "url"])
def test_without_action_a_document_that_a_running_call_was_sent_to_leads_nowhere(
    client: tm.Client, simulator: tm.Simulator, verb: str, phone: str, way: str
) -> None:
    """11100: Twilio says so of Record; Gather and Pay, which lead back in the same way, are inferred."""
    again = f"<Response>{verb}<Say>Never heard.</Say></Response>"
    simulator.webhook("https://ivr.example.com/again")(lambda: again)
    simulator.phones["+13105555555"] = phone
    twiml = "<Response><Pause length='60'/></Response>"
    call = client.calls.create(to="+13105555555", from_="+12125551234", twiml=twiml)
    simulator.advance(5)
    call.update(**{way: again if way == "twiml" else "https://ivr.example.com/again"})
    call.wait()

    assert [text.partition(":")[0] for text in told(call, "failed")] == ["11100"]
    assert len(call.webhooks) == (way == "url")
    assert call.status == "completed"


def test_without_action_the_current_document_is_requested_again(
    place: Place, simulator: tm.Simulator
) -> None:
    """Facts: callbacks.Record.default_action."""
    documents = iter(["<Record timeout='1'/>", "<Say>Got it.</Say>"])

    @simulator.webhook("https://ivr.example.com/voice")
    def voice() -> str:
        return f"<Response>{next(documents)}</Response>"

    call = place(url="https://ivr.example.com/voice", phone=SPEAKS)

    assert heard(call)[-1] == "Twilio: Got it."
    assert "RecordingUrl" in call.webhooks[1].parameters


def test_a_beep_comes_first(place: Place, asked: Asked) -> None:
    call = place(f"<Record action='{ACTION}' timeout='1'/>")

    assert told(call, "played") == ["a beep"]
    assert kinds(call).index("played") < kinds(call).index("recording")


def test_without_play_beep_there_is_none(place: Place, asked: Asked) -> None:
    call = place(f"<Record action='{ACTION}' playBeep='false' timeout='1'/>")

    assert told(call, "played") == []


def test_a_phone_that_never_hears_its_beep_says_so(place: Place) -> None:
    call = place("<Say>Hello.</Say>", phone="answer; hear beep; say 'Hi'")

    assert told(call, "failed") == ["+13105555555 waited to hear a beep, but the call ended first"]


def test_a_relative_action_leads_nowhere_from_twiml_given_inline(place: Place) -> None:
    call = place("<Record action='/recorded' timeout='1'/>", phone=SPEAKS)

    [told_once] = told(call, "failed")
    assert told_once.startswith("15004: ")
    assert "%mount https://" in told_once


@pytest.mark.parametrize("row", ["in-progress", "completed"])
def test_the_recording_status_callback_is_told_of_the_events_it_asked_for(
    place: Place, asked: Asked, row: str
) -> None:
    """Facts: callbacks.Record.recordingStatusCallback_params, every row."""
    call = place(
        f"<Record action='{ACTION}' recordingStatusCallback='{STATUS}'"
        f" recordingStatusCallbackEvent='{row}' timeout='2'/>",
        phone=SPEAKS,
    )
    recording = call.recordings[0]
    expected = {
        "AccountSid": call.account_sid,
        "CallSid": call.sid,
        "RecordingSid": recording.sid,
        "RecordingUrl": recording.media_url,
        "RecordingStatus": row,
        "RecordingChannels": "1",
        "RecordingSource": "RecordVerb",
        "RecordingStartTime": recording.fields["start_time"],
        "RecordingTrack": "both",
        "ErrorCode": "0",
    } | ({"RecordingDuration": "3"} if row == "completed" else {})

    assert of(asked, STATUS) == [expected]


@pytest.mark.parametrize("attribute", ["", "transcribe='false'"])
def test_nothing_is_transcribed_unless_transcribe_is_true(
    place: Place, asked: Asked, attribute: str
) -> None:
    """transcribeCallback alone asks for nothing."""
    place(f"<Record action='{ACTION}' transcribeCallback='{TEXT}' {attribute}/>", phone=SPEAKS)

    assert of(asked, TEXT) == []
    assert len(of(asked, ACTION)) == 1


def test_the_recording_status_callback_may_be_a_get(place: Place, asked: Asked) -> None:
    call = place(
        f"<Record action='{ACTION}' timeout='2' recordingStatusCallback='{STATUS}'"
        " recordingStatusCallbackMethod='GET'/>",
        phone=SPEAKS,
    )

    assert [made.method for made in call.webhooks] == ["POST", "GET"]


def test_a_recording_status_callback_that_fails_is_warned_of(place: Place, asked: Asked) -> None:
    gone = "https://nobody.invalid/status"
    call = place(
        f"<Record action='{ACTION}' timeout='2' recordingStatusCallback='{gone}'/>", phone=SPEAKS
    )

    assert told(call, "warned")[0].startswith("15003: the recording status callback failed")
    assert call.status == "completed"


def test_what_the_phone_said_is_the_transcription(place: Place, asked: Asked) -> None:
    """Facts: callbacks.Record.transcribeCallback_params, every row but ForwardedFrom."""
    call = place(
        f"<Record action='{ACTION}' timeout='2' transcribe='true' transcribeCallback='{TEXT}'/>",
        phone=SPEAKS,
    )
    (told_to,) = of(asked, TEXT)

    assert told_to["TranscriptionText"] == "This is Ann, please call me back."
    assert told_to["TranscriptionStatus"] == "completed"
    assert told_to["TranscriptionSid"].startswith("TR")
    assert told_to["TranscriptionUrl"].endswith(f"/Transcriptions/{told_to['TranscriptionSid']}")
    assert told_to["RecordingSid"] == call.recordings[0].sid
    assert told_to["RecordingUrl"] == call.recordings[0].media_url
    assert told_to.keys() >= {"CallSid", "AccountSid", "From", "To", "CallStatus"}
    assert told_to.keys() >= {"ApiVersion", "Direction"}


def test_only_what_was_recorded_is_transcribed(place: Place, asked: Asked) -> None:
    place(
        f"<Record action='{ACTION}' maxLength='2' transcribe='true' transcribeCallback='{TEXT}'/>",
        phone=SPEAKS,
    )

    assert of(asked, TEXT)[0]["TranscriptionText"] == "This is Ann, please call"


def test_a_recording_too_short_to_be_transcribed_fails_with_the_warning(
    place: Place, asked: Asked
) -> None:
    call = place(
        f"<Record action='{ACTION}' timeout='2' transcribe='true' transcribeCallback='{TEXT}'/>",
        phone="answer; hear beep; say 'Hi.'",
    )

    assert of(asked, TEXT)[0]["TranscriptionStatus"] == "failed"
    assert "13617" in told(call, "warned")[0]


def test_with_a_max_length_over_two_minutes_nothing_is_transcribed(
    place: Place, asked: Asked
) -> None:
    call = place(
        f"<Record action='{ACTION}' maxLength='121' timeout='2' transcribe='true'"
        f" transcribeCallback='{TEXT}'/>",
        phone=SPEAKS,
    )

    assert of(asked, TEXT) == []
    assert told(call, "warned")[0].startswith("13615: ")
