"""The session of a kernel, which its magics share: the simulator, where calls go, defaults, and the placed calls."""

from __future__ import annotations

from functools import cache, cached_property
from threading import RLock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..api import Call, Client, Guard
    from ..simulation import Simulator
    from ._warm_up import WarmUp


class Session:
    """The state of the magics: calls go to the simulator, or after ``%twilio live`` to a live account.

    Buttons of forms are pressed while cells run, on other threads: hold *lock* to change a form, also while a call is
    simulated. So nothing that runs inside a simulated world takes it.
    """

    def __init__(self) -> None:
        self.lock = RLock()
        self.defaults: dict[str, Any] = {}
        self.placed: list[Call] = []
        self.max_live_calls = 10
        self.guard: Guard | None = None
        self._live: Client | None = None
        #: What loads ahead, where that is switched on.
        self.warm_up: WarmUp | None = None

    @cached_property
    def simulator(self) -> Simulator:
        """The notebook's simulator."""
        from ._mounted_names import NotebookSimulator

        return NotebookSimulator()

    @property
    def simulator_so_far(self) -> Simulator | None:
        """The notebook's simulator, if something has been asked of it; what only looks at it need not make one."""
        made: Simulator | None = vars(self).get("simulator")
        return made

    @cached_property
    def simulated_client(self) -> Client:
        """The client of the notebook's simulator."""
        from ..api import Client

        return Client(simulator=self.simulator)

    @property
    def client(self) -> Client:
        """The client that places calls now."""
        return self._live or self.simulated_client

    @property
    def where(self) -> str:
        """Where calls go now, in words."""
        if self.client.base_url:
            return f"Calls go to {self.client.base_url}, in Twilio's place"
        if self.client.is_live:
            return "Calls are real"
        return f"Calls are simulated, {self.simulator.profile} account"

    def go_live(self, client: Client, guard: Guard) -> None:
        """Send calls to a live account from now on; *guard* asks before each."""
        self._live, self.guard = client, guard

    def leave_live(self) -> None:
        """Send calls to the simulator from now on."""
        self._live = None

    def end_warm_up(self) -> None:
        """Load nothing ahead any more."""
        if self.warm_up is not None:
            self.warm_up.end()
            self.warm_up = None

    def reset(self) -> None:
        """Send calls to a simulated world in which nothing has happened yet, without defaults. Its profile stays.

        The limit of live calls still counts those that were placed.
        """
        self._clear()
        self.simulator.reset()

    def unload(self) -> None:
        """Be as after loading: calls go to a lenient simulator, without defaults. What was simulated stays."""
        self._clear()
        self.end_warm_up()
        simulator = self.simulator_so_far
        if simulator is not None and simulator.profile != "lenient":
            simulator.reset(profile="lenient")

    def _clear(self) -> None:
        self.defaults.clear()
        self.placed.clear()
        self.leave_live()


@cache
def session() -> Session:
    """The session of this kernel."""
    return Session()


def simulator() -> Simulator:
    """The simulator that the magics use in this notebook."""
    return session().simulator


def client() -> Client:
    """The client that the magics use in this notebook: the simulated one, or after ``%twilio live`` the live one."""
    return session().client
