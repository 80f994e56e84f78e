"""The sound of a call: as long as its timeline, each party on a channel, and the same samples as its recordings."""

from __future__ import annotations

import tracemalloc
import wave
from array import array
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask, Response
from hypothesis import given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import FROM, TO
from twilio_magic import mulaw
from twilio_magic.mulaw import RATE
from twilio_magic.simulation.audio import _espeak
from twilio_magic.sound import mix_samples

ANN = "+14155550111"
MUSIC = mulaw.to_wav(bytes(range(256)) * 40)
_WORDS = st.sampled_from(["Hello.", "Good morning, this is the bakery.", "One moment, please."])
_SAYS = st.one_of(
    _WORDS.map(lambda words: f"<Say>{words}</Say>"),
    st.sampled_from(["<Pause length='2'/>", "<Play digits='1w2'/>", "<Play>/music</Play>"]),
)
_GATHERED = st.one_of(_WORDS.map(lambda words: f"<Say>{words}</Say>"), st.just("<Pause/>"))
_VERBS = st.one_of(
    _SAYS,
    _GATHERED.map(
        lambda prompt: f"<Gather numDigits='2' timeout='2' action='/next'>{prompt}</Gather>"
    ),
    st.sampled_from(
        [
            "<Record timeout='2' maxLength='5' action='/next'/>",
            f"<Dial timeout='8'>{ANN}</Dial>",
            "<Dial><Conference>room</Conference></Dial>",
        ]
    ),
)
_ACTS = st.one_of(
    _WORDS.map(lambda words: f"say '{words}'"),
    st.sampled_from(["wait 1", "wait 0.3", "press 1", "press 12#", "wait 4"]),
)
_SCRIPTS = st.lists(_ACTS, max_size=5).map(lambda acts: "; ".join(["answer", *acts]))


def read(sound: bytes) -> list[array[int]]:
    """The samples of each channel."""
    with wave.open(BytesIO(sound)) as file:
        assert (file.getframerate(), file.getsampwidth()) == (RATE, 2)
        samples = array("h", file.readframes(-1))
        return [samples[place :: file.getnchannels()] for place in range(file.getnchannels())]


def bakery(document: str) -> Flask:
    """An application with a document, a next one, and music."""
    app = Flask("bakery")

    @app.post("/")
    def begin() -> str:
        return document

    @app.post("/next")
    def thank() -> str:
        return "<Response><Say>Thank you.</Say></Response>"

    @app.get("/music")
    def play() -> Response:
        return Response(MUSIC, mimetype="audio/wav")

    return app


def place(
    verbs: Sequence[str],
    caller: str = "answer",
    ann: str = "answer",
    *,
    seconds: float | None = None,
    voices: str = "noise",
) -> tm.Call:
    """A call that is recorded from its beginning to its end, and hung up by the API after so many *seconds*."""
    simulator = tm.Simulator(seed=0)
    simulator.voices = voices  # type: ignore[assignment] # one of two
    simulator.phones[TO], simulator.phones[ANN] = caller, ann
    document = f"<Response>{''.join(verbs)}</Response>"
    simulator.mount("https://bakery.example.com/", bakery(document))
    call = tm.Client(simulator=simulator).calls.create(
        to=TO, from_=FROM, url="https://bakery.example.com/", time_limit=60,
        record=True, trim="do-not-trim", recording_channels="dual",
    )  # fmt: skip
    if seconds is not None:
        simulator.advance(seconds)
        call.hang_up()
    return call.wait()


@settings(max_examples=40)
@given(
    st.lists(_VERBS, min_size=1, max_size=4),
    _SCRIPTS,
    _SCRIPTS,
    st.none() | st.floats(1, 20).map(lambda seconds: round(seconds, 2)),
)
def test_it_is_as_long_as_the_timeline_and_recordings_have_the_same_samples(
    verbs: list[str], caller: str, ann: str, seconds: float | None
) -> None:
    call = place(verbs, caller, ann, seconds=seconds)
    sound = call.sound()
    channels = read(sound.wav())
    assert abs(sound.seconds - call.timeline[-1].at) <= 0.02
    assert {len(samples) for samples in channels} == {round(sound.seconds * RATE)}
    assert len(channels) == len(sound.parties)

    for recording in call.recordings.list():
        if recording.source != "OutboundAPI" or recording.status != "completed":
            continue
        kept = read(recording.wav())
        answered = next(event.at for event in call.timeline if event.kind == "answered")
        first = round(answered * RATE)
        until = first + len(kept[0])
        assert channels[0][first:until] == kept[0]
        assert mix_samples([samples[first:until] for samples in channels[1:]]) == kept[1]


