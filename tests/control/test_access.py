"""The endpoints are guarded as the REST API is: programs of this machine drive a world, and no web page does."""

from __future__ import annotations

from typing import Any

import pytest
import requests

import twilio_magic as tm

from .driver import CALLER, Driver, driving

TOKEN = "open-sesame-of-ours"
WELL_KNOWN = tm.Simulator().credentials.password.reveal()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "rebound.example.com"}, 421),
        ({"Origin": "https://hostile.example.com"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
@pytest.mark.parametrize("path", ["/", "/state", "/calls", "/page.js"])
def test_another_host_and_a_web_page_are_refused(
    driver: Driver, headers: dict[str, str], status: int, path: str
) -> None:
    for method, body in (("GET", None), ("POST", {"from": CALLER})):
        answer = Driver(driver.base_url, headers).ask(method, path, body)
        assert answer.status_code == status

    assert driver.get("/calls")["calls"] == []


def test_the_page_of_the_world_itself_is_answered(driver: Driver) -> None:
    own = {"Origin": driver.base_url, "Sec-Fetch-Site": "same-origin"}

    assert Driver(driver.base_url, own).receive()["status"] == "ringing"


def test_without_a_token_of_its_own_a_world_asks_for_none(driver: Driver) -> None:
    assert driver.get("/health")["status"] == "ok"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer"},
        {"Authorization": f"Bearer {WELL_KNOWN}"},
        {"Authorization": "Bearer ключ".encode().decode("latin-1")},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": f"Digest {TOKEN}"},
        {"Authorization": "Basic " + "!" * 9},
        {"Authorization": "Basic /////w=="},
    ],
)
def test_a_token_of_its_own_is_asked_for(simulator: tm.Simulator, headers: dict[str, str]) -> None:
    with driving(simulator, token=TOKEN) as driver:
        stranger = Driver(driver.base_url, headers)
        told = [
            stranger.refused("GET", "/state"),
            stranger.refused("POST", "/calls", {"from": CALLER}),
            stranger.refused("POST", "/reset"),
        ]

    assert {each["status"] for each in told} == {401}
    assert "Bearer" in told[0]["hint"]


@pytest.mark.parametrize("token", ["a=b", 'say"hi",x=1', "50%25", "=", "basic~token=="])
def test_any_token_that_can_be_sent_opens_them(simulator: tm.Simulator, token: str) -> None:
    with driving(simulator, token=token) as driver:
        bearer = Driver(driver.base_url, {"Authorization": f"Bearer {token}"})

        assert bearer.get("/health")["status"] == "ok"


def test_the_token_opens_the_endpoints(simulator: tm.Simulator) -> None:
    with driving(simulator, token=TOKEN) as driver:
        bearer = Driver(driver.base_url, {"Authorization": f"Bearer {TOKEN}"})
        account = simulator.credentials.account_sid
        basic = requests.get(
            f"{driver.base_url}/simulator/health", auth=(account, TOKEN), timeout=60
        )
        other = requests.get(f"{driver.base_url}/simulator/health", auth=("x", TOKEN), timeout=60)

        assert bearer.receive()["status"] == "ringing"
    assert (basic.status_code, other.status_code) == (200, 401)


def test_the_token_stands_in_no_answer(simulator: tm.Simulator) -> None:
    with driving(simulator, token=TOKEN) as driver:
        bearer = Driver(driver.base_url, {"Authorization": f"Bearer {TOKEN}"})
        sid = bearer.receive(wait=True)["sid"]
        seen: list[Any] = [
            bearer.ask("GET", path).text
            for path in ("/health", "/state", "/webhooks", "/calls", f"/calls/{sid}/card", "/")
        ]

    assert TOKEN not in "".join(seen)


@pytest.mark.parametrize(
    "path",
    ["/../../pyproject.toml", "/page.css/../../_app.py", "/%2e%2e/_app.py", "/..%5c_app.py"],
)
def test_no_path_leaves_its_place(driver: Driver, path: str) -> None:
    session = requests.Session()
    asked = requests.Request("GET", driver.base_url).prepare()
    asked.url = f"{driver.base_url}/simulator{path}"  # as it is: requests would clean it
    answer = session.send(asked, timeout=60)

    assert answer.status_code in (308, 404)
    assert "import" not in answer.text
