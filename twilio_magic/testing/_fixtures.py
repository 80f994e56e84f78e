"""The fixtures of the pytest plugin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ..api import Call, Client
    from ..simulation import Given, Simulator

#: The simulated world of a test, as its hooks find it.
SIMULATOR: pytest.StashKey[Simulator] = pytest.StashKey()
#: Who calls, unless a test says so.
CALLER = "+14155550100"


@pytest.fixture
def twilio_simulator(request: pytest.FixtureRequest) -> Iterator[Simulator]:
    """A simulated world of the test's own: the same sids, dates and bytes each time.

    It has no network: only what is mounted answers. ``twilio_simulator.network = True`` gives it one for a test, and
    ``twilio_network = true`` in the configuration of pytest for all. While the test runs, nothing in its process can
    connect to Twilio: :class:`TwilioOutOfReach`.

    The test fails if the script of a phone does not come true, because the words that it waits for are never said or
    no call reaches the phone. Clear ``twilio_simulator.phones.failures`` where that is expected.
    """
    from ..simulation import Simulator, rehearse

    simulator = Simulator(seed=0, network=request.config.getini("twilio_network"))
    request.node.stash[SIMULATOR] = simulator
    with rehearse():
        yield simulator


@pytest.fixture(name="mock_twilio")
def mocked_twilio(twilio_simulator: Simulator) -> Iterator[Simulator]:
    """The test's simulated world, which every ``twilio.rest.Client`` of the process speaks with; nothing leaves."""
    from .. import simulation

    with simulation.mock_twilio(twilio_simulator):
        yield twilio_simulator


@pytest.fixture
def twilio_client(twilio_simulator: Simulator) -> Client:
    """A client of the test's simulated world. What it places never reaches Twilio."""
    from ..api import Client

    return Client(simulator=twilio_simulator)


class TwilioCall:
    """Calls a number of the account, and returns the call when it is over."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def __call__(
        self, to: str, phone: Given | None = None, *, from_: str = CALLER, url: str | None = None
    ) -> Call:
        """Let *from_* call *to*, do what the script *phone* says, and return the call when it is over.

        What answers is the ``voice_url`` of the number *to*; *url* sets it.
        """
        if url is not None:
            self._simulator.numbers[to].voice_url = url
        return self._simulator.receive(from_, to, phone=phone).wait()

    def __repr__(self) -> str:
        return "<calls a number>"


@pytest.fixture
def twilio_call(twilio_simulator: Simulator) -> TwilioCall:
    """Calls a number: ``twilio_call("+12125551234", "hear 'press 1'; press 1", url="https://ivr.example.com")``."""
    return TwilioCall(twilio_simulator)
