"""A rehearsal never reaches Twilio: an application that is called in process is stopped, and the timeline says so."""

from __future__ import annotations

import asyncio
import gc
import socket
import urllib.request
import warnings
from collections.abc import Callable
from threading import Thread

import aiohttp
import httpx
import pytest
import requests
from twilio.rest import Client as OfficialClient

import twilio_magic as tm
from tests.calls import FROM, TO, told
from tests.raw_server import writing
from twilio_magic.hosts import is_at_twilio
from twilio_magic.simulation import rehearse

URL = "https://ivr.example.com/voice"
REST = "https://api.twilio.com/2010-04-01/Accounts.json"
TRIED = "the application tried to connect to api.twilio.com, and was stopped: nothing is real here"


def with_the_official_sdk() -> None:
    OfficialClient("AC" + "a" * 32, "t" * 32).calls.create(to=TO, from_=FROM, url=URL)


def with_requests() -> None:
    requests.post(REST, timeout=1)


def with_requests_through_a_proxy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as proxy, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the way to the proxy is left open
        address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        try:
            requests.post(REST, timeout=1, proxies={"https": address})
        except tm.TwilioOutOfReach as error:
            stopped = error.with_traceback(None)
        gc.collect()
    raise stopped


def with_urllib() -> None:
    urllib.request.urlopen(REST, timeout=1)


def with_asyncio() -> None:
    async def connect() -> None:
        await asyncio.open_connection("api.twilio.com", 443)

    asyncio.run(connect())


def with_the_client_of_this_package() -> None:
    credentials = tm.Credentials.find(
        {"TWILIO_ACCOUNT_SID": "AC" + "a" * 32, "TWILIO_AUTH_TOKEN": "t" * 32}
    )
    timeouts = tm.Timeouts(pauses=())
    tm.Client(credentials=credentials, timeouts=timeouts).calls.fetch("CA" + "b" * 32)


WAYS = [
    with_the_official_sdk,
    with_requests,
    with_requests_through_a_proxy,
    with_urllib,
    with_asyncio,
    with_the_client_of_this_package,
]


@pytest.mark.parametrize("connect", WAYS, ids=lambda way: way.__name__)
def test_an_application_cannot_connect_to_twilio(
    simulator: tm.Simulator, client: tm.Client, connect: Callable[[], None]
) -> None:
    caught: list[BaseException] = []

    @simulator.webhook(URL)
    def voice() -> str:
        try:
            connect()
        except BaseException as error:
            caught.append(error)
        return "<Response><Say>Hello.</Say></Response>"

    call = client.calls.create(to=TO, from_=FROM, url=URL).wait()

    assert [type(error) for error in caught] == [tm.TwilioOutOfReach]
    assert "mock_twilio" in str(getattr(caught[0], "hint", ""))
    assert told(call, "warned") == [TRIED]
    assert call.status == "completed"


def test_an_application_cannot_connect_on_another_thread_either(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    caught: list[BaseException] = []

    def connect() -> None:
        try:
            with_requests()
        except tm.TwilioOutOfReach as error:
            caught.append(error)

    @simulator.webhook(URL)
    def voice() -> str:
        thread = Thread(target=connect)
        thread.start()
        thread.join()
        return "<Response/>"

    call = client.calls.create(to=TO, from_=FROM, url=URL).wait()

    assert len(caught) == 1
    assert told(call, "warned") == [TRIED]


def test_an_application_that_lets_the_error_through_fails_with_its_reason(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    @simulator.webhook(URL)
    def voice() -> str:
        with_requests()
        return "<Response/>"

    call = client.calls.create(to=TO, from_=FROM, url=URL).wait()

    assert call.webhooks[0].code == 11200
    assert "does not reach Twilio" in (call.webhooks[0].error or "")


def test_the_simulator_itself_is_reached_from_a_webhook(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    @simulator.webhook(URL)
    def voice() -> str:
        return f"<Response><Say>{len(client.calls.list())} call</Say></Response>"

    call = client.calls.create(to=TO, from_=FROM, url=URL).wait()

    assert "1 call" in str(call.transcript)
    assert told(call, "warned") == []


Way = Callable[[str, str], object]


def ask_with_httpx(url: str, proxy: str) -> object:
    with httpx.Client(proxy=proxy, timeout=TIMEOUT) as client:
        return client.post(url)


def ask_with_aiohttp(url: str, proxy: str) -> object:
    async def ask() -> int:
        limit = aiohttp.ClientTimeout(TIMEOUT)
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, proxy=proxy, timeout=limit) as answer,
        ):
            return answer.status

    return asyncio.run(ask())


def ask_with_requests(url: str, proxy: str) -> object:
    return requests.post(url, proxies={"http": proxy, "https": proxy}, timeout=TIMEOUT)


def ask_with_urllib(url: str, proxy: str) -> object:
    handler = urllib.request.ProxyHandler({"http": proxy, "https": proxy})
    return urllib.request.build_opener(handler).open(url, timeout=TIMEOUT)


TIMEOUT = 20
ANSWER = b"HTTP/1.1 200 Connection established\r\nContent-Length: 0\r\n\r\n"


@pytest.mark.parametrize(
    ("ask", "scheme"),
    [
        (ask_with_httpx, "https"),
        (ask_with_aiohttp, "https"),
        (ask_with_requests, "https"),
        (ask_with_requests, "http"),
        (ask_with_urllib, "https"),
        (ask_with_urllib, "http"),
    ],
)
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # who is stopped leaves its connection open
def test_a_proxy_leads_to_others_and_not_to_twilio(ask: Way, scheme: str) -> None:
    with writing(lambda: [ANSWER, 0.2]) as (proxy, _):
        with rehearse(), pytest.raises(tm.TwilioOutOfReach):
            ask(f"{scheme}://api.twilio.com/", proxy)
        gc.collect()
        if scheme == "http":
            with rehearse():
                ask("http://ivr.example.com/", proxy)


@pytest.mark.parametrize(
    "host",
    [
        "api.twilio.com.",
        "API.Twilio.COM",
        "api\u3002twilio\u3002com",
        "api\uff0etwilio\uff61com",
        "\uff41pi.twi\u00adlio.com",
        "twilio.com",
        "voice-1234.twil.io",
    ],
)
def test_twilio_is_known_however_it_is_spelled(host: str) -> None:
    with rehearse(), pytest.raises(tm.TwilioOutOfReach):
        socket.getaddrinfo(host, 443)


@pytest.mark.parametrize("host", ["twilio.com.example.com", "mytwilio.com", "a\u3002b", "x" * 300])
def test_who_is_not_twilio_is_not_taken_for_it(host: str) -> None:
    assert not is_at_twilio(host)


def test_outside_a_rehearsal_nothing_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is looked up as ever; that there is no such host here is the network's answer."""
    with rehearse(), pytest.raises(tm.TwilioOutOfReach):
        socket.getaddrinfo("api.twilio.com.", 443)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: [])

    assert socket.getaddrinfo("api.twilio.com", 443) == []
