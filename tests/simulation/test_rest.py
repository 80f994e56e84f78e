"""The simulated REST API: the same bytes in, and Twilio's shapes out."""

from __future__ import annotations

import shutil
import socket
import subprocess
from base64 import b64encode
from io import BytesIO, StringIO

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client as OfficialClient

import twilio_magic as tm
from tests.calls import DEMO, FROM, TO, Place, heard

BODY = (
    b"To=%2B13105555555&From=%2B12125551234&Url=https%3A%2F%2Fdemo.twilio.com%2Fwelcome%2Fvoice%2F"
)


@pytest.fixture
def official(simulator: tm.Simulator) -> OfficialClient:
    """Twilio's own client, unmodified, in the simulated account."""
    http = TwilioHttpClient()
    simulator.mount_on(http.session)
    credentials = simulator.credentials
    return OfficialClient(
        credentials.account_sid,
        credentials.password.reveal(),
        http_client=http,
        environment={"": ""},
    )


def accounts(simulator: tm.Simulator, path: str) -> str:
    return f"https://api.twilio.com/2010-04-01/Accounts/{simulator.credentials.account_sid}/{path}"


class Listening(tm.Simulator):
    """A simulator whose requests and responses are kept, between a client and the REST API."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[requests.PreparedRequest] = []

    def mount_on(self, session: requests.Session) -> None:
        super().mount_on(session)
        session.hooks["response"].append(lambda answer, **_: self.asked.append(answer.request))


def test_our_request_is_the_articles_to_the_byte() -> None:
    """Method, address, account, type and body are those of the article's curl script."""
    simulator = Listening()
    tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, url=DEMO)
    (asked,) = simulator.asked
    credentials = simulator.credentials
    signed = b64encode(f"{credentials.account_sid}:{credentials.password.reveal()}".encode())

    assert asked.method == "POST"
    assert asked.url == accounts(simulator, "Calls.json")
    assert asked.headers["Authorization"] == f"Basic {signed.decode()}"
    assert asked.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert asked.body == BODY.decode()


@pytest.mark.parametrize(
    "body",
    [BODY, BODY.decode(), BytesIO(BODY), StringIO(BODY.decode()), iter([BODY[:9], BODY[9:]])],
    ids=["bytes", "text", "file", "text file", "chunks"],
)
def test_a_session_may_send_its_form_in_any_way_that_requests_knows(
    session: requests.Session, simulator: tm.Simulator, body: bytes
) -> None:
    kind = b"application/x-www-form-urlencoded"

    answer = session.post(
        accounts(simulator, "Calls.json"), data=body, headers={"Content-Type": kind}
    )

    assert answer.status_code == 201, answer.text


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_sends_the_same() -> None:
    """The article's script itself, pointed at a socket of this machine, sends those very bytes."""
    simulator = Listening()
    tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, url=DEMO)
    (asked,) = simulator.asked
    credentials = simulator.credentials
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}{asked.path_url}"
        script = ["curl", "-s", "-XPOST", address]
        for field in (f"To={TO}", f"From={FROM}", f"Url={DEMO}"):
            script += ["--data-urlencode", field]
        script += ["-u", f"{credentials.account_sid}:{credentials.password.reveal()}"]
        with subprocess.Popen(script, stdout=subprocess.DEVNULL) as curl:
            raw = received(server)
            curl.wait(timeout=60)
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")

    assert body.decode() == asked.body
    assert lines[0] == f"{asked.method} {asked.path_url} HTTP/1.1"
    for name in ("Authorization", "Content-Type", "Content-Length"):
        assert f"{name}: {asked.headers[name]!s}" in lines


def received(server: socket.socket) -> bytes:
    """One request as it arrives, answered with 201."""
    connection, _ = server.accept()
    with connection:
        raw = b""
        while not raw.endswith(BODY):
            raw += connection.recv(65536)
        connection.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")
    return raw


