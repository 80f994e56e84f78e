"""A phone that does something else from a moment of its call on: a fork takes another way there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._manual_handset import ManualHandset
from ._performance import Performance
from ._person import Person
from ._scripted_handset import ScriptedHandset

if TYPE_CHECKING:
    from ...scripts import Script
    from ..clock._clock import Process
    from ._generator_script import Routine
    from ._handset import Handset
    from ._phones import Player


class LaterHandset(ScriptedHandset):
    """Plays *script* from now on, with the ears of the phone that was there *before*."""

    def __init__(self, before: Handset, script: Script | Routine) -> None:
        super().__init__(before.line, script)
        self._unfinished: tuple[str, float, float] | None = None
        if isinstance(before, ScriptedHandset):
            self._hearing, self._decision = before._hearing, before._decision
            self._unfinished = before._performance.unfinished
            before._run.ended = self._clock.now
        elif isinstance(before, ManualHandset) and before.hears is not None:
            self._hearing.words(*before.hears)
        self._performance = Performance(before.line, self._hearing, self._mail, self._finish)
        self._hearing.skip()

    def go_on(self) -> Process[None]:
        """Play the script: what is being said is said to its end before."""
        self._takes_part = True
        return self._go_on()

    def _go_on(self) -> Process[None]:
        if self._unfinished is not None:
            words, confidence, until = self._unfinished
            if until > self._clock.now:
                yield self._clock.seconds(until - self._clock.now)
            self.line.finish_speaking(words, confidence)
        if self.line.is_inbound or self.line.in_progress.triggered:
            yield from self._dial()
        else:
            self._takes_part = False
            yield from self.ring()


def take_over(before: Handset, player: Player) -> tuple[Handset, Process[None]]:
    """What *player* does from now on at the phone that was there *before*, and the process of it."""
    line = before.line
    if not isinstance(player, Person):
        later = LaterHandset(before, player)
        return later, later.go_on()
    manual = ManualHandset(line, player)
    is_ringing = not (line.is_inbound or line.in_progress.triggered)
    return manual, manual.ring() if is_ringing else manual.dial()
