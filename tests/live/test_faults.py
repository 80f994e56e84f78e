"""What a live client does when the network, or what is at its other end, is not what it should be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import twilio_magic as tm
from tests.calls import DEMO, FROM, TO
from tests.live.conftest import ENVIRON, UNPAUSED, Connect, connects
from tests.live.server import (
    ACCOUNT,
    CALL,
    Answer,
    Server,
    breaks_encryption,
    breaks_off,
    call,
    hangs_up,
    refuses,
    says,
    says_nothing,
    serving,
)
from tests.raw_server import dripping, writing


def test_the_request_is_that_of_the_article(connect: Connect) -> None:
    with serving(says(201, call())) as server:
        placed = connect(server).calls.create(to=TO, from_=FROM, url=DEMO)

    assert placed.sid == CALL
    assert server.seen == [
        (
            "POST",
            f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json",
            {"To": [TO], "From": [FROM], "Url": [DEMO]},
        )
    ]
    assert server.authorizations[0].startswith("Basic ")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (hangs_up, tm.Unreachable),
        (breaks_off, tm.NotTheApi),
        (says(201, "<html>Welcome to the hotel's network</html>"), tm.NotTheApi),
        (says(201, ["a", "list"]), tm.NotTheApi),
        (says(201, '{"sid": "CA'), tm.NotTheApi),
    ],
    ids=["hangs up", "truncated", "HTML", "a list", "half of JSON"],
)
def test_a_create_whose_answer_is_lost_is_sent_once_and_says_how_to_look(
    connect: Connect, answer: Answer, error: type[tm.NoAnswerFromApi]
) -> None:
    with serving(answer) as server, pytest.raises(error) as raised:
        connect(server).calls.create(to=TO, from_=FROM, url=DEMO)

    assert len(server.seen) == 1
    assert raised.value.may_have_happened
    assert f"%calls --to {TO}" in (raised.value.hint or "")


def test_a_create_that_is_not_answered_is_sent_once_and_says_how_to_look(
    connect_impatiently: Connect,
) -> None:
    with serving(says_nothing) as server, pytest.raises(tm.AnswerTimedOut) as raised:
        connect_impatiently(server).calls.create(to=TO, from_=FROM, url=DEMO)

    assert len(server.seen) == 1
    assert raised.value.may_have_happened
    assert f"%calls --to {TO}" in (raised.value.hint or "")


def test_a_fault_of_twilios_own_does_not_say_that_nothing_happened(connect: Connect) -> None:
    with serving(refuses(503, 20503)) as server, pytest.raises(tm.TwilioFailed) as raised:
        connect(server).calls.create(to=TO, from_=FROM, url=DEMO)

    assert len(server.seen) == 1
    assert raised.value.status == 503
    assert "may have been placed" in (raised.value.hint or "")


def test_too_many_requests_are_an_error_of_their_own(connect: Connect) -> None:
    with serving(refuses(429, 20429)) as server, pytest.raises(tm.TooManyRequests) as raised:
        connect(server).calls.create(to=TO, from_=FROM, url=DEMO)

    assert len(server.seen) == 1
    assert raised.value.code == 20429


@pytest.mark.parametrize("answer", [hangs_up, breaks_off, refuses(429, 20429), says(502, "")])
def test_reading_is_tried_again_until_it_works(connect: Connect, answer: Answer) -> None:
    with serving(answer, answer, says(200, call("completed"))) as server:
        fetched = connect(server).calls.fetch(CALL)

    assert fetched.status == "completed"
    assert len(server.seen) == 3


@pytest.mark.parametrize(
    "start",
    [b"HTTP/1.1 20", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n{"],
    ids=["status line", "header", "body"],
)
def test_an_answer_that_drips_takes_too_long(connect_impatiently: Connect, start: bytes) -> None:
    with (
        writing(lambda: dripping(start, b"0")) as (base, asked),
        pytest.raises(tm.AnswerTimedOut) as raised,
    ):
        connect_impatiently(Server(base)).calls.create(to=TO, from_=FROM, url=DEMO)

    assert asked() == 1
    assert raised.value.may_have_happened


def test_the_file_of_a_recording_that_drips_takes_too_long() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\n\r\n"
    resource = b'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"sid": "RE1"}'
    answers = iter([[resource], dripping(head, b"0")])
    with writing(lambda: next(answers)) as (base, _):
        client = connects(replace(UNPAUSED, download=0.5))(Server(base))
        recording = client.recordings.fetch("RE" + "1" * 32)
        with pytest.raises(tm.AnswerTimedOut):
            recording.wav()


@pytest.mark.parametrize("status", [200, 500])
def test_an_answer_without_end_is_not_the_apis(connect: Connect, status: int) -> None:
    head = b"HTTP/1.1 %d So\r\n\r\n[" % status
    with (
        writing(lambda: dripping(head, b" " * 2**20, 0.0)) as (base, _),
        pytest.raises(tm.NotTheApi, match="more than any answer"),
    ):
        connect(Server(base)).calls.create(to=TO, from_=FROM, url=DEMO)


def test_reading_what_is_not_answered_is_tried_again(connect_impatiently: Connect) -> None:
    with serving(says_nothing, says(200, call("completed"))) as server:
        fetched = connect_impatiently(server).calls.fetch(CALL)

    assert fetched.status == "completed"
    assert len(server.seen) > 1


def test_reading_is_not_tried_for_ever(connect: Connect) -> None:
    with serving(refuses(500, 20500)) as server, pytest.raises(tm.TwilioFailed):
        connect(server).calls.fetch(CALL)

    assert len(server.seen) == 3


def test_a_delete_that_got_through_before_is_done(connect: Connect) -> None:
    with serving(hangs_up, refuses(404, 20404)) as server:
        connect(server).calls.delete(CALL)

    assert len(server.seen) == 2


def test_a_redirect_is_not_followed_with_the_credentials(connect: Connect) -> None:
    with serving(says(307, "", Location="https://evil.example/")) as server:
        client = connect(server)
        with pytest.raises(tm.NotTheApi, match=r"evil\.example") as raised:
            client.calls.create(to=TO, from_=FROM, url=DEMO)

    assert len(server.seen) == 1
    assert not raised.value.may_have_happened


def test_a_redirect_to_nowhere_is_told_as_one(connect: Connect) -> None:
    with serving(says(307, "", Location="http://[")) as server:
        client = connect(server)
        with pytest.raises(tm.NotTheApi, match="a redirect, which is not followed"):
            client.calls.create(to=TO, from_=FROM, url=DEMO)


def test_a_server_that_is_not_there_was_not_reached(connect: Connect) -> None:
    with serving(hangs_up) as server:
        client = connect(server)
    with pytest.raises(tm.Unreachable, match="could not be reached") as raised:
        client.calls.create(to=TO, from_=FROM, url=DEMO)

    assert not raised.value.may_have_happened


@pytest.mark.parametrize("connect_encrypted", [False], indirect=True)
def test_a_server_whose_certificate_nobody_trusts_is_told_nothing(
    connect_encrypted: Connect, certificate: Path
) -> None:
    with serving(says(201, call()), certificate=certificate) as server:
        client = connect_encrypted(server)
        with pytest.raises(tm.Unreachable, match="no certificate that can be trusted") as raised:
            client.calls.create(to=TO, from_=FROM, url=DEMO)

    assert server.seen == []
    assert not raised.value.may_have_happened
    assert "Nothing was done." in (raised.value.hint or "")


def test_encryption_that_breaks_after_the_request_does_not_say_that_nothing_happened(
    connect_encrypted: Connect, certificate: Path
) -> None:
    with serving(breaks_encryption, certificate=certificate) as server:
        client = connect_encrypted(server)
        with pytest.raises(tm.Unreachable, match="encrypted connection broke") as raised:
            client.calls.create(to=TO, from_=FROM, url=DEMO)

    assert len(server.seen) == 1
    assert raised.value.may_have_happened
    assert f"%calls --to {TO}" in (raised.value.hint or "")


def test_the_next_page_is_asked_for_on_the_same_host(connect: Connect) -> None:
    lie = {"calls": [call()], "next_page_uri": "https://evil.example/x?Page=1&PageToken=PA1"}
    with serving(says(200, lie), says(200, {"calls": [], "next_page_uri": None})) as server:
        found = list(connect(server).calls)

    assert len(found) == 1
    assert server.seen[1][1] == f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json?Page=1&PageToken=PA1"


def test_a_page_that_names_itself_as_the_next_one_does_not_run_for_ever(connect: Connect) -> None:
    circle = {"calls": [call()], "next_page_uri": "/2010-04-01/x?Page=1"}
    with serving(says(200, circle)) as server, pytest.raises(tm.NotTheApi, match="itself"):
        list(connect(server).calls)


def test_a_list_without_its_rows_is_not_the_apis(connect: Connect) -> None:
    with serving(says(200, {"message": "hello"})) as server, pytest.raises(tm.NotTheApi):
        list(connect(server).calls)


def test_a_field_that_is_not_what_twilio_documents_is_empty_and_its_text_is_kept(
    connect: Connect,
) -> None:
    strange = call("completed", duration="twelve", start_time="yesterday", new_field={"a": 1})
    with serving(says(200, strange)) as server:
        fetched = connect(server).calls.fetch(CALL)

    assert (fetched.duration, fetched.start_time) == (None, None)
    assert (fetched.fields["duration"], fetched.fields["start_time"]) == ("twelve", "yesterday")
    assert fetched.new_field == {"a": 1}


def test_what_an_answer_leaves_out_reads_as_nothing(connect: Connect) -> None:
    with serving(says(200, {"sid": CALL})) as server:
        fetched = connect(server).calls.fetch(CALL)

    assert repr(fetched) == f"<Call {CALL}: None → None, None>"
    assert fetched.duration is None
    with pytest.raises(AttributeError, match="Call has no 'colour'"):
        fetched.colour  # noqa: B018 - the access is the test


def test_waiting_asks_until_the_call_is_over(connect: Connect) -> None:
    states = [says(200, call(status)) for status in ("ringing", "in-progress", "completed")]
    with serving(says(201, call()), *states) as server:
        done = connect(server).calls.create(to=TO, from_=FROM, url=DEMO).wait()

    assert done.status == "completed"


def test_nothing_but_this_machine_can_stand_in_for_twilio() -> None:
    for elsewhere in (
        "http://example.com",
        "https://127.0.0.1",
        "http://127.0.0.1.example.com",
        "http://[",
    ):
        with pytest.raises(tm.CredentialsError, match="stand in"):
            tm.Client(credentials=tm.Credentials.find(ENVIRON), base_url=elsewhere)


def test_twiml_that_cannot_run_is_refused_before_anybody_pays_for_it(connect: Connect) -> None:
    with serving(says(201, call())) as server, pytest.raises(tm.Rejected):
        connect(server).calls.create(
            to=TO, from_=FROM, twiml="<Response><Play>not/an/address</Play></Response>"
        )

    assert server.seen == []
