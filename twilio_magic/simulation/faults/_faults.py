"""The faults that are switched on in a simulated world."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from fnmatch import fnmatchcase
from typing import ClassVar, Unpack

from ...display import Shown
from ...errors import SimulatorError
from ...secret import mask_user_info
from ._fault import Effects, Fault, read_effects


class Faults(Shown):
    """The faults of webhooks: ``simulator.faults.add("https://ivr.example.com/menu", status=500)``.

    An address stands for itself with any query, and may be a pattern (``"https://ivr.example.com/*"``); the exact one
    wins, then the longest pattern. Its repr has a line for each.
    """

    view: ClassVar[str] = "twilio_magic.views.world:bundle_faults"

    def __init__(self) -> None:
        self._faults: dict[str, Fault] = {}
        self.version = 0  # counts the changes by who has them

    def add(self, url: str, *, times: int | None = None, **effects: Unpack[Effects]) -> Fault:
        """Let requests to *url* fail: *times* of them, or all. It replaces the fault that *url* had.

        Without an answer: ``timeout``, ``unreachable``, ``refused``, ``reset``, ``garbled``, ``dns``, ``redirect_loop``
        (``True``), ``tls`` (``True``, ``"expired"``, ``"host"``, ``"untrusted"``). With another answer: ``status=500``,
        ``body="…"``, ``content_type="…"``, ``empty=True``, ``slow=20`` (seconds). With the application's own answer:
        ``signature=`` ``"wrong-token"``, ``"missing"``, ``"http-behind-tls"``, ``"proxy-stripped-port"``,
        ``"proxy-changed-host"``, ``"dropped-empty-parameters"``. Raises :class:`SimulatorError` for anything else.

        For a WebSocket, ``wss://…``: those without an answer and ``status`` refuse the handshake, ``slow`` is how late
        each message reaches the application. ``drop_after=3`` messages to the application the connection breaks, the
        first ``malformed=3`` of its own arrive broken, and ``reply="before-interrupt"`` or ``"after-interrupt"`` says
        which of two lands first, where a caller interrupts.
        """
        if times is not None and times < 1:
            raise SimulatorError(f"A fault cannot happen {times} times.", hint="Give 1 or more.")
        pattern = mask_user_info(url).partition("#")[0]
        fault = self._faults[pattern] = Fault(pattern, read_effects(effects, pattern), times)
        self.version += 1
        return fault

    def remove(self, url: str) -> None:
        """Remove the fault of *url*; raises :class:`KeyError` if it has none."""
        del self._faults[mask_user_info(url).partition("#")[0]]
        self.version += 1

    def clear(self) -> None:
        """Remove all faults."""
        self._faults.clear()
        self.version += 1

    def restore(self, faults: Iterable[Fault]) -> None:
        """Have copies of *faults*, which another world had, and no others."""
        self._faults = {fault.pattern: copy(fault) for fault in faults}
        self.version += 1

    def take(self, url: str) -> Fault | None:
        """The fault for a request to *url*, which is counted; ``None`` if there is none."""
        whole = mask_user_info(url).partition("#")[0]
        plain = whole.partition("?")[0]
        fitting = [
            key
            for key in self._faults
            if key in (whole, plain) or fnmatchcase(whole, key) or fnmatchcase(plain, key)
        ]
        if not fitting:
            return None
        best = max(fitting, key=lambda key: (key == whole, key == plain, len(key)))
        return self._count(self._faults[best])

    def _count(self, fault: Fault) -> Fault:
        if fault.left is not None:
            fault.left -= 1
            if not fault.left:
                del self._faults[fault.pattern]
        return fault

    def __iter__(self) -> Iterator[Fault]:
        return iter(list(self._faults.values()))

    def __len__(self) -> int:
        return len(self._faults)

    def __repr__(self) -> str:
        return "\n".join(map(repr, self._faults.values())) or "no faults"
