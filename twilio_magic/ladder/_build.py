"""Builds the ladder of a call from the events and requests of its legs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import groupby
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ..display import count_of
from ..records import dataclass
from ..timeline import name_parties
from ._agents import draw_session
from ._lifelines import list_lifelines, split_url, web_lifeline
from ._listeners import find_listeners
from ._model import Ladder
from ._pending import PendingRequests
from ._records import Arrow, Lifeline, Note, Step, Tone

if TYPE_CHECKING:
    from ..sessions import WebSocketSession
    from ..timeline import Event, Exchange, Kind


@dataclass(frozen=True, slots=True)
class LegRecord:
    """One leg of a call: the phone at its *far_end*, the number it was called with or from at its *near_end*.

    *start* is when it began, in seconds after the earliest leg; its *events* and *exchanges* count their times from
    there. *parent* is the sid of the leg that made it; a leg without one is a call of its own. *order* has the place of
    each event among those of all legs, for what happens at the same moment. *names* has those of phones, by address.
    """

    sid: str
    far_end: str
    near_end: str
    direction: str
    events: Sequence[Event]
    exchanges: Sequence[Exchange] = ()
    sessions: Sequence[WebSocketSession] = ()
    order: Sequence[int] = ()
    start: float = 0.0
    parent: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_inbound(self) -> bool:
        """Whether the phone at the far end is the one that called."""
        return self.direction == "inbound"

    @property
    def ends(self) -> tuple[str, str]:
        """Who called, and who was called."""
        ends = (self.near_end, self.far_end)
        return ends[::-1] if self.is_inbound else ends


def build_ladder(legs: Sequence[LegRecord]) -> Ladder:
    """The ladder of *legs*: those of one call, or of several that have to do with each other.

    Phones stand on the left in order of appearance, then Twilio, then one lifeline for each host of a web application.
    """
    lifelines = list_lifelines(legs)
    columns = {lifeline: number for number, lifeline in enumerate(lifelines)}
    by_sid = {leg.sid: leg for leg in legs}
    placed = (step for leg in legs for step in _Drawing(leg, by_sid, columns).steps())
    steps = (step for _, step in sorted(placed, key=lambda each: (each[1].at, each[0])))
    phones = {leg.sid: leg.far_end for leg in legs}
    return Ladder(_title(legs), lifelines, tuple(_each_once(steps)), phones)


def _title(legs: Sequence[LegRecord]) -> str:
    """Who called whom: ``A → B`` of one call, ``A → B, C; D → E`` of several."""
    sids = {leg.sid for leg in legs}
    calls = [leg.ends for leg in legs if leg.parent not in sids]
    titles = (
        f"{caller} → {', '.join(called for _, called in ends)}"
        for caller, ends in groupby(calls, key=itemgetter(0))
    )
    return "; ".join(titles) or "no call"


def _each_once(steps: Iterable[Step]) -> Iterator[Step]:
    """*steps*, with one arrow for two phones that are connected, even if both legs have an event of it."""
    connected = set()
    for step in steps:
        if isinstance(step, Arrow) and step.goes_both_ways:
            pair = (step.at, frozenset((step.source, step.target)))
            if pair in connected:
                continue
            connected.add(pair)
        yield step


class _Drawing:
    """The steps of one leg."""

    def __init__(
        self, leg: LegRecord, legs: Mapping[str, LegRecord], columns: Mapping[Lifeline, int]
    ) -> None:
        self._leg = leg
        self._legs = legs
        self._columns = columns
        self._phone = columns[Lifeline(leg.far_end, "phone")]
        self._twilio = columns[Lifeline("Twilio", "twilio")]
        self._errors = dict(self._errors_of_requests())
        self._listeners = find_listeners(leg, legs, columns)
        self._pending = PendingRequests(leg.exchanges)

    def steps(self) -> Iterator[tuple[float, Step]]:
        """Each step with its order among those of the same moment; requests without an event come last."""
        for place, event in enumerate(self._leg.events):
            order = self._leg.order[place] if self._leg.order else place
            if event.leg == self._leg.sid:
                yield from ((order, step) for step in self._step(event))
        for session in self._leg.sessions:
            web = self._columns[web_lifeline(session.url)]
            yield from draw_session(session, self._twilio, web, self._at)
        for number in self._pending.take_rest():
            yield from ((inf, step) for step in self._exchange(number))

    def _errors_of_requests(self) -> Iterator[tuple[int, str]]:
        """The errors of requests, by the request's number; a later event overrides an earlier one."""
        for event in self._leg.events:
            number = event.data.get("webhook")
            if isinstance(number, int) and 0 <= number < len(self._leg.exchanges):
                exchange = self._leg.exchanges[number]
                same = exchange.code is not None and exchange.code == event.data.get("code")
                yield number, f"{exchange.code}: {exchange.error}" if same else event.text

    def _step(self, event: Event) -> Iterator[Step]:
        if event.kind in ("fetched", "reported"):
            yield from self._draw_request(event)
        elif event.data.get("webhook") in self._errors or self._is_told_elsewhere(event):
            return
        elif listeners := self._listeners.get((self._at(event.at), event.data.get("words", ""))):
            yield from (self._speaks_to(event, listener) for listener in listeners)
        else:
            yield _STEPS.get(event.kind, _Drawing._note)(self, event)

    def _is_told_elsewhere(self, event: Event) -> bool:
        """Whether another leg of the ladder shows the same: the leg that was dialed, the leg that spoke."""
        other = {"dialed": "call", "heard": "from_leg"}.get(event.kind)
        return other is not None and event.data.get(other) in self._legs

    def _speaks_to(self, event: Event, listener: int) -> Arrow:
        """The phone speaks or presses a key, and the phone at another lifeline hears it."""
        label = f"presses {event.text}" if event.kind == "pressed" else event.text
        return Arrow(self._at(event.at), self._phone, listener, label, tone="voice")

    def _draw_request(self, event: Event) -> Iterator[Step]:
        """The request of *event*, after all attempts that came before it."""
        url, status = str(event.data.get("url")), event.data.get("status")
        for number in self._pending.take(url, event.at, status):
            yield from self._exchange(number)

    def _exchange(self, number: int) -> Iterator[Step]:
        made = self._leg.exchanges[number]
        made = replace(made, at=self._at(made.at))
        web = self._columns[web_lifeline(made.url)]
        again = f" (attempt {made.attempt})" if made.attempt > 1 else ""
        asked = f"{made.event or made.purpose}{again}: {made.method} {split_url(made.url)[1]}"
        error = self._errors.get(number, f"{made.code}: {made.error}" if made.code else "")
        yield Arrow(made.at, self._twilio, web, asked, exchange=made)
        yield Arrow(
            round(made.until, 3),
            web,
            self._twilio,
            _came_back(made),
            tone="bad" if error else "plain",
            is_reply=True,
            status=made.status,
            error=error,
            exchange=made,
        )

    def _draw_socket(self, event: Event) -> Step:
        """The WebSocket of an agent opens or closes."""
        url = event.data.get("url", "")
        web = self._columns.get(web_lifeline(url))
        if web is None:
            return self._note(event)
        if event.kind == "connected":
            return Arrow(self._at(event.at), self._twilio, web, f"WebSocket {split_url(url)[1]}")
        ends = (web, self._twilio) if event.data.get("by") == "application" else (self._twilio, web)
        return Arrow(self._at(event.at), *ends, f"closes: {event.text}")

    def _at(self, seconds: float) -> float:
        return round(self._leg.start + seconds, 3)

    def _note(self, event: Event) -> Note:
        label = event.kind if event.text in ("", event.kind) else f"{event.kind}: {event.text}"
        return Note(self._at(event.at), self._twilio, label, _TONES.get(event.kind, "plain"))

    def _plain_note(self, event: Event) -> Step:
        return replace(self._note(event), label=event.text or event.kind)

    def _of_the_phone(self, event: Event) -> Step:
        """A note at the phone where there are several legs, else at Twilio."""
        note = self._note(replace(event, text=name_parties(event.text, self._leg.names)))
        return replace(note, on=self._phone) if len(self._legs) > 1 else note

    def _draw_bridge(self, event: Event) -> Step:
        other = self._legs.get(event.data.get("call", ""))
        if other is None:
            return self._note(event)
        there = self._columns[Lifeline(other.far_end, "phone")]
        return Arrow(self._at(event.at), self._phone, there, "connected", goes_both_ways=True)

    def _hung_up(self, event: Event) -> Step:
        by = event.data.get("by", "")
        reason = event.text.removeprefix(f"by {by}").removeprefix(": ") if by else event.text
        if by == self._leg.far_end:
            return self._from_phone(event, _with("hangs up", reason))
        said = _with("hangs up", reason or (f"by {by}" if by not in ("", "Twilio") else ""))
        return self._to_phone(event, said)

    def _draw_outcome(self, event: Event) -> Step:
        """The called party's reply: it rings, answers, or is busy."""
        reply = self._to_phone if self._leg.is_inbound else self._from_phone
        return reply(event, _with(_ANSWERS.get(event.kind, event.kind), event.text), is_reply=True)

    def _calls(self, event: Event) -> Step:
        if self._leg.is_inbound:
            return self._from_phone(event, f"calls {self._leg.near_end}")
        if event.kind == "ringing":
            return self._draw_outcome(event)
        return self._to_phone(event, f"calls, as {self._leg.near_end}")

    def _hears(self, event: Event) -> Step:
        return self._to_phone(event, event.text, tone="voice")

    def _hears_party(self, event: Event) -> Step:
        """What the phone of a leg that the ladder does not show says or presses."""
        speaker = event.data.get("speaker", "")
        name = self._leg.names.get(speaker, speaker)
        return self._to_phone(event, f"{name}{event.text.removeprefix(speaker)}", tone="voice")

    def _hears_sound(self, event: Event) -> Step:
        return self._to_phone(event, f"♪ {event.text}", tone="voice")

    def _says(self, event: Event) -> Step:
        return self._from_phone(event, event.text, tone="voice")

    def _presses(self, event: Event) -> Step:
        return self._from_phone(event, f"presses {event.text}", tone="voice")

    def _texts(self, event: Event) -> Step:
        label = f"texts “{' '.join(str(event.data.get('body', '')).split())}”"
        if event.data.get("from_") == self._leg.far_end:
            return self._from_phone(event, label)
        if event.data.get("to") == self._leg.far_end:
            return self._to_phone(event, label)
        return self._note(event)

    def _to_phone(self, event: Event, label: str, **more: Any) -> Step:
        return Arrow(self._at(event.at), self._twilio, self._phone, label, **more)

    def _from_phone(self, event: Event, label: str, **more: Any) -> Step:
        return Arrow(self._at(event.at), self._phone, self._twilio, label, **more)


