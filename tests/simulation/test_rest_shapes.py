"""Every answer of the simulated calls' own resources has the shape that Twilio publishes, in all states of a call."""

from __future__ import annotations

from typing import Any

import pytest
import requests

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.simulation.published import ROUTES, misfits, wrong
from tests.simulation.schemas import simulated_routes

WAITS = "<Response><Pause length='600'/></Response>"


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
        self.odd: list[str] = []

    def ask(self, route: str, *place: str, **form: str) -> Any:
        method, _, path = route.partition(" ")
        url = self._base + path.format(*place)
        answer = self._session.request(method, url, data=form)
        if not answer.ok:
            self.odd.append(f"{route} {place}: {answer.status_code} {answer.text}")
            return {}
        body = answer.json() if answer.content else {}
        self.odd += misfits(route, answer.status_code, body)
        return body


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


def visit_logs(ask: Any, simulator: tm.Simulator) -> None:
    simulator.phones["+14155550101"] = 'say "Please call me back tomorrow."; wait 20'
    odd = "<Response><Sya/><Record transcribe='true' timeout='2'/></Response>"
    ask("POST /Calls.json", To="+14155550101", From=FROM, Twiml=odd)
    simulator.numbers[FROM].sms_url = "https://ivr.example.com/none"
    simulator.receive_message(TO, FROM, "Hi")
    simulator.run()
    for entry in ask("GET /Notifications.json")["notifications"]:
        ask("GET /Notifications/{}.json", entry["sid"])
    made = ask("GET /Transcriptions.json")["transcriptions"][0]
    place = made["recording_sid"], made["sid"]
    ask("GET /Transcriptions/{}.json", made["sid"])
    ask("GET /Recordings/{}/Transcriptions.json", made["recording_sid"])
    ask("GET /Recordings/{}/Transcriptions/{}.json", *place)
    ask("DELETE /Recordings/{}/Transcriptions/{}.json", *place)


def visit_available_numbers(ask: Any, _: tm.Simulator) -> None:
    ask("GET /AvailablePhoneNumbers.json")
    for country in ("US", "GB"):
        ask("GET /AvailablePhoneNumbers/{}.json", country)
        for kind in ("Local", "Mobile", "TollFree", "Voip"):
            ask(f"GET /AvailablePhoneNumbers/{{}}/{kind}.json", country)


def visit_user_defined_messages(ask: Any, simulator: tm.Simulator) -> None:
    call = ask("POST /Calls.json", To="client:dan", From=FROM, Twiml=WAITS)["sid"]
    simulator.advance(5)
    ask("POST /Calls/{}/UserDefinedMessages.json", call, Content="{}")
    path = "/Calls/{}/UserDefinedMessageSubscriptions"
    sid = ask(f"POST {path}.json", call, Callback="https://ivr.example.com/none")["sid"]
    ask(f"DELETE {path}/{{}}.json", call, sid)


def visit_payments(ask: Any, simulator: tm.Simulator) -> None:
    call = ask("POST /Calls.json", To="client:eve", From=FROM, Twiml=WAITS)["sid"]
    simulator.advance(5)
    given = {"IdempotencyKey": "a", "StatusCallback": "https://ivr.example.com/none"}
    sid = ask("POST /Calls/{}/Payments.json", call, **given)["sid"]
    ask("POST /Calls/{}/Payments/{}.json", call, sid, **given, Capture="postal-code")
    for kind in ("Transcriptions", "Siprec"):
        for more in ({}, {"Name": "all", "ConnectorName": "Gridspace1"}):
            fork = ask(f"POST /Calls/{{}}/{kind}.json", call, **more)
        ask(f"POST /Calls/{{}}/{kind}/{{}}.json", call, fork["sid"], Status="stopped")


def visit_messages(ask: Any, simulator: tm.Simulator) -> None:
    given = {"To": TO, "From": FROM, "Body": "Hello"}
    sid = ask("POST /Messages.json", **given, MediaUrl="https://example.com/a.png")["sid"]
    ask("GET /Messages/{}.json", sid)
    simulator.phones["+14155550199"] = "fail"
    ask("POST /Messages.json", **given | {"To": "+14155550199"})
    simulator.receive_message(TO, FROM, "Hi")
    simulator.run()
    ask("GET /Messages.json")
    ask("POST /Messages/{}.json", sid, Body="")
    ask("POST /Messages/{}/Feedback.json", sid, Outcome="confirmed")
    media = ask("GET /Messages/{}/Media.json", sid)["media_list"][0]["sid"]
    ask("GET /Messages/{}/Media/{}.json", sid, media)
    ask("DELETE /Messages/{}/Media/{}.json", sid, media)
    ask("DELETE /Messages/{}.json", sid)


def test_every_answer_is_as_published(visitor: Visitor, simulator: tm.Simulator) -> None:
    for visit in (
        visit_calls,
        visit_conferences,
        visit_queues,
        visit_numbers,
        visit_messages,
        visit_logs,
        visit_available_numbers,
        visit_user_defined_messages,
        visit_payments,
    ):
        visit(visitor.ask, simulator)

    assert visitor.odd == []


def test_every_route_that_is_simulated_is_published() -> None:
    served = simulated_routes()
    sound = {route for route in served if not route.endswith(".json")}

    assert served - sound <= set(ROUTES)
    assert sound == {f"GET /Recordings/{{}}{suffix}" for suffix in ("", ".wav", ".mp3")}
