"""A connection to a served world is kept for more requests, and each is answered as if it were the only one."""

from __future__ import annotations

import json
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.waiting import SECONDS, until
from twilio_magic.simulation.server import serving

from .served_requests import (
    Answer,
    connect,
    port_of,
    receive_all,
    receive_answer,
    sign,
    split_answers,
    write_request,
)

SERVED = "twilio_magic.simulation._served_connection"
ACCOUNT = tm.Simulator().credentials.account_sid
CALLS = f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json"
SIGNED = sign(tm.Simulator())
FORM = urlencode({"To": TO, "From": FROM, "Twiml": "<Response><Say>Hi.</Say></Response>"}).encode()
TYPE = "Content-Type: application/x-www-form-urlencoded"
HOST = "Host: localhost:{port}"
LENGTH = f"Content-Length: {len(FORM)}"


def in_chunks(body: bytes, size: int) -> bytes:
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x;why=so\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


#: Requests that may be followed by others, by what is special of each.
REQUESTS = {
    "a call": write_request(f"POST {CALLS} HTTP/1.1", HOST, SIGNED, TYPE, LENGTH, body=FORM),
    "a call in chunks": write_request(
        f"POST {CALLS} HTTP/1.1",
        HOST,
        SIGNED,
        TYPE,
        "Transfer-Encoding: Chunked",
        body=in_chunks(FORM, 7),
    ),
    "with a trailer": write_request(
        f"POST {CALLS} HTTP/1.1",
        HOST,
        SIGNED,
        TYPE,
        "Transfer-Encoding: chunked",
        body=in_chunks(FORM, 50)[:-2] + b"Authorization: Basic Og==\r\n\r\n",
    ),
    "without a form": write_request(f"POST {CALLS} HTTP/1.1", HOST, SIGNED),
    "with a form that is empty": write_request(
        f"POST {CALLS} HTTP/1.1", HOST, SIGNED, TYPE, "Content-Length: 0"
    ),
    "with a form that looks like a request": write_request(
        f"POST {CALLS} HTTP/1.1",
        HOST,
        SIGNED,
        "Content-Type: text/plain",
        "Content-Length: 33",
        body=b"GET /simulator/reset HTTP/1.1\r\n\r\n",
    ),
    "the list": write_request(f"GET {CALLS}?PageSize=2 HTTP/1.1", HOST, SIGNED),
    "a page's": write_request(
        f"POST {CALLS} HTTP/1.1", HOST, "Origin: null", TYPE, LENGTH, body=FORM
    ),
    "nobody's": write_request(f"GET {CALLS} HTTP/1.1", HOST),
    "another host's": write_request("GET / HTTP/1.1", "Host: example.com"),
    "its head alone": write_request(f"HEAD {CALLS} HTTP/1.1", HOST, SIGNED),
    "of an older client": write_request(
        f"GET {CALLS} HTTP/1.0", HOST, SIGNED, "Connection: Keep-Alive"
    ),
    "that could wait": write_request(
        f"POST {CALLS} HTTP/1.1", HOST, SIGNED, TYPE, "Expect: 100-continue", LENGTH, body=FORM
    ),
    "behind an empty line": b"\r\n" + write_request("GET /nowhere HTTP/1.1", HOST, SIGNED),
    "with bare line ends": write_request("GET /here HTTP/1.1", HOST).replace(b"\r\n", b"\n"),
}
#: Requests behind which the server hangs up.
LAST = {
    "that is the last": write_request("GET / HTTP/1.1", HOST, "Connection: x, Close"),
    "that is old": write_request("GET / HTTP/1.0", HOST),
    "that is old and in chunks": write_request(
        f"POST {CALLS} HTTP/1.0",
        HOST,
        "Connection: keep-alive",
        "Transfer-Encoding: chunked",
        body=in_chunks(FORM, 9),
    ),
    "with a length that is none": write_request("GET / HTTP/1.1", HOST, "Content-Length: +1"),
    "that is none": b"What?\r\n\r\n",
}


