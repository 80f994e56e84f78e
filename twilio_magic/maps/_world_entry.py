"""Where callers enter a whole world, such as the simulator of a file of functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast
from urllib.parse import urlsplit

from ..records import dataclass
from ..simulation import Simulator, copy_without_calls, find_entrance
from ._entry import NUMBER, ApplicationEntry, find_maker, list_beside, read_method
from ._no_route import explain_no_route


@dataclass(frozen=True)
class WorldEntry(ApplicationEntry):
    """What is mounted in the simulator that *make* gives answers; the worlds of the calls are copies of it."""

    def make_world(self) -> Simulator:
        return copy_without_calls(self.make())

    def explain(self, error: str) -> str:
        mount = self.make().mounts.find(self.url)
        app = mount.find().source if mount else None
        below = mount.path.rstrip("/") if mount else ""
        return explain_no_route(error, app, urlsplit(self.url).path, self.method, below)

    def mount_in(self, simulator: Simulator) -> str:  # noqa: ARG002 - it is mounted in the copy
        return self.url


def enter_world(
    target: Any,
    url: str | None,
    *,
    to: str,
    from_: str,
    method: str,
    mounts: Mapping[str, Any] | None,
    names: Mapping[str, Any] | None,
) -> WorldEntry | None:
    """Where callers enter *target* if it is a simulator, or names one; else ``None``.

    It is at *url*, an address or the path of one, or where the number *to* says, or any other number if *to* is the
    usual one.
    """
    verb = read_method(method)
    name, make = find_maker(target, names)
    world = make()
    if not isinstance(world, Simulator):
        return None
    entrance = find_entrance(world, url, None if to == NUMBER else to)
    return WorldEntry(
        cast("Callable[[], Simulator]", make),
        entrance.url,
        to=entrance.number,
        from_=from_,
        name=name,
        method=entrance.method if verb == "POST" else verb,
        beside=list_beside(mounts, names),
    )
