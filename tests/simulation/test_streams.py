"""Media Streams beside what is known of Twilio: sound in and out, phones, recordings, cards, and their cost."""

from __future__ import annotations

import io
import json
import wave
from array import array
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_sock import Sock

import twilio_magic as tm
from tests.growth import LINEAR, growth
from twilio_magic import mulaw
from twilio_magic.api import Call
from twilio_magic.display import to_html
from twilio_magic.errors import PhoneScriptError, SimulatorError
from twilio_magic.simulation.audio import _espeak

from .socket_applications import Message, Sent, application
from .streams import (
    CALLER,
    NUMBER,
    URL,
    Agent,
    at_start,
    beep,
    call_stream,
    clear,
    codes,
    listens,
    mark,
    media,
    one_way,
    sent,
    sound,
    two_way,
)

VOICES = [
    "noise",
    pytest.param(
        "auto", marks=pytest.mark.skipif(not _espeak.is_installed(), reason="no espeak-ng")
    ),
]


class VoiceDetector:
    """Finds speech by its energy, as servers do: it begins after 60 ms above a level, and ends after 500 below it."""

    level = -40.0

    def __init__(self) -> None:
        self.turns: list[tuple[float, float]] = []
        self._loud = self._quiet = 0
        self._began: float | None = None

    def take(self, message: Message) -> bool:
        """Take in a ``media`` message; whether speech ends with it."""
        at = int(message["media"]["timestamp"]) / 1000
        if mulaw.loudness(sound(message)) > self.level:
            self._loud, self._quiet = self._loud + 1, 0
        else:
            self._loud, self._quiet = 0, self._quiet + 1
        if self._began is None and self._loud == 3:
            self._began = at - 0.06
        elif self._began is not None and self._quiet == 25:
            self.turns.append((self._began, at - 0.5))
            self._began = None
            return True
        return False


def answers_speech(reply: bytes) -> Agent:
    """An agent that plays *reply* when the caller has stopped speaking, and is silent when they begin again."""
    detector = VoiceDetector()

    def agent(message: Message) -> Iterable[Sent]:
        if message["event"] == "media" and detector.take(message):
            return [media(message["streamSid"], reply), mark(message["streamSid"], "said")]
        return ()

    return agent


def channels(file: bytes) -> tuple[bytes, bytes]:
    """The samples of the two channels of a WAV file."""
    with wave.open(io.BytesIO(file)) as read:
        assert read.getnchannels() == 2
        samples = array("h", read.readframes(-1))
    return samples[::2].tobytes(), samples[1::2].tobytes()


def turns(call: Call, session: int = 0) -> list[tuple[float, float]]:
    detector = VoiceDetector()
    for message in sent(call, "media", session):
        detector.take(message)
    return detector.turns


def talking(voices: Any, phone: str, document: str = "", agent: Agent = listens) -> Call:
    simulator = tm.Simulator()
    simulator.voices = voices
    return call_stream(agent, phone, document, simulator=simulator)


@pytest.mark.parametrize("voices", VOICES)
def test_a_detector_of_voices_finds_our_speech_and_not_our_silence(voices: Any) -> None:
    script = "wait 2; say 'When do you open on Sundays'; wait 3; say 'Hello'; wait 4; hang up"
    call = talking(voices, script)

    spoke = [event for event in call.timeline if event.kind == "spoke"]
    found, began = turns(call), call.sessions[0].at
    assert len(found) == 2
    for (start, end), event in zip(found, spoke, strict=True):
        assert began + start == pytest.approx(event.at, abs=0.25)
        assert began + end == pytest.approx(event.at + event.data["seconds"], abs=0.35)


