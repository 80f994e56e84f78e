"""What the tests of the simulated world share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

import twilio_magic as tm
from tests.simulation.rest import signed_in


@pytest.fixture
def session(simulator: tm.Simulator) -> Iterator[requests.Session]:
    """A bare session that reaches the simulated API, signed in."""
    with signed_in(simulator) as session:
        yield session
