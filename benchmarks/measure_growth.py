"""How time grows with the size of what is shown, read or listed: at most in proportion, whatever it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import twilio_magic as tm
from twilio_magic.views.call_card import bundle
from twilio_magic.views.preview import html

from .check_twiml import write_documents
from .exponent import Exponent, measure_exponent

Act = Callable[[], object]

_TO, _FROM = "+13105555555", "+12125551234"
_URL = "https://ivr.example.com/voice"
_AGAIN = b'<Response><Pause length="1"/><Redirect/></Response>'
_SAY = "<Say>Hello there!</Say>"
_WRONG = "<Say voce='man'>Hello there!</Say>"
_HOST = "https://ivr.example.com"
#: The calls that were run, by the number of their webhooks.
_CALLS: dict[int, tm.Call] = {}
_STEP = "wait 1;"


def measure() -> Iterator[Exponent]:
    """One row for each thing; a call has a webhook and three events a second, documents are one line."""
    yield measure_exponent("a call of n webhooks, its run", _run, 800, repeat=1)
    yield measure_exponent("its history: timeline, webhooks, events", _history, 800)
    yield measure_exponent("its ladder, as text and as a picture", _ladder, 800)
    yield measure_exponent("its card", _card, 800)
    yield measure_exponent("check of n characters", _check, 4_000)
    yield measure_exponent("check of n characters, all with mistakes", _check_mistakes, 4_000)
    yield measure_exponent("preview of n characters", _preview, 4_000)
    yield measure_exponent("preview of n problems", _preview_problems, 96)
    yield measure_exponent("phone script of n characters", _script, 2_000)
    yield measure_exponent("list of n calls, by 50", _list, 500)
    yield measure_exponent("n webhooks, each mounted at its own address", _mount, 250)
    yield measure_exponent("n calls, each deleted when it is over", _delete, 100, repeat=2)


def _run(webhooks: int) -> Act:
    """The calls stay for the rows below."""
    return lambda: _CALLS.__setitem__(webhooks, _place(webhooks))


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


def _check_mistakes(characters: int) -> Act:
    [text] = write_documents("errors", characters, 1)
    return lambda: tm.check(text)


def _preview_problems(problems: int) -> Act:
    text = f"<Response>{_WRONG * problems}</Response>"
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


def _mount(size: int) -> Act:
    """One call that is redirected from each address to the next."""
    simulator = tm.Simulator()
    for number in range(size):
        following = (
            f"<Pause/><Redirect>{_HOST}/{number + 1}</Redirect>" if number + 1 < size else ""
        )
        simulator.mount(f"{_HOST}/{number}", f"<Response>{following}</Response>")
    calls = tm.Client(simulator=simulator).calls
    return lambda: calls.create(to=_TO, from_=_FROM, url=f"{_HOST}/0").wait()


def _delete(size: int) -> Act:
    """All in one world, whose clock hardly moves."""
    calls = tm.Client(simulator=tm.Simulator()).calls

    def act() -> None:
        for _ in range(size):
            calls.create(to=_TO, from_=_FROM, twiml="<Response/>").wait().delete()

    return act


def _call(webhooks: int) -> tm.Call:
    return _CALLS[webhooks]


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
