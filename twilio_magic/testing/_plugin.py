"""The fixtures of the pytest plugin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ..api import Client
    from ..simulation import Simulator


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option ``twilio_network`` to the configuration file."""
    parser.addini(
        "twilio_network",
        "whether simulated calls may request addresses that are not mounted (default: false)",
        type="bool",
        default=False,
    )


@pytest.fixture
def twilio_simulator(pytestconfig: pytest.Config) -> Iterator[Simulator]:
    """A simulated world of the test's own: the same sids, dates and bytes each time.

    It has no network: only what is mounted answers. ``twilio_simulator.network = True`` gives it one for a test, and
    ``twilio_network = true`` in the configuration of pytest for all.

    When the test is over, a script that did not come true, because the words that it waits for were never said, is an
    error of the test: ``phones.check()`` raises :class:`PhoneScriptError`. Clear ``phones.failures`` where that is
    expected. While the test runs, nothing in its process can connect to Twilio: :class:`TwilioOutOfReach`.
    """
    from ..simulation import Simulator, rehearse

    simulator = Simulator(seed=0, network=pytestconfig.getini("twilio_network"))
    with rehearse():
        yield simulator
    simulator.phones.check()


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
