"""The simulator's part for what else could be: forks of its calls, and its world as a file that can be sent."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING

from ..api import Client
from ._backend import SimulatedBackend
from ._fork import check_past, find_point, give_phone, replay
from ._save import world_text

if TYPE_CHECKING:
    from ..api import Call, PlacedCall
    from ..secret import Secret
    from .phones._phones import Given
    from .world._account import Profile
    from .world._world import World


class Futures(SimulatedBackend):
    """Forks of calls, and saved worlds."""

    seed: int
    profile: Profile
    _token: Secret | None

    @abstractmethod
    def _make_sibling(self) -> Futures:
        """A simulator like this one, with nothing in it."""

    @abstractmethod
    def _make_world(self, now: float = 0.0) -> World:
        """A new world for it, whose clock begins at *now*, in seconds."""

    def fork(
        self,
        call: PlacedCall,
        *,
        before: str | None = None,
        at: float | None = None,
        phone: Given | None = None,
    ) -> Call:
        """The same call in a world of its own, at the point where it takes another way; see :meth:`Call.fork`.

        *at* counts the seconds since the call was created. Raises :class:`SimulatorError`, also for a call that was
        loaded from a file.
        """
        with self._world.lock:
            leg = self._leg(call)
            check_past(leg)
            point = find_point(leg, before, at)
        other = self._make_sibling()
        other._token, other._world = self._token, other._make_world(leg.past.beginning.at)
        forked = replay(leg, point, other._world)
        if phone is not None:
            give_phone(forked, phone)
        self._forks.add(other)
        return Client(simulator=other, account_sid=forked.account_sid).calls.fetch(forked.sid)

    def save(self, path: str | Path) -> Path:
        """Write this world's calls, documents, numbers and phones to the file at *path*, as JSON; returns its path.

        The same world gives the same bytes. Secrets, headers and web applications are left out, and so are phones that
        are functions or people. :func:`twilio_magic.load` reads it.
        """
        file = Path(path)
        file.write_text(world_text(self._world, self.seed, self.profile), "utf-8")
        return file
