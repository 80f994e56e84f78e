"""Dial: what record keeps of both parties, on which channels, from when, and who is told."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO, told
from tests.parties import ACTION, ANN, BOB, IVR, Dial, after, asked, moments
from tests.recordings import is_silent, silence

STATUS = f"{IVR}/recording"
#: Rings three seconds after a second of setup; the caller speaks first.
TALK = {
    TO: "answer; say 'This is the caller.'; wait 20; hang up",
    ANN: "ring 3; answer; wait 4; say 'Ann here.'; wait 2; hang up",
}
VALUES: dict[str, tuple[str, int, float] | None] = {
    # the value of record: when it begins, its channels, and its first seconds without a voice
    "do-not-record": None,
    "false": None,
    "record-from-answer": ("bridged", 1, 0),
    "true": ("bridged", 1, 0),
    "record-from-answer-dual": ("bridged", 2, 0),
    "record-from-ringing": ("ringing", 1, 3),
    "record-from-ringing-dual": ("ringing", 2, 3),
}


@pytest.mark.parametrize("value", VALUES)
def test_record_says_from_when_and_on_how_many_channels(dial: Dial, value: str) -> None:
    call = dial(f'<Dial record="{value}" action="{ACTION}">{ANN}</Dial>', TALK)
    expected, recordings = VALUES[value], list(call.recordings)
    if expected is None:
        assert recordings == []
        return
    (recording,) = recordings
    begins, channels, _ = expected
    began = moments(call, begins)[-1 if begins == "ringing" else 0]

    assert (recording.source, recording.channels) == ("DialVerb", channels)
    assert moments(call, "recording") == [began]
    assert recording.duration == round(moments(call, "left")[0] - began)
    assert after(call)["DialCallStatus"] == "completed"


@pytest.mark.parametrize("value", ["record-from-answer-dual", "record-from-ringing-dual"])
def test_of_two_channels_the_first_is_the_callers(dial: Dial, value: str) -> None:
    call = dial(f'<Dial record="{value}">{ANN}</Dial>', TALK)
    sound = call.recordings[0].wav()
    ringing = 3 if "ringing" in value else 0

    assert silence(sound, 0)[0] == pytest.approx(ringing + 0.5, abs=0.01)
    assert silence(sound, 1)[0] == pytest.approx(0 if ringing else 4, abs=0.01)


@pytest.mark.parametrize(("track", "first"), [("inbound", 0.5), ("outbound", 4.0), ("both", 0.5)])
def test_one_track_is_one_party(dial: Dial, track: str, first: float) -> None:
    call = dial(f'<Dial record="record-from-answer" recordingTrack="{track}">{ANN}</Dial>', TALK)
    recording = call.recordings[0]

    assert silence(recording.wav(), 0)[0] == pytest.approx(first, abs=0.01)


def test_trim_cuts_the_silence_at_both_ends(dial: Dial) -> None:
    document = '<Dial record="true" trim="{}">' + ANN + "</Dial>"
    whole = dial(document.format("do-not-trim"), TALK).recordings[0]
    trimmed = dial(document.format("trim-silence"), TALK).recordings[0]

    assert silence(whole.wav(), 0)[0] == pytest.approx(0.5, abs=0.01)
    assert 2 <= silence(whole.wav(), 0)[1] < 2.5  # words die away
    assert silence(trimmed.wav(), 0)[0] == pytest.approx(0, abs=0.01)
    assert silence(trimmed.wav(), 0)[1] < 0.5
    assert (whole.duration, trimmed.duration) == (7, 5)


def test_the_application_is_told_of_the_recording_as_part_of_the_callers_leg(dial: Dial) -> None:
    """Facts: webhooks, Dial.recordingStatusCallback."""
    call = dial(
        f'<Dial record="record-from-answer-dual" recordingStatusCallback="{STATUS}" '
        f'recordingStatusCallbackEvent="in-progress completed absent">{ANN}</Dial>',
        TALK,
    )
    begun, ended = asked(call, "recording status")
    (recording,) = call.recordings

    for told_to in (begun, ended):
        assert told_to["CallSid"] == call.sid
        assert told_to["RecordingSid"] == recording.sid
        assert (told_to["RecordingSource"], told_to["RecordingChannels"]) == ("DialVerb", "2")
    assert (begun["RecordingStatus"], ended["RecordingStatus"]) == ("in-progress", "completed")
    assert "RecordingDuration" not in begun
    assert ended["RecordingDuration"] == str(recording.duration)


def test_a_recording_of_silence_is_kept_though_silence_is_to_be_cut(dial: Dial) -> None:
    call = dial(
        f'<Dial record="true" trim="trim-silence" recordingStatusCallback="{STATUS}" '
        f'recordingStatusCallbackEvent="completed absent" action="{ACTION}">{ANN}</Dial>',
        {ANN: "answer; wait 3; hang up"},
    )

    assert [each["RecordingStatus"] for each in asked(call, "recording status")] == ["completed"]
    assert asked(call, "action")[0]["RecordingDuration"] == "3"
    assert is_silent(call.recordings[0].wav())


def test_the_action_has_the_address_of_the_recording(dial: Dial) -> None:
    call = dial(f'<Dial record="true" action="{ACTION}">{ANN}</Dial>', TALK)
    (told_to,), (recording,) = asked(call, "action"), call.recordings

    assert told_to["RecordingUrl"] == recording.media_url
    assert told_to["RecordingSid"] == recording.sid
    assert told_to["RecordingDuration"] == str(recording.duration)


@pytest.mark.parametrize(
    ("value", "count"), [("record-from-answer", 0), ("record-from-ringing", 1)]
)
def test_a_dial_that_nobody_answers_is_recorded_from_the_ringing_only(
    dial: Dial, value: str, count: int
) -> None:
    call = dial(f'<Dial record="{value}">{ANN}</Dial>', {ANN: "ring 5; busy"})

    assert [recording.duration for recording in call.recordings] == [5] * count


def test_a_recording_ends_with_its_dial_and_the_next_begins_with_the_next(dial: Dial) -> None:
    call = dial(
        f'<Dial record="true">{ANN}</Dial><Pause length="4"/><Dial record="true">{BOB}</Dial>',
        {ANN: "answer; wait 3; hang up", BOB: "answer; wait 5; hang up"},
    )

    assert {recording.duration for recording in call.recordings} == {3, 5}


def test_who_hangs_up_first_does_not_matter_to_the_recording(dial: Dial) -> None:
    call = dial(
        f'<Dial record="true" action="{ACTION}">{ANN}</Dial>', {TO: "answer; wait 9; hang up"}
    )
    (told_to,) = asked(call, "action")

    assert told_to["RecordingDuration"] == "6"
    assert told(call, "recorded") == ["6.0 s"]


def test_keys_beeps_and_faxes_of_the_other_party_are_on_the_second_channel(dial: Dial) -> None:
    for script in ("answer; press 5; wait 1; hang up", "fax; hang up", 'machine "Hi."; hang up'):
        call = dial(f'<Dial record="record-from-answer-dual">{ANN}</Dial>', {ANN: script})
        sound = call.recordings[0].wav()

        assert silence(sound, 1)[0] < 1
        assert is_silent(sound, 0)


def test_the_called_leg_has_no_recording_of_its_own(dial: Dial, client: tm.Client) -> None:
    call = dial(f'<Dial record="true">{ANN}</Dial>', TALK, record=True)

    assert sorted(recording.source for recording in call.recordings) == ["DialVerb", "OutboundAPI"]
    assert [list(child.recordings) for child in client.calls.list(to=ANN)] == [[]]
    assert [child.from_ for child in client.calls.list(to=ANN)] == [FROM]
