"""Where callers enter what is mounted in a world, such as that of a notebook."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any
from urllib.parse import urljoin, urlsplit

from ..simulation import Simulator, copy_without_calls
from ._entry import ApplicationEntry, path_of


@dataclass(frozen=True)
class MountedEntry(ApplicationEntry):
    """What is mounted in *world* answers; the worlds of the calls are copies of it."""

    world: Simulator | None = field(default=None, repr=False)

    def make_world(self) -> Simulator:
        assert self.world is not None  # noqa: S101 - whoever makes such an entry gives it
        return copy_without_calls(self.world)

    def mount_in(self, simulator: Simulator) -> str:  # noqa: ARG002 - it is mounted in the copy
        return self.url


def enter_mounted(
    entry: ApplicationEntry, target: Any, url: str | None, world: Simulator
) -> ApplicationEntry:
    """*entry*, but into *world* where *target* is an address at which something is mounted there; *url* is below it.

    Without a path, the one at which the application that is mounted probably answers calls.
    """
    address = urljoin(target, url or "") if isinstance(target, str) else ""
    mount = world.mounts.find(address) if address.startswith(("http://", "https://")) else None
    if mount is None:
        return entry
    app = mount.find().source
    if url is None and urlsplit(address).path.rstrip("/") == mount.path.rstrip("/") and app:
        address = mount.base_url + path_of(app, entry.method)
    same = {each.name: getattr(entry, each.name) for each in fields(entry)}
    changed = {"make": lambda: app, "url": address, "mount": mount.base_url, "world": world}
    return MountedEntry(**{**same, **changed})
