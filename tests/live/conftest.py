"""A live client of a server on this machine, which never pauses between two questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

import twilio_magic as tm
from tests.live.server import ACCOUNT, TOKEN, Server

ENVIRON = {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN}
UNPAUSED = tm.Patience(pauses=(0.0, 0.0), first_poll=0.0, slowest_poll=0.0)
IMPATIENT = replace(UNPAUSED, answer=1.0)  # for a server that does not answer at all

Connect = Callable[[Server], tm.Client]


@pytest.fixture
def connect() -> Connect:
    return _connects(UNPAUSED)


@pytest.fixture
def connect_impatiently() -> Connect:
    return _connects(IMPATIENT)


def _connects(patience: tm.Patience) -> Connect:
    def connected(server: Server) -> tm.Client:
        credentials = tm.Credentials.find(ENVIRON)
        return tm.Client(credentials=credentials, patience=patience, stand_in=server.base)

    return connected
