"""A rehearsal stops what is sent to Twilio over a connection that was open before it."""

from __future__ import annotations

import asyncio
import gc
import socket
import ssl
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import aiohttp
import httpx
import pytest
import requests
import trustme

import twilio_magic as tm
from tests.calls import FROM, TO, told
from twilio_magic.simulation import rehearse

REST = "https://api.twilio.com/2010-04-01/Accounts.json"
URL = "https://ivr.example.com/voice"


class Twilio:
    """A server on this machine that has Twilio's name; *asked* has the queries of its requests."""

    def __init__(self, folder: Path) -> None:
        authority = trustme.CA()
        self.authority = folder / "authority.pem"
        authority.cert_pem.write_to_path(str(self.authority))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("api.twilio.com").configure_cert(context)
        self.asked: list[str] = []
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                asked.append(self.path.partition("?")[2])
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_address[1]
        self._thread = Thread(target=self._server.serve_forever)
        self._thread.start()

    @property
    def context(self) -> ssl.SSLContext:
        """What a client trusts this server by."""
        return ssl.create_default_context(cafile=str(self.authority))

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def twilio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Twilio]:
    made = Twilio(tmp_path)
    look_up = socket.getaddrinfo

    def lead_there(host: Any, port: Any, *more: Any, **options: Any) -> Any:
        if host in ("api.twilio.com", b"api.twilio.com"):
            host, port = "127.0.0.1", made.port
        return look_up(host, port, *more, **options)

    monkeypatch.setattr(socket, "getaddrinfo", lead_there)
    yield made
    made.close()
    gc.collect()


def with_requests(twilio: Twilio, inside: Callable[[Callable[[], object]], object]) -> None:
    with requests.Session() as session:
        session.trust_env, session.verify = False, str(twilio.authority)
        session.post(f"{REST}?before")
        inside(lambda: session.post(f"{REST}?inside"))


def with_httpx(twilio: Twilio, inside: Callable[[Callable[[], object]], object]) -> None:
    with httpx.Client(verify=twilio.context, trust_env=False) as client:
        client.post(f"{REST}?before")
        inside(lambda: client.post(f"{REST}?inside"))


@pytest.mark.parametrize("way", [with_requests, with_httpx])
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # who is stopped leaves its connection open
def test_a_client_that_spoke_with_twilio_before_is_stopped_in_a_webhook(
    way: Callable[..., None], twilio: Twilio, simulator: tm.Simulator
) -> None:
    """Its connection is kept open, and needs no name to be looked up again."""

    def call(ask: Callable[[], object]) -> None:
        def answer() -> str:
            with pytest.raises(tm.TwilioOutOfReach):
                ask()
            return "<Response><Say>Stopped.</Say></Response>"

        simulator.webhook(URL)(answer)
        placed = tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, url=URL).wait()
        assert placed.transcript[0].text == "Stopped."
        assert "api.twilio.com" in told(placed, "warned")[0]

    way(twilio, call)

    assert twilio.asked == ["before"]


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_so_is_one_of_asyncio(twilio: Twilio) -> None:
    async def ask() -> None:
        connector = aiohttp.TCPConnector(ssl=twilio.context, resolver=aiohttp.ThreadedResolver())
        async with aiohttp.ClientSession(connector=connector) as session:
            async with session.post(f"{REST}?before"):
                pass
            with rehearse(), pytest.raises((tm.TwilioOutOfReach, aiohttp.ClientError)):
                await session.post(f"{REST}?inside")

    asyncio.run(ask())

    assert twilio.asked == ["before"]


def test_afterwards_the_same_connection_speaks_again(twilio: Twilio) -> None:
    with requests.Session() as session:
        session.trust_env, session.verify = False, str(twilio.authority)
        with rehearse():
            pass
        session.post(f"{REST}?one")
        session.post(f"{REST}?two")

    assert twilio.asked == ["one", "two"]
