"""Mounts that follow what changes: what a name means in a notebook, or what a file has, at the time of a request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...errors import SimulatorError, TwilioMagicError
from ...records import dataclass
from ._mounts import Nothing, Served


@dataclass(frozen=True, slots=True)
class Following:
    """What *look_up* gives at the time of each request answers, such as what *name* means in a notebook.

    While *look_up* raises a :class:`TwilioMagicError`, or gives what cannot answer, a request fails and says why. When
    it is mounted that is raised, unless *is_known* to be right then.
    """

    look_up: Callable[[], Any]
    name: str
    is_known: bool = False


def follow(following: Following, serve: Callable[[Any], Served]) -> Callable[[], Served]:
    """A function that *serves* what *following* gives; what is found again is served by what served it before."""
    found: Any = None
    served: Served | None = None

    def find() -> Served:
        nonlocal found, served
        now = following.look_up()
        if served is None or now is not found:
            served = serve(now)
            found = now
        return served

    def find_or_tell() -> Served:
        try:
            return find()
        except SimulatorError as error:
            return _nothing(f"{following.name!r} is something else now: {error.message}")
        except TwilioMagicError as error:
            return _nothing(error.message)

    if not following.is_known:
        find()
    return find_or_tell


def _nothing(reason: str) -> Served:
    reason = reason.rstrip(".")
    return Served(Nothing(reason), f"nothing: {reason}")
