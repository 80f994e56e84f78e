"""Conferences by their names. A name belongs to one that is not over, and may be used again afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._conference import Conference

if TYPE_CHECKING:
    from ..legs._leg import Leg
    from ..world._world import World
    from ._participant import ParticipantOptions


def running_conference(world: World, name: str) -> Conference | None:
    """The conference called *name* that is not over, or ``None``."""
    sid = world.conference_sids.get(name, "")
    latest = world.account.resources(Conference).get(sid)
    return None if latest is None or latest.is_over else latest


def conference_of(name: str, opener: Leg, options: ParticipantOptions) -> Conference:
    """The conference called *name*; if there is none, the call on *opener* opens it."""
    world = opener.world
    running = running_conference(world, name)
    if running is None:
        running = world.account.add(Conference(name, opener, options))
        world.conference_sids[name] = running.sid
    return running
