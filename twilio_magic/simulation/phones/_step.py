"""The steps that the scripts of phones are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Action = Literal[
    "ring",
    "answer",
    "busy",
    "no answer",
    "reject",
    "fail",
    "machine",
    "fax",
    "hear",
    "hear beep",
    "hear text",
    "hear message",
    "wait",
    "press",
    "say",
    "text",
    "message",
    "hang up",
]

#: How many seconds a step waits at most for what the other side does.
PATIENCE = 600.0
#: How many seconds a person takes before they act on what they heard.
REACTION_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Step:
    """One step: *seconds* of a ring or a wait, or at most until something is heard; *text* that is heard, said, pressed
    or sent; *confidence* of speech; whom a text message goes *to*, if it is not the other end of the call.

    *beeps* says whether a machine's greeting ends with a beep. *start* is where the step stands in its script.
    """

    action: Action
    text: str = ""
    seconds: float = 0.0
    confidence: float = 0.9
    beeps: bool = True
    to: str = ""
    start: int = field(default=0, compare=False)

    @property
    def ends_ringing(self) -> bool:
        """Whether the step decides what becomes of the ringing."""
        return self.picks_up or self.action in ("busy", "no answer", "reject", "fail")

    @property
    def picks_up(self) -> bool:
        """Whether the step answers the call."""
        return self.action in ("answer", "machine", "fax")
