"""A served world answers programs of this machine, and no web page that somebody visits."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from twilio.base.exceptions import TwilioRestException

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.simulation.test_serve import signed_in

WELL_KNOWN = "simulated-auth-token-no-secret"
ORDER = {"To": TO, "From": FROM, "Twiml": "<Response/>"}


@pytest.fixture
def base_url(simulator: tm.Simulator) -> Iterator[str]:
    with simulator.serve() as served:
        yield served


def port(base_url: str) -> str:
    return base_url.rpartition(":")[2]


def place(simulator: tm.Simulator, base_url: str, **headers: str) -> requests.Response:
    """Place a call with the credentials that everybody knows, and these *headers*."""
    given = simulator.credentials
    url = f"{base_url}/2010-04-01/Accounts/{given.account_sid}/Calls.json"
    auth = (given.account_sid, given.password.reveal())
    return requests.post(url, ORDER, auth=auth, headers=headers, timeout=60)


def placed(simulator: tm.Simulator) -> int:
    return len(tm.Client(simulator=simulator).calls.list())


@pytest.mark.parametrize(
    "host",
    [
        "rebound.example.com:{port}",
        "127.0.0.1.example.com:{port}",
        "localhost.example.com:{port}",
        "api.twilio.com",
        "ivr.localhost:{port}",
        "192.168.1.10:{port}",
        "0.0.0.0:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost",
        "127.0.0.1:{port}@rebound.example.com:{port}",
        "rebound.example.com@127.0.0.1:{port}",
        "rebound.example.com\\@127.0.0.1:{port}",
        "127.0.0.1:{port}/rebound",
        "127.0.0.1:{port}x",
        "[::1",
        "",
    ],
)
def test_whoever_asks_for_another_host_is_told_so(
    simulator: tm.Simulator, base_url: str, host: str
) -> None:
    answer = place(simulator, base_url, Host=host.format(port=port(base_url)))

    assert answer.status_code == 421
    assert f"Ask for the simulated Twilio as {base_url}." in answer.json()["message"]
    assert placed(simulator) == 0


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "LOCALHOST", "localhost.", "127.1", "[::1]", "127.0.0.2"]
)
def test_this_machine_may_be_called_by_any_of_its_names(
    simulator: tm.Simulator, base_url: str, host: str
) -> None:
    answer = place(simulator, base_url, Host=f"{host}:{port(base_url)}")

    assert (answer.status_code, placed(simulator)) == (201, 1)


@pytest.mark.parametrize("lines", [[], ["Host: {own}", "Host: rebound.example.com"]])
def test_a_request_names_one_host(base_url: str, lines: list[str]) -> None:
    own = base_url.removeprefix("http://")
    head = ["GET / HTTP/1.1", *(line.format(own=own) for line in lines), "", ""]
    with socket.create_connection(("127.0.0.1", int(port(base_url))), timeout=60) as connection:
        connection.sendall("\r\n".join(head).encode())
        answer = connection.recv(100)

    assert answer.split()[1] == b"421"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://hostile.example.com"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "https://{own}"},
        {"Origin": "http://{own}.example.com"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "something-new"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://{own}"},
        {"Sec-Fetch-Site": "none", "Origin": "https://hostile.example.com"},
    ],
)
def test_a_web_page_is_refused_whatever_it_knows(
    simulator: tm.Simulator, base_url: str, headers: dict[str, str]
) -> None:
    own = base_url.removeprefix("http://")
    answer = place(
        simulator, base_url, **{name: value.format(own=own) for name, value in headers.items()}
    )

    assert answer.status_code == 403
    assert "may not use the simulated Twilio" in answer.json()["message"]
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert placed(simulator) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Mode": "cors"},  # Node's fetch says so
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://{own}"},
    ],
)
def test_programs_and_the_person_at_the_browser_are_answered(
    simulator: tm.Simulator, base_url: str, headers: dict[str, str]
) -> None:
    own = base_url.removeprefix("http://")
    given = {name: value.format(own=own) for name, value in headers.items()}

    assert place(simulator, base_url, **given).status_code == 201


def test_a_preflight_of_a_browser_allows_nothing(base_url: str) -> None:
    asks = {
        "Origin": "https://hostile.example.com",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    answer = requests.options(base_url, headers=asks, timeout=60)

    assert answer.status_code == 403
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_a_large_form_of_a_web_page_is_answered_too(simulator: tm.Simulator, base_url: str) -> None:
    """An answer before the form was read breaks the connection, and nobody sees why."""
    form = b"x" * 50_000
    answer = requests.post(base_url, form, headers={"Origin": "null"}, timeout=60)

    assert answer.status_code == 403


def test_the_official_sdk_shows_why_it_was_refused(simulator: tm.Simulator, base_url: str) -> None:
    sdk = signed_in(simulator, base_url)
    sdk.http_client.session.headers["Origin"] = "https://hostile.example.com"

    with pytest.raises(TwilioRestException, match="may not use the simulated Twilio"):
        sdk.calls.create(to=TO, from_=FROM, twiml="<Response/>")


@pytest.mark.parametrize("token", ["open-sesame-of-ours", True])
def test_with_a_token_of_its_own_a_world_knows_no_other(
    simulator: tm.Simulator, token: str | bool
) -> None:
    key = simulator.api_key
    with simulator.serve(token=token) as base_url:
        own = simulator.credentials
        url = f"{base_url}/2010-04-01/Accounts/{own.account_sid}/Calls.json"

        def status(user: str, password: str) -> int:
            return requests.get(url, auth=(user, password), timeout=60).status_code

        assert status(own.account_sid, own.password.reveal()) == 200
        assert status(own.account_sid, WELL_KNOWN) == 401
        assert status(key.username, key.password.reveal()) == 401
        assert status(simulator.api_key.username, simulator.api_key.password.reveal()) == 200
        simulator.reset()
        assert status(own.account_sid, own.password.reveal()) == 200
        assert placed(simulator) == 0  # a client of this process signs in with it, too

    assert simulator.credentials.password.reveal() == WELL_KNOWN


def test_random_tokens_differ(simulator: tm.Simulator) -> None:
    def token() -> str:
        with simulator.serve(token=True):
            return simulator.credentials.password.reveal()

    assert len({token() for _ in range(3)} | {WELL_KNOWN}) == 4


def test_a_token_of_its_own_is_shown_nowhere(simulator: tm.Simulator) -> None:
    token = "open-sesame-of-ours"
    seen: list[Any] = []
    simulator.webhook("https://ivr.example.com")(lambda request: seen.append(request))
    with simulator.serve(token=token):
        client = tm.Client(simulator=simulator)
        call = client.calls.create(to=TO, from_=FROM, url="https://ivr.example.com").wait()
        shown = [simulator, simulator.credentials, simulator.api_key, client, client.account, call]
        texts = [*map(repr, shown), *map(repr, call.webhooks), str(call.timeline)]

    assert seen
    assert token not in " ".join([*texts, *map(repr, seen), repr(seen[0].headers)])


@pytest.mark.parametrize("token", ["", "two words", "sésame", "line\nfeed"])
def test_what_cannot_be_sent_is_no_token(simulator: tm.Simulator, token: str) -> None:
    with pytest.raises(tm.SimulatorError, match="cannot be sent"), simulator.serve(token=token):
        pass
