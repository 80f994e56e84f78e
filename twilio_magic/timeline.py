"""The records of a call: its timeline of events, its transcript, and the requests that it made.

These are plain records. The simulator writes them, the client hands them on, the views draw them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import Any, ClassVar, Literal, get_args

from .display import Shown, visible_line
from .excerpt import Gap, excerpt, show_lines
from .records import dataclass

Kind = Literal[
    "queued",  # the API accepted the call
    "dialing",  # the call left the queue and is on its way to the called party
    "ringing",
    "answered",
    "detected",  # machine detection knows who answered
    "said",
    "played",
    "paused",
    "gathering",  # Twilio listens for keys or speech
    "gathered",  # ... and got what it waited for
    "timed out",  # ... or did not
    "pressed",
    "spoke",  # a phone said something
    "heard",  # ... or pressed a key, and this leg's phone heard it, because the two are joined
    "texted",  # a text message was sent, or read by a phone's script
    "recording",  # a recording begins
    "recorded",  # ... and has ended
    "fetched",  # a document was requested
    "reported",  # a status callback was sent
    "dialed",  # Twilio calls another party for this call
    "bridged",  # two legs hear each other
    "joined",  # ... or a leg has joined a conference, or waits in a queue
    "left",
    "connected",  # the WebSocket of an agent is open
    "disconnected",
    "started",  # something goes on beside the call: a live transcription, a copy of its sound
    "stopped",
    "redirected",
    "not simulated",
    "warned",
    "failed",  # an error that Twilio would log; data has its code
    "hung up",
    "completed",
    "busy",
    "no answer",
    "canceled",
]
#: Every kind of event there is, in the order of a call's life.
KINDS: tuple[str, ...] = get_args(Kind)
#: The kind of event that tells each status of a call. Source: Twilio's page "Call resource", Call status values.
STATUS_KINDS: Mapping[str, Kind] = {
    "queued": "queued",
    "ringing": "ringing",
    "in-progress": "answered",
    "completed": "completed",
    "busy": "busy",
    "no-answer": "no answer",
    "failed": "failed",
    "canceled": "canceled",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: *at* seconds after the call was created, on the call leg with the sid *leg*."""

    at: float
    leg: str
    kind: Kind
    text: str
    data: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return visible_line(f"{clock(self.at)}  {self.kind:<13}  {self.text}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what was heard: *speaker* is ``Twilio``, ``Agent``, or the address of a phone.

    A phone that has a *name* is shown by it.
    """

    at: float
    speaker: str
    text: str
    name: str = field(default="", repr=False, compare=False)

    def __str__(self) -> str:
        return visible_line(f"{self.name or self.speaker}: {self.text}")


_VIEWS = "twilio_magic.views.records"
#: The events whose text is about parties, and holds nothing that anybody else wrote.
_OF_PARTIES = frozenset(("queued", "ringing", "dialed", "bridged", "left", "canceled", "hung up"))
#: The parameters of callbacks that name the event.
_EVENTS = ("TranscriptionEvent", "SiprecEvent", "StreamEvent")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP request of a call to a web application, and what came back.

    *purpose* says why it was made (``voice url``, ``action``, ``fallback``, ``status callback``…). *status* is ``None``
    where no answer came. *code* is Twilio's error code when the answer was of no use, with *error* in words. *seconds*
    is how much simulated time it took, *attempt* counts the attempts from 1, *redirects* has the addresses that the
    answer led on to, *reply_headers* the headers of the last answer, and *fault* the one that was switched on for it.
    *traceback* is that of the exception which an application in this process raised, cut to the lines of its own files.
    *elapsed* is the real time, in seconds, that the answer took: neither shown nor compared, as it is never the same.
    """

    at: float
    purpose: str
    method: str
    url: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]
    status: int | None
    reply: str
    content_type: str
    seconds: float = 0.0
    code: int | None = None
    error: str | None = None
    attempt: int = 1
    redirects: tuple[str, ...] = ()
    reply_headers: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""
    traceback: str = ""
    elapsed: float = field(default=0.0, repr=False, compare=False)

    @property
    def until(self) -> float:
        """When the answer was there, or was waited for no longer: seconds after the call was created."""
        return self.at + self.seconds

    @property
    def event(self) -> str:
        """The event that a callback of a live transcription, or of a copy of the sound, reports; else empty.

        Words that are final stand behind it.
        """
        name = next(filter(None, map(self.parameters.get, _EVENTS)), "")
        if not name or "Final" not in self.parameters:
            return name
        if self.parameters["Final"] != "true":
            return f"{name}, partial"
        return f"{name} “{_transcript(self.parameters)}”"

    @property
    def signature(self) -> str:
        """The ``X-Twilio-Signature`` that went with the request."""
        return self.headers.get("X-Twilio-Signature", "")

    def __str__(self) -> str:
        came_back = self.status if self.status is not None else "no answer"
        problem = f" ({self.code}: {self.error})" if self.code else ""
        again = f" (attempt {self.attempt})" if self.attempt > 1 else ""
        problem += f" [fault: {self.fault}]" if self.fault else ""
        asked = f"{self.event or self.purpose}{again}: {self.method} {self.url}"
        return visible_line(f"{clock(self.at)}  {asked} → {came_back}{problem}")


