"""Audio in the place of a document: where people wait, and where something is announced to them."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import FROM, Place, heard, told
from tests.simulation.audio_files import BASE, Files, wav
from tests.simulation.conferences import Meeting

UNMEASURED = (b"no frames in here", "audio/mpeg")
WAIT = f'waitUrl="{BASE}/wait.wav" waitMethod="GET"'


@pytest.fixture
def meeting() -> Meeting:
    return Meeting()


@pytest.fixture
def files(meeting: Meeting) -> Files:
    files = Files()
    files.mount(meeting.simulator)
    return files


def sounds(call: tm.Call) -> list[tuple[float, float]]:
    """When each file began, and how long it played."""
    return [
        (e.at, e.data["seconds"]) for e in call.timeline if e.kind == "played" and "url" in e.data
    ]


def test_a_wait_url_of_a_conference_that_is_audio_is_played_until_the_start(
    meeting: Meeting, files: Files
) -> None:
    """Again and again, from one request, and what is playing when the conference begins is cut off."""
    files["wait.wav"] = (wav(6), "audio/wav")
    ann = meeting.invite("ann", "answer; wait 60", WAIT)
    meeting.simulator.advance(20)
    meeting.invite("bob", "answer; wait 5; hang up")
    meeting.run()
    joined = next(event.at for event in ann.timeline if event.kind == "joined")
    started = next(
        event.at for event in ann.timeline if event.kind == "played" and event.text == "a beep"
    )

    assert files.asked == ["GET wait.wav"]
    assert [at - joined for at, _ in sounds(ann)] == pytest.approx([0, 6, 12, 18])
    assert sounds(ann)[-1] == pytest.approx((joined + 18, started - joined - 18))
    assert told(ann, "played")[0] == f"{BASE}/wait.wav (6.0 s)"
    assert told(ann, "played")[3].endswith("(cut off)")


def test_what_cannot_be_measured_is_played_again_after_its_assumed_length(
    meeting: Meeting, files: Files
) -> None:
    files["wait.wav"] = UNMEASURED
    ann = meeting.invite("ann", "answer; wait 12; hang up", WAIT)
    meeting.run()

    assert [seconds for _, seconds in sounds(ann)] == [5, 5, 2]
    assert "its length is assumed: 5 s" in told(ann, "played")[0]


@pytest.mark.parametrize(("seconds", "rounds"), [(0.0, 1), (0.05, 10)])
def test_a_very_short_file_begins_once_a_second_and_one_without_length_once(
    meeting: Meeting, files: Files, seconds: float, rounds: int
) -> None:
    """Nobody can hear what has no length, and no file, however short, keeps the simulator busy."""
    files["wait.wav"] = (wav(seconds), "audio/wav")
    ann = meeting.invite("ann", "answer; wait 9.5; hang up", WAIT)
    meeting.run()

    assert len(sounds(ann)) == rounds
    assert files.asked == ["GET wait.wav"]


def test_a_recording_of_the_account_is_heard_where_a_document_could_stand(meeting: Meeting) -> None:
    """Nobody is asked over the network, and it lasts as long as it is."""
    meeting.simulator.phones["client:dan"] = 'hear beep; say "Please wait for us."; hang up'
    left = meeting.client.calls.create(
        to="client:dan", from_=FROM, twiml="<Response><Record/></Response>"
    )
    left.wait()
    (recording,) = left.recordings
    url = recording.media_url
    ann = meeting.invite("ann", "answer; wait 3; hang up", f'waitUrl="{url}" waitMethod="GET"')
    none = meeting.client.calls.create(
        to="client:bob", from_=FROM, url=url.replace(recording.sid, "RE0")
    )
    meeting.run()
    none.wait()

    assert sounds(ann)[0][1] == pytest.approx(len(recording.wav()) / 16000, abs=0.01)
    assert len(sounds(ann)) > 1
    assert told(none, "failed")[0].startswith("11200: ")


def test_a_redirect_of_the_wait_document_may_lead_to_audio(meeting: Meeting, files: Files) -> None:
    """It is played again and again, too; the words before it are said once."""
    files["music.wav"] = (wav(4), "audio/wav")
    url = meeting.simulator.host(
        f"<Response><Say>Welcome.</Say><Redirect method='GET'>{BASE}/music.wav</Redirect></Response>"
    )
    ann = meeting.invite("ann", "answer; wait 14; hang up", f'waitUrl="{url}"')
    meeting.run()

    assert told(ann, "said") == [
        "“Welcome.”",
    ]
    assert len(sounds(ann)) == 4
    assert files.asked == ["GET music.wav"]


def test_a_hold_url_that_is_audio_is_played_once(meeting: Meeting, files: Files) -> None:
    """Then there is silence, as after a document; it is requested with GET unless the application says otherwise."""
    files["hold.wav"] = (wav(3), "audio/wav")
    meeting.invite("ann", "answer; wait 30; hang up")
    bob = meeting.invite("bob", "answer; wait 30; hang up", 'participantLabel="bob"')
    meeting.simulator.advance(5)
    meeting.room.participants.update("bob", hold=True, hold_url=f"{BASE}/hold.wav")
    meeting.run()

    assert [seconds for _, seconds in sounds(bob)] == [3]
    assert files.asked == ["GET hold.wav"]


def test_what_is_announced_may_be_audio(meeting: Meeting, files: Files) -> None:
    """All who are there hear it, from one request, and its end is reported when it has ended."""
    files["gong.wav"] = (wav(2), "audio/wav")
    ann = meeting.invite("ann", "answer; wait 20; hang up")
    bob = meeting.invite("bob", "answer; wait 20; hang up")
    meeting.simulator.advance(5)
    meeting.told.clear()
    meeting.room.update(announce_url=f"{BASE}/gong.wav")
    meeting.simulator.advance(1.5)
    assert meeting.events() == []
    meeting.simulator.advance(1)

    assert meeting.events() == ["announcement-end"]
    assert [[seconds for _, seconds in sounds(call)] for call in (ann, bob)] == [[2], [2]]
    assert files.asked == ["POST gong.wav"]


def test_an_announcement_may_be_plain_words(meeting: Meeting, files: Files) -> None:
    files["words.txt"] = (b"The meeting ends soon.", "text/plain")
    ann = meeting.invite("ann", "answer; wait 20; hang up")
    meeting.invite("bob", "answer; wait 20; hang up")
    meeting.simulator.advance(5)
    meeting.room.update(announce_url=f"{BASE}/words.txt")
    meeting.simulator.advance(5)

    assert told(ann, "said") == ["“The meeting ends soon.”"]


def test_a_verb_that_does_not_work_in_an_announcement_is_told_with_its_code(
    meeting: Meeting,
) -> None:
    """Once, however many hear it."""
    url = meeting.simulator.host("<Response><Say>Hello.</Say><Record/></Response>")
    calls = [meeting.invite(name, "answer; wait 20; hang up") for name in ("ann", "bob")]
    meeting.simulator.advance(5)
    meeting.room.update(announce_url=url)
    meeting.simulator.advance(5)
    warned = [e.data.get("code") for call in calls for e in call.timeline if e.kind == "warned"]

    assert warned == [13238]


def test_a_caller_in_a_queue_hears_the_audio_at_the_wait_url_again_and_again(
    place: Place, simulator: tm.Simulator
) -> None:
    """It is requested each time it has ended, as a document is."""
    files = Files()
    files.mount(simulator)
    files["wait.wav"] = (wav(4), "audio/wav")
    call = place(
        f"<Enqueue {WAIT.replace('waitMethod', 'waitUrlMethod')}>support</Enqueue>",
        phone="answer; wait 10; hang up",
    )

    assert [seconds for _, seconds in sounds(call)] == [4, 4, 2]
    assert files.asked == ["GET wait.wav"] * 3


@pytest.mark.parametrize("seconds", [0.0, 0.1])
def test_a_queue_requests_its_wait_url_once_a_second_at_most(
    place: Place, simulator: tm.Simulator, seconds: float
) -> None:
    files = Files()
    files.mount(simulator)
    files["wait.wav"] = (wav(seconds), "audio/wav")
    call = place(
        f'<Enqueue waitUrl="{BASE}/wait.wav">support</Enqueue>', phone="answer; wait 9.5; hang up"
    )

    assert len(sounds(call)) == 10


def test_a_whisper_may_be_audio(simulator: tm.Simulator, place: Place) -> None:
    """The two are connected when it has ended."""
    files = Files()
    files.mount(simulator)
    files["whisper.wav"] = (wav(3), "audio/wav")
    simulator.phones["client:ann"] = "answer; wait 10; hang up"
    call = place(
        f'<Dial><Client url="{BASE}/whisper.wav">ann</Client></Dial>', phone="answer; wait 60"
    )
    (ann,) = (leg for leg in call.timeline.parties if call.timeline.parties[leg] == "client:ann")
    of_ann = {event.kind: event.at for event in call.timeline if event.leg == ann}

    assert of_ann["bridged"] - of_ann["played"] == 3


def test_a_person_at_a_phone_gets_the_sound_of_what_is_played(
    meeting: Meeting, files: Files
) -> None:
    """Here of an announcement that was fetched for the call of another participant."""
    files["gong.wav"] = (wav(2), "audio/wav")
    meeting.invite("ann")
    bob = meeting.simulator.phones["client:bob"] = tm.Person()
    twiml = "<Response><Dial><Conference>Room</Conference></Dial></Response>"
    meeting.client.calls.create(to="client:bob", from_=FROM, twiml=twiml)
    meeting.simulator.advance(3)
    bob.answer()
    meeting.simulator.advance(1)
    meeting.room.update(announce_url=f"{BASE}/gong.wav")
    meeting.simulator.advance(1)
    noise = next(notice for notice in reversed(bob.log) if notice.kind == "noise")

    assert noise.audio is not None
    assert noise.audio.content == wav(2)


def test_the_requests_of_a_call_say_where_the_reply_was_a_sound(
    place: Place, simulator: tm.Simulator
) -> None:
    files = Files()
    files.mount(simulator)
    files["hello.wav"] = (wav(2), "audio/wav")
    call = place(url=f"{BASE}/hello.wav")

    assert (call.webhooks[0].status, call.webhooks[0].content_type) == (200, "audio/wav")
    assert "a sound" in call.ladder()._repr_mimebundle_()["text/html"]
    assert heard(call) == []
