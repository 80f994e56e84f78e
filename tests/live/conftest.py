"""A live client of a server on this machine, which never pauses between two questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import trustme
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter

import twilio_magic as tm
from tests.live.server import ACCOUNT, TOKEN, Server
from twilio_magic.api import Record

ENVIRON = {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN}
UNPAUSED = tm.Timeouts(pauses=(0.0, 0.0), first_poll=0.0, slowest_poll=0.0)
IMPATIENT = replace(UNPAUSED, answer=1.0)  # for a server that does not answer at all

Connect = Callable[[Server], tm.Client]


class Willing:
    """Agrees to everything, as a program may that knows what it does."""

    @contextmanager
    def admit(self, *_: object) -> Iterator[Record]:
        yield lambda _: None


@pytest.fixture
def connect() -> Connect:
    return connects(UNPAUSED)


@pytest.fixture
def connect_impatiently() -> Connect:
    return connects(IMPATIENT)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this machine, with its key and that of who issued it; made anew each time."""
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.bytes()
    path = tmp_path_factory.mktemp("tls") / "certificate.pem"
    path.write_bytes(issued + authority.cert_pem.bytes())
    return path


@pytest.fixture(params=[True])
def connect_encrypted(request: pytest.FixtureRequest, certificate: Path) -> Connect:
    """For a server with TLS, which no stand-in has: the transport is led there below the client.

    The parameter says whether the client trusts the server's certificate.
    """
    trusted: bool = request.param

    def connected(server: Server) -> tm.Client:
        client = tm.Client(
            credentials=tm.Credentials.find(ENVIRON), timeouts=UNPAUSED, permit=Willing()
        )
        client._transport._session.mount(
            "https://", _Elsewhere(server.base, str(certificate) if trusted else True)
        )
        return client

    return connected


class _Elsewhere(HTTPAdapter):
    """Sends what is meant for Twilio to *base*; *verify* says whom it trusts, as ``requests`` does."""

    def __init__(self, base: str, verify: str | bool) -> None:
        super().__init__()
        self._base, self._verify = base, verify

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        request.url = f"{self._base}{request.path_url}"
        return super().send(request, *args, **{**kwargs, "verify": self._verify})


def connects(timeouts: tm.Timeouts) -> Connect:
    def connected(server: Server) -> tm.Client:
        credentials = tm.Credentials.find(ENVIRON)
        return tm.Client(credentials=credentials, timeouts=timeouts, base_url=server.base)

    return connected
