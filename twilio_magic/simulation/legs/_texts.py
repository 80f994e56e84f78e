"""Text messages that come to a person who is in a call."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from ._leg import Leg

if TYPE_CHECKING:
    from ..world._world import World


def call_with(world: World, address: str) -> Leg | None:
    """The call in which the phone at *address* is now: the newest; ``None`` without one."""
    legs = [leg for leg in world.all_of(Leg) if leg.far_end == address and not leg.over.triggered]
    return max(legs, key=attrgetter("created"), default=None)
