"""Play: how long files sound, and what becomes of those that cannot be played."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from importlib.util import find_spec
from threading import Event

import pytest
from flask import Flask, Response, request
from hypothesis import given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import Place, heard, placing, told
from tests.simulation.audio_files import BASE, Files, wav
from twilio_magic.simulation.server import serving

HANGING_UP = "https://ivr.example.com/hang-up.mp3"


def coded_wav(seconds: float, code: int) -> bytes:
    """A WAV file of one byte a sample: mu-law (7) or A-law (6), with a chunk between that nobody asked for."""
    fmt = struct.pack("<HHIIHHH", code, 1, 8000, 8000, 1, 8, 0)
    data = bytes(round(seconds * 8000))
    body = b"WAVE" + b"fmt " + struct.pack("<I", len(fmt)) + fmt
    body += b"LIST" + struct.pack("<I", 3) + b"abc\0"
    body += b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def aiff(seconds: float) -> bytes:
    common = struct.pack(">hIhHQ", 1, round(seconds * 8000), 16, 16383 + 12, 8000 << 51)
    body = b"AIFF" + b"COMM" + struct.pack(">I", len(common)) + common
    return b"FORM" + struct.pack(">I", len(body)) + body


def frame(bits: int = 9, content: bytes = b"", version: int = 3, *, padded: bool = False) -> bytes:
    """A frame of layer III; *bits* is the index of its bit rate: 9 is 128 kbit/s at 44.1 kHz in MPEG-1.

    One that is *padded* is a byte longer, as encoders make some to keep the bit rate.
    """
    rates = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
    rates2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
    size = 144000 * rates[bits] // 44100 if version == 3 else 72000 * rates2[bits] // 22050
    header = bytes([0xFF, 0xE3 | version << 3, bits << 4 | padded << 1, 0])
    return (header + content).ljust(size + padded, b"\0")


FRAME = 1152 / 44100
TAG = b"ID3\4\0\0" + bytes([0, 0, 1, 2]) + bytes(130)
MP3 = {
    "constant": frame() * 100,
    "padded": (frame() + frame(padded=True)) * 50,
    "tagged": TAG + frame() * 100,
    "variable, by its frames": (frame(9) + frame(12)) * 50,
    "variable, by Xing": frame(9, bytes(32) + b"Xing" + struct.pack(">II", 1, 100)) + frame() * 3,
    "constant, by Info": frame(9, bytes(32) + b"Info" + struct.pack(">II", 1, 100)) + frame() * 3,
    "variable, by VBRI": frame(9, bytes(32) + b"VBRI" + bytes(10) + struct.pack(">I", 100)),
    "MPEG-2": frame(8, version=2) * 100,
    "something behind it": frame() * 100 + b"TAG".ljust(128, b"\0"),
}


@pytest.fixture
def files(simulator: tm.Simulator) -> Files:
    files = Files()
    files.mount(simulator)
    return files


def played(call: tm.Call) -> float:
    """The seconds of the only file that was played."""
    (event,) = (event for event in call.timeline if event.kind == "played")
    return float(event.data["seconds"])


@settings(max_examples=20)
@given(st.integers(min_value=0, max_value=20000).map(lambda ms: ms / 1000))
def test_a_wav_plays_as_long_as_it_is(seconds: float) -> None:
    simulator = tm.Simulator()
    app = Flask("files")
    app.add_url_rule("/a.wav", view_func=lambda: Response(wav(seconds), mimetype="audio/x-wav"))
    simulator.mount(BASE, app)
    call = placing(simulator)(f"<Play>{BASE}/a.wav</Play>")

    assert played(call) == pytest.approx(seconds, abs=0.001)
    assert call.duration == int(seconds + 0.5)


@pytest.mark.parametrize(
    ("data", "kind", "seconds"),
    [
        (wav(2.5, rate=44100), "audio/wav", 2.5),
        (coded_wav(1.5, 7), "audio/wave", 1.5),
        (coded_wav(1.5, 6), "audio/x-wav", 1.5),
        (aiff(2.0), "audio/aiff", 2.0),
        (bytes(8000), "audio/ulaw", 1.0),
        (bytes(33 * 50), "audio/gsm", 1.0),
        *((data, "audio/mpeg", 100 * FRAME) for data in MP3.values()),
    ],
)
def test_each_kind_of_file_plays_as_long_as_its_headers_say(
    place: Place, files: Files, data: bytes, kind: str, seconds: float
) -> None:
    files["a"] = (data, kind)

    assert played(place(f"<Play>{BASE}/a</Play>")) == pytest.approx(seconds, abs=0.002)


def test_the_length_is_told(place: Place, files: Files) -> None:
    files["a.wav"] = (wav(2.5), "audio/wav")
    call = place(f"<Play>{BASE}/a.wav</Play>")

    assert told(call, "played") == [f"{BASE}/a.wav (2.5 s)"]


def test_the_length_of_a_file_that_cannot_be_measured_is_assumed_and_told(
    place: Place, files: Files
) -> None:
    files["a.mp3"] = (b"no frames in here", "audio/mpeg")
    call = place(f"<Play>{BASE}/a.mp3</Play>")

    assert "its length is assumed: 5 s" in told(call, "played")[0]
    assert call.duration == 5


def test_a_file_is_played_as_often_as_loop_says_and_requested_once(
    place: Place, simulator: tm.Simulator
) -> None:
    asked: list[str] = []
    app = Flask("files")

    @app.get("/a.wav")
    def serve() -> Response:
        asked.append(request.query_string.decode())
        return Response(wav(1), mimetype="audio/wav")

    simulator.mount(BASE, app)
    call = place(f"<Play loop='3'>{BASE}/a.wav</Play><Play>{BASE}/a.wav</Play>")

    assert call.duration == 4
    assert asked == [""], "and nothing of the call goes along"


def test_loop_zero_ends_after_a_thousand_rounds(place: Place, files: Files) -> None:
    files["a.wav"] = (wav(1), "audio/wav")

    assert place(f"<Play loop='0'>{BASE}/a.wav</Play>").duration == 1000


def test_a_url_is_relative_to_its_document(
    place: Place, simulator: tm.Simulator, files: Files
) -> None:
    files["sounds/a.wav"] = (wav(1), "audio/wav")

    @simulator.webhook(f"{BASE}/voice")
    def voice() -> str:
        return "<Response><Play>sounds/a.wav</Play></Response>"

    assert played(place(url=f"{BASE}/voice")) == 1


NONSENSE = {
    "AIFF with a rate beyond all measure": b"FORM\0\0\0\0AIFFCOMM\0\0\0\x12"
    + struct.pack(">hIhHQ", 1, 8000, 16, 0x7FFE, 1 << 63),
    "AIFF with hardly a rate": b"FORM\0\0\0\0AIFFCOMM\0\0\0\x12"
    + struct.pack(">hIhHQ", 1, 8000, 16, 1, 1 << 63),
    "MP3 that ends in the middle of a header": frame()[:20] + b"Xing",
}


@pytest.mark.parametrize("name", NONSENSE)
def test_a_file_whose_headers_make_no_sense_is_played_for_some_finite_time(
    place: Place, files: Files, name: str
) -> None:
    files["a"] = (NONSENSE[name], "audio/aiff" if "AIFF" in name else "audio/mpeg")
    call = place(f"<Play>{BASE}/a</Play><Say>Then this.</Say>")

    assert 0 <= played(call) < 10
    assert heard(call) == ["Twilio: Then this."]


SORRY = "Twilio: We are sorry, an application error has occurred. Goodbye."


@pytest.mark.parametrize(
    ("path", "code", "then"),
    [("missing.mp3", 11200, SORRY), ("page.html", 13420, "Twilio: Then this.")],
)
def test_what_cannot_be_played_is_told_with_twilios_code(
    place: Place, files: Files, path: str, code: int, then: str
) -> None:
    """What cannot be had makes the document fail, what is not audio is skipped."""
    files["page.html"] = (b"<p>Not music.</p>", "text/html")
    call = place(f"<Play>{BASE}/{path}</Play><Say>Then this.</Say>")

    assert told(call, "failed")[0].startswith(f"{code}: {BASE}/{path} is not played: ")
    assert call.notifications[0].error_code == code
    assert heard(call) == [then]


MISSING = f"<Play>{BASE}/missing.mp3</Play>"
UNKNOWN = '<Say voice="Polly.Nobody">Hello.</Say>'


@pytest.mark.parametrize(
    ("twiml", "code"),
    [
        (MISSING, "11200"),
        (f"<Say>First.</Say>{MISSING}", "11200"),
        (f"<Gather><Say>First.</Say>{MISSING}</Gather>", "11200"),
        (f"<Gather><Say>First.</Say>{UNKNOWN}</Gather>", "13321"),
    ],
)
def test_a_document_that_fails_goes_to_the_fallback(
    place: Place, simulator: tm.Simulator, files: Files, twiml: str, code: str
) -> None:
    """In a Gather before anything is heard: its files and voices come first."""
    voice = simulator.host(f"<Response>{twiml}<Say>Never heard.</Say></Response>")
    fallback = simulator.host("<Response><Say>{{ErrorCode}} at {{ErrorUrl}}</Say></Response>")
    before = ["Twilio: First."] if twiml.startswith("<Say") else []

    assert heard(place(url=voice, fallback_url=fallback)) == [*before, f"Twilio: {code} at {voice}"]
    assert heard(place(url=voice)) == [*before, SORRY]


def test_a_fallback_that_fails_is_an_apology(
    place: Place, simulator: tm.Simulator, files: Files
) -> None:
    voice = simulator.host(f"<Response>{MISSING}</Response>")

    assert heard(place(url=voice, fallback_url=voice)) == [SORRY]


def test_a_voice_that_nobody_knows_is_no_failure_outside_a_gather(place: Place) -> None:
    assert heard(place(UNKNOWN)) == ["Twilio: Hello."]


def test_all_files_of_a_gather_are_requested_before_the_first_plays(
    place: Place, simulator: tm.Simulator, files: Files
) -> None:
    end = simulator.host("<Response><Hangup/></Response>")
    files["a"], files["b"] = (wav(2), "audio/wav"), (wav(3), "audio/wav")
    plays = f"<Play>{BASE}/a</Play><Play>{BASE}/b</Play>"
    call = place(f'<Gather numDigits="1" action="{end}">{plays}</Gather>', phone="press 1")

    assert len(told(call, "played")) == 1  # the key cuts the first short
    assert files.asked == ["GET a", "GET b"]


@pytest.mark.parametrize(
    "wait", [f"{MISSING}<Pause length='3'/>", f"<Gather timeout='3'>{MISSING}</Gather>"]
)
def test_a_wait_document_of_a_queue_without_its_file_is_an_error_and_ends_the_waiting(
    place: Place, simulator: tm.Simulator, files: Files, wait: str
) -> None:
    ends: list[str] = []

    @simulator.webhook("https://ivr.example.com/out")
    def out(request: dict[str, str]) -> str:
        ends.append(request["QueueResult"])
        return "<Response><Say>Sorry.</Say></Response>"

    address = simulator.host(f"<Response>{wait}</Response>")
    call = place(f'<Enqueue waitUrl="{address}" action="https://ivr.example.com/out">q</Enqueue>')

    assert (ends, heard(call)) == (["error"], ["Twilio: Sorry."])
    assert len(told(call, "failed")) == 1


def test_who_waits_for_a_conference_without_a_file_hears_silence(
    place: Place, simulator: tm.Simulator, files: Files
) -> None:
    wait = simulator.host(f"<Response>{MISSING}<Pause length='3'/></Response>")
    twiml = f'<Dial><Conference waitUrl="{wait}">c</Conference></Dial>'
    call = place(twiml, phone="answer; wait 9; hang up")

    assert (call.duration, heard(call)) == (9, [])
    assert len(told(call, "failed")) == 1


def test_inside_gather_what_is_not_audio_has_its_own_code(place: Place, files: Files) -> None:
    files["page.html"] = (b"<p>Not music.</p>", "text/html")
    call = place(f"<Gather timeout='1'><Play>{BASE}/page.html</Play></Gather>")

    assert told(call, "failed")[0].startswith("13325: ")


def test_a_host_that_nobody_knows_has_its_own_code(place: Place) -> None:
    call = place("<Play>http://nobody.invalid/a.mp3</Play><Say>Then this.</Say>")

    assert told(call, "failed")[0].startswith("11210: ")
    assert heard(call) == [SORRY]


def test_a_relative_url_leads_nowhere_from_twiml_given_inline(place: Place) -> None:
    call = place("<Play>a.mp3</Play><Say>Then this.</Say>")

    assert told(call, "failed")[0].startswith("11100: ")
    assert heard(call) == ["Twilio: Then this."]


def test_a_key_cuts_a_file_short(place: Place, files: Files) -> None:
    files["a.wav"] = (wav(10), "audio/wav")
    twiml = f"<Gather numDigits='2' timeout='1'><Play>{BASE}/a.wav</Play></Gather>"
    call = place(twiml, phone="answer; wait 2; press 1; hang up")

    assert told(call, "played")[0].endswith("(cut off)")
    assert played(call) < 3


def test_a_user_and_password_in_the_url_are_not_shown(place: Place, files: Files) -> None:
    files["a.wav"] = (wav(1), "audio/wav")
    call = place("<Play>https://ann:hush@files.example.com/a.wav</Play>")

    assert played(call) == 1
    assert "hush" not in repr(call.timeline)


def test_a_file_too_long_for_twilio_is_warned_of(place: Place, files: Files) -> None:
    files["a.ulaw"] = (bytes(8000 * 2401), "audio/ulaw")
    call = place(f"<Play>{BASE}/a.ulaw</Play>")

    assert "longer than 40 minutes" in told(call, "warned")[0]


def test_who_serves_a_file_may_use_the_api_meanwhile(
    place: Place, simulator: tm.Simulator, client: tm.Client
) -> None:
    """... also from another process: the world is not locked while the file is on its way."""
    app = Flask("files")
    waiting: list[tm.Call] = []

    @app.get("/a.wav")
    def serve() -> Response:
        waiting.extend(client.calls.list())
        return Response(wav(2.0), mimetype="audio/x-wav")

    with serving(app, 0) as base_url:
        call = place(f"<Play>{base_url}/a.wav</Play>")

    assert [each.sid for each in waiting] == [call.sid]
    assert played(call) == 2


def test_a_stream_without_end_is_not_played(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes in forever, and nobody waits for that."""
    monkeypatch.setattr("twilio_magic.simulation.webhooks._audio_file._LONGEST", 0.2)
    app = Flask("radio")
    stopped = Event()

    @app.get("/radio.mp3")
    def radio() -> Response:
        def stream() -> Iterator[bytes]:
            while not stopped.wait(
                0.01
            ):  # so slowly that the limit of time comes before that of size
                yield frame() * 200

        return Response(stream(), mimetype="audio/mpeg")

    with serving(app, 0) as base_url:
        call = place(f"<Play>{base_url}/radio.mp3</Play><Say>Then this.</Say>")
        stopped.set()

    assert "is not played: no answer in time" in told(call, "failed")[0]
    assert heard(call) == [SORRY]