@pytest.mark.parametrize("voices", VOICES)
def test_the_sound_of_words_is_the_same_in_every_run(voices: Any) -> None:
    script = "wait 1; say 'When do you open?'; wait 2; hang up"
    first, second = (talking(voices, script) for _ in range(2))

    assert repr(first.sessions[0].frames) == repr(second.sessions[0].frames)
    assert first.sessions[0].messages("sent") == second.sessions[0].messages("sent")
    assert first.timeline == second.timeline


def test_a_call_has_the_same_events_whoever_speaks() -> None:
    script = "say 'When do you open?'; wait 2; hang up"
    spoken, noise = (talking(voices, script) for voices in ("auto", "noise"))

    assert spoken.timeline == noise.timeline


def test_only_voices_that_there_are_can_be_chosen(simulator: tm.Simulator) -> None:
    with pytest.raises(SimulatorError, match="no kind of voices"):
        simulator.voices = "alice"  # type: ignore[assignment]


def test_the_outbound_track_has_what_twilio_says_until_it_is_cut() -> None:
    gather = f"<Gather numDigits='1' action='https://ivr.example.com/next'><Say>{'on and ' * 20}</Say></Gather>"
    call = talking(
        "noise", "wait 2; press 1; wait 3; hang up", one_way("track='outbound_track'", gather)
    )

    loud = [
        int(each["media"]["timestamp"])
        for each in sent(call, "media")
        if mulaw.loudness(sound(each)) > -60
    ]
    [cut] = [event for event in call.timeline if event.kind == "pressed"]
    assert loud[-1] / 1000 + call.sessions[0].at == pytest.approx(cut.at, abs=0.1)


def test_both_tracks_have_both_parties_of_a_dial() -> None:
    simulator = tm.Simulator()
    simulator.phones["+13105550199"] = "answer; wait 2; say 'Good morning, what can I do?'; wait 9"
    dial = "<Dial>+13105550199</Dial>"
    document = one_way("track='both_tracks'", dial)
    call = call_stream(
        listens, "wait 9; say 'Hello'; wait 2; hang up", document, simulator=simulator
    )

    loud = {
        each["media"]["track"] for each in sent(call, "media") if mulaw.loudness(sound(each)) > -40
    }
    assert loud == {"inbound", "outbound"}


def test_an_agent_answers_and_is_interrupted() -> None:
    agent = answers_speech(beep(5))

    def barge_in(message: Message) -> Iterable[Sent]:
        yield from agent(message)
        if message["event"] == "media" and mulaw.loudness(sound(message)) > -40:
            yield clear(message["streamSid"])

    script = (
        "wait 1; say 'Hello there'; hear sound; wait 1; say 'Stop'; hear sound; silence 1; hang up"
    )
    call = talking("noise", script, agent=barge_in)

    first, second = call.sessions[0].sounds
    assert first.is_cut
    assert first.seconds == pytest.approx(1.0, abs=0.1)
    assert (second.is_cut, second.seconds) == (False, 5.0)
    assert [turn.prompt for turn in call.sessions[0].turns] == ["Hello there", "Stop"]
    assert all(0.4 < turn.seconds < 0.7 for turn in call.sessions[0].turns)
    assert "hung up" in {event.kind for event in call.timeline}


def test_a_script_that_waits_for_a_sound_in_vain_has_failed() -> None:
    simulator = tm.Simulator()
    call_stream(listens, "hear sound within 3; hang up", simulator=simulator)

    with pytest.raises(PhoneScriptError, match="to hear a sound"):
        simulator.phones.check()


def test_a_sound_that_came_before_the_phone_spoke_is_no_answer() -> None:
    greets = at_start(lambda sid: media(sid, beep(1)))
    simulator = tm.Simulator()
    call = call_stream(greets, "say 'Hello'; hear sound within 3; hang up", simulator=simulator)

    assert "in vain" in str(call.timeline)


