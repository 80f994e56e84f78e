"""The recording of a conference holds what was announced to all, and not what one alone has heard."""

from __future__ import annotations

from array import array

import pytest

import twilio_magic as tm
from tests.calls import told
from tests.simulation.audio_files import BASE, Files, hum
from tests.simulation.conferences import Meeting
from tests.simulation.test_audio import loudness, opened

RECORD = 'record="record-from-start" beep="false"'
NEWS = "<Response><Say>Five minutes are left for today.</Say><Pause length='2'/><Say>Thank you.</Say></Response>"
FILE = 500  # the frequency of the sound files


@pytest.fixture
def meeting() -> Meeting:
    """Ann and Bob, who are silent, in a conference that is recorded."""
    return held(RECORD)


def held(attributes: str) -> Meeting:
    meeting = Meeting()
    for name in ("ann", "bob"):
        meeting.invite(name, "answer; wait 30; hang up", attributes)
    meeting.simulator.advance(5)
    return meeting


def recorded(meeting: Meeting) -> tm.Recording:
    meeting.run()
    (recording,) = meeting.client.recordings
    return recording


def samples(recording: tm.Recording) -> array[int]:
    return opened(recording.wav())[2]


def test_an_announcement_to_all_is_in_the_recording(meeting: Meeting) -> None:
    """From its first word to its last, silence between them included; what surrounds it is trimmed."""
    meeting.room.update(announce_url=meeting.simulator.host(NEWS))
    recording = recorded(meeting)
    first, last = (
        e for e in meeting.calls["ann"].timeline if e.text.startswith(("“Five", "“Thank"))
    )
    lasts = last.at + last.data["seconds"] - first.at
    sound = samples(recording)

    assert len(sound) / 8000 == pytest.approx(lasts, abs=0.01)
    assert any(sound[:8000])
    pause = round(first.data["seconds"] * 8000)
    assert not any(sound[pause + 80 : pause + 15000])


def test_many_who_hear_an_announcement_do_not_make_it_louder(meeting: Meeting) -> None:
    """It is one sound, however many hear it."""
    url = meeting.simulator.host(NEWS)
    meeting.room.update(announce_url=url)
    two = samples(recorded(meeting))

    crowd = held(RECORD)
    for name in ("cleo", "dan", "eve"):
        crowd.invite(name, "answer; wait 30; hang up", RECORD)
    crowd.simulator.advance(5)
    crowd.room.update(announce_url=crowd.simulator.host(NEWS))

    assert max(two) == max(samples(recorded(crowd)))


def test_who_leaves_in_the_middle_does_not_end_it_for_the_recording() -> None:
    meeting = Meeting()
    meeting.invite("ann", "answer; wait 6; hang up", RECORD)
    for name in ("bob", "cleo"):
        meeting.invite(name, "answer; wait 30; hang up", RECORD)
    meeting.simulator.advance(6)
    meeting.room.update(announce_url=meeting.simulator.host(NEWS))
    recording = recorded(meeting)

    assert told(meeting.calls["ann"], "said")[-1].endswith("(cut off)")
    assert told(meeting.calls["bob"], "said")[:2] == [
        "“Five minutes are left for today.”",
        "“Thank you.”",
    ]
    assert (recording.duration or 0) >= 5


def test_audio_that_is_announced_is_in_the_recording(meeting: Meeting) -> None:
    files = Files()
    files.mount(meeting.simulator)
    files["gong.wav"] = (hum(3), "audio/wav")
    meeting.room.update(announce_url=f"{BASE}/gong.wav")
    sound = samples(recorded(meeting))

    assert len(sound) == 3 * 8000
    assert loudness(sound, FILE) > 500


def test_what_one_alone_hears_is_not_in_the_recording() -> None:
    """An announcement to one participant, before all hear another."""
    meeting = held(f'{RECORD} trim="do-not-trim"')
    bob = meeting.room.participants.fetch(meeting.calls["bob"].sid)
    bob.update(announce_url=meeting.simulator.host(NEWS))
    meeting.simulator.advance(10)
    meeting.room.update(announce_url=meeting.simulator.host(NEWS))
    sound = samples(recorded(meeting))
    began = next(e.at for e in meeting.calls["ann"].timeline if e.kind == "said") - 2

    assert not any(sound[: round((began - 0.1) * 8000)])
    assert any(sound[round(began * 8000) :])


def test_a_conference_in_which_only_something_is_announced_is_recorded(meeting: Meeting) -> None:
    """Without it there would be nothing but silence."""
    silent = held(f'{RECORD} trim="trim-silence"')
    meeting.room.update(announce_url=meeting.simulator.host(NEWS))

    assert not any(samples(recorded(silent)))
    assert any(samples(recorded(meeting)))


def test_what_somebody_on_hold_hears_is_in_the_recording() -> None:
    """Seen on live calls: hold music is recorded, for as long as it is heard."""
    meeting = held(f'{RECORD} trim="do-not-trim"')
    files = Files()
    files.mount(meeting.simulator)
    files["hold.wav"] = (hum(20), "audio/wav")
    bob = meeting.room.participants.fetch(meeting.calls["bob"].sid)
    bob.update(hold=True, hold_url=f"{BASE}/hold.wav")
    meeting.simulator.advance(4)
    bob.update(hold=False)
    sound = samples(recorded(meeting))
    heard = [place for place, sample in enumerate(sound) if sample]

    assert (heard[-1] - heard[0]) / 8000 == pytest.approx(4, abs=0.01)
    assert loudness(sound[heard[0] : heard[-1]], FILE) > 500
