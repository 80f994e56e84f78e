"""Where callers enter what is mounted in a world, such as that of a notebook."""

from __future__ import annotations

from dataclasses import field, fields
from typing import Any
from urllib.parse import urljoin, urlsplit

from ..records import dataclass
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
    """*entry*, but into *world* where *target* is mounted there, or the address of what is; *url* is below it.

    A function or a document is entered where it answers, so that paths in it lead to what answers beside it. Without a
    path, the one at which the application that is mounted probably answers calls.
    """
    address = urljoin(_address_of(target, entry, world), url or "")
    mount = world.mounts.find(address) if address.startswith(("http://", "https://")) else None
    if mount is None:
        return entry
    app = mount.find().source
    if url is None and urlsplit(address).path.rstrip("/") == mount.path.rstrip("/") and app:
        address = mount.base_url + path_of(app, entry.method)
    same = {each.name: getattr(entry, each.name) for each in fields(entry)}
    changed = {"make": lambda: app, "url": address, "mount": mount.base_url, "world": world}
    return MountedEntry(**{**same, **changed})


def _address_of(target: Any, entry: ApplicationEntry, world: Simulator) -> str:
    """The address that *target* is, or at which what it means answers in *world*; empty if it does at none."""
    if isinstance(target, str) and target.startswith(("http://", "https://")):
        return target
    if isinstance(target, str) and target.endswith("()"):
        return ""  # it is made anew for each call
    return next(iter(world.mounts.addresses_of(entry.make())), "")
