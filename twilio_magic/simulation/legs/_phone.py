"""The phone at the far end of a leg: ringing, decision, and listener."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..clock._clock import until_interrupted
from ..phones._later_handset import take_over
from ._call_status import OUTCOME

if TYPE_CHECKING:
    import simpy

    from ...scripts import Action
    from ...twiml import Element
    from ..clock._clock import Clock, Process
    from ..phones._handset import Handset
    from ..phones._phones import Player
    from ._party import Listener


class Phone:
    """The *handset* at the far end. *listener* hears what is said there: the handset, or what was put in between.

    *start* runs a process beside the call. *decision* happens when the ringing ends: its value is ``None`` for an
    answer, else the final status of the call.
    """

    def __init__(
        self, handset: Handset, clock: Clock, start: Callable[[Process[object]], simpy.Process]
    ) -> None:
        self.handset = handset
        self.listener: Listener = handset
        self.decision: simpy.Event = clock.event()
        self._start_process = start
        self._process: simpy.Process | None = None
        self._shown: tuple[Element, str] | None = None

    def replace(self, handset: Handset) -> None:
        """Put *handset* at the far end, before anything happens there."""
        self.handset = self.listener = handset

    def take_over(self, player: Player) -> None:
        """Let *player* be at the far end from now on."""
        before, (self.handset, process) = self.handset, take_over(self.handset, player)
        if self.listener is before:
            self.listener = self.handset
        if self._process is None:  # it does not ring yet
            return
        if self._process.is_alive:
            self._process.interrupt()
        self._start(process)

    def ring(self) -> None:
        """Let it ring."""
        self._start(self.handset.ring())

    def dial(self) -> None:
        """Let it call."""
        self._start(self.handset.dial())

    def decide(self, action: Action) -> None:
        """End the ringing with an answer, or in another way."""
        self.decision.succeed(OUTCOME.get(action))

    @contextmanager
    def showing(self, element: Element, source: str) -> Iterator[None]:
        """Let it show, while the block runs, that *element* of the document *source* is performed."""
        around, self._shown = self._shown, (element, source)
        self.handset.show(element, source)
        try:
            yield
        finally:
            self._shown = around
            self.handset.show(*(around or (None, None)))

    def end(self) -> None:
        """Stop what the handset does, because the call ends."""
        if self._process is not None and self._process.is_alive:
            self._process.interrupt()
        self._process = None
        self.handset.end()

    def _start(self, process: Process[None]) -> None:
        self._process = self._start_process(until_interrupted(process))
