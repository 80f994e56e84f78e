"""What became of the steps of a script in one call."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from ...records import dataclass

if TYPE_CHECKING:
    from ...scripts import Script, Step
    from ._conversation import HeardWord
    from ._hearing import Hearing


@dataclass(slots=True, eq=False)
class ScriptRun:
    """The *script* of the phone at *address* in the call with the sid *call_sid*, with one of several chosen.

    *done* has the steps that came true, in order, each with its moment, in seconds since the world began. *current* is
    the one that was begun and is not done; *failed* the one that did not come true, and *heard* what was heard then.
    *ended* is when the call was over. *hearing* has all that was heard.
    """

    address: str
    call_sid: str
    script: Script
    chosen: Script
    hearing: Hearing = field(repr=False)
    done: list[tuple[Step, float]] = field(default_factory=list)
    current: Step | None = None
    failed: Step | None = None
    heard: str = ""
    ended: float | None = None

    @property
    def unmatched_words(self) -> list[HeardWord]:
        """The words that were heard behind the last of which a step was made, with moments since the world began."""
        words = [word for word in self.hearing.all_since(0.0) if word.text]
        return words[self.hearing.matched_count :]

    def finish(self, step: Step, at: float) -> None:
        """*step* has come true, *at* that moment."""
        if not self.done or self.done[-1][0] is not step or self.current is step:
            self.done.append((step, at))
        self.current = None
