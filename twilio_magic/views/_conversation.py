"""A call as it was heard: who said what, which keys were pressed, what was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..excerpt import Gap, excerpt
from ..sessions import AGENT
from ..timeline import clock, what_happened
from ._sound import Sounds
from ._theme import CALM, FAINT, INK, MONO, QUIET, RULE, SHADE, plain, span

if TYPE_CHECKING:
    from ..api import Call
    from ..timeline import Event

_TWILIO = "Twilio"
_MOST = 100
_BUBBLE = (
    "max-width:85%;box-sizing:border-box;padding:4px 10px 5px;border-radius:10px;overflow-wrap:anywhere;"
    f"color:{INK};"
)
_KEY = f"font-family:{MONO};border:1px solid {RULE};border-bottom-width:2px;border-radius:4px;padding:0 6px"


def conversation(call: Call, phones: Mapping[str, str]) -> Markup:
    """What was heard in *call*, one bubble a turn; empty where nothing was.

    *phones* has the phone of each leg where there are several.
    """
    sounds = Sounds(call)
    heard = [event for event in call.timeline if _is_heard(event)]
    said = Markup("").join(
        _between(part) if isinstance(part, Gap) else _turn(part, sounds, phones)
        for part in excerpt(heard, what_happened, _MOST)
    )
    style = "list-style:none;margin:0;padding:0;display:flex;flex-direction:column;gap:5px"
    return Markup('<ul style="{}">{}</ul>').format(style, said) if said else Markup("")


def _is_heard(event: Event) -> bool:
    return event.kind in ("recorded", "played") or "words" in event.data


def _turn(event: Event, sounds: Sounds, phones: Mapping[str, str]) -> Markup:
    if event.kind == "recorded":
        return _recording_bubble(event, sounds)
    if event.kind == "pressed":
        return _keys_bubble(event)
    if "stream" in event.data:
        said = Markup("{}{}").format(plain(f"♪ {event.data['words']}"), sounds.of_agent(event))
        return _bubble(event, AGENT, said, is_twilio=True)
    if "words" in event.data:
        return _speech_bubble(event, phones)
    return _bubble(event, _from_twilio(event, phones), f"♪ {event.text}", is_twilio=True)


def _between(gap: Gap[Event]) -> Markup:
    more = gap.describe("turns", ", in call.transcript")
    return Markup('<li style="color:{};align-self:center">{}</li>').format(FAINT, more)


def _speech_bubble(event: Event, phones: Mapping[str, str]) -> Markup:
    speaker = event.data["speaker"]
    is_twilio = speaker in (_TWILIO, AGENT)
    name = _from_twilio(event, phones) if speaker == _TWILIO else speaker
    return _bubble(event, name, _words(event), is_twilio=is_twilio)


def _words(event: Event) -> Markup:
    """What was said; what nobody heard of it, because it was cut off, in gray."""
    words, unheard = event.data["words"], event.data.get("unheard", "")
    if not event.data.get("cut"):
        return Markup("{}").format(plain(words))
    heard = words.removesuffix("…").strip() if unheard else words
    rest = span(plain(unheard), f"color:{FAINT};font-style:italic") if unheard else ""
    return Markup("{} {} {}").format(plain(heard), rest, span("(cut off)", f"color:{QUIET}"))


def _from_twilio(event: Event, phones: Mapping[str, str]) -> str:
    """Twilio, and to whom where there are several."""
    return f"{_TWILIO} to {phones[event.leg]}" if phones else _TWILIO


def _keys_bubble(event: Event) -> Markup:
    lost = " lost: nothing was listening for keys" if event.data.get("lost") else ""
    key = Markup('presses <kbd style="{}">{}</kbd>{}').format(_KEY, plain(event.data["key"]), lost)
    return _bubble(event, event.data["speaker"], key, is_twilio=False)


def _recording_bubble(event: Event, sounds: Sounds) -> Markup:
    about = span(f"● {clock(event.at)} recorded {event.text}", f"color:{FAINT};font-size:85%")
    style = "align-self:center;text-align:center;max-width:100%"
    return Markup('<li style="{}">{}{}</li>').format(style, about, sounds.of(event))


def _bubble(event: Event, name: str, words: object, *, is_twilio: bool) -> Markup:
    side = (
        f"align-self:flex-start;background:{SHADE};border:1px solid {RULE}"
        if is_twilio
        else f"align-self:flex-end;background:color-mix(in srgb, {CALM} 9%, transparent);"
        f"border:1px solid color-mix(in srgb, {CALM} 35%, transparent)"
    )
    head = Markup("{} {}").format(
        span(name, f"color:{QUIET};font-size:80%;font-weight:600"),
        span(clock(event.at), f"color:{QUIET};font-size:80%;font-family:{MONO}"),
    )
    return Markup('<li style="{}{}"><div>{}</div>{}</li>').format(_BUBBLE, side, head, plain(words))
