"""The steps that the scripts of phones are made of."""

from __future__ import annotations

from dataclasses import field
from itertools import product
from typing import TYPE_CHECKING, Literal

from ..records import dataclass
from ._phrase import plain_words

if TYPE_CHECKING:
    from ._phrase import Phrase

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
    "hear sound",
    "hear text",
    "hear message",
    "not",
    "silence",
    "wait",
    "press",
    "say",
    "say file",
    "text",
    "message",
    "hang up",
]

#: How many seconds a step waits at most for what the other side does.
PATIENCE = 600.0
#: How many seconds a person takes before they act on what they heard.
REACTION_SECONDS = 0.5
#: What people call the sound after which they speak.
_TONES = {("beep",), ("tone",), *product(("a", "the"), ("beep", "tone"))}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: *seconds* of a ring, a wait or a silence, or at most until something is heard; *text* that is heard,
    said, pressed or sent, or the path of a file; *confidence* of speech; whom a text message goes *to* if not to the
    other end of the call.

    *phrases* are what is heard, one of them, or must not be heard: for *seconds*, or until the next words are.
    *patience* is for how many seconds a silence is waited for. *beeps* says whether a machine's greeting ends with a
    beep. *start* is where the step stands in its script.
    """

    action: Action
    text: str = ""
    seconds: float = 0.0
    confidence: float = 0.9
    beeps: bool = True
    to: str = ""
    phrases: tuple[Phrase, ...] = ()
    patience: float = PATIENCE
    start: int = field(default=0, compare=False)

    @property
    def quotes_tone(self) -> bool:
        """Whether the step waits for the word of a tone, ``hear "beep"``, and not for the tone: ``hear beep``."""
        return self.action == "hear" and all(
            not each.is_pattern and plain_words(each.text) in _TONES for each in self.phrases
        )

    @property
    def ends_ringing(self) -> bool:
        """Whether the step decides what becomes of the ringing."""
        return self.picks_up or self.action in ("busy", "no answer", "reject", "fail")

    @property
    def picks_up(self) -> bool:
        """Whether the step answers the call."""
        return self.action in ("answer", "machine", "fax")
