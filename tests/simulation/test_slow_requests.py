"""Who sends half a request to a served world, or lies about it, holds nobody up."""

from __future__ import annotations

import json
import socket
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from time import monotonic
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.waiting import SECONDS, until

from .served_requests import receive_all

MARGIN = 20  # seconds
LIMIT = "twilio_magic.simulation._served_connection.SECONDS"
HOST = "Host: 127.0.0.1:{port}\r\n"


@pytest.fixture
def port(simulator: tm.Simulator) -> Iterator[int]:
    with simulator.serve() as base_url:
        yield int(base_url.rpartition(":")[2])


@contextmanager
def connected(port: int, text: str | bytes = "") -> Iterator[socket.socket]:
    """A connection over which *text* was sent, and nothing more."""
    with socket.create_connection(("127.0.0.1", port), SECONDS) as connection:
        connection.sendall(text.encode() if isinstance(text, str) else text)
        yield connection


def status(answer: bytes) -> int:
    return int(answer.split(None, 2)[1]) if answer else 0


def signed(simulator: tm.Simulator, port: int, *headers: str, path: str = "Calls.json") -> str:
    """The head of a POST of the simulated account."""
    account = simulator.credentials
    pair = f"{account.account_sid}:{account.password.reveal()}"
    lines = [
        f"POST /2010-04-01/Accounts/{account.account_sid}/{path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Authorization: Basic {b64encode(pair.encode()).decode()}",
        "Content-Type: application/x-www-form-urlencoded",
        "Connection: close",
        *headers,
    ]
    return "\r\n".join(lines) + "\r\n\r\n"


FORM = urlencode({"To": TO, "From": FROM, "Twiml": "<Response/>"})

#: The beginnings of requests that never end.
HALVES = {
    "nothing": "",
    "half of the first line": "POST /2010",
    "half of a header": "POST / HTTP/1.1\r\nHost: 127",
    "half of the headers": "POST / HTTP/1.1\r\n" + HOST,
    "half of a body": "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 100\r\n\r\nTo=",
    "the whole of a page's": "POST / HTTP/1.1\r\n"
    + HOST
    + "Origin: https://hostile.example.com\r\nContent-Length: 100\r\n\r\nTo=",
    "another host's": "POST / HTTP/1.1\r\nHost: hostile.example.com\r\nContent-Length: 9\r\n\r\nTo=",
    "half of a chunk": "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\nf\r\nTo",
    "half of the chunks": "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n",
}


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES)
def test_half_a_request_holds_nobody_up(
    simulator: tm.Simulator, client: tm.Client, port: int, half: str
) -> None:
    start = monotonic()
    with ExitStack() as halves:
        for _ in range(20):
            halves.enter_context(connected(port, half.format(port=port)))
        call = client.calls.create(to=TO, from_=FROM, twiml="<Response/>").wait()
        with connected(port, signed(simulator, port, f"Content-Length: {len(FORM)}") + FORM) as own:
            assert status(receive_all(own)) == 201

    assert call.status == "completed"
    assert monotonic() - start < MARGIN


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES)
def test_half_a_request_is_given_up(port: int, monkeypatch: pytest.MonkeyPatch, half: str) -> None:
    monkeypatch.setattr(LIMIT, 0.3)
    with connected(port, half.format(port=port)) as connection:
        answer = receive_all(connection)

    assert status(answer) == 408
    assert json.loads(answer.partition(b"\r\n\r\n")[2]) == {
        "status": 408,
        "message": "The request did not arrive within 0.3 s.",
    }


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES)
def test_half_a_request_that_drips_is_given_up(
    port: int, monkeypatch: pytest.MonkeyPatch, half: str
) -> None:
    """A byte now and then does not buy more time."""
    monkeypatch.setattr(LIMIT, 0.3)
    start = monotonic()
    with connected(port, half.format(port=port)) as connection:
        connection.settimeout(0.02)
        got = b""
        while not got and monotonic() - start < MARGIN:
            try:
                got = connection.recv(2**16) or b"closed"
            except TimeoutError:
                with suppress(OSError):
                    connection.sendall(b"1")
            except ConnectionResetError:
                break

    assert monotonic() - start < MARGIN


WAITING = f"POST / HTTP/1.1\r\n{HOST}Expect: 100-continue\r\nContent-Length: 5\r\n\r\n"


def test_one_connection_too_many_is_asked_to_come_again(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LIMIT, float(SECONDS))

    def asked() -> int:
        with connected(port, f"GET / HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n") as connection:
            return status(receive_all(connection))

    with ExitStack() as idle:
        for _ in range(256):
            half = idle.enter_context(connected(port, WAITING.format(port=port)))
            assert status(half.recv(100)) == 100  # it has its place
        until(lambda: asked() == 503)
    until(lambda: asked() == 401)