def test_speech_waits_until_the_agent_is_silent() -> None:
    greets = at_start(*[lambda sid: media(sid, beep(0.5))] * 6)
    call = call_stream(greets, "say 'Hello'; wait 1; hang up")

    [spoke] = [event for event in call.timeline if event.kind == "spoke"]
    [greeting] = call.sessions[0].sounds
    assert greeting.seconds == 3.0
    assert spoke.at == pytest.approx(greeting.at + 3.5, abs=0.02)


@pytest.fixture
def hello(tmp_path: Path) -> Path:
    path = tmp_path / "hello.wav"
    path.write_bytes(mulaw.to_wav(beep(1.5)))
    return path


def test_a_phone_plays_a_file(hello: Path) -> None:
    call = call_stream(listens, f"wait 1; say file '{hello}'; wait 1; hang up")

    [spoke] = [event for event in call.timeline if event.kind == "spoke"]
    assert spoke.data["seconds"] == 1.5
    heard = b"".join(sound(each) for each in sent(call, "media"))
    assert beep(1.5) in heard
    assert [str(line) for line in call.transcript] == [f"{CALLER}: [{hello}]"]


def test_a_voicemail_keeps_the_file_that_was_played(hello: Path) -> None:
    document = "<Response><Record maxLength='9' timeout='2' action='/next'/></Response>"
    call = call_stream(None, f"hear beep; say file '{hello}'; wait 5; hang up", document)

    with wave.open(io.BytesIO(call.recordings[0].wav())) as kept:
        samples = kept.readframes(-1)
    assert mulaw.expand(beep(1.5)).tobytes() in samples


def test_whom_a_phone_calls_hears_its_file(hello: Path) -> None:
    simulator = tm.Simulator()
    simulator.phones["+13105550199"] = "answer; hear sound; wait 3"
    document = "<Response><Dial record='record-from-answer-dual'>+13105550199</Dial></Response>"
    call = call_stream(
        None, f"wait 9; say file '{hello}'; wait 5; hang up", document, simulator=simulator
    )

    simulator.phones.check()
    assert mulaw.expand(beep(1.5)).tobytes() in channels(call.recordings[0].wav())[0]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "there is no file"), (b"RIFF", "no WAV file"), (b"", "no WAV file")],
)
def test_a_file_that_cannot_be_played_is_told_where_it_is_named(
    tmp_path: Path, simulator: tm.Simulator, content: bytes | None, reason: str
) -> None:
    path = tmp_path / "bad.wav"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(PhoneScriptError) as refused:
        simulator.phones[CALLER] = f"answer; say file '{path}'"

    assert reason in str(refused.value)


def test_files_of_other_forms_sound_on_the_line(tmp_path: Path) -> None:
    for rate, width in ((8000, 1), (22050, 2), (48000, 3), (16000, 4)):
        path = tmp_path / f"{rate}.wav"
        with wave.open(str(path), "wb") as written:
            written.setparams((2, width, rate, 0, "NONE", ""))
            written.writeframes(b"\x10\x30\x50\x60"[-width:] * 2 * rate)
        call = call_stream(listens, f"say file '{path}'; wait 1; hang up")
        [spoke] = [event for event in call.timeline if event.kind == "spoke"]
        assert spoke.data["seconds"] == 1.0
        assert len({sound(each) for each in sent(call, "media")}) > 1


def test_a_recording_keeps_what_the_agent_sent() -> None:
    record = "<Start><Recording channels='dual'/></Start>"
    document = two_way().replace("<Response>", f"<Response>{record}")
    call = call_stream(at_start(lambda sid: media(sid, beep(1))), "wait 3; hang up", document)

    assert mulaw.expand(beep(1)).tobytes() in channels(call.recordings[0].wav())[1]


