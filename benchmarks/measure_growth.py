"""How time grows with the size of what is shown, read or listed: at most in proportion, whatever it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import twilio_magic as tm
from twilio_magic.views.call_card import bundle
from twilio_magic.views.preview import html

from .exponent import Exponent, measure_exponent

Act = Callable[[], object]

_TO, _FROM = "+13105555555", "+12125551234"
_URL = "https://ivr.example.com/voice"
_AGAIN = b'<Response><Pause length="1"/><Redirect/></Response>'
_SAY = "<Say>Hello there!</Say>"
_STEP = "wait 1;"


def measure() -> Iterator[Exponent]:
    """One row for each thing; a call has a webhook a second, documents are one line and have advice."""
    yield measure_exponent("a call of n webhooks, its run", _run, 200, repeat=1)
    yield measure_exponent("its history: timeline, webhooks, events", _history, 200)
    yield measure_exponent("its ladder, as text and as a picture", _ladder, 200)
    yield measure_exponent("its card", _card, 200)
    yield measure_exponent("check of n characters", _check, 4_000)
    yield measure_exponent("preview of n characters", _preview, 4_000)
    yield measure_exponent("phone script of n characters", _script, 8_000)
    yield measure_exponent("list of n calls, by 50", _list, 250)


def _run(webhooks: int) -> Act:
    return lambda: _place(webhooks)


def _history(webhooks: int) -> Act:
    call = _call(webhooks)
    return lambda: (call.timeline, call.transcript, call.webhooks, [*call.events.list(limit=None)])


def _ladder(webhooks: int) -> Act:
    call = _call(webhooks)
    return lambda: call.ladder()._bundle()


def _card(webhooks: int) -> Act:
    call = _call(webhooks)
    return lambda: bundle(call)


def _check(characters: int) -> Act:
    text = _document(characters)
    return lambda: tm.check(text)


def _preview(characters: int) -> Act:
    text = _document(characters)
    return lambda: html(tm.parse(text))


def _script(characters: int) -> Act:
    phones = tm.Simulator().phones
    text = "answer;" + _STEP * (characters // len(_STEP))
    return lambda: phones.__setitem__(_TO, text)


def _list(size: int) -> Act:
    calls = tm.Client(simulator=tm.Simulator()).calls
    for _ in range(size):
        calls.create(to=_TO, from_=_FROM, twiml="<Response/>")
    return lambda: [*calls.list(limit=None, page_size=50)]


@cache
def _call(webhooks: int) -> tm.Call:
    return _place(webhooks)


def _place(webhooks: int) -> tm.Call:
    simulator = tm.Simulator()
    simulator.mount(_URL, _application)
    calls = tm.Client(simulator=simulator).calls
    return calls.create(to=_TO, from_=_FROM, url=_URL, time_limit=webhooks).wait()


def _application(_: Any, start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/xml")])
    return [_AGAIN]


def _document(characters: int) -> str:
    return f"<Response>{_SAY * (characters // len(_SAY))}<Redirect/><Hangup/></Response>"
