"""The records of WebSocket sessions: what a call and a voice agent said to each other, frame by frame.

These are plain records. The simulator writes them, the client hands them on, the views draw them.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import field
from typing import Any, ClassVar, Literal

from . import mulaw
from .display import Shown, count_of, visible_line
from .excerpt import show_lines
from .records import dataclass
from .timeline import clock

#: The services of ``<Connect>`` that speak over a WebSocket.
SessionKind = Literal["conversation-relay", "stream"]
#: Frames are named from Twilio's side: *sent* to the application, *received* from it.
Direction = Literal["sent", "received"]

#: The name under which an agent stands in transcripts.
AGENT = "Agent"

_VIEWS = "twilio_magic.views.sessions"
_LONGEST = 100  # characters of a frame in one line
_PAUSE = 1.0  # seconds without frames behind which a new run begins
#: Made once: it is asked fifty times for each second of sound.
_ENCODER = json.JSONEncoder(ensure_ascii=False)
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
        return _line_of(self)


@dataclass(slots=True)
class FrameRun:
    """Frames with sound, or marks, in one direction, which nothing else came between; the *first* of them at *place*.

    They have so many *bytes* of sound, and the *last* of them came then.
    """

    first: Frame
    place: int
    kind: str
    count: int = 0
    bytes: int = 0
    last: float = 0.0

    @property
    def at(self) -> float:
        """When the first was sent."""
        return self.first.at

    @property
    def direction(self) -> Direction:
        """Who sent them."""
        return self.first.direction

    @property
    def text(self) -> str:
        """What they are, in words: ``media × 1,250, 25 s``; without sound, one is told as it is."""
        if not self.is_folded:
            return self.first.text
        sound = f", {self.bytes / mulaw.RATE:g} s" if self.kind == "media" else ""
        return f"{self.kind} × {self.count:,}{sound}"

    @property
    def is_folded(self) -> bool:
        """Whether words stand for the frames, and not their text."""
        return self.count > 1 or self.kind == "media"

    def __str__(self) -> str:
        return _line_of(self)


class Frames(list[Frame], Shown):
    """The frames of a session in order. It is a list; shown, it has one line a frame, and one for all in a row that
    have sound.
    """

    view: ClassVar[str] = f"{_VIEWS}:bundle_frames"

    def __repr__(self) -> str:
        return show_lines(self.runs(), what_was_told, "frames")

    def runs(self) -> Sequence[FrameRun]:
        """The frames with one run in the place of many; all others are runs of one."""
        runs: list[FrameRun] = []
        open_runs: dict[tuple[Direction, str], FrameRun] = {}
        for place, frame in enumerate(self):
            kind, size = _sound_in(frame)
            run = open_runs.get((frame.direction, kind)) if kind else None
            if run is None or frame.at - run.last > _PAUSE:
                run = FrameRun(frame, place, kind)
                runs.append(run)
                if kind:
                    open_runs[frame.direction, kind] = run
                else:
                    open_runs.clear()
            run.count, run.last = run.count + 1, frame.at
            run.bytes += size
        return runs


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: the caller stopped speaking *at* so many seconds, and heard the agent *seconds* later."""

    at: float
    prompt: str
    seconds: float

    def __str__(self) -> str:
        return visible_line(f"{clock(self.at)}  {self.seconds:6.2f} s  {self.prompt}")


class Turns(list[Turn], Shown):
    """The turns of a session in order; shown, they are a table of how long the caller waited for the agent."""

    view: ClassVar[str] = f"{_VIEWS}:bundle_turns"

    @property
    def median(self) -> float | None:
        """The seconds that the caller waited in the middle of all turns; ``None`` without turns."""
        from statistics import median

        return round(median(turn.seconds for turn in self), 3) if self else None

    @property
    def worst(self) -> float | None:
        """The seconds that the caller waited longest; ``None`` without turns."""
        return max((turn.seconds for turn in self), default=None)

    @property
    def summary(self) -> str:
        """The median and the worst in words, as exact as the turns themselves are shown."""
        return f"median {self.median:.2f} s, worst {self.worst:.2f} s" if self else "no turns"

    def __repr__(self) -> str:
        return "\n".join([*map(str, self), self.summary])