def method_of(request: bytes) -> str:
    return request.split(maxsplit=1)[0].decode()


def known(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    """What of *answer* does not depend on the moment, and on what comes behind it."""
    headers = {
        name: value
        for name, value in answer.headers.items()
        if name not in ("date", "connection", "last-modified")
    }
    return answer.status, headers, answer.body


def without_interim(text: bytes) -> bytes:
    return text.replace(b"HTTP/1.1 100 Continue\r\n\r\n", b"")


def ask_once(port: int, request: bytes) -> Answer:
    """The answer to *request* on a connection of its own."""
    with connect(port) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        (answer,) = split_answers(without_interim(receive_all(connection)), [method_of(request)])
    return answer


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    names=st.lists(st.sampled_from(sorted(REQUESTS)), max_size=6),
    last=st.sampled_from(sorted(LAST)),
    cuts=st.sets(st.integers(1, 2000), max_size=8),
)
def test_each_of_many_requests_is_answered_as_on_a_connection_of_its_own(
    names: list[str], last: str, cuts: set[int]
) -> None:
    """They are sent at once, or cut anywhere, before any of them is answered."""
    asked = [*(REQUESTS[name] for name in names), LAST[last]]
    one, several = tm.Simulator(seed=1), tm.Simulator(seed=1)
    with one.serve() as kept, several.serve() as anew:
        own = str(port_of(kept)).encode()
        text = b"".join(each.replace(b"{port}", own) for each in asked)
        with connect(port_of(kept)) as connection:
            places = [0, *sorted(cut for cut in cuts if cut < len(text)), len(text)]
            for begin, end in pairwise(places):
                connection.sendall(text[begin:end])
            got = without_interim(receive_all(connection))
        port = port_of(anew)
        expected = [ask_once(port, each.replace(b"{port}", str(port).encode())) for each in asked]

    answers = split_answers(got.replace(own, str(port).encode()), list(map(method_of, asked)))
    assert list(map(known, answers)) == list(map(known, expected))


def test_a_client_asks_over_one_connection(simulator: tm.Simulator) -> None:
    with simulator.serve() as base_url, connect(port_of(base_url)) as connection:
        for name, request in REQUESTS.items():
            connection.sendall(request.replace(b"{port}", str(port_of(base_url)).encode()))
            answer = receive_answer(connection, method_of(request))
            assert answer.headers.get("connection") == ("keep-alive" if "older" in name else None)

    assert len(tm.Client(simulator=simulator).calls.list()) == 4


#: Requests that another program could read differently, and see a second one in or miss it.
DOUBTFUL = {
    "two lengths": ["Content-Length: 3", "Content-Length: 4"],
    "two lengths in one": ["Content-Length: 3, 4"],
    "a length and chunks": ["Transfer-Encoding: chunked", "Content-Length: 3"],
    "a blank behind a name": ["Content-Length : 3"],
    "a blank before a name": [" Content-Length: 3"],
    "a header that goes on": ["X-Long: a", " b"],
    "no colon": ["Content-Length 3"],
    "no name": [": 3"],
    "a carriage return in a value": ["X: a\rContent-Length: 3"],
    "a zero in a value": ["X: a\0b"],
    "a name that is no word": ["Content-Length\x0b: 3"],
    "chunks of chunks": ["Transfer-Encoding: chunked, chunked"],
    "chunks that are called otherwise": ["Transfer-Encoding: xchunked"],
    "chunks twice": ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"],
    "chunks that are zipped": ["Transfer-Encoding: chunked, gzip"],
}


