"""The network that requests to web applications go out over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...records import dataclass

if TYPE_CHECKING:
    from ..clock._lock import WorldLock
    from ..faults._faults import Faults
    from ..mounts._web import Web


@dataclass(frozen=True, slots=True)
class Network:
    """The reachable *web*, the *faults* that are switched on there, and the *lock* of the world that makes requests.

    The lock is laid down while a request waits for its answer, because the application may use the API meanwhile.
    """

    web: Web
    faults: Faults
    lock: WorldLock
