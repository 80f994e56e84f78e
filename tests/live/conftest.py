"""A live client of a server on this machine, which waits for nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import twilio_magic as tm
from tests.live.server import ACCOUNT, TOKEN, Server

ENVIRON = {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN}
HURRIED = tm.Patience(connect=2.0, answer=0.3, pauses=(0.0, 0.0), first_poll=0.0, slowest_poll=0.0)

Connect = Callable[[Server], tm.Client]


@pytest.fixture
def connect() -> Connect:
    def connected(server: Server) -> tm.Client:
        credentials = tm.Credentials.find(ENVIRON)
        return tm.Client(credentials=credentials, patience=HURRIED, stand_in=server.base)

    return connected
