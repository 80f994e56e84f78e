"""Everything that one simulator holds: the time, the account, its calls, the phones, the reachable web."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from queue import Full, Queue
from typing import TYPE_CHECKING, Any, TypeVar

from ...api import account_url
from ..clients._clients import Clients
from ..clock._attendance import Attendance
from ..clock._clock import Clock
from ..clock._interrupts import interrupts
from ..clock._lock import WorldLock
from ..faults._faults import Faults
from ..mounts._web import Web
from ..phones._phones import Phones
from ..recordings._media import media
from ..recordings._recording import Recording
from ..webhooks._network import Network
from ._account import Account, Profile
from ._calls_per_second import Pace
from ._identity import Identities

if TYPE_CHECKING:
    from ...timeline import Event
    from ..clock._pacer import Pacing

Part = TypeVar("Part")

#: Gets each event when it happens, its moment counted from the beginning of the world, with the phone of its leg.
EventQueue = Queue[tuple["Event", str]]


class World:
    """One world. Code that touches it from outside a step of the clock is *visiting*, or holds *lock*.

    *pacings* keep its clock in step with real time, and *watchers* get its events. Without *network* only mounts answer
    webhooks.
    """

    def __init__(
        self,
        seed: int,
        profile: Profile,
        pacings: list[Pacing],
        watchers: list[EventQueue],
        *,
        network: bool,
    ) -> None:
        self.lock = WorldLock()
        self.clock = Clock(self.lock)
        self.pacings = pacings
        self._watchers = watchers
        self.attendance = Attendance(self.clock)
        self.pace = Pace(self.clock)
        self.identities = Identities(seed)
        self.account = Account(profile)
        self.phones = Phones()
        self.clients = Clients(self.clock, self.account)
        self.web = Web(lambda: self.clock.now, public_only=self.account.is_strict, network=network)
        self.clock.background = self.web.in_process
        self.web.mounts.add_own(
            account_url(self.account.sid), media(self.account.resources(Recording))
        )
        self.faults = Faults()
        #: The conference that had each name last: the only one of that name that may be running.
        self.conference_sids: dict[str, str] = {}
        self.network = Network(self.web, self.faults, self.lock)
        self._happened = count()
        self._parts: dict[Callable[[World], Any], Any] = {}

    def part(self, kind: Callable[[World], Part]) -> Part:
        """What the folders above keep of this world: the one *kind* that it has, made when it is first asked for."""
        if kind not in self._parts:
            self._parts[kind] = kind(self)
        part: Part = self._parts[kind]
        return part

    def number_event(self) -> int:
        """The number of what happens now among all that happens in this world, on whatever leg."""
        return next(self._happened)

    def tell(self, event: Event, phone: str) -> None:
        """Let the watchers have *event*, which happened on the leg of *phone*; one whose queue is full misses it."""
        for queue in self._watchers:
            with suppress(Full):
                queue.put_nowait((event, phone))

    @contextmanager
    def visiting(self, grain: float = 1.0) -> Iterator[None]:
        """Hold the world still while the block runs. A clock in step with real time catches up before.

        *grain* is how exactly, in seconds, the moment of the visit is taken.
        """
        if self.pacings:
            self._catch_up(grain)
        with interrupts:
            try:
                with self.lock:
                    yield
            finally:
                self.wake()

    def _catch_up(self, grain: float) -> None:
        # a script for one call is not for those that webhooks place now
        with interrupts.log_errors(for_caller=True), self.phones.outside_blocks():
            for pacing in self.pacings:
                pacing.arrive(grain)

    def wake(self) -> None:
        """Let the pacings see what is due now."""
        for pacing in self.pacings:
            pacing.wake()