def test_a_recording_of_the_account_is_played(
    simulator: tm.Simulator, client: tm.Client, place: Place
) -> None:
    """Nobody is asked over the network, and it lasts as long as it is."""
    left = place("<Record/>", phone='hear beep; say "a message for you"; wait 1; hang up')
    (recording,) = left.recordings
    url = recording.media_url

    encoded = [f"{url}.mp3"] if find_spec("lameenc") else []
    for address in (url, f"{url}.wav", *encoded):
        (played,) = [
            event for event in place(f"<Play>{address}</Play>").timeline if event.kind == "played"
        ]
        assert played.data["seconds"] == pytest.approx(recording.duration, abs=0.5)


@pytest.mark.parametrize(
    "after", ["<Hangup/>", "<Pause length='20'/>", "<Say>Please hold the line.</Say>", ""]
)
def test_a_call_that_is_hung_up_while_its_file_is_requested_ends_at_once(
    after: str, place: Place, client: tm.Client, simulator: tm.Simulator
) -> None:
    """Whatever comes behind it; and the end of the call is asked for once."""

    @simulator.webhook(HANGING_UP)
    def hang_up() -> str:
        client.calls.list()[0].hang_up()
        return ""

    call = place(f"<Play>{HANGING_UP}</Play>{after}", phone="answer; wait 60; hang up")

    assert call.status == "completed"
    assert call.duration == 0
    assert not any("fault of the simulator" in text for text in told(call, "failed"))
