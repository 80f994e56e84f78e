"""A world that is served and driven from outside."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import twilio_magic as tm

from .driver import Driver, driving


@pytest.fixture
def driver(simulator: tm.Simulator) -> Iterator[Driver]:
    with driving(simulator) as driver:
        yield driver
