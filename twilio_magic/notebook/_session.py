"""The one simulator, and its client, that the magics of a kernel share."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..api import Client
    from ..simulation import Simulator


@cache
def simulator() -> Simulator:
    """The simulator that the magics use in this notebook."""
    from ..simulation import Simulator

    return Simulator()


@cache
def client() -> Client:
    """The client that the magics use in this notebook: that of :func:`simulator`."""
    from ..api import Client

    return Client(simulator=simulator())
