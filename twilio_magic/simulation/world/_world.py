"""Everything that one simulator holds: the time, the account, its calls, the phones, the reachable web."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from queue import Queue
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from ...api import account_url
from ...display import visible_line
from ...errors import SimulatorError
from ...secret import Secret
from ..clients._clients import Clients
from ..clock._attendance import Attendance
from ..clock._clock import Clock
from ..clock._interrupts import interrupts
from ..clock._journal import Journal
from ..clock._lock import WorldLock
from ..clock._open_work import WaitingTime
from ..faults._faults import Faults
from ..mounts._web import Web
from ..phones._phones import Phones
from ..recordings._media import media
from ..recordings._recording import Recording
from ..webhooks._network import Network
from ._account import Account, Profile
from ._beginning import WorldSettings, begin, is_quiet, read_world_settings
from ._calls_per_second import Pace
from ._identity import Identities

if TYPE_CHECKING:
    from ...timeline import Event
    from ..audio._voices import Voices
    from ..clock._pacer import Pacing
    from ._reply_time import ReplyTime
    from ._resources import R

Part = TypeVar("Part")

#: Which calls that are over are kept: all, those that failed, or so many of the last ones.
Keep = Literal["all", "failures"] | int

#: Gets each event when it happens, its moment counted from the beginning of the world, with the phone of its leg.
EventQueue = Queue[tuple["Event", str]]
#: What is told each event, with the phone at its leg, while the world is locked.
EventListener = Callable[["Event", str], object]


def check_keep(keep: Keep) -> Keep:
    """*keep*; raises :class:`SimulatorError` for what is nothing of the kind."""
    is_number = isinstance(keep, int) and not isinstance(keep, bool) and keep >= 0
    if keep in ("all", "failures") or is_number:
        return keep
    raise SimulatorError(
        visible_line(f"keep is {keep!r}."),
        hint='It is "all", "failures", or how many calls that are over are kept.',
    )


class World:
    """One world. Code that touches it from outside a step of the clock is *visiting*, or holds *lock*.

    *pacings* keep its clock in step with real time, and *watchers* get its events. Without *network* only mounts answer
    webhooks. Its clock begins at *now*. *keep* says which calls that are over are kept.
    """

    def __init__(
        self,
        seed: int,
        profile: Profile,
        pacings: list[Pacing],
        watchers: list[EventListener],
        *,
        network: bool,
        now: float = 0.0,
        keep: Keep = "all",
    ) -> None:
        self.lock = WorldLock()
        self.clock = Clock(self.lock, now)
        self.pacings = pacings
        self._watchers = watchers
        self.attendance = Attendance(self.clock)
        self.pace = Pace(self.clock)
        self.identities = Identities(seed)
        self.account = Account(profile)
        self.phones = Phones()
        self.clients = Clients(self.clock, self.account)
        self.journal = Journal(self.clock)
        #: Which calls that are over are kept.
        self.keep = keep
        #: How long, in real seconds, applications are waited for that owe something.
        self.waiting_time = WaitingTime()
        self.web = Web(
            lambda: self.clock.now,
            self.journal,
            self.waiting_time,
            public_only=self.account.is_strict,
            network=network,
        )
        self.clock.background = self.web.in_process
        self.clock.moves = self.journal.look = self._look
        self.faults = Faults()
        #: What an agent's thinking costs in simulated time: seconds, nothing, or the real time that it takes.
        self.reply_time: ReplyTime = "free"
        #: Who speaks for people and for Twilio where their sound is needed.
        self.voices: Voices = "auto"
        #: The conference that had each name last: the only one of that name that may be running.
        self.conference_sids: dict[str, str] = {}
        self.network = Network(self.web, self.faults, self.lock)
        self._parts: dict[Callable[[World], Any], Any] = {}
        #: The world as each account sees it, by sid; the first is this one.
        self.accounts: dict[str, World] = {}
        self._settings: WorldSettings | None = None
        self._join()

    def _look(self) -> None:
        """Note settings that have changed, and a moment from which the past can be replayed."""
        journal = self.journal
        if not journal.is_between:
            return
        before, settings = self._settings, read_world_settings(self, self._settings)
        self._settings = settings
        if is_quiet(self):
            journal.begin(begin(self, settings, journal.past.beginning))
        elif before is None or settings.mark != before.mark:
            journal.add(settings.apply)

    def part(self, kind: Callable[[World], Part]) -> Part:
        """What the folders above keep of this world: the one *kind* that it has, made when it is first asked for."""
        if kind not in self._parts:
            self._parts[kind] = kind(self)
        part: Part = self._parts[kind]
        return part

    def open_account(self, friendly_name: str) -> World:
        """The world as a new sub-account sees it: numbers, calls and conferences are its own, all else is shared."""
        view = copy(self)
        now = self.clock.now
        view.account = Account(
            self.account.profile,
            self.identities.next("AC"),
            owner=self.account,
            friendly_name=friendly_name,
            created=now,
            updated=now,
        )
        if self.account.is_guarded:
            view.account.use_token(Secret(token_hex(16)))
        view.pace = Pace(self.clock)
        view.conference_sids = {}
        view._parts = {}
        view.clients = Clients(self.clock, view.account)
        view._join()
        return view

    def _join(self) -> None:
        own = self.account
        self.web.mounts.add_own(account_url(own.sid), media(own.resources(Recording)))
        self.accounts[own.sid] = self

    def all_of(self, kind: type[R]) -> list[R]:
        """The resources of one *kind* of all accounts."""
        views = self.accounts.values()
        return [each for view in views for each in view.account.resources(kind).values()]

    def owner_of(self, number: str) -> World | None:
        """The world as that account sees it which has *number*; of several, this one. ``None`` if no account has it."""
        return next((view for view in self.views if number in view.account.numbers), None)

    @property
    def views(self) -> tuple[World, ...]:
        """The world as this account sees it, and as each other does."""
        return (self, *self.accounts.values())

    def use_token(self, token: Secret | None) -> None:
        """Let only *token* sign in, and for sub-accounts tokens that nobody knows; ``None`` for the well-known ones."""
        self.account.use_token(token)
        for view in self.accounts.values():
            if view is not self:
                view.account.use_token(token and Secret(token_hex(16)))

    def number_event(self) -> int:
        """The number of what happens now among all that happens in this world, on whatever leg."""
        self.journal.happened += 1
        return self.journal.happened

    def tell(self, event: Event, phone: str) -> None:
        """Tell the watchers of *event*, which happens now on the leg of *phone*."""
        for watcher in list(self._watchers):
            watcher(replace(event, at=self.clock.now), phone)

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
