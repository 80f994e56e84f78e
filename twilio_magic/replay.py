"""A call as it is played again: what is heard, what happens, and which part of which document is performed then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from .display import Shown, count_of, visible_line
from .records import dataclass
from .timeline import clock


@dataclass(frozen=True, slots=True)
class ReplayLine:
    """A line that is heard from *at* to *until*, in seconds after the call was created.

    *words* are what a voice says in *language*, *keys* those whose tones sound; others are shown only. The line was
    cut off if *is_cut*. *event* is its place among the events.
    """

    at: float
    until: float
    who: str
    text: str
    event: int
    words: str = ""
    language: str = ""
    keys: str = ""
    is_beep: bool = False
    is_cut: bool = False

    def __str__(self) -> str:
        return visible_line(f"{clock(self.at)}  {self.who}: {self.text}")


@dataclass(frozen=True, slots=True)
class ReplayEvent:
    """An event *at* so many seconds; meanwhile the element from *start* to *end* of a *document* is performed.

    *document* is its place among the documents, and -1 where none is performed.
    """

    at: float
    text: str
    document: int = -1
    start: int = 0
    end: int = 0

    def __str__(self) -> str:
        return visible_line(f"{clock(self.at)}  {self.text}")


class Replay(Shown):
    """The call with this *sid*, to be played again where it is shown; without a kernel it is its conversation.

    *title* says who called whom, *seconds* how long it took, from the moment it was created to its end.
    """

    view: ClassVar[str] = "twilio_magic.notebook.replay:bundle"

    def __init__(
        self,
        sid: str,
        title: str,
        seconds: float,
        lines: Sequence[ReplayLine],
        events: Sequence[ReplayEvent],
        documents: Sequence[str],
    ) -> None:
        self.sid = sid
        self.title = title
        self.seconds = seconds
        self.lines = tuple(lines)
        self.events = tuple(events)
        self.documents = tuple(documents)

    def to_dict(self) -> Mapping[str, Any]:
        """The replay as plain data, which the player in a page reads."""
        return {
            "title": self.title,
            "seconds": self.seconds,
            "lines": [
                {
                    "at": each.at, "until": each.until, "who": each.who, "text": each.text, "event": each.event,
                    "words": each.words, "language": each.language, "keys": each.keys, "beep": each.is_beep,
                    "cut": each.is_cut,
                }
                for each in self.lines
            ],
            "events": [
                {"at": each.at, "text": each.text, "document": each.document, "start": each.start, "end": each.end}
                for each in self.events
            ],
            "documents": list(self.documents),
        }  # fmt: skip

    def __repr__(self) -> str:
        lines = count_of(len(self.lines), "line")
        return visible_line(f"<Replay {self.title}: {round(self.seconds, 1):g} s, {lines}>")
