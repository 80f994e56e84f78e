"""Which calls a world keeps that are over: all, those that failed, or the last ones. The others are forgotten."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Protocol

from ..recordings._recording import Recording
from ._story import family

if TYPE_CHECKING:
    from ..world._world import World
    from ._leg import Leg


class OpenedByCall(Protocol):
    """A conference, which stands above legs: it is forgotten with the call that opened it."""

    sid_prefix: ClassVar[str]
    sid: str
    opened_by: str
    world: World


class Retention:
    """Forgets calls of *world* that are over, as its ``keep`` says, when the next call begins.

    So a call that has just ended can still be looked at. *watchers* are told the sid of a call before it goes.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._over: deque[Leg] = deque()
        self._conferences: list[OpenedByCall] = []
        self.watchers: list[Callable[[str], object]] = []

    def note_end(self, leg: Leg) -> None:
        """*leg* is over."""
        if self._world.keep != "all" and leg.parent is None:
            self._over.append(leg)

    def note_conference(self, conference: OpenedByCall) -> None:
        """*conference* is over."""
        if self._world.keep != "all":
            self._conferences.append(conference)

    def make_room(self) -> None:
        """Forget what is not to be kept, the oldest first; never a call with a leg that is not over."""
        keep = self._world.keep
        if keep == "all":
            return
        excess = len(self._over) - (keep if isinstance(keep, int) else 0)
        waiting: list[Leg] = []
        for _ in range(excess):
            leg = self._over.popleft()
            if not all(each.over.triggered for each in family(leg)):
                waiting.append(leg)
            elif keep != "failures" or not _has_failed(leg):
                self._forget(leg)
        self._over.extendleft(reversed(waiting))

    def _forget(self, leg: Leg) -> None:
        for tell in self.watchers:
            tell(leg.sid)
        legs = family(leg)
        for each in legs:
            account = each.world.account
            if each.sid in account.resources(type(each)):  # or it was deleted
                account.remove(each)
        leg.past.note_gone()
        sids = {each.sid for each in legs}
        _forget_traces(sids, leg.world)
        for conference in [each for each in self._conferences if each.opened_by in sids]:
            self._conferences.remove(conference)
            conference.world.account.remove(conference)


def _has_failed(leg: Leg) -> bool:
    """Whether Twilio logged an error in the call, or a phone's script did not come true."""
    legs = family(leg)
    sids = {each.sid for each in legs}
    is_logged = any(event.kind == "failed" for each in legs for event in each.timeline)
    runs = leg.world.phones.script_runs
    return is_logged or any(run.failed is not None and run.call_sid in sids for run in runs)


def _forget_traces(sids: set[str], world: World) -> None:
    """Forget the recordings of the legs with these *sids*, and what their phones did."""
    runs = world.phones.script_runs
    runs[:] = [run for run in runs if run.call_sid not in sids]
    recordings = world.account.resources(Recording)
    for recording in [each for each in recordings.values() if each.leg.sid in sids]:
        world.account.remove(recording)
