"""A recording as MP3: by a real encoder, or an error that says what to install; never another sound of that name."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

import pytest

import twilio_magic as tm
from tests.calls import Place, told
from tests.recordings import official
from twilio_magic.simulation.audio._duration import audio_seconds

encodes = pytest.mark.skipif(
    find_spec("lameenc") is None and "CI" not in os.environ,
    reason="lameenc is not installed; make installs it",
)


@pytest.fixture
def without_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lameenc", None)


@encodes
@pytest.mark.parametrize("channels", ["mono", "dual"])
def test_a_recording_is_a_real_mp3_as_long_as_its_wav(place: Place, channels: str) -> None:
    call = place("<Say>Hello there.</Say>", record=True, recording_channels=channels)
    recording = call.recordings[0]
    sound = recording.mp3()

    assert sound[0] == 0xFF
    assert sound[1] & 0xE0 == 0xE0
    assert recording.duration is not None
    assert audio_seconds(sound, "audio/mpeg") == pytest.approx(
        audio_seconds(recording.wav(), "audio/wav"), abs=0.3
    )


@encodes
def test_its_type_is_that_of_an_mp3(simulator: tm.Simulator, place: Place) -> None:
    recording = place("<Say>Hello.</Say>", record=True).recordings[0]
    answer = official(simulator).request("GET", f"{recording.media_url}.mp3")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "audio/mpeg"


@encodes
def test_an_mp3_of_the_account_is_played_as_long_as_it_is(place: Place) -> None:
    recording = place("<Say>Hello there.</Say>", record=True, trim="do-not-trim").recordings[0]
    call = place(f"<Play>{recording.media_url}.mp3</Play>")

    assert recording.duration
    assert call.duration == pytest.approx(recording.duration, abs=1)


@pytest.mark.usefixtures("without_encoder")
def test_without_the_encoder_the_answer_says_what_to_install(
    simulator: tm.Simulator, place: Place
) -> None:
    recording = place("<Say>Hello.</Say>", record=True).recordings[0]
    answer = official(simulator).request("GET", f"{recording.media_url}.mp3")

    assert answer.status_code == 406
    assert "twilio-magic[mp3]" in answer.text
    with pytest.raises(tm.ApiError, match=r"twilio-magic\[mp3\]"):
        recording.mp3()
    assert recording.wav().startswith(b"RIFF")


@pytest.mark.usefixtures("without_encoder")
def test_without_the_encoder_a_call_that_plays_one_says_why_it_cannot(place: Place) -> None:
    recording = place("<Say>Hello.</Say>", record=True).recordings[0]
    call = place(f"<Play>{recording.media_url}.mp3</Play>")

    assert any("lameenc" in text for text in told(call, "failed")), call.timeline
