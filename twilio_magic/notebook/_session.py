"""What the magics of a kernel share: the simulator, where calls go, defaults, and the calls that were placed."""

from __future__ import annotations

from functools import cache, cached_property
from threading import RLock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..api import Call, Client, Guard
    from ..simulation import Simulator


class Session:
    """Calls go to the simulator until somebody goes live, and back again.

    Buttons of forms are pressed while cells run, on other threads: who places a call or changes a form holds *lock*.
    """

    def __init__(self) -> None:
        self.lock = RLock()
        self.defaults: dict[str, Any] = {}
        self.placed: list[Call] = []
        self.max_live_calls = 10
        self.guard: Guard | None = None
        self._live: Client | None = None

    @cached_property
    def simulator(self) -> Simulator:
        """The notebook's simulator."""
        from ..simulation import Simulator

        return Simulator()

    @cached_property
    def simulated_client(self) -> Client:
        """The client of the simulator."""
        from ..api import Client

        return Client(simulator=self.simulator)

    @property
    def client(self) -> Client:
        """Where calls go now."""
        return self._live or self.simulated_client

    def go_live(self, client: Client, guard: Guard) -> None:
        """From now on calls go to a live account; *guard* asks before each."""
        self._live, self.guard = client, guard

    def come_back(self) -> None:
        """From now on calls go to the simulator."""
        self._live = None

    def begin_anew(self) -> None:
        """Calls go to a simulated world in which nothing has happened yet, without defaults. Its profile stays.

        Live calls that were placed still count.
        """
        self.defaults.clear()
        self.placed.clear()
        self.come_back()
        self.simulator.reset()

    def forget(self) -> None:
        """Be as at first: calls go to a lenient simulator, without defaults. What was simulated stays."""
        self.defaults.clear()
        self.placed.clear()
        self.come_back()
        made = self.__dict__.get("simulator")
        if made is not None and made.profile != "lenient":
            made.profile = "lenient"
            made.reset()


@cache
def session() -> Session:
    """The session of this kernel."""
    return Session()


def simulator() -> Simulator:
    """The simulator that the magics use in this notebook."""
    return session().simulator


def client() -> Client:
    """The client that the magics use in this notebook: the simulator's, or after ``%twilio live`` the live one."""
    return session().client