def _came_back(exchange: Exchange) -> str:
    came = "no answer" if exchange.status is None else str(exchange.status)
    led = len(exchange.redirects)
    return f"{came} after {count_of(led, 'redirect')}" if led else came


def _with(word: str, text: str) -> str:
    return f"{word}: {text}" if text else word


_ANSWERS: Mapping[Kind, str] = {"ringing": "rings", "answered": "answers"}
_TONES: Mapping[Kind, Tone] = {"failed": "bad", "warned": "care", "not simulated": "care"}

#: How each kind of event is drawn; the others are notes at Twilio.
_STEPS: Mapping[str, Callable[[_Drawing, Event], Step]] = {
    "dialing": _Drawing._calls,
    "ringing": _Drawing._calls,
    "answered": _Drawing._draw_outcome,
    "busy": _Drawing._draw_outcome,
    "no answer": _Drawing._draw_outcome,
    "said": _Drawing._hears,
    "played": _Drawing._hears_sound,
    "heard": _Drawing._hears_party,
    "spoke": _Drawing._says,
    "pressed": _Drawing._presses,
    "texted": _Drawing._texts,
    "gathering": _Drawing._plain_note,
    "bridged": _Drawing._draw_bridge,
    "connected": _Drawing._draw_socket,
    "disconnected": _Drawing._draw_socket,
    "joined": _Drawing._of_the_phone,
    "left": _Drawing._of_the_phone,
    "completed": _Drawing._of_the_phone,
    "canceled": _Drawing._of_the_phone,
    "hung up": _Drawing._hung_up,
}