def _transcript(parameters: Mapping[str, str]) -> str:
    """The words that a callback of a live transcription tells."""
    try:
        data = json.loads(parameters.get("TranscriptionData", ""))
    except ValueError:
        return ""
    return str(data.get("transcript", "")) if isinstance(data, dict) else ""


class Timeline(list[Event], Shown):
    """Events in order. It is a list; shown, it has one line an event, and folds loops, and what makes it very long.

    *parties* has the address at the far end of each leg, by the leg's sid. Of several, each line says whose it is, by
    the name of the phone where it has one: *names* has those, by address.
    """

    view: ClassVar[str] = f"{_VIEWS}:bundle_timeline"

    def __init__(
        self,
        events: Iterable[Event] = (),
        *,
        parties: Mapping[str, str] | None = None,
        names: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(events)
        self.parties = dict(parties or {})
        self.names = dict(names or {})

    def name_of(self, address: str) -> str:
        """The name of the phone at *address*; the address itself where it has none."""
        return self.names.get(address, address)

    def describe(self, event: Event) -> str:
        """The text of *event*, with the names of parties in place of their addresses."""
        return name_parties(event.text, self.names)

    def name_parts(self, parts: Iterable[Event | Gap[Event]]) -> Iterator[Event | Gap[Event]]:
        """*parts* with the names of parties in what tells who is called, joined and left, and of whose script.

        The first time the address stands behind the name.
        """
        told: set[str] = set()
        for part in parts:
            if isinstance(part, Gap):
                yield part
                continue
            known = self.names.items()
            first = {each: name if each in told else f"{name} ({each})" for each, name in known}
            named = replace(part, text=_name_in(part, first))
            told |= {address for address in self.names if first[address] in named.text}
            yield named

    def __repr__(self) -> str:
        width = max(map(len, map(self.name_of, self.parties.values())), default=0)
        lines = (
            describe_events(part) if isinstance(part, Gap) else self._line(part, width)
            for part in self.name_parts(excerpt(self, what_happened))
        )
        return "\n".join(lines) or "nothing has happened"

    def _line(self, event: Event, width: int) -> str:
        if len(self.parties) < 2:
            return str(event)
        party = f"{self.name_of(self.parties[event.leg]):<{width}}"
        return visible_line(f"{clock(event.at)}  {party}  {event.kind:<13}  {event.text}")


def _name_in(event: Event, names: Mapping[str, str]) -> str:
    """The text of *event* with *names* where it tells of parties; of a phone's script, not in the words that it has."""
    if event.kind in _OF_PARTIES:
        return name_parties(event.text, names)
    is_of_script = not event.data.keys().isdisjoint(("script", "place"))
    told, quote, words = event.text.partition("“") if is_of_script else ("", "", event.text)
    return f"{name_parties(told, names)}{quote}{words}"


def name_parties(text: str, names: Mapping[str, str]) -> str:
    """*text* with *names* in place of the addresses that have them."""
    for address, name in names.items():
        text = name.join(re.split(rf"(?<![\w+]){re.escape(address)}(?!\w)", text))
    return text


class Transcript(list[Line], Shown):
    """Lines in order, as they were heard. It is a list; shown, it reads like a conversation, with loops folded."""

    view: ClassVar[str] = f"{_VIEWS}:bundle_transcript"

    def __repr__(self) -> str:
        return show_lines(self, what_was_heard, "lines") or "nothing was heard"


class Exchanges(list[Exchange], Shown):
    """The requests that a call made, in order. It is a list; shown, it has one line a request."""

    view: ClassVar[str] = f"{_VIEWS}:bundle_exchanges"

    def __repr__(self) -> str:
        return show_lines(self, what_was_asked, "requests") or "no requests"


def what_happened(event: Event) -> Hashable:
    """*event* without its time: what two that are alike have in common."""
    return event.leg, event.kind, event.text


def what_was_heard(line: Line) -> Hashable:
    """*line* without its time."""
    return line.speaker, line.text


def what_was_asked(exchange: Exchange) -> Hashable:
    """*exchange* with its answer, without its time and its headers."""
    asked = exchange.purpose, exchange.method, exchange.url, tuple(exchange.parameters.items())
    answer = exchange.status, exchange.reply, exchange.code, exchange.error, exchange.redirects
    return *asked, *answer, exchange.attempt, exchange.fault


def describe_events(gap: Gap[Event], more: str = "") -> str:
    """What *gap* leaves out of a timeline, with the number of webhooks among it."""
    webhooks = sum(event.kind in ("fetched", "reported") for event in gap.items)
    return gap.describe("events", f"{f' ({webhooks:,} webhooks)' if webhooks else ''}{more}")


def clock(seconds: float) -> str:
    """Seconds as ``0:07.5``, minutes and seconds."""
    minutes, rest = divmod(round(seconds, 1), 60)
    return f"{int(minutes)}:{rest:04.1f}"
