"""The sound of recordings: its length, and what can be heard in it."""

from __future__ import annotations

import wave
from array import array
from io import BytesIO
from math import cos, pi, sin

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import placing

RATE = 8000


def opened(sound: bytes) -> tuple[int, int, array[int]]:
    """Channels, frames, and the samples of all channels in turn."""
    with wave.open(BytesIO(sound)) as file:
        assert (file.getframerate(), file.getsampwidth()) == (RATE, 2)
        return file.getnchannels(), file.getnframes(), array("h", file.readframes(-1))


def loudness(samples: array[int], hertz: int) -> float:
    """How loud one frequency is in *samples*."""
    turns = [2 * pi * hertz * place / RATE for place in range(len(samples))]
    real = sum(value * cos(turn) for value, turn in zip(samples, turns, strict=True))
    imaginary = sum(value * sin(turn) for value, turn in zip(samples, turns, strict=True))
    return float((real**2 + imaginary**2) ** 0.5 / len(samples))


def recorded(twiml: str, phone: str = "answer", **parameters: object) -> bytes:
    """The sound of a call that is recorded from its beginning to its end."""
    simulator = tm.Simulator()
    given = {"record": True, "trim": "do-not-trim", **parameters}
    call = placing(simulator)(twiml, phone=phone, **given)
    return call.recordings[-1].wav()


@settings(max_examples=25)
@given(st.integers(min_value=1, max_value=40).map(lambda tenths: tenths / 10))
def test_a_recording_is_as_long_as_the_call_to_the_sample(seconds: float) -> None:
    sound = recorded("<Pause length='60'/>", phone=f"answer; wait {seconds}; hang up")

    assert opened(sound)[:2] == (1, round(seconds * RATE))


def test_a_call_without_sounds_is_silent() -> None:
    _, _, samples = opened(recorded("<Pause length='1'/>"))

    assert set(samples) == {0}


def test_speech_sounds_exactly_as_long_as_it_takes() -> None:
    _, frames, samples = opened(recorded("<Say>Hello there.</Say><Pause length='1'/>"))
    last = max(place for place, value in enumerate(samples) if value)

    assert RATE <= frames - last < 1.5 * RATE


@pytest.mark.parametrize(("key", "low", "high"), [("1", 697, 1209), ("0", 941, 1336)])
def test_a_key_sounds_with_both_its_frequencies(key: str, low: int, high: int) -> None:
    sound = recorded("<Pause length='2'/>", phone=f"answer; wait 1; press {key}")
    tone = opened(sound)[2][RATE + 1200 : RATE + 2400]
    heard = {
        hertz for hertz in (697, 770, 852, 941, 1209, 1336, 1477) if loudness(tone, hertz) > 1000
    }

    assert heard == {low, high}


def test_tones_that_twilio_sends_sound_one_after_the_other() -> None:
    _, frames, samples = opened(recorded("<Play digits='1w2'/>"))

    assert frames == RATE
    assert loudness(samples[:1600], 1209) > 1000
    assert set(samples[2000:6000]) == {0}
    assert loudness(samples[6000:7600], 1336) > 1000


def test_the_beep_is_a_tone_of_one_kilohertz() -> None:
    samples = opened(recorded("<Record timeout='1'/>"))[2]

    assert loudness(samples[:3200], 1000) > 2000


def test_of_two_channels_the_first_is_the_phones() -> None:
    sound = recorded("<Say>Hello.</Say>", phone="answer; wait 5", recording_channels="dual")
    channels, frames, samples = opened(sound)

    assert (channels, len(samples)) == (2, 2 * frames)
    assert not any(samples[0::2])
    assert any(samples[1::2])


@pytest.mark.parametrize(
    ("track", "is_heard"), [("inbound", False), ("outbound", True), ("both", True)]
)
def test_only_the_track_that_was_asked_for_is_in_the_sound(track: str, is_heard: bool) -> None:
    sound = recorded("<Say>Hello.</Say>", recording_track=track)

    assert any(opened(sound)[2]) is is_heard


def test_two_at_once_are_heard_together_and_not_louder_than_a_file_can_hold() -> None:
    twiml, phone = (
        "<Say>Hello there, how are you?</Say>",
        "answer; wait 0.1; say 'Fine, thank you.'",
    )
    both = opened(recorded(twiml, phone=phone))[2]
    sides = opened(recorded(twiml, phone=phone, recording_channels="dual"))[2]
    caller, twilio = sides[0::2], sides[1::2]

    assert any(one and other for one, other in zip(caller, twilio, strict=True))
    assert list(both) == [
        max(-32767, min(32767, one + other)) for one, other in zip(caller, twilio, strict=True)
    ]


def test_what_was_cut_off_is_not_heard_any_longer() -> None:
    twiml = "<Gather numDigits='2'><Say>A long sentence about nothing at all.</Say></Gather>"
    samples = opened(recorded(twiml, phone="answer; wait 1; press 1; wait 1; hang up"))[2]

    assert any(samples[7000:8000])
    assert not any(samples[RATE + 3000 :])


def test_the_same_call_makes_the_same_bytes() -> None:
    assert recorded("<Say>Hello.</Say>") == recorded("<Say>Hello.</Say>")


def test_the_sound_is_told_as_twilio_tells_it(simulator: tm.Simulator) -> None:
    call = placing(simulator)("<Say>Hello.</Say>", record=True)
    with requests.Session() as session:
        simulator.mount_on(session)
        credentials = simulator.credentials
        session.auth = (credentials.account_sid, credentials.password.reveal())
        url = call.recordings[0].media_url
        plain, with_suffix = session.get(url), session.get(f"{url}.wav")

    assert plain.headers["Content-Type"] == "audio/x-wav"
    assert plain.content == with_suffix.content
    assert plain.content.startswith(b"RIFF")
