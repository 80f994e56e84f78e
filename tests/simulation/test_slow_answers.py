"""A webhook's time limits hold whatever a server sends, and at whatever pace."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import FROM, TO, Place, placing, told
from tests.raw_server import Pieces, dripping, writing
from tests.waiting import SECONDS, until

#: Milliseconds to connect, for an answer, and in all.
LIMITS = "#ct=300&rt=300&tt=300&rc=0"
MARGIN = 20  # seconds; what these servers send has no end at all
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
DOCUMENT = b"<Response><Say>Here I am.</Say></Response>"

#: Answers without end, by what is endless in them.
ENDLESS: dict[str, Callable[[], Pieces]] = {
    "nothing at all": lambda: dripping(b"", b""),
    "the status line": lambda: dripping(b"HTTP/1.1 200 ", b"O"),
    "bytes that are no HTTP": lambda: dripping(b"", b"\0"),
    "a header line": lambda: dripping(b"HTTP/1.1 200 OK\r\nX-Long: ", b"a"),
    "few headers": lambda: dripping(b"HTTP/1.1 200 OK\r\n", b"X-One: more\r\n", 0.1),
    "100 Continue": lambda: dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "100 Continue, at once": lambda: dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100, 0.0),
    "headers of 100 Continue": lambda: dripping(b"HTTP/1.1 100 Continue\r\n", b"X: y\r\n", 0.1),
    "a body of a length": lambda: dripping(OK + b"Content-Length: 60000\r\n\r\n<Response>", b" "),
    "a body without length": lambda: dripping(OK + b"\r\n<Response>", b" "),
    "chunks": lambda: dripping(CHUNKED, b"1\r\n \r\n"),
    "the length of a chunk": lambda: dripping(CHUNKED, b"0"),
    "what belongs to a chunk": lambda: dripping(CHUNKED + b"5;", b"a"),
    "one chunk": lambda: dripping(CHUNKED + b"ffff\r\n", b" "),
    "trailers": lambda: dripping(CHUNKED + b"0\r\n", b"X-One: more\r\n"),
    "trailers, at once": lambda: dripping(CHUNKED + b"0\r\n", b"X: y\r\n" * 1000, 0.0),
    "empty blocks of gzip": lambda: dripping(
        OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"")[:10],
        b"\x00\x00\x00\xff\xff" * 100,
        0.0,
    ),
    "the body of an error": lambda: dripping(b"HTTP/1.1 500 Oh\r\n\r\n", b"no"),
    "the body of a redirect": lambda: dripping(
        b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 60000\r\n\r\n", b"a"
    ),
    "audio": lambda: dripping(b"HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\n\r\n", b"\xff"),
}


@contextmanager
def timed() -> Iterator[None]:
    """The block ends in time."""
    start = monotonic()
    yield
    assert monotonic() - start < MARGIN


@pytest.mark.parametrize("what", ENDLESS)
def test_an_answer_without_end_is_a_timeout(place: Place, what: str) -> None:
    with writing(ENDLESS[what]) as (base, _), timed():
        call = place(url=f"{base}/voice{LIMITS}")
    (exchange,) = call.webhooks

    assert (exchange.code, exchange.error) == (11205, "no answer in time")
    assert exchange.seconds == 0.3
    assert call.status == "completed"


@pytest.mark.parametrize(
    ("what", "answer", "code"),
    [
        (
            "a document",
            lambda: dripping(OK + b"\r\n<Response>", b" " * 2**16, 0.0),
            11750,
        ),
        ("a line", lambda: dripping(CHUNKED, b"0" * 2**16, 0.0), 11206),
        ("a header", lambda: dripping(b"HTTP/1.1 200 OK\r\nX: ", b"a" * 2**16, 0.0), 11206),
        ("headers", lambda: dripping(b"HTTP/1.1 200 OK\r\n", b"X: a\r\n" * 200, 0.0), 11206),
    ],
)
def test_an_answer_without_end_is_not_kept(
    place: Place, what: str, answer: Callable[[], Pieces], code: int
) -> None:
    """However fast it comes: the limit of its size is reached before that of its time."""
    with writing(answer) as (base, _), timed():
        call = place(url=f"{base}/voice#rc=0")

    assert call.webhooks[0].code == code, what


def test_audio_without_end_is_played_as_far_as_it_was_read(place: Place) -> None:
    """At the pace of a radio it would be a timeout; at that of a disk there would be no memory left."""
    radio = b"HTTP/1.1 200 OK\r\nContent-Type: audio/ulaw\r\n\r\n"
    with writing(lambda: dripping(radio, bytes(2**20), 0.0)) as (base, _), timed():
        call = place(url=f"{base}/voice#rc=0")
    (played,) = (event for event in call.timeline if event.kind == "played")

    assert 64 * 2**20 / 8000 <= played.data["seconds"] < 65 * 2**20 / 8000


def test_an_answer_that_unpacks_to_too_much_is_not_unpacked(place: Place) -> None:
    packed = gzip.compress(gzip.compress(bytes(2**28)))
    head = OK + b"Content-Encoding: gzip, gzip\r\n\r\n"
    with writing(lambda: [head, packed]) as (base, _), timed():
        call = place(url=f"{base}/voice#rc=0")

    assert call.webhooks[0].code == 11750


def test_redirects_that_are_each_in_time_are_not_in_time_together(place: Place) -> None:
    """Seven of them would take longer than there is in all."""
    onward = b"HTTP/1.1 302 Found\r\nLocation: /on\r\nConnection: close\r\n\r\n"
    with writing(lambda: [0.3, onward]) as (base, asked), timed():
        call = place(url=f"{base}/voice#rt=1500&tt=2000&rc=0")

    assert call.webhooks[0].code == 11203
    assert call.webhooks[0].error == "no answer within 2 s in all"
    assert call.webhooks[0].seconds == 2
    assert 1 < asked() < 10


def test_attempts_that_are_each_in_time_are_not_in_time_together(place: Place) -> None:
    failing = b"HTTP/1.1 500 Oh\r\nConnection: close\r\n\r\n"
    with writing(lambda: [1.2, failing]) as (base, asked), timed():
        call = place(url=f"{base}/voice#rt=2900&tt=3000&rc=5&rp=all")

    assert [exchange.code for exchange in call.webhooks][-1] == 11203
    assert 1 < asked() < 5


def test_a_handshake_of_tls_without_end_is_no_connection(place: Place) -> None:
    record = b"\x16\x03\x03\x40\x00"
    with writing(lambda: dripping(record, b"\0"), reads_first=False) as (base, _), timed():
        call = place(url=f"{base.replace('http', 'https')}/voice{LIMITS}")

    assert (call.webhooks[0].code, call.webhooks[0].error) == (11201, "no connection in time")


def test_a_name_server_that_does_not_answer_is_not_waited_for(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: answered.wait(SECONDS) and [])
    with timed():
        call = place(url=f"http://ivr.example.com/voice{LIMITS}")
    answered.set()

    assert (call.webhooks[0].code, call.webhooks[0].error) == (11201, "no connection in time")


def test_a_name_that_nobody_knows_is_told_as_before(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    call = place(url="http://ivr.example.com/voice")

    failed = call.webhooks[0]
    assert failed.code == 11210
    said = "the host name is not known; mount it: %mount http://ivr.example.com/voice NAME"
    assert str(failed.error).startswith(said)


def test_a_machine_with_several_addresses_is_tried_at_each(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = socket.getaddrinfo

    def several(_: str, port: int, *more: Any) -> list[Any]:
        (answer,) = ask("127.0.0.1", port, *more)
        return [(*answer[:4], nobody.getsockname()), answer]

    monkeypatch.setattr(socket, "getaddrinfo", several)
    whole = OK + b"Content-Length: %d\r\n\r\n" % len(DOCUMENT) + DOCUMENT
    with writing(lambda: [whole]) as (base, _), socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and listens to nobody
        call = place(url=f"{base.replace('127.0.0.1', 'ivr.example.com')}/voice")

    assert told(call, "said") == ["“Here I am.”"]


@pytest.mark.parametrize("is_served", [False, True], ids=["in this process", "over a port"])
def test_others_place_read_change_and_end_calls_while_an_answer_drips(
    simulator: tm.Simulator, is_served: bool
) -> None:
    """Time stands still meanwhile, for everybody: who moves it waits until the answer is there, or given up."""
    client = tm.Client(simulator=simulator)
    with writing(ENDLESS["a header line"]) as (base, asked), simulator.serve() as port, timed():
        others = (
            tm.Client(credentials=simulator.credentials, base_url=port) if is_served else client
        )
        call = client.calls.create(to=TO, from_=FROM, url=f"{base}/voice#rt=3000&rc=0")
        ended = client.calls.create(to="+13105550001", from_=FROM, url=f"{base}/voice")
        waiting = Thread(target=call.wait)
        waiting.start()
        until(lambda: asked() == 1)
        placed = others.calls.create(to="+13105550002", from_=FROM, twiml="<Response/>")
        others.calls.update(call.sid, twiml="<Response><Say>Elsewhere.</Say></Response>")
        others.calls.update(ended.sid, status="completed")
        seen = {each.sid: each.status for each in others.calls.list()}
        assert waiting.is_alive()
        waiting.join(SECONDS)

    assert seen.keys() == {call.sid, ended.sid, placed.sid}
    assert seen[placed.sid] == "queued"
    assert told(call, "said") == ["“Elsewhere.”"]
    assert ended.wait().is_over
    assert asked() == 1
    assert client.calls.fetch(placed.sid).wait().status == "completed"


@pytest.mark.parametrize("what", ["nothing at all", "few headers", "100 Continue", "chunks"])
def test_a_callback_without_end_holds_no_call_up(place: Place, what: str) -> None:
    with writing(ENDLESS[what]) as (base, _), timed():
        call = place("<Say>Hello.</Say>", status_callback=f"{base}/progress{LIMITS}")

    assert told(call, "said") == ["“Hello.”"]
    assert call.webhooks[-1].code == 11205


SORRY = "“We are sorry, an application error has occurred. Goodbye.”"


@pytest.mark.parametrize("what", ["a header line", "100 Continue", "audio", "chunks"])
def test_a_file_without_end_is_not_played(
    place: Place, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr("twilio_magic.simulation.webhooks._audio_file._LONGEST", 0.3)
    with writing(ENDLESS[what]) as (base, _), timed():
        call = place(f"<Play>{base}/a.mp3</Play><Say>Next.</Say>")

    said = "“Next.”" if what == "chunks" else SORRY  # chunks without a type are no audio
    assert told(call, "said") == [said]
    assert "is not played" in str(call.timeline)


def test_redirects_of_a_file_are_read_by_their_head_alone(place: Place) -> None:
    """Nobody waits for the end of a body that says nothing."""
    onward = b"HTTP/1.1 302 Found\r\nLocation: /on\r\n\r\n"
    with writing(lambda: dripping(onward, b"a")) as (base, asked), timed():
        call = place(f"<Play>{base}/a.mp3</Play>")

    assert asked() == 11
    assert "11215" in str(call.timeline)


PAUSES = st.floats(0, 0.05)
HTTP = st.sampled_from(
    [
        OK,
        CHUNKED,
        b"\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: ",
        b"HTTP/9.9 999 \r\n",
        b"Content-Length: ",
        b"Set-Cookie: a=b; Max-Age=" + b"9" * 5000 + b"\r\n",
        b"Content-Encoding: gzip\r\n\r\n",
        b"Content-Type: audio/mpeg\r\n\r\n",
        b"Content-Type: text/plain; charset=\xff\r\n",
        b"Location: http://[::1\r\n",
        b"-1\r\n",
        b"9" * 5000 + b"\r\n\r\n",
        b"5\r\nabcde\r\n",
        b"0\r\n\r\n",
        DOCUMENT,
    ]
)


@settings(max_examples=60)
@given(
    pieces=st.lists(st.one_of(HTTP, st.binary(max_size=40), PAUSES), max_size=12),
    ends=st.booleans(),
)
def test_any_bytes_at_any_pace_end_in_time_and_raise_nothing(
    pieces: list[bytes | float], ends: bool
) -> None:
    def answer() -> Pieces:
        yield from pieces
        if not ends:
            yield from dripping(b"", b"\r\n")

    with writing(answer) as (base, _), timed():
        call = placing(tm.Simulator())(
            f"<Play>{base}/a.mp3#rc=0</Play>" if ends else None,
            url=None if ends else f"{base}/voice{LIMITS}",
        )

    assert call.status == "completed"
    assert "report" not in str(call.timeline)