def test_the_sound_of_an_agent_is_measured_and_can_be_played() -> None:
    call = call_stream(at_start(lambda sid: media(sid, beep(1))), "wait 3; hang up")

    [made] = call.sessions[0].sounds
    assert (made.seconds, made.sound) == (1.0, beep(1))
    assert made.loudness == pytest.approx(-12.3, abs=0.5)
    assert "1.00 s" in repr(call.sessions[0].sounds)
    with wave.open(io.BytesIO(made.wav())) as sounding:
        assert (sounding.getframerate(), sounding.getnframes()) == (8000, 8000)
    assert [str(line) for line in call.transcript] == ["Agent: [1.0 s of sound]"]
    assert to_html(call).count("<audio") == 1


def test_a_card_has_room_for_some_sound_and_says_where_the_rest_is() -> None:
    call = call_stream(at_start(lambda sid: media(sid, beep(60))), "wait 70; hang up")

    page = to_html(call)
    assert "<audio" not in page
    assert "call.sessions has this sound" in page
    assert len(page) < 100_000


def test_thousands_of_frames_are_a_few_lines() -> None:
    call = call_stream(answers_speech(beep(1)), "wait 25; say 'Hello'; wait 9; hang up")

    ladder, frames, card = str(call.ladder()), repr(call.sessions[0].frames), to_html(call)
    assert len(call.sessions[0].frames) > 1500
    assert len(frames.splitlines()) < 15
    assert len(ladder.splitlines()) < 60
    for shown in (ladder, frames, card):
        assert "media × 1," in shown
    assert "mark “said”" in ladder


def test_a_run_of_frames_says_how_much_sound_it_has() -> None:
    call = call_stream(listens, "wait 25; hang up")

    assert "→ media × 1,250, 25 s" in repr(call.sessions[0].frames)


def test_a_stream_that_is_named_is_stopped_by_its_name() -> None:
    stop = "<Pause length='2'/><Stop><Stream name='mine'/></Stop><Pause length='2'/>"
    call = call_stream(listens, "wait 9; hang up", one_way("name='mine'", stop))

    assert sent(call)[-1]["event"] == "stop"
    assert len(sent(call, "media")) == pytest.approx(50 * (2 - 0.48), abs=2)


def test_no_second_stream_has_the_name_of_one_that_runs() -> None:
    start = f"<Start><Stream url='{URL}' name='mine'/></Start>"
    stop = "<Stop><Stream name='mine'/></Stop>"
    rest = f"<Pause length='2'/>{start}<Pause length='2'/>{stop}{start}<Pause length='2'/>"
    call = call_stream(listens, "wait 9; hang up", one_way("name='mine'", rest))

    assert "names are unique" in str(call.timeline)
    assert len(call.sessions) == 2


def test_a_stream_that_does_not_run_is_not_stopped() -> None:
    call = call_stream(
        listens, "wait 2; hang up", "<Response><Stop><Stream name='a'/></Stop></Response>"
    )

    assert "nothing to stop" in str(call.timeline)


def test_the_api_takes_a_call_elsewhere_while_it_streams(simulator: tm.Simulator) -> None:
    simulator.mount("https://agent.example.com", application(listens))
    simulator.phones[CALLER] = "answer; wait 30; hang up"
    call = tm.Client(simulator=simulator).calls.create(to=CALLER, from_=NUMBER, twiml=two_way())
    simulator.advance(6)

    call.update(twiml="<Response><Say>Elsewhere</Say></Response>").wait()

    assert sent(call)[-1]["event"] == "stop"
    assert call.sessions[0].close_code == 1000
    assert "Elsewhere" in str(call.timeline)


def test_the_api_hangs_up_a_call_that_streams(simulator: tm.Simulator) -> None:
    simulator.mount("https://agent.example.com", application(listens))
    simulator.phones[CALLER] = "answer; wait 30; hang up"
    call = tm.Client(simulator=simulator).calls.create(to=CALLER, from_=NUMBER, twiml=two_way())
    simulator.advance(6)

    call.hang_up().wait()

    assert [each["event"] for each in sent(call)][-1] == "stop"
    assert (call.status, call.sessions[0].close_code) == ("completed", 1000)


