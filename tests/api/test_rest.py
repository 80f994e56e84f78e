"""Every request of the client, with every parameter, is understood by the simulator's REST API."""

from __future__ import annotations

from typing import Any

import pytest
import requests

import twilio_magic as tm
from tests.api.test_conformance import cases, values
from tests.calls import DEMO, FROM, TO
from twilio_magic.api import Parameter, ResourceType, operation


@pytest.fixture
def places(client: tm.Client, simulator: tm.Simulator) -> dict[str, tuple[str, ...]]:
    """The sids of something of each kind."""
    call = client.calls.create(to=TO, from_=FROM, twiml="<Response><Pause length='60'/></Response>")
    waits = "<Response><Enqueue>waiting</Enqueue></Response>"
    waiting = client.calls.create(to=TO, from_=FROM, twiml=waits)
    simulator.advance(10)
    recording = call.recordings.create()
    participant = client.conferences.participants("Room").create(to=TO, from_=FROM)
    return {
        "calls": (call.sid,),
        "call_recordings": (call.sid, recording.sid),
        "call_events": (call.sid, ""),
        "call_notifications": (call.sid, "NO" + "0" * 32),
        "recordings": (recording.sid,),
        "applications": (client.applications.create().sid,),
        "numbers": (client.incoming_phone_numbers.list()[0].sid,),
        "caller_ids": (client.outgoing_caller_ids.list()[0].sid,),
        "queues": (client.queues.create(friendly_name="sales").sid,),
        "members": (client.queues.list()[1].sid, waiting.sid),
        "conferences": (participant.conference_sid,),
        "participants": participant.place,
        "messages": (),
    }


#: What is not there, because nothing went wrong.
EMPTY = ("call_notifications",)


#: The requests for what calls are made of; the rest of the API is stored, and has tests of its own.
CASES = [
    case for case in cases() if not operation(case.values[0].operations[case.values[1]]).described
]


@pytest.mark.parametrize(("kind", "verb", "rows"), CASES)
def test_the_simulator_takes_what_the_client_sends(
    kind: ResourceType,
    verb: str,
    rows: list[Parameter],
    client: tm.Client,
    places: dict[str, tuple[str, ...]],
) -> None:
    asked = operation(kind.operations[verb])
    family = asked.name.rpartition(".")[0]
    given = values(asked, rows)
    names = {row.name for row in rows}
    for name in names:
        if name.endswith("ApplicationSid"):
            given[name] = client.applications.create(voice_url=DEMO).sid
    if asked.name == "calls.update" and "Twiml" in names:
        given = {"Twiml": given["Twiml"]}
    if "AccountSid" in names:
        given["AccountSid"] = client.account_sid
    if "CallSidToCoach" in names:
        given["CallSidToCoach"] = places["participants"][1]
    place = places[family][: asked.path.count("{")]
    if asked.name == "call_recordings.create":
        stop = {"Status": "stopped"}
        client._transport.ask("call_recordings.update", stop, place=places["call_recordings"])
    if asked.name == "calls.delete":
        client.calls.fetch(places["calls"][0]).hang_up().wait()

    if family in EMPTY and verb != "list":
        with pytest.raises(tm.ApiError, match="20404"):
            client._transport.ask(asked.name, given, place=place)
    else:
        answer = client._transport.ask(asked.name, given, place=place)

        assert answer or verb == "delete"


def test_a_call_that_ends_by_itself_while_it_is_hung_up_is_over() -> None:
    """Between the look at its status and the request that ends it."""
    simulator = Meanwhile()
    call = tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, twiml="<Response/>")

    assert call.hang_up().status == "completed"
    assert simulator.refused


class Meanwhile(tm.Simulator):
    """A simulator in which everything happens between a client's first look at a call and its next request."""

    def __init__(self) -> None:
        super().__init__()
        self.refused = 0

    def mount_on(self, session: requests.Session) -> None:
        super().mount_on(session)
        session.hooks["response"].append(self._go_on)

    def _go_on(self, answer: requests.Response, **_: Any) -> None:
        self.refused += answer.status_code == 400
        if answer.request.method == "GET":
            self.run()