def test_the_answer_is_201_with_a_queued_call(
    session: requests.Session, simulator: tm.Simulator
) -> None:
    form = {"To": TO, "From": FROM, "Url": DEMO}
    answer = session.post(accounts(simulator, "Calls.json"), data=form)
    call = answer.json()

    assert answer.status_code == 201
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Twilio-Request-Id"].startswith("RQ")
    assert answer.headers["X-Home-Region"] == "us1"
    assert call["status"] == "queued"
    assert call["direction"] == "outbound-api"
    assert call["date_created"] == "Tue, 06 Jan 2026 10:00:00 +0000"
    assert (call["duration"], call["start_time"], call["price"]) == (None, None, None)
    assert call["uri"].endswith(f"/Calls/{call['sid']}.json")
    assert len(call["sid"]) == 34


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"From": FROM, "Url": DEMO}, 21201),
        ({"To": TO, "Url": DEMO}, 21213),
        ({"To": TO, "From": FROM}, 21205),
        ({"To": "12", "From": FROM, "Url": DEMO}, 21211),
        ({"To": TO, "From": "nobody", "Url": DEMO}, 21212),
        ({"To": TO, "From": FROM, "Url": "/relative"}, 21205),
        ({"To": TO, "From": FROM, "Url": DEMO, "Method": "PUT"}, 21209),
        ({"To": TO, "From": FROM, "Url": DEMO, "Timeout": "0"}, 21208),
        ({"To": TO, "From": FROM, "Url": DEMO, "Timeout": "soon"}, 21208),
        ({"To": TO, "From": FROM, "Url": DEMO, "SendDigits": "12x"}, 21206),
        ({"To": TO, "From": FROM, "Url": DEMO, "StatusCallback": "ftp://x"}, 21609),
        ({"To": TO, "From": FROM, "Twiml": "x" * 4001}, 32018),
    ],
)
def test_a_request_that_twilio_would_refuse_is_refused_with_twilios_body(
    session: requests.Session, simulator: tm.Simulator, form: dict[str, str], code: int
) -> None:
    answer = session.post(accounts(simulator, "Calls.json"), data=form)
    body = answer.json()

    assert answer.status_code == 400
    assert set(body) == {"code", "message", "more_info", "status"}
    assert (body["code"], body["status"]) == (code, 400)
    assert body["more_info"] == f"https://www.twilio.com/docs/errors/{code}"
    assert body["message"]
    assert "{" not in body["message"]


@pytest.mark.parametrize(
    "more", [{"Timeout": ""}, {"Url": ""}, {"FallbackUrl": ""}, {"TimeLimit": ""}, {"Record": ""}]
)
def test_an_empty_parameter_is_none(
    session: requests.Session, simulator: tm.Simulator, more: dict[str, str]
) -> None:
    form = {"To": TO, "From": FROM, "Twiml": "<Response><Say>Hello.</Say></Response>", **more}
    answer = session.post(accounts(simulator, "Calls.json"), data=form)
    simulator.run()
    call = tm.Client(simulator=simulator).calls[0]

    assert answer.status_code == 201
    assert heard(call) == ["Twilio: Hello."]


def test_of_a_parameter_that_is_given_twice_the_last_counts(
    session: requests.Session, simulator: tm.Simulator
) -> None:
    form = [("To", "+14155550100"), ("To", TO), ("From", FROM), ("Url", DEMO)]
    answer = session.post(accounts(simulator, "Calls.json"), data=form)

    assert answer.json().get("to") == TO


@pytest.mark.parametrize("query", ["PageSize=", "Page=", "PageSize=&Page="])
def test_an_empty_size_of_pages_is_the_usual_one(
    session: requests.Session, simulator: tm.Simulator, query: str
) -> None:
    answer = session.get(accounts(simulator, f"Calls.json?{query}"))

    assert (answer.json()["page"], answer.json()["page_size"]) == (0, 50)


def test_the_client_refuses_the_same_before_it_sends(client: tm.Client) -> None:
    with pytest.raises(tm.RequestError) as refused:
        client.calls.create(to=TO, from_=FROM, url=DEMO, timeout=0)

    assert refused.value.code == 21208
    assert refused.value.parameter == "Timeout"
    assert client.calls.list() == []


def test_national_numbers_are_stored_in_e164(
    session: requests.Session, simulator: tm.Simulator
) -> None:
    form = {"To": "(310) 555-5555", "From": FROM, "Url": DEMO}

    assert session.post(accounts(simulator, "Calls.json"), data=form).json()["to"] == TO


