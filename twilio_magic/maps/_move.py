"""What a caller can do where an IVR waits for something, and what can become of those who are dialed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ..display import visible_line
from ..records import dataclass

MoveKind = Literal["press", "say", "silence", "hang up", "answered", "busy", "no answer"]

#: What can become of a <Dial>.
OUTCOMES: tuple[MoveKind, ...] = ("answered", "busy", "no answer")


@dataclass(frozen=True, slots=True)
class Move:
    """One move: what is done, and for ``press`` and ``say`` the keys or the words.

    ``answered``, ``busy`` and ``no answer`` are what becomes of a party that is dialed.
    """

    kind: MoveKind
    text: str = ""

    def __str__(self) -> str:
        if self.kind == "press":
            return visible_line(f"press {self.text}")
        return visible_line(f"say “{self.text}”") if self.kind == "say" else self.kind


SILENCE = Move("silence")

#: A way through an IVR, from the beginning of the call.
Path = tuple[Move, ...]


def describe_path(path: Sequence[Move]) -> str:
    """*path* in words: ``press 2, silence``; a path without moves is the beginning of the call."""
    return ", ".join(map(str, path)) or "the beginning of the call"
