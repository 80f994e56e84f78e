"""The records of WebSocket sessions: what a call and a voice agent said to each other, frame by frame.

These are plain records. The simulator writes them, the client hands them on, the views draw them.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Literal

from .display import visible_line
from .excerpt import show_lines
from .timeline import clock

#: The services of ``<Connect>`` that speak over a WebSocket.
SessionKind = Literal["conversation-relay", "stream"]
#: Frames are named from Twilio's side: *sent* to the application, *received* from it.
Direction = Literal["sent", "received"]

#: The name under which an agent stands in transcripts.
AGENT = "Agent"

_LONGEST = 100  # characters of a frame in one line
_ARROWS = {"sent": "→", "received": "←"}


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame, *at* seconds after the call was created. *message* is its JSON object, or its text if it has none."""

    at: float
    direction: Direction
    message: Mapping[str, Any] | str

    @property
    def text(self) -> str:
        """The frame as it went over the WebSocket."""
        return self.message if isinstance(self.message, str) else _to_json(self.message)

    def __str__(self) -> str:
        told = self.text
        shown = told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}…"
        return visible_line(f"{clock(self.at)}  {_ARROWS[self.direction]} {shown}")


class Frames(list[Frame]):
    """The frames of a session in order. It is a list; shown, it has one line a frame."""

    def __repr__(self) -> str:
        return show_lines(self, what_was_told, "frames")


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: the caller stopped speaking *at* so many seconds, and heard the agent *seconds* later."""

    at: float
    prompt: str
    seconds: float

    def __str__(self) -> str:
        return visible_line(f"{clock(self.at)}  {self.seconds:6.2f} s  {self.prompt}")


class Turns(list[Turn]):
    """The turns of a session in order; shown, they are a table of how long the caller waited for the agent."""

    @property
    def median(self) -> float | None:
        """The seconds that the caller waited in the middle of all turns; ``None`` without turns."""
        return round(median(turn.seconds for turn in self), 3) if self else None

    @property
    def worst(self) -> float | None:
        """The seconds that the caller waited longest; ``None`` without turns."""
        return max((turn.seconds for turn in self), default=None)

    def __repr__(self) -> str:
        if not self:
            return "no turns"
        return "\n".join([*map(str, self), f"median {self.median:g} s, worst {self.worst:g} s"])


@dataclass(slots=True)
class WebSocketSession:
    """A WebSocket session of a call. *parameters* are the custom ones; *at* is when it was opened, in seconds.

    *close_code* and *close_reason* are those of the WebSocket's end, and ``None`` and empty while it is open; *status*
    is how the session ended: ``completed``, ``ended`` or ``failed``.
    """

    kind: SessionKind
    sid: str
    url: str
    at: float = 0.0
    parameters: Mapping[str, str] = field(default_factory=dict)
    frames: Frames = field(default_factory=Frames)
    turns: Turns = field(default_factory=Turns)
    close_code: int | None = None
    close_reason: str = ""
    status: str = ""
    #: The number of each frame among all that happened in the world.
    order: list[int] = field(default_factory=list, repr=False)

    def messages(self, direction: Direction) -> list[Any]:
        """The messages in one *direction*, in order: JSON objects, and the texts of those that are none."""
        return [frame.message for frame in self.frames if frame.direction == direction]

    def __repr__(self) -> str:
        close = f", closed {self.close_code}" if self.close_code is not None else ""
        count = len(self.frames)
        frames = f"{count} frame{'' if count == 1 else 's'}"
        return visible_line(
            f"<WebSocketSession {self.kind} {self.sid} {self.url}, {frames}{close}>"
        )


class WebSocketSessions(list[WebSocketSession]):
    """The sessions of a call in order. It is a list; shown, it has one line a session."""

    def __repr__(self) -> str:
        return "\n".join(map(repr, self)) or "no sessions"


def what_was_told(frame: Frame) -> Hashable:
    """*frame* without its time."""
    return frame.direction, frame.text


def _to_json(message: Mapping[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False)