def test_an_api_key_signs_in_as_well_as_the_token(simulator: tm.Simulator) -> None:
    key = simulator.api_key
    with requests.Session() as session:
        simulator.mount_on(session)
        session.auth = (key.username, key.password.reveal())
        answer = session.get(accounts(simulator, "Calls.json"))
        session.auth = (key.username, "wrong")
        refused = session.get(accounts(simulator, "Calls.json"))

    assert key.username.startswith("SK")
    assert (answer.status_code, refused.status_code) == (200, 401)


def test_the_log_says_in_one_line_what_there_is_beside_an_unknown_path(
    session: requests.Session, simulator: tm.Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    session.get(accounts(simulator, "Faxes.json"))
    session.get("https://api.twilio.com/2010-04-01/Nothing")

    logged, other = caplog.messages
    assert other.startswith("There is no /2010-04-01/Nothing in the simulated API, which has ")
    assert logged.startswith(
        "There is no …/Faxes.json in the simulated API, which has Addresses, Applications, "
    )
    assert "\n" not in logged


def test_wrong_credentials_do_not_come_in(simulator: tm.Simulator) -> None:
    with requests.Session() as session:
        simulator.mount_on(session)
        session.auth = (simulator.credentials.account_sid, "wrong")
        answer = session.get(accounts(simulator, "Calls.json"))

    assert answer.status_code == 401
    assert answer.json()["code"] == 20003


@pytest.mark.parametrize("path", ["Calls/CA0.json", "calls.json", "Nothing.json"])
def test_what_is_not_there_answers_404_in_twilios_form(
    session: requests.Session, simulator: tm.Simulator, path: str
) -> None:
    answer = session.get(accounts(simulator, path))

    assert answer.status_code == 404
    assert answer.json()["code"] == 20404
    assert path in answer.json()["message"]


def test_nothing_leaves_the_machine_by_another_host_name(session: requests.Session) -> None:
    with pytest.raises(tm.UnknownHost, match=r"example\.com"):
        session.get("http://example.com/")


def test_the_official_sdk_places_fetches_lists_and_deletes(
    official: OfficialClient, simulator: tm.Simulator
) -> None:
    call = official.calls.create(to=TO, from_=FROM, url=DEMO)
    simulator.run()
    fetched = official.calls(call.sid).fetch()
    listed = official.calls.list(limit=5)
    official.calls(call.sid).delete()

    assert (call.status, fetched.status, fetched.duration) == ("queued", "completed", "12")
    assert [row.sid for row in listed] == [call.sid]
    with pytest.raises(TwilioRestException) as gone:
        official.calls(call.sid).fetch()
    assert gone.value.code == 20404


def test_a_call_that_was_just_ended_can_be_deleted_before_the_clock_moves(
    client: tm.Client, simulator: tm.Simulator
) -> None:
    call = client.calls.create(to=TO, from_=FROM, twiml="<Response><Pause length='60'/></Response>")
    simulator.advance(10)
    with pytest.raises(tm.ApiError, match="20009"):
        call.delete()
    call.hang_up().delete()
    simulator.advance(10)

    assert not client.calls.list()


def test_the_official_sdk_reads_page_after_page(
    official: OfficialClient, place: Place, simulator: tm.Simulator
) -> None:
    sids = [place("<Hangup/>").sid for _ in range(5)]

    assert [call.sid for call in official.calls.list(page_size=2)] == sids[::-1]


def test_the_official_sdk_works_with_applications(official: OfficialClient) -> None:
    made = official.applications.create(voice_url=DEMO, friendly_name="Greeting")
    official.applications(made.sid).update(friendly_name="Welcome")
    (found,) = official.applications.list(friendly_name="Welcome")

    assert found.sid == made.sid
    assert found.voice_url == DEMO
    assert official.applications(made.sid).delete()
    assert official.applications.list() == []


def test_the_simulated_account_is_recognisably_not_real(simulator: tm.Simulator) -> None:
    credentials = simulator.credentials

    assert "facade" in credentials.account_sid
    assert "simulated" in credentials.password.reveal()
    assert "simulated" not in f"{credentials} {credentials!r} {credentials.password}"
