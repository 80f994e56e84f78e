"""Every resource of Twilio's published API answers the official SDK, in the published shape."""

from __future__ import annotations

import json
from typing import Any

from twilio.rest import Client as OfficialClient

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.simulation.published import ROUTES, misfits, route_of
from tests.simulation.sdk_walk import Walk
from tests.simulation.socket_applications import application
from tests.simulation.streams import listens
from tests.simulation.test_serve import Loopback

QUEUE = "<Response><Enqueue>1</Enqueue></Response>"
MEETING = (
    "<Response><Dial record='record-from-answer'>"
    "<Conference record='record-from-start'>Room</Conference></Dial></Response>"
)
ODD = "<Response><Sya>Hello</Sya></Response>"
SHORT = "<Response><Record maxLength='5' transcribe='true'/></Response>"


class Judge(Loopback):
    """Sends requests to a served world, and keeps what was asked and what was wrong with the answers."""

    def __init__(self, base_url: str) -> None:
        super().__init__(base_url)
        self.visited: set[str] = set()
        self.odd: list[str] = []
        self.is_stored = False

    def request(self, method: str, url: str, *arguments: Any, **options: Any) -> Any:
        answer = super().request(method, url, *arguments, **options)
        route = route_of(method, url.partition(".com")[2].partition("?")[0])
        self.visited.add(route)
        self.is_stored = (answer.headers or {}).get("X-Twilio-Magic") == "stored"
        if answer.status_code < 400:
            body = json.loads(answer.content) if answer.content else {}
            self.odd += misfits(route, answer.status_code, body)
        return answer


def world(simulator: tm.Simulator) -> None:
    """A conference that is recorded, a call that was recorded, and one whose document is wrong."""
    simulator.phones[TO] = "answer; say 'Hello'"
    simulator.webhook("https://app.example.com/hook")(lambda: MEETING)
    simulator.mount("https://app.example.com/media", application(listens))
    simulator.webhook("https://ivr.example.com/odd")(lambda: ODD)
    calls = tm.Client(simulator=simulator).calls
    calls.create(to=TO, from_=FROM, twiml=SHORT).wait()
    calls.create(to=TO, from_=FROM, twiml=MEETING)
    calls.create(to=TO, from_=FROM, url="https://ivr.example.com/odd")
    simulator.advance(10)


def test_the_official_sdk_walks_every_resource(simulator: tm.Simulator) -> None:
    world(simulator)

    def between(made: str) -> None:
        if made == "QueueList":
            tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, twiml=QUEUE)
        simulator.advance(5)

    with simulator.serve() as base_url:
        judge = Judge(base_url)
        given = simulator.credentials
        client = OfficialClient(
            given.account_sid, given.password.reveal(), http_client=judge, environment={"_": ""}
        )
        walk = Walk(lambda: judge.is_stored, between)
        walk.of(client.api.v2010.accounts)

    assert walk.refused == []
    assert judge.odd == []
    assert set(ROUTES) - judge.visited == set()