@dataclass(frozen=True, slots=True)
class AgentSound:
    """What a caller heard of an agent without a pause, *at* seconds after the call was created, as mu-law of 8 kHz.

    *is_cut* says that the agent cleared the rest.
    """

    at: float
    sound: bytes = field(repr=False)
    is_cut: bool = False

    @property
    def seconds(self) -> float:
        """How long it was heard."""
        return mulaw.duration_of(self.sound)

    @property
    def loudness(self) -> float:
        """How loud it was on the whole, in decibels below the loudest there is: 0 to -96, which is silence."""
        return mulaw.loudness(self.sound)

    def wav(self) -> bytes:
        """The sound as a WAV file."""
        return mulaw.to_wav(self.sound)

    def __str__(self) -> str:
        cut = ", cut off" if self.is_cut else ""
        return f"{clock(self.at)}  {self.seconds:6.2f} s  {self.loudness:g} dB{cut}"


class AgentSounds(list[AgentSound], Shown):
    """The sounds of an agent in order. It is a list; shown, it has one line a sound."""

    view: ClassVar[str] = f"{_VIEWS}:bundle_agent_sounds"

    def __repr__(self) -> str:
        return "\n".join(map(str, self)) or "no sounds"


@dataclass(slots=True)
class WebSocketSession(Shown):
    """A WebSocket session of a call. *parameters* are the custom ones; *at* is when it was opened, in seconds.

    *close_code* and *close_reason* are those of the WebSocket's end, and ``None`` and empty while it is open; *status*
    is how the session ended: ``completed``, ``ended`` or ``failed``. *fault* is the one that was switched on for it.
    """

    view: ClassVar[str] = f"{_VIEWS}:bundle_session"

    kind: SessionKind
    sid: str
    url: str
    at: float = 0.0
    parameters: Mapping[str, str] = field(default_factory=dict)
    frames: Frames = field(default_factory=Frames)
    turns: Turns = field(default_factory=Turns)
    #: What the caller heard of an agent that sends sound.
    sounds: AgentSounds = field(default_factory=AgentSounds, repr=False)
    close_code: int | None = None
    close_reason: str = ""
    status: str = ""
    fault: str = ""
    #: The number of each frame among all that happened in the world.
    order: list[int] = field(default_factory=list, repr=False)

    def messages(self, direction: Direction) -> list[Any]:
        """The messages in one *direction*, in order: JSON objects, and the texts of those that are none."""
        return [frame.message for frame in self.frames if frame.direction == direction]

    def __repr__(self) -> str:
        close = f", closed {self.close_code}" if self.close_code is not None else ""
        frames = count_of(len(self.frames), "frame")
        fault = f", fault {self.fault}" if self.fault else ""
        return visible_line(
            f"<WebSocketSession {self.kind} {self.sid} {self.url}, {frames}{close}{fault}>"
        )


class WebSocketSessions(list[WebSocketSession], Shown):
    """The sessions of a call in order. It is a list; shown, it is a table, with the frames of each to unfold."""

    view: ClassVar[str] = "twilio_magic.views.records:bundle_sessions"

    def __repr__(self) -> str:
        return "\n".join(map(repr, self)) or "no sessions"


def what_was_told(frame: Frame | FrameRun) -> Hashable:
    """*frame* without its time."""
    return frame.direction, frame.text


def _line_of(frame: Frame | FrameRun) -> str:
    told = frame.text
    shown = told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}…"
    return visible_line(f"{clock(frame.at)}  {_ARROWS[frame.direction]} {shown}")


def _sound_in(frame: Frame) -> tuple[str, int]:
    """``media`` or ``mark``, and the bytes of sound in *frame*; for any other an empty text."""
    message = frame.message
    if isinstance(message, str) or "type" in message:
        return "", 0
    event = message.get("event")
    if event == "media":
        payload = message["media"]["payload"]
        return "media", len(payload) * 3 // 4 - payload.endswith("=") - payload.endswith("==")
    return ("mark", 0) if event == "mark" else ("", 0)


def _to_json(message: Mapping[str, Any]) -> str:
    return _ENCODER.encode(message)
