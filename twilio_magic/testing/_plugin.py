"""The fixtures of the pytest plugin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ..api import Client
    from ..simulation import Simulator


@pytest.fixture
def twilio_simulator() -> Iterator[Simulator]:
    """A simulated world of the test's own: the same sids, dates and bytes each time.

    When the test is over, a script that did not come true, because the words that it waits for were never said, is an
    error of the test: ``phones.check()`` raises :class:`PhoneScriptError`. Clear ``phones.failures`` where that is
    expected.
    """
    from ..simulation import Simulator

    simulator = Simulator(seed=0)
    yield simulator
    simulator.phones.check()


@pytest.fixture
def twilio_client(twilio_simulator: Simulator) -> Client:
    """A client of the test's simulated world. What it places never reaches Twilio."""
    from ..api import Client

    return Client(simulator=twilio_simulator)
