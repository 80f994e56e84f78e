"""What all tests share: a clean environment, and a simulated world with its client."""

from __future__ import annotations

import re
import signal
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import twilio_magic as tm
from tests.calls import Place, placing
from tests.parties import Dial, dialing

# How fast the machine is says nothing about the code.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

_ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}")

# A shell lets its background jobs ignore interrupts, and the programs that tests start would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test has the same name in each process, or several processes cannot share the tests."""
    odd = [item.nodeid for item in items if _ADDRESS.search(item.nodeid)]
    if odd:
        raise pytest.UsageError(f"names of tests with an address in memory: {', '.join(odd)}")


@pytest.fixture(autouse=True)
def short_lookups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of examples are known to nobody, at once: a name server may take longer than a webhook has."""
    look_up = socket.getaddrinfo

    def refuse_examples(host: object, *rest: Any, **named: Any) -> Any:
        if isinstance(host, str) and host.endswith((".example", "example.com")):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look_up(host, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", refuse_examples)


@pytest.fixture(autouse=True)
def clean_environ(monkeypatch: pytest.MonkeyPatch) -> None:
    """No credentials of the person who runs the tests reach a test."""
    for name in ("ACCOUNT_SID", "AUTH_TOKEN", "API_KEY", "API_SECRET", "EDGE", "REGION"):
        monkeypatch.delenv(f"TWILIO_{name}", raising=False)


@pytest.fixture
def simulator() -> tm.Simulator:
    return tm.Simulator(seed=0)


@pytest.fixture
def client(simulator: tm.Simulator) -> tm.Client:
    return tm.Client(simulator=simulator)


@pytest.fixture
def place(simulator: tm.Simulator) -> Place:
    return placing(simulator)


@pytest.fixture
def dial(simulator: tm.Simulator) -> Dial:
    return dialing(simulator)


@pytest.fixture(autouse=True)
def short_errors() -> Iterator[None]:
    """A test that asks for tracebacks does not ask for those of the next test."""
    yield
    tm.TwilioMagicError.tracebacks = False
