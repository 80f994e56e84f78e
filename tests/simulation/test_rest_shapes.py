"""Every route of the REST API answers in the shape that Twilio publishes: statuses, keys, types, sids and words.

``published_schemas.json`` has the facts of Twilio's OpenAPI description (twilio-oai of 2026-04-14, MIT) that concern
what is served here: for each route its statuses and what they carry (``calls: call`` is a page of calls), for each
resource its keys. A key is ``string``, ``integer``, ``date`` (RFC 2822) and so on, the prefix of a sid, or a list of
words; with a ``?`` it may be null.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
import requests

import twilio_magic as tm
from tests.calls import FROM, TO
from twilio_magic.simulation.rest import app

_PUBLISHED = json.loads(Path(__file__).with_name("published_schemas.json").read_text("utf-8"))
ROUTES: Mapping[str, Mapping[str, str]] = _PUBLISHED["routes"]
SCHEMAS: Mapping[str, Mapping[str, Any]] = _PUBLISHED["schemas"]
#: Words that live calls have, and the description has not.
SEEN = {"StartCallRecordingTwiML"}
WAITS = "<Response><Pause length='600'/></Response>"
_TYPES = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": float,
    "object": dict,
    "any": object,
}


def wrong(schema: str, value: Mapping[str, Any]) -> list[str]:
    """What is not in *value* as the schema has it."""
    keys = SCHEMAS[schema]
    odd = [f"{schema}: {name} is missing" for name in keys.keys() - value.keys()]
    odd += [f"{schema}: {name} is not published" for name in value.keys() - keys.keys()]
    return odd + [
        f"{schema}: {name} is {value[name]!r}, not {kind}"
        for name, kind in keys.items()
        if name in value and not is_of(kind, value[name])
    ]


def is_of(kind: str | list[str | None], value: Any) -> bool:
    if isinstance(kind, list):
        return value in kind or value in SEEN
    if value is None:
        return kind.endswith("?") or kind == "any"
    plain = kind.removesuffix("?")
    if plain == "date":
        return isinstance(value, str) and parsedate_to_datetime(value).tzinfo is not None
    if plain in _TYPES:
        is_flag = isinstance(value, bool)
        return isinstance(value, _TYPES[plain]) and is_flag == (plain == "boolean")
    return isinstance(value, str) and re.fullmatch(plain + "[0-9a-f]{32}", value) is not None


def test_the_judge_tells_right_from_wrong() -> None:
    good = {"call_sid": "CA" + "0" * 32, "position": 1}

    assert any("call_sid" in each for each in wrong("member", {**good, "call_sid": "CA0"}))
    assert any("position" in each for each in wrong("member", {**good, "position": "1"}))
    assert any("queue_sid is missing" in each for each in wrong("member", good))
    assert any("more is not" in each for each in wrong("member", {**good, "more": 1}))
    assert not any("position" in each for each in wrong("member", good))


class Visitor:
    """Asks the routes of one world, and keeps what was wrong with the answers."""

    def __init__(self, simulator: tm.Simulator) -> None:
        self._session = requests.Session()
        simulator.mount_on(self._session)
        credentials = simulator.credentials
        self._session.auth = (credentials.account_sid, credentials.password.reveal())
        self._base = f"https://api.twilio.com/2010-04-01/Accounts/{credentials.account_sid}"
        self.visited: set[str] = set()
        self.odd: list[str] = []

    def ask(self, route: str, *place: str, **form: str) -> Any:
        method, _, path = route.partition(" ")
        self.visited.add(route)
        url = self._base + path.format(*place)
        answer = self._session.request(method, url, data=form)
        carried = ROUTES[route].get(str(answer.status_code))
        if carried is None:
            self.odd.append(f"{route} {place}: {answer.status_code} {answer.text}")
            return {}
        if not carried:
            return {}
        self.odd += [f"{route}: {each}" for each in self._judge(carried, answer.json())]
        return answer.json()

    def _judge(self, carried: str, body: dict[str, Any]) -> Iterator[str]:
        key, _, schema = carried.rpartition(": ")
        if key:
            yield from wrong("page", {name: body[name] for name in body if name != key})
            for row in body[key]:
                yield from wrong(schema, row)
        else:
            yield from wrong(schema, body)


@pytest.fixture
def visitor(simulator: tm.Simulator) -> Visitor:
    return Visitor(simulator)


def visit_calls(ask: Any, simulator: tm.Simulator) -> None:
    simulator.webhook("https://ivr.example.com/odd")(lambda: "<Response><Sya>Hi</Sya></Response>")
    dial = f"<Response><Dial><Number>{TO}</Number></Dial></Response>"
    going = ask("POST /Calls.json", To=TO, From=FROM, Twiml=WAITS, Record="true")["sid"]
    ask("POST /Calls.json", To="sip:kate@example.com", From="Jack", Twiml=dial)
    odd = ask("POST /Calls.json", To=TO, From=FROM, Url="https://ivr.example.com/odd")["sid"]
    watched = {"MachineDetection": "Enable", "StatusCallbackEvent": "rang"}
    ask("POST /Calls.json", To="client:ann", From=FROM, Twiml=WAITS, **watched)
    ask("GET /Calls.json")
    simulator.advance(30)
    ask("GET /Calls.json")
    ask("GET /Calls/{}.json", going)
    ask("GET /Calls/{}/Events.json", odd)
    notification = ask("GET /Calls/{}/Notifications.json", odd)["notifications"][0]["sid"]
    ask("GET /Calls/{}/Notifications/{}.json", odd, notification)
    visit_recordings_of(ask, going)
    ask("POST /Calls/{}.json", going, Status="completed")
    ask("DELETE /Calls/{}.json", odd)


def visit_recordings_of(ask: Any, call: str) -> None:
    recording = ask("POST /Calls/{}/Recordings.json", call)["sid"]
    ask("GET /Calls/{}/Recordings.json", call)
    ask("GET /Calls/{}/Recordings/{}.json", call, recording)
    ask("POST /Calls/{}/Recordings/{}.json", call, recording, Status="paused")
    ask("POST /Calls/{}/Recordings/{}.json", call, recording, Status="stopped")
    ask("GET /Recordings/{}.json", recording)
    ask("DELETE /Recordings/{}.json", recording)
    second = ask("POST /Calls/{}/Recordings.json", call)["sid"]
    ask("DELETE /Calls/{}/Recordings/{}.json", call, second)
    ask("GET /Recordings.json")


def visit_conferences(ask: Any, simulator: tm.Simulator) -> None:
    given = {"From": FROM, "ConferenceRecord": "record-from-start", "Label": "ann"}
    people = "POST /Conferences/{}/Participants.json"
    room = ask(people, "Room", To="client:ann", **given)["conference_sid"]
    second = ask(people, "Room", To="client:bob", From=FROM)["call_sid"]
    ask("GET /Conferences/{}.json", room)
    simulator.advance(10)
    ask("GET /Conferences.json")
    ask("GET /Conferences/{}/Participants.json", room)
    ask("GET /Conferences/{}/Participants/{}.json", room, "ann")
    ask("POST /Conferences/{}/Participants/{}.json", room, "ann", Muted="true")
    ask("DELETE /Conferences/{}/Participants/{}.json", room, second)
    recordings = ask("GET /Conferences/{}/Recordings.json", room)["recordings"]
    place = (room, recordings[0]["sid"])
    ask("GET /Conferences/{}/Recordings/{}.json", *place)
    ask("POST /Conferences/{}/Recordings/{}.json", *place, Status="paused")
    ask("POST /Conferences/{}.json", room, Status="completed")
    ask("GET /Conferences/{}.json", room)
    ask("GET /Recordings.json")
    ask("DELETE /Conferences/{}/Recordings/{}.json", *place)


def visit_queues(ask: Any, simulator: tm.Simulator) -> None:
    waits = "<Response><Enqueue>support</Enqueue></Response>"
    ask("POST /Calls.json", To="client:cyn", From=FROM, Twiml=waits)
    simulator.advance(10)
    queue = ask("GET /Queues.json")["queues"][0]["sid"]
    ask("GET /Queues/{}/Members.json", queue)
    ask("GET /Queues/{}/Members/{}.json", queue, "Front")
    url = simulator.host("<Response><Hangup/></Response>")
    ask("POST /Queues/{}/Members/{}.json", queue, "Front", Url=url)
    other = ask("POST /Queues.json", FriendlyName="sales")["sid"]
    ask("GET /Queues/{}.json", other)
    ask("POST /Queues/{}.json", other, MaxSize="5")
    ask("DELETE /Queues/{}.json", other)


def visit_numbers(ask: Any, _: tm.Simulator) -> None:
    ask("GET .json")
    application = ask("POST /Applications.json", FriendlyName="Menu")["sid"]
    ask("GET /Applications.json")
    ask("GET /Applications/{}.json", application)
    ask("POST /Applications/{}.json", application, VoiceCallerIdLookup="true")
    for family, number in (("IncomingPhoneNumbers", "+14155550100"), ("OutgoingCallerIds", TO)):
        made = ask(f"POST /{family}.json", PhoneNumber=number.replace(TO, "+14155550101"))
        listed = ask(f"GET /{family}.json")[
            "incoming_phone_numbers" if "sid" in made else "outgoing_caller_ids"
        ]
        sid = listed[0]["sid"]
        ask(f"GET /{family}/{{}}.json", sid)
        settings = {"VoiceCallerIdLookup": "true"} if "sid" in made else {}
        ask(f"POST /{family}/{{}}.json", sid, FriendlyName="Ours", **settings)
        ask(f"DELETE /{family}/{{}}.json", sid)
    ask("DELETE /Applications/{}.json", application)


def test_every_answer_is_as_published(visitor: Visitor, simulator: tm.Simulator) -> None:
    for visit in (visit_calls, visit_conferences, visit_queues, visit_numbers):
        visit(visitor.ask, simulator)

    assert visitor.odd == []
    assert visitor.visited == set(ROUTES)


def test_every_route_that_is_served_is_published(simulator: tm.Simulator) -> None:
    rules = app(simulator._world).url_map.iter_rules()
    served = {
        f"{method} {re.sub('<[^>]+>', '{}', rule.rule.partition('<account_sid>')[2])}"
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    sound = {route for route in served if not route.endswith(".json")}

    assert served - sound == set(ROUTES)
    assert sound == {f"GET /Recordings/{{}}{suffix}" for suffix in ("", ".wav", ".mp3")}