LIES = [
    (["Content-Length: -1"], "", 400),
    (["Content-Length: +5"], "To=+1", 400),
    (["Content-Length: 5_0"], "To=+1", 400),
    (["Content-Length: 0x10"], "To=+1", 400),
    (["Content-Length: ٥"], "To=+1", 400),
    (["Content-Length: five"], "To=+1", 400),
    (["Content-Length:"], "To=+1", 400),
    (["Content-Length: 5", "Content-Length: 6"], "To=+1", 400),
    (["Content-Length: 1048577"], "", 413),
    (["Content-Length: 99999999999"], "", 413),
    (["Content-Length: " + "9" * 5000], "", 413),
    (["Transfer-Encoding: gzip, chunked"], "", 501),
    (["Transfer-Encoding: chunked", "Content-Length: 5"], "To=+1", 400),
    (["Transfer-Encoding: chunked"], "-1\r\n", 400),
    (["Transfer-Encoding: chunked"], "0x5\r\nTo=+1\r\n", 400),
    (["Transfer-Encoding: chunked"], "2\r\nTo=+1\r\n0\r\n\r\n", 400),
    (["Transfer-Encoding: chunked"], "fffffffff\r\n", 413),
    (["Transfer-Encoding: chunked"], "f" * 5000 + "\r\n", 400),
    (["Transfer-Encoding: chunked"], ("80000\r\n" + "a" * 0x80000 + "\r\n") * 3, 413),
    (["Transfer-Encoding: chunked"], "0\r\n" + "X: y\r\n" * 1000, 431),
    (["X-Long: " + "a" * 70000], "", 431),
    ([f"X-{n}: a" for n in range(200)], "", 431),
]


@pytest.mark.parametrize(("headers", "body", "expected"), LIES)
def test_lies_about_a_body_are_refused(
    simulator: tm.Simulator, port: int, headers: list[str], body: str, expected: int
) -> None:
    with connected(port, signed(simulator, port, *headers) + body) as connection:
        answer = receive_all(connection)

    assert status(answer) == expected
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["status"] == expected


def test_a_body_that_ends_too_early_is_refused(simulator: tm.Simulator, port: int) -> None:
    with connected(port, signed(simulator, port, "Content-Length: 100") + "To=") as connection:
        connection.shutdown(socket.SHUT_WR)
        answer = receive_all(connection)

    assert status(answer) == 400
    assert b"ended after 3 of 100 bytes" in answer


def test_who_sends_too_much_sees_why_it_was_refused(simulator: tm.Simulator, port: int) -> None:
    """An answer before all was read would break the connection."""
    head = signed(simulator, port, f"Content-Length: {2**22}")
    with connected(port, head) as connection:
        connection.sendall(b"a" * 2**22)
        answer = receive_all(connection)

    assert status(answer) == 413
    assert b"larger than 1,048,576 bytes" in answer


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_form_in_chunks_is_read(simulator: tm.Simulator, port: int, size: int) -> None:
    pieces = [FORM[at : at + size] for at in range(0, len(FORM), size)]
    chunks = "".join(f"{len(piece):X};why=so\r\n{piece}\r\n" for piece in pieces)
    head = signed(simulator, port, "Transfer-Encoding: chunked")
    with connected(port, head + chunks + "0\r\nX-Trailer: y\r\n\r\n") as connection:
        answer = receive_all(connection)

    assert status(answer) == 201
    assert [str(call.to) for call in tm.Client(simulator=simulator).calls.list()] == [TO]


def test_who_does_not_take_the_answer_holds_nobody_up(
    simulator: tm.Simulator,
    client: tm.Client,
    port: int,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A page of a thousand calls fills every buffer between the two."""
    monkeypatch.setattr(LIMIT, 0.5)
    for _ in range(300):
        client.calls.create(to=TO, from_=FROM, twiml="<Response/>")
    head = signed(simulator, port, path="Calls.json?PageSize=1000").replace("POST", "GET", 1)
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    with connection:
        connection.connect(("127.0.0.1", port))
        connection.sendall(head.encode())
        assert client.calls.list(limit=1)
        call = client.calls.create(to=TO, from_=FROM, twiml="<Response/>").wait()

    assert call.status == "completed"
    assert capfd.readouterr().err == ""


REQUESTS = st.sampled_from(
    [
        "GET / HTTP/1.1\r\n",
        "POST /2010-04-01/Accounts HTTP/1.1\r\n",
        HOST,
        "Transfer-Encoding: chunked\r\n",
        "Content-Length: 5\r\n",
        "Content-Length: 99999\r\n",
        "Expect: 100-continue\r\n",
        "Origin: null\r\n",
        "\r\n",
        "5\r\nabcde\r\n",
        "0\r\n\r\n",
    ]
).map(str.encode)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(pieces=st.lists(st.one_of(REQUESTS, st.binary(max_size=40)), max_size=10))
def test_any_bytes_are_answered_in_time_and_nobody_is_held_up(
    simulator: tm.Simulator,
    port: int,
    capfd: pytest.CaptureFixture[str],
    pieces: list[bytes],
) -> None:
    """Many of them are no request, or half a one."""
    client = tm.Client(simulator=simulator)
    sent = b"".join(pieces).replace(b"{port}", str(port).encode())
    with connected(port, sent) as connection:
        assert client.calls.create(to=TO, from_=FROM, twiml="<Response/>").wait()
        with suppress(OSError):
            connection.shutdown(socket.SHUT_WR)
        answer = receive_all(connection)

    assert not answer or status(answer) in (
        200,
        400,
        401,
        403,
        404,
        405,
        408,
        413,
        414,
        421,
        431,
        501,
        505,
    )
    assert capfd.readouterr().err == ""
