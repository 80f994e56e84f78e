"""What can be seen and set of a simulator's world from outside, while it goes on: its time, its calls, its events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from queue import Full, Queue
from typing import TYPE_CHECKING, NoReturn

from ..display import load_view
from ..errors import SimulatorError, UnknownName
from ..suggestions import did_you_mean, nearest
from .legs._leg import Leg
from .legs._retention import Retention
from .world._world import check_keep

if TYPE_CHECKING:
    from ..maps import CoverageReport, Map
    from ..secret import Secret
    from ..timeline import Event
    from .world._world import EventListener, EventQueue, Keep, World


#: What finds the coverage of a world. It stands above, and is loaded when it is first asked for.
_COVERAGE = "twilio_magic.maps:cover"


class WatchedWorld:
    """The part of a simulator that watches its world."""

    _world: World
    _token: Secret | None
    _watchers: list[EventListener]
    _network: bool
    _keep: Keep

    if not TYPE_CHECKING:  # a type checker knows the names

        def __getattr__(self, name: str) -> NoReturn:
            if name.startswith("_"):
                raise AttributeError(name)  # what Python and notebooks look for, and seldom find
            known = [each for each in dir(self) if not each.startswith("_")]
            hint = did_you_mean(nearest(name, known)) or f"There are: {', '.join(known)}."
            raise UnknownName(f"A simulator has no {name!r}.", hint=hint)

    @property
    def network(self) -> bool:
        """Whether addresses that are not mounted are requested over the network; it can be set at any time."""
        return self._network

    @network.setter
    def network(self, allowed: bool) -> None:
        self._network = self._world.web.network = allowed

    @property
    def keep(self) -> Keep:
        """Which calls that are over are kept: ``"all"``, ``"failures"``, or so many; it can be set at any time."""
        return self._keep

    @keep.setter
    def keep(self, keep: Keep) -> None:
        self._keep = self._world.keep = check_keep(keep)

    @property
    def now(self) -> float:
        """How many simulated seconds have passed since this world began."""
        return self._world.clock.now

    @property
    def date(self) -> datetime:
        """The simulated moment that is now; setting it takes the world to another date, with all that is in it.

        A moment without a time zone is one in UTC. Raises :class:`SimulatorError` for one before 1900 or after 2999.
        """
        return self._world.clock.date()

    @date.setter
    def date(self, moment: datetime) -> None:
        if not 1900 <= moment.year <= 2999:
            raise SimulatorError(
                f"The world cannot begin in the year {moment.year}.",
                hint="Give one from 1900 to 2999.",
            )
        known = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        with self._world.visiting():
            clock = self._world.clock
            clock.beginning = known.astimezone(UTC) - timedelta(seconds=clock.now)

    @property
    def call_count(self) -> int:
        """How many calls there are, with the legs that they made."""
        return len(self._world.all_of(Leg))

    @property
    def has_own_token(self) -> bool:
        """Whether it is served with an auth token of its own, and not with the one that everybody knows."""
        return self._token is not None

    def coverage(self, *maps: Map, depth: int = 8, calls: int = 1000) -> CoverageReport:
        """What the calls of this world have visited of each application: how much of its map, and what is missing.

        The applications are explored as :func:`explore` does, each way in a copy of this world, with at most so many
        *calls* of at most *depth* moves; an application that keeps something beyond a call keeps it of these, too.
        *maps* that :func:`explore` made are used instead.
        """
        report: CoverageReport = load_view(_COVERAGE)(self, maps, depth=depth, calls=calls)
        return report

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Let nothing happen in this world while the block runs: other threads wait, and so does time."""
        with self._world.visiting():
            yield

    @contextmanager
    def watch_forgotten(self, tell: Callable[[str], object]) -> Iterator[None]:
        """Call *tell* with the sid of each call that is about to be forgotten, while the block runs.

        Only the calls of a simulator with *keep* are forgotten.
        """
        watchers = self._world.part(Retention).watchers
        watchers.append(tell)
        try:
            yield
        finally:
            watchers.remove(tell)

    @contextmanager
    def watch_events(self, most: int = 10_000) -> Iterator[EventQueue]:
        """A queue that gets each event of all calls when it happens, with the phone at its leg, while the block runs.

        The moments count from the beginning of the world. Where nobody takes them, *most* are kept.
        """
        queue: EventQueue = Queue(most)

        def keep(event: Event, phone: str) -> None:
            with suppress(Full):
                queue.put_nowait((event, phone))

        with self.follow_events(keep):
            yield queue

    @contextmanager
    def follow_events(self, tell: EventListener) -> Iterator[None]:
        """Call *tell* with each event of all calls when it happens, and the phone at its leg, while the block runs.

        It is called while the world is locked, on whatever thread lets time pass: it must not wait, nor raise.
        """
        self._watchers.append(tell)
        try:
            yield
        finally:
            self._watchers.remove(tell)
