"""A served world under load: programs that place calls over loopback, and others that break off."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from random import Random
from urllib.parse import urlsplit

import requests

import twilio_magic as tm
from tests.calls import FROM

from ._documents import PHONES, document
from ._soak import LONGEST, Soak

#: Simulated seconds in a real one.
SPEED = 60
_PATIENCE = 60  # seconds: an answer that takes longer never comes
_RUDE = (
    b"",
    b"\r\n\r\n",
    b"POST / HTTP/1.1\r\n",
    b"POST /2010-04-01/Accounts/x/Calls.json HTTP/1.1\r\nContent-Length: 1000\r\n\r\nTo=",
    b"GET /2010-04-01/Accounts.json HTTP/1.1\r\nHost: evil.example\r\nOrigin: https://evil.example\r\n\r\n",
    b"\x16\x03\x01\x00garbage" * 30,
    b"GET /" + b"a" * 70_000,
)


@contextmanager
def loading(
    soak: Soak, simulator: tm.Simulator, clients: int
) -> Iterator[dict[str, Callable[[], None]]]:
    """Serve *simulator*; gives the turns of so many *clients* and of one that has no manners, by name."""
    with simulator.serve(speed=SPEED) as base:
        sessions = [requests.Session() for _ in range(clients)]
        turns: dict[str, Callable[[], None]] = {
            f"client {number} over loopback": _Client(soak, simulator, base, session, number).turn
            for number, session in enumerate(sessions, 1)
        }
        rude = Random(soak.seed)  # noqa: S311 - nothing is secret
        turns["a rude client"] = lambda: _break_off(soak, base, rude)
        try:
            yield turns
        finally:
            for session in sessions:
                session.close()


class _Client:
    """A program in any language: it knows the REST API and nothing else."""

    def __init__(
        self, soak: Soak, simulator: tm.Simulator, base: str, session: requests.Session, seed: int
    ) -> None:
        self._soak = soak
        credentials = simulator.credentials
        self._account = f"{base}/2010-04-01/Accounts/{credentials.account_sid}"
        self._session = session
        session.trust_env = False
        session.auth = (credentials.account_sid, credentials.password.reveal())
        self._random = Random(seed)  # noqa: S311 - nothing is secret

    def turn(self) -> None:
        """Place a call, look after it until it is over, and delete it."""
        form = {
            "To": self._random.choice([*PHONES]),
            "From": FROM,
            "Twiml": document(self._random),
            "TimeLimit": str(LONGEST),
        }
        sid = self._ask("POST", "Calls.json", data=form).json()["sid"]
        while self._soak.goes_on:
            call = self._ask("GET", f"Calls/{sid}.json").json()
            if call["status"] in ("completed", "failed", "busy", "no-answer", "canceled"):
                break
            self._ask("GET", "Calls.json?PageSize=20")
            self._soak.rest(0.02)
        self._look_back(sid)
        self._soak.done("calls over loopback")

    def _look_back(self, sid: str) -> None:
        said = self._ask("GET", f"Calls/{sid}/Notifications.json").text
        if "fault of the simulator" in said:
            self._soak.complain(f"a served call: {said}")
        self._ask("GET", f"Calls/{sid}/Events.json")
        for each in self._ask("GET", f"Recordings.json?CallSid={sid}").json()["recordings"]:
            self._ask("DELETE", f"Recordings/{each['sid']}.json")
        legs = self._ask("GET", f"Calls.json?ParentCallSid={sid}").json()["calls"]
        for leg in [sid, *(each["sid"] for each in legs)]:
            self._ask("DELETE", f"Calls/{leg}.json")

    def _ask(self, method: str, path: str, **more: object) -> requests.Response:
        answer = self._session.request(
            method,
            f"{self._account}/{path}",
            timeout=_PATIENCE,
            **more,  # type: ignore[arg-type]
        )
        self._soak.done("requests over loopback")
        if answer.status_code >= 500 and answer.status_code != 503:
            self._soak.complain(f"{method} {path} → {answer.status_code}: {answer.text[:500]}")
        return answer


def _break_off(soak: Soak, base: str, random: Random) -> None:
    """Send something that is no request, or the half of one, and go away now or a little later."""
    place = urlsplit(base)
    with (
        suppress(OSError),
        socket.create_connection(("127.0.0.1", int(place.port or 0)), 5) as connection,
    ):
        connection.sendall(random.choice(_RUDE))
        soak.rest(random.choice([0, 0, 0.2]))
    soak.done("connections that broke off")
    soak.rest(0.02)