def test_each_party_has_a_channel_of_its_own() -> None:
    """The caller, Twilio, then the others; a bridged party is heard on its own channel, and not on Twilio's."""
    call = place(
        ["<Say>Hello.</Say>", f"<Dial>{ANN}</Dial>"],
        "answer; hear 'Ann'; say 'Good day.'; wait 2; hang up",
        "answer; say 'This is Ann.'; wait 9",
    )
    sound = call.sound()
    spoken = {
        party: any(samples) for party, samples in zip(sound.parties, read(sound.wav()), strict=True)
    }

    assert spoken == {TO: True, "Twilio": True, ANN: True}


def test_words_that_the_caller_interrupts_are_spoken_up_to_there() -> None:
    gather = "<Gather numDigits='2'><Say>A long sentence about nothing at all.</Say></Gather>"
    call = place([gather], "answer; wait 1; press 1; wait 2; hang up")
    pressed = next(event.at for event in call.timeline if event.kind == "pressed")
    _, twilio = read(call.sound().wav())
    whole = read(place([gather], "answer; wait 9").sound().wav())[1]
    place_of_key = round(pressed * RATE)

    assert twilio[:place_of_key] == whole[:place_of_key]
    assert not any(twilio[place_of_key : place_of_key + RATE])


def test_who_hangs_up_while_speaking_is_not_heard_any_longer() -> None:
    """Neither in the sound, nor in the recording of who listened."""
    story = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    call = place(
        [f"<Dial timeLimit='3'>{ANN}</Dial>", "<Pause length='4'/>"],
        "answer; wait 20",
        f"answer; say '{story}'",
    )
    left = next(event.at for event in call.timeline if event.kind == "left")
    answered = next(event.at for event in call.timeline if event.kind == "answered")
    ann = read(call.sound().wav())[2]
    _, heard = read(call.recordings[0].wav())

    assert any(ann[: round(left * RATE)])
    assert not any(ann[round(left * RATE) :])
    assert not any(heard[round((left - answered) * RATE) :])


@pytest.mark.skipif(not _espeak.is_installed(), reason="no espeak-ng")
def test_a_synthesizer_speaks_where_there_is_one_and_takes_the_same_time() -> None:
    say = ["<Say>Good morning, this is the bakery.</Say>"]
    noise, voice = (place(say, voices=each).sound() for each in ("noise", "auto"))

    assert noise.seconds == voice.seconds
    assert noise.wav() != voice.wav()


def test_chapters_say_who_says_what_and_when() -> None:
    call = place(["<Gather numDigits='1'><Say>Press 1.</Say></Gather>"], "answer; press 1")
    told = [(each.who, each.text) for each in call.sound().chapters]

    assert told[:4] == [
        ("", "answered"),
        ("", "the call is recorded, as its creation asked"),
        ("Twilio", "Press 1."),
        (TO, "[presses 1]"),
    ]
    assert [each.at for each in call.sound().chapters] == sorted(
        each.at for each in call.sound().chapters
    )


def test_it_is_saved_as_it_is_told(tmp_path: Path) -> None:
    sound = place(["<Say>Hello.</Say>"]).sound()
    path = sound.save(tmp_path / "call.wav")

    assert path.read_bytes() == sound.wav()


def test_keys_of_payments_make_no_tone() -> None:
    pay = "<Pay paymentConnector='Default' chargeAmount='1' input='dtmf'/>"
    call = place([pay], "answer; wait 3; press 4242424242424242#; wait 5; hang up")
    caller = read(call.sound().wav())[0]

    assert any(event.kind == "pressed" for event in call.timeline)
    assert not any(caller)
    assert "4242" not in repr(call.sound().chapters)


def test_a_long_call_is_saved_in_little_memory(tmp_path: Path) -> None:
    """Twenty minutes have 38 MB of samples; they are never all there."""
    simulator = tm.Simulator(seed=0)
    simulator.voices = "noise"
    simulator.phones[TO] = "answer"
    verbs = "<Say>Hello.</Say><Pause length='60'/>" * 20
    call = tm.Client(simulator=simulator).calls.create(
        to=TO, from_=FROM, twiml=f"<Response>{verbs}</Response>"
    )
    sound = call.wait().sound()
    sound.save(tmp_path / "once.wav")  # what is made once is there
    tracemalloc.start()
    try:
        path = sound.save(tmp_path / "call.wav")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert path.stat().st_size > 38_000_000
    assert peak < 4_000_000
