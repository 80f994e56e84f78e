"""Everything that one simulator holds: the time, the account, its calls, the phones, the reachable web."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from ._account import Account, Profile
from ._identity import Identities
from .clock._clock import Clock
from .clock._lock import WorldLock
from .clock._pace import Pace
from .phones._phones import Phones
from .rooms._conferences import Conferences
from .rooms._queues import Queues
from .web._faults import Faults
from .web._web import Web

if TYPE_CHECKING:
    from .legs._leg import Leg


class World:
    """One world. Whoever touches it from outside a step of the clock holds *lock*."""

    def __init__(self, seed: int, profile: Profile = "lenient") -> None:
        self.lock = WorldLock()
        self.clock = Clock(self.lock)
        self.pace = Pace(self.clock)
        self.identities = Identities(seed)
        self.account = Account(profile)
        self.phones = Phones()
        self.web = Web()
        self.faults = Faults()
        self.legs: dict[str, Leg] = {}
        self.conferences = Conferences()
        self.queues = Queues(self)
        self.told = count()  # numbers the events of all legs in the order in which they happen

    def leg(self, sid: str) -> Leg:
        """The leg with this sid; raises :class:`KeyError`."""
        return self.legs[sid]
