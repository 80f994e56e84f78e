"""A number and its unit are never parted at the end of a line, whatever tells them."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO
from twilio_magic.display import mime_bundle, to_html

_BOB = "+14155550100"
_RECORD = "<Gather timeout='4'><Say>Hello.</Say></Gather><Pause length='2'/><Record timeout='2' maxLength='5'/>"
_RELAY = "<Connect><ConversationRelay url='wss://agent.example.com/ws'/></Connect>"
_PARTED = re.compile(r"\d (?:s|ms)\b")
_CODE = re.compile(r"<(pre|svg)\b.*?</\1>|<[^>]*>", re.DOTALL)


def _call(verbs: str) -> tm.Call:
    simulator = tm.Simulator()
    simulator.agent("wss://agent.example.com/ws")(lambda prompt: f"{prompt} At nine.")
    simulator.phones[_BOB] = "answer; say 'This is Bob.'; wait 9; hang up"
    simulator.phones[TO] = "answer; wait 9; say 'When?'; wait 12; hang up"
    calls = tm.Client(simulator=simulator).calls
    return calls.create(to=TO, from_=FROM, twiml=f"<Response>{verbs}</Response>").wait()


def _recorded() -> tm.Call:
    return _call(_RECORD)


TOLD: dict[str, Callable[[], object]] = {
    "card": _recorded,
    "card of a call that waits": lambda: _queued(),
    "dialed call": lambda: _call(f"<Dial>{_BOB}</Dial>"),
    "timeline": lambda: _recorded().timeline,
    "call with an agent": lambda: _call(_RELAY),
    "recording": lambda: _recorded().recordings.list()[0],
    "sound": lambda: _recorded().sound(),
    "replay": lambda: _recorded().replay(),
    "ladder": lambda: _recorded().ladder(),
    "explanation": lambda: tm.explain(f"<Response>{_RECORD}</Response>"),
    "document": lambda: tm.parse(f"<Response>{_RECORD}</Response>"),
    "requests": lambda: _call("<Redirect>https://nobody.example.com/</Redirect>").webhooks,
    "dialog": lambda: tm.dialogs(
        "twiml: <Response><Say>Hi.</Say></Response>\ndialog 'it'\n  hear 'hi'"
    ).run()[0],
}


def _queued() -> tm.Call:
    calls = tm.Client(simulator=tm.Simulator()).calls
    return calls.create(to=TO, from_=FROM, twiml="<Response/>")


@pytest.mark.parametrize("name", TOLD)
def test_a_number_stays_beside_its_unit_on_a_page(name: str) -> None:
    shown = TOLD[name]()

    read = unescape(_CODE.sub(" ", to_html(shown)))  # type: ignore[arg-type]
    assert re.search(r"\d[\s\N{NO-BREAK SPACE}](?:s|ms)\b", read) or name == "ladder"
    assert not _PARTED.search(read)


@pytest.mark.parametrize("name", TOLD)
def test_text_has_ordinary_blanks(name: str) -> None:
    shown = TOLD[name]()

    assert "\N{NO-BREAK SPACE}" not in mime_bundle(shown)["text/plain"]  # type: ignore[arg-type]


@pytest.mark.parametrize("seconds", [9, 99, 999])
def test_no_line_of_a_ladder_begins_with_a_unit(seconds: int) -> None:
    """However long what stands before it is."""
    drawn = _call(f"<Dial timeLimit='{seconds}'>{_BOB}</Dial><Pause length='{seconds}'/>").ladder()
    picture = re.findall(r"<tspan[^>]*>([^<]*)</tspan>", to_html(drawn))

    assert picture
    assert not [line for line in [*picture, *repr(drawn).split("│")] if re.match(r"\s*m?s\b", line)]