@pytest.mark.parametrize("headers", DOUBTFUL.values(), ids=DOUBTFUL)
def test_a_request_that_may_hide_another_is_refused_and_ends_the_connection(
    simulator: tm.Simulator, headers: list[str]
) -> None:
    with simulator.serve() as base_url, connect(port_of(base_url)) as connection:
        own = f"Host: 127.0.0.1:{port_of(base_url)}"
        hidden = write_request(f"POST {CALLS} HTTP/1.1", own, SIGNED, TYPE, LENGTH, body=FORM)
        connection.sendall(write_request("POST / HTTP/1.1", own, *headers) + hidden)
        (answer,) = split_answers(receive_all(connection), ["POST"])

    assert answer.status in (400, 501)
    assert json.loads(answer.body)["status"] == answer.status
    assert answer.headers["connection"] == "close"
    assert simulator.call_count == 0


@pytest.mark.parametrize(
    "lines",
    [
        ["POST / HTTP/1.1", f"{SIGNED}\rX: y"],
        ["POST / HTTP/1.1", SIGNED.replace(":", " :")],
        ["POST / HTTP/1.1", SIGNED.replace(":", "")],
        ["POST / HTTP/1.1", "X: y", f" {SIGNED}"],
        [f"POST /?{SIGNED} HTTP/1.1"],
    ],
)
def test_what_is_refused_is_not_repeated(simulator: tm.Simulator, lines: list[str]) -> None:
    """It may be a secret, and a client logs what it is answered."""
    with simulator.serve() as base_url, connect(port_of(base_url)) as connection:
        connection.sendall(write_request(*lines))
        answer = receive_answer(connection)

    assert answer.status == 400
    assert SIGNED.rpartition(" ")[2].encode() not in answer.body


@pytest.mark.parametrize(
    "chunks",
    [
        b"5\nTo=+1\r\n0\r\n\r\n",
        b"5\r\nTo=+1\n0\r\n\r\n",
        b"5;\n\r\nTo=+1\r\n0\r\n\r\n",
        b"5\r\nTo=+1\r\n0\n\n",
        b"5\r\nTo=+1\r\n0\r\nX: y\n\r\n",
        b" 5\r\nTo=+1\r\n0\r\n\r\n",
        b"5\r\nTo=+1xx\r\n0\r\n\r\n",
    ],
)
def test_chunks_end_their_lines_as_is_written(simulator: tm.Simulator, chunks: bytes) -> None:
    head = ["POST / HTTP/1.1", "Host: x", "Transfer-Encoding: chunked"]
    with simulator.serve() as base_url, connect(port_of(base_url)) as connection:
        connection.sendall(write_request(*head, body=chunks) + REQUESTS["nobody's"])
        (answer,) = split_answers(receive_all(connection), ["POST"])

    assert answer.status == 400


def test_a_header_with_an_underscore_is_not_taken_for_the_one_with_a_hyphen() -> None:
    seen: list[dict[str, Any]] = []
    with serving(noting(seen), 0) as base_url, connect(port_of(base_url)) as connection:
        connection.sendall(write_request("GET / HTTP/1.1", "Content_Length: 5", "X_Y: 1", "X-Z: 2"))
        assert receive_answer(connection).status == 200

    assert seen[0]["HTTP_X_Z"] == "2"
    assert not {"CONTENT_LENGTH", "HTTP_CONTENT_LENGTH", "HTTP_X_Y"} & seen[0].keys()


def noting(seen: list[dict[str, Any]]) -> Any:
    """An application that notes its requests."""

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        seen.append(environ)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"Noted."]

    return app


def test_nothing_of_a_request_is_in_the_next_one() -> None:
    seen: list[dict[str, Any]] = []
    with serving(noting(seen), 0) as base_url, connect(port_of(base_url)) as connection:
        for request in ("a call", "nobody's", "nobody's"):
            connection.sendall(REQUESTS[request])
            receive_answer(connection)

    streams = "wsgi.input", "wsgi.errors"
    first, *others = [{k: v for k, v in each.items() if k not in streams} for each in seen]
    assert {"HTTP_AUTHORIZATION", "CONTENT_TYPE", "CONTENT_LENGTH"} <= first.keys()
    assert others[0] == others[1]
    assert not {"HTTP_AUTHORIZATION", "CONTENT_TYPE", "CONTENT_LENGTH"} & others[0].keys()
    assert seen[1]["wsgi.input"].read() == b""


