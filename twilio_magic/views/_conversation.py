"""A call as it was heard: who said what, which keys were pressed, what was recorded."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..display import keep_units
from ..excerpt import Gap, excerpt
from ..sessions import AGENT
from ..timeline import clock, what_happened
from ._sound import Sounds
from ._theme import (
    CALM,
    FAINT,
    FRAME,
    GRAY,
    INK,
    MONO,
    OTHERS,
    QUIET,
    SHADE,
    WRAP,
    fold,
    plain,
    span,
)

if TYPE_CHECKING:
    from ..api import Call
    from ..timeline import Event

_TWILIO = "Twilio"
_MOST = 100
_SCREEN, _FEW = 8, 2  # turns that fit on a screen, and how few more are not folded
_BETWEEN_KEYS = 1.0  # seconds at most between keys that belong together
_BUBBLE = (
    f"max-width:85%;box-sizing:border-box;padding:4px 10px 5px;border-radius:10px;{WRAP};"
    f"color:{INK};"
)
_KEY = f"font-family:{MONO};{FRAME};border-bottom-width:2px;border-radius:4px;padding:0 6px"


def conversation(call: Call) -> Markup:
    """What was heard in *call*, one bubble a turn, each party on its side and in its color; empty where nothing was.

    Of a long conversation the first turns are shown, and the others are folded.
    """
    heard = list(_join_keys(event for event in call.timeline if _is_heard(event)))
    if not heard:
        return Markup("")
    told = _Told(call)
    parts = [
        _between(part) if isinstance(part, Gap) else told.turn(part)
        for part in excerpt(heard, _what_was_heard, _MOST)
    ]
    if len(parts) <= _SCREEN + _FEW:
        return _list(parts)
    return _list(parts[:_SCREEN]) + fold(
        f"{len(parts) - _SCREEN} more turns", _list(parts[_SCREEN:])
    )


def _list(turns: Sequence[Markup]) -> Markup:
    style = "list-style:none;margin:0;padding:0;display:flex;flex-direction:column;gap:5px"
    return Markup('<ul style="{}">{}</ul>').format(style, Markup("").join(turns))


def _is_heard(event: Event) -> bool:
    return event.kind in ("recorded", "played") or "words" in event.data


def _what_was_heard(event: Event) -> Hashable:
    """*event* without its time; keys that were joined have their own words."""
    keys = event.data.get("key") if event.kind == "pressed" else None
    return what_happened(event), keys


def _join_keys(heard: Iterable[Event]) -> Iterator[Event]:
    """*heard*, with one event for the keys that a phone presses one behind the other."""
    held: Event | None = None
    for event in heard:
        if held is not None and _continues(held, event):
            key = f"{held.data['key']}{event.data['key']}"
            held = replace(held, data={**held.data, "key": key, "last": event.at})
            continue
        if held is not None:
            yield held
        held = event
    if held is not None:
        yield held


def _continues(held: Event, event: Event) -> bool:
    """Whether *event* is a key that belongs to those of *held*."""
    if not (held.kind == event.kind == "pressed") or held.leg != event.leg:
        return False
    is_close = event.at - held.data.get("last", held.at) <= _BETWEEN_KEYS
    return is_close and held.data.get("lost") == event.data.get("lost")


def _between(gap: Gap[Event]) -> Markup:
    more = gap.describe("turns", ", in call.transcript")
    return Markup('<li style="color:{};align-self:center">{}</li>').format(FAINT, more)


class _Told:
    """The turns of one call: who has which side and color, and which sounds can be played."""

    def __init__(self, call: Call) -> None:
        self._sounds = Sounds(call)
        self._timeline = call.timeline
        parties = self._timeline.parties
        own = call.from_ if call.direction == "inbound" else call.to
        self._phones = parties if len(parties) > 1 else {}
        speakers = (event.data["speaker"] for event in self._timeline if "speaker" in event.data)
        self._people = [
            each
            for each in dict.fromkeys([*(parties.values() or [own]), *speakers])
            if each not in (_TWILIO, AGENT)
        ]

    def turn(self, event: Event) -> Markup:
        """One bubble, or a recording between them."""
        if event.kind == "recorded":
            return _recording_bubble(event, self._sounds)
        if event.kind == "pressed":
            return self._bubble(event, event.data["speaker"], _keys(event))
        if "stream" in event.data:
            sound = self._sounds.of_agent(event)
            said = Markup("{}{}").format(plain(f"♪ {event.data['words']}"), sound)
            return self._bubble(event, AGENT, said)
        if "words" in event.data:
            return self._bubble(event, event.data["speaker"], _words(event))
        return self._bubble(event, _TWILIO, f"♪ {event.text}")

    def _name(self, event: Event, speaker: str) -> str:
        """Who speaks; Twilio to whom, where there are several."""
        if speaker == _TWILIO and self._phones:
            return f"{_TWILIO} to {self._timeline.name_of(self._phones[event.leg])}"
        return self._timeline.name_of(speaker)

    def _bubble(self, event: Event, speaker: str, words: object) -> Markup:
        head = Markup("{} {}").format(
            span(self._name(event, speaker), f"color:{QUIET};font-size:80%;font-weight:600"),
            span(clock(event.at), f"color:{QUIET};font-size:80%;font-family:{MONO}"),
        )
        style = f"{_BUBBLE}{self._side(speaker)}"
        return Markup('<li style="{}"><div>{}</div>{}</li>').format(style, head, plain(words))

    def _side(self, speaker: str) -> str:
        """Twilio and its agents are gray at the left, the first party is at the right, the others have a color each."""
        if speaker in (_TWILIO, AGENT):
            return f"align-self:flex-start;background-color:{SHADE};{FRAME}"
        place = self._people.index(speaker)
        color = CALM if place == 0 else OTHERS[(place - 1) % len(OTHERS)]
        side = "end" if place == 0 else "start"
        return (
            f"align-self:flex-{side};background-color:color-mix(in srgb, {color} 9%, transparent);"
            f"border:1px solid {GRAY};border:1px solid color-mix(in srgb, {color} 35%, transparent)"
        )


def _words(event: Event) -> Markup:
    """What was said; what nobody heard of it, because it was cut off, in gray."""
    words, unheard = event.data["words"], event.data.get("unheard", "")
    if not event.data.get("cut"):
        return Markup("{}").format(plain(words))
    heard = words.removesuffix("…").strip() if unheard else words
    rest = span(plain(unheard), f"color:{FAINT};font-style:italic") if unheard else ""
    return Markup("{} {} {}").format(plain(heard), rest, span("(cut off)", f"color:{QUIET}"))


def _keys(event: Event) -> Markup:
    lost = " lost: nothing was listening for keys" if event.data.get("lost") else ""
    keys = Markup(" ").join(
        Markup('<kbd style="{}">{}</kbd>').format(_KEY, plain(key)) for key in event.data["key"]
    )
    return Markup("presses {}{}").format(keys, lost)


def _recording_bubble(event: Event, sounds: Sounds) -> Markup:
    told = keep_units(f"● {clock(event.at)} recorded {event.text}")
    about = span(told, f"color:{FAINT};font-size:85%")
    style = "align-self:center;text-align:center;max-width:100%"
    return Markup('<li style="{}">{}{}</li>').format(style, about, sounds.of(event))
