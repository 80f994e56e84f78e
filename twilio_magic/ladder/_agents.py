"""What a call and a voice agent say to each other over a WebSocket, as the arrows of a ladder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ._records import Arrow

if TYPE_CHECKING:
    from ..sessions import Frame, WebSocketSession
    from ._records import Tone

#: Whom an arrow leads from and to: Twilio's lifeline and that of the application.
Ends = tuple[int, int]


def draw_session(
    session: WebSocketSession, twilio: int, web: int, at: Callable[[float], float]
) -> Iterator[tuple[float, Arrow]]:
    """The arrows of *session*, each with its order among the steps of the same moment.

    What Twilio tells of speech that goes on is left out. The tokens of one talk cycle are one arrow, and so are frames
    of sound that follow each other.
    """
    cycle: list[tuple[float, Frame]] = []
    for run in session.frames.runs():
        order, frame = session.order[run.place], run.first
        message = frame.message
        if run.is_folded:
            yield order, Arrow(at(run.at), *_ends(frame, twilio, web), run.text)
            continue
        if frame.direction == "received" and _kind(message) == "text":
            cycle.append((order, frame))
            if isinstance(message, Mapping) and message.get("last"):
                yield from _draw_cycle(cycle, web, twilio, at)
                cycle = []
            continue
        label = _label(message)
        if label:
            ends = _ends(frame, twilio, web)
            is_bad = isinstance(message, str) or _kind(message) == "error"
            tone: Tone = "bad" if is_bad else "plain"
            yield order, Arrow(at(frame.at), *ends, label, tone=tone)
    yield from _draw_cycle(cycle, web, twilio, at)


def _ends(frame: Frame, twilio: int, web: int) -> Ends:
    return (twilio, web) if frame.direction == "sent" else (web, twilio)


def _draw_cycle(
    cycle: list[tuple[float, Frame]], web: int, twilio: int, at: Callable[[float], float]
) -> Iterator[tuple[float, Arrow]]:
    """One arrow for the tokens of a talk cycle, at the moment of the first."""
    said = "".join(
        str(frame.message["token"]) for _, frame in cycle if isinstance(frame.message, Mapping)
    )
    if said.strip():
        order, first = cycle[0]
        yield order, Arrow(at(first.at), web, twilio, f"text “{said.strip()}”")


def _kind(message: Mapping[str, Any] | str) -> str:
    """The type of a message of ConversationRelay, or the event of one of a media stream."""
    return "" if isinstance(message, str) else str(message.get("type", message.get("event", "")))


def _label(message: Mapping[str, Any] | str) -> str:
    """What an arrow says of *message*; empty for one that is not drawn."""
    if isinstance(message, str):
        return message
    kind = _kind(message)
    if kind == "info" or (kind == "prompt" and not message["last"]):
        return ""
    named = {**message, **_inner(message)}
    told = [_quote(value) for name, value in named.items() if name in _TOLD.get(kind, ())]
    return " ".join([kind, *told])


def _inner(message: Mapping[str, Any]) -> Mapping[str, Any]:
    """What stands in the object of a message of a media stream that is named like its event."""
    inner = message.get(message.get("event", ""))
    return inner if isinstance(inner, Mapping) else {}


def _quote(value: object) -> str:
    return f"“{value}”" if isinstance(value, str) else f"{value}"


#: The fields of each type that a ladder shows.
_TOLD: Mapping[str, tuple[str, ...]] = {
    "prompt": ("voicePrompt",),
    "dtmf": ("digit",),
    "interrupt": ("utteranceUntilInterrupt",),
    "error": ("description",),
    "play": ("source",),
    "sendDigits": ("digits",),
    "language": ("ttsLanguage", "transcriptionLanguage"),
    "end": ("handoffData",),
    "mark": ("name",),
}