def test_who_waits_to_be_told_so_is_told_to_send_the_body(simulator: tm.Simulator) -> None:
    head, _, form = REQUESTS["that could wait"].partition(b"\r\n\r\n")
    with simulator.serve() as base_url, connect(port_of(base_url)) as connection:
        port = str(port_of(base_url)).encode()
        connection.sendall(head.replace(b"{port}", port) + b"\r\n\r\n")
        assert receive_answer(connection).status == 100
        connection.sendall(form)
        assert receive_answer(connection).status == 201


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (["Expect: 100-continue", "Content-Length: 1048577"], 413),
        (["Expect: 100-continue", "Content-Length: x"], 400),
        (["Expect: a-miracle", "Content-Length: 5"], 417),
    ],
)
def test_who_waits_in_vain_is_told_so_at_once(
    simulator: tm.Simulator, headers: list[str], status: int
) -> None:
    with simulator.serve() as base_url, connect(port_of(base_url)) as connection:
        connection.sendall(write_request("POST / HTTP/1.1", "Host: x", *headers))
        answer = receive_answer(connection)

    assert (answer.status, answer.headers["connection"]) == (status, "close")


def test_a_connection_on_which_nothing_is_asked_is_ended_without_a_word(
    simulator: tm.Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{SERVED}._SECONDS_IDLE", 0.1)
    with simulator.serve() as base_url, connect(port_of(base_url)) as connection:
        connection.sendall(REQUESTS["nobody's"])
        assert receive_answer(connection).status == 421
        assert receive_all(connection) == b""


@pytest.mark.parametrize(
    "half", [b"G", b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nTo="]
)
def test_half_a_request_behind_a_whole_one_is_given_up(
    simulator: tm.Simulator, monkeypatch: pytest.MonkeyPatch, half: bytes
) -> None:
    with simulator.serve() as base_url, connect(port_of(base_url)) as connection:
        connection.sendall(REQUESTS["nobody's"])
        receive_answer(connection)
        monkeypatch.setattr(f"{SERVED}.SECONDS", 0.2)
        connection.sendall(half)
        assert receive_answer(connection).status == 408


def has_ended(connection: socket.socket) -> bool:
    """Whether the other end has hung up."""
    connection.setblocking(False)
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    finally:
        connection.settimeout(SECONDS)


def test_connections_on_which_nothing_is_asked_give_way_to_new_ones(
    simulator: tm.Simulator,
) -> None:
    with simulator.serve() as base_url, ExitStack() as stack:
        port = port_of(base_url)
        kept = [stack.enter_context(connect(port)) for _ in range(256)]
        for each in kept:
            each.sendall(REQUESTS["nobody's"])
            assert receive_answer(each).status == 421
        kept[0].sendall(REQUESTS["nobody's"])
        receive_answer(kept[0])  # so that it has not been idle for longest

        def ask() -> int:
            with connect(port) as connection:
                connection.sendall(LAST["that is old"].replace(b"{port}", str(port).encode()))
                return split_answers(receive_all(connection), ["GET"])[0].status

        assert [ask() for _ in range(3)] == [401] * 3
        assert len([each for each in kept if has_ended(each)]) == 1
        kept[0].sendall(REQUESTS["nobody's"])
        assert receive_answer(kept[0]).status == 421


def test_when_a_world_is_not_served_any_more_its_threads_and_connections_have_ended(
    simulator: tm.Simulator,
) -> None:
    before = set(threading.enumerate())
    with ExitStack() as stack:
        with simulator.serve() as base_url:
            port = port_of(base_url)
            idle, half, silent = [stack.enter_context(connect(port)) for _ in range(3)]
            idle.sendall(REQUESTS["nobody's"])
            receive_answer(idle)
            half.sendall(b"GET /")

        until(lambda: set(threading.enumerate()) <= before)
        assert [receive_all(each) for each in (idle, half, silent)] == [b""] * 3


def test_who_is_being_answered_when_a_server_closes_gets_the_answer() -> None:
    asked, goes_on = threading.Event(), threading.Event()

    def app(_: Any, start_response: Any) -> list[bytes]:
        asked.set()
        assert goes_on.wait(SECONDS)
        start_response("200 OK", [])
        return [b"Late."]

    before = set(threading.enumerate())
    with ExitStack() as stack:
        with serving(app, 0) as base_url:
            connection = stack.enter_context(connect(port_of(base_url)))
            connection.sendall(REQUESTS["nobody's"])
            assert asked.wait(SECONDS)
        goes_on.set()
        answer = receive_answer(connection)

    assert (answer.body, answer.headers["connection"]) == (b"Late.", "close")
    until(lambda: set(threading.enumerate()) <= before)


def test_an_application_that_fails_is_logged_and_the_next_request_answered(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def app(environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        headers = {"/lines": [("X", "a\r\nY: b")], "/wide": [("X", "\u2028")]}
        start_response("200 OK", headers.get(environ["PATH_INFO"], []))
        if environ["PATH_INFO"] == "/raises":
            raise OSError("no more")
        yield b"Fine."

    with (
        serving(app, 0) as base_url,
        connect(port_of(base_url)) as connection,
        caplog.at_level(logging.ERROR),
    ):
        answers = []
        for path in ("/raises", "/lines", "/wide", "/"):
            connection.sendall(write_request(f"GET {path} HTTP/1.1", "Host: x"))
            answers.append(receive_answer(connection))

    assert [answer.status for answer in answers] == [500, 500, 500, 200]
    assert json.loads(answers[0].body) == {
        "status": 500,
        "message": "The simulator failed; its log says why.",
    }
    assert "OSError: no more" in caplog.text
    assert not any("y" in answer.headers for answer in answers)


@pytest.mark.parametrize(
    ("method", "status", "length", "expected"),
    [
        ("GET", "200 OK", None, ("5", b"Hello")),
        ("GET", "200 OK", "3", ("5", b"Hello")),
        ("GET", "200 OK", "50", ("5", b"Hello")),
        ("HEAD", "200 OK", "3", ("3", b"")),
        ("HEAD", "200 OK", None, ("5", b"")),
        ("GET", "204 NO CONTENT", "5", (None, b"")),
        ("GET", "304 NOT MODIFIED", None, (None, b"")),
    ],
)
def test_an_answer_is_as_long_as_it_says(
    method: str, status: str, length: str | None, expected: tuple[str | None, bytes]
) -> None:
    """Else the next one would be read from the wrong place."""

    def app(_: Any, start_response: Any) -> list[bytes]:
        start_response(status, [("Content-Length", length)] if length else [])(b"Hel")
        return [b"lo"]

    with serving(app, 0) as base_url, connect(port_of(base_url)) as connection:
        request = write_request(f"{method} / HTTP/1.1", "Host: x")
        connection.sendall(request + request)
        answers = [receive_answer(connection, method) for _ in range(2)]

    for answer in answers:
        assert (answer.headers.get("content-length"), answer.body) == expected


def test_sessions_of_requests_keep_their_connection(simulator: tm.Simulator) -> None:
    with simulator.serve() as base_url, requests.Session() as session:
        session.trust_env = False
        for _ in range(3):
            session.get(f"{base_url}{CALLS}", timeout=SECONDS)
        pools: Any = getattr(session.get_adapter(base_url), "poolmanager").pools  # noqa: B009 - untyped
        (key,) = pools.keys()
        pool = pools[key]

        assert (pool.num_requests, pool.num_connections) == (3, 1)