def test_a_stream_that_nobody_ends_is_silent_after_five_minutes_until_there_is_a_sound() -> None:
    call = call_stream(listens, "wait 400; say 'Hello there'")

    [told] = [event for event in call.timeline if event.kind == "not simulated"]
    assert "300 s of silence" in told.text
    stamps = [int(each["media"]["timestamp"]) for each in sent(call, "media")]
    assert stamps[-1] == pytest.approx(700_900, abs=500)
    assert len(stamps) < 31_000
    assert len(turns(call)) == 1
    assert call.duration == 4 * 3600


def test_a_stream_and_a_relay_of_one_application_live_side_by_side() -> None:
    def agent(message: Message) -> Iterable[Sent]:
        if message.get("type") == "setup":
            return [json.dumps({"type": "text", "token": "Hello there.", "last": True})]
        return ()

    def either(message: Message) -> Iterable[Sent]:
        return agent(message) if "type" in message else ()

    relay = f"<Connect><ConversationRelay url='{URL}'/></Connect>"
    call = call_stream(either, "wait 5; hang up", one_way("track='outbound_track'", relay))

    assert {each.kind for each in call.sessions} == {"stream", "conversation-relay"}
    stream = next(place for place, each in enumerate(call.sessions) if each.kind == "stream")
    assert len(turns(call, stream)) == 1


def test_a_stream_four_times_as_long_is_four_times_the_work() -> None:
    def prepare(seconds: int) -> Callable[[], object]:
        return lambda: str(
            call_stream(answers_speech(beep(1)), f"wait {seconds}; hang up").ladder()
        )

    assert growth(prepare, 5) < LINEAR


def test_reply_time_delays_what_the_agent_sends() -> None:
    simulator = tm.Simulator()
    simulator.reply_time = 0.25
    call = call_stream(at_start(lambda sid: mark(sid, "m")), "wait 2; hang up", simulator=simulator)

    back = next(
        each for each in call.sessions[0].frames if "mark" in each.text and each.direction == "sent"
    )
    assert back.at == pytest.approx(call.sessions[0].at + 0.25, abs=0.001)


def test_codes_of_streams_are_those_of_twilio() -> None:
    assert codes(call_stream(at_start(1011), "wait 2; hang up")) == [31921]


def test_what_was_said_before_a_stream_costs_it_nothing() -> None:
    worlds: list[tm.Simulator] = []

    def prepare(count: int) -> Callable[[], object]:
        said = "".join(f"<Say>Number {number} of many</Say>" for number in range(count))
        simulator = tm.Simulator()
        worlds.append(simulator)
        simulator.voices = "noise"
        simulator.mount("https://agent.example.com", application(listens))
        simulator.phones[CALLER] = "answer; wait 510; hang up"
        document = f"<Response>{said}<Pause length='900'/></Response>"
        calls = tm.Client(simulator=simulator).calls
        call = calls.create(to=CALLER, from_=NUMBER, twiml=document)
        simulator.advance(500)

        def stream() -> None:
            call.streams.create(url=URL, track="outbound_track")
            simulator.advance(2)

        return stream

    assert growth(prepare, 20) < 1.5
    for world in worlds:
        world.advance(20)  # to the end of its call


def test_an_application_of_flask_sock_takes_part_in_a_stream() -> None:
    app = Flask("parrot")

    @Sock(app).route("/media")  # type: ignore[untyped-decorator]
    def echo(socket: Any) -> None:
        while True:
            message = json.loads(socket.receive())
            if message["event"] == "media":
                socket.send(json.dumps(media(message["streamSid"], sound(message))))

    simulator = tm.Simulator()
    simulator.voices = "noise"
    call = call_stream(None, "wait 1; say 'Hello'; wait 1; hang up", simulator=simulator, app=app)

    [heard] = call.sessions[0].sounds
    assert heard.seconds > 2
    assert heard.loudness > -40
    assert not codes(call)
