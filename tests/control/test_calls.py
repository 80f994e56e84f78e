"""Calls of a served world are placed, followed and looked at over HTTP."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest

import twilio_magic as tm
from tests.calls import TO
from tests.simulation import agents, socket_applications

from .driver import CALLER, NUMBER, Driver, driving


def test_an_inbound_call_rings_until_time_passes(driver: Driver) -> None:
    call = driver.receive()
    before = driver.get(f"/calls/{call['sid']}")
    driver.post("/advance", {"seconds": 60})
    after = driver.get(f"/calls/{call['sid']}")

    assert (call["from"], call["to"], before["status"]) == (CALLER, NUMBER, "ringing")
    assert (after["status"], after["failures"]) == ("completed", [])


def test_a_call_may_be_waited_for_when_it_is_placed(driver: Driver) -> None:
    call = driver.receive(to=NUMBER, phone="hear 'press 1'; press 1; hang up", wait=True)

    assert call["status"] == "completed"
    assert [line["text"] for line in call["transcript"]][:2] == ["Press 1.", "[presses 1]"]


def test_a_call_may_be_waited_for_later(driver: Driver) -> None:
    sid = driver.receive()["sid"]

    assert driver.post(f"/calls/{sid}/wait")["status"] == "completed"


def test_a_call_that_the_api_made_is_followed_like_any_other(
    driver: Driver, client: tm.Client
) -> None:
    made = client.calls.create(to=TO, from_=NUMBER, twiml="<Response><Say>Hi.</Say></Response>")

    assert driver.post(f"/calls/{made.sid}/wait")["transcript"][0]["text"] == "Hi."


def test_a_call_is_hung_up(driver: Driver) -> None:
    sid = driver.receive(phone="wait 500")["sid"]
    driver.post("/advance", {"seconds": 2})
    driver.post(f"/calls/{sid}/hang-up")
    driver.post("/advance", {"seconds": 1})

    assert driver.get(f"/calls/{sid}")["duration"] == 2


def test_each_part_of_a_call_is_what_python_has(driver: Driver, client: tm.Client) -> None:
    sid = driver.receive(phone="press 1", wait=True)["sid"]
    call = client.calls.fetch(sid)
    timeline = driver.get(f"/calls/{sid}/timeline")["timeline"]
    ladder = driver.get(f"/calls/{sid}/ladder")

    assert [(each["at"], each["kind"], each["text"]) for each in timeline] == [
        (each.at, each.kind, each.text) for each in call.timeline
    ]
    assert driver.get(f"/calls/{sid}/transcript")["transcript"] == [
        {"at": line.at, "speaker": line.speaker, "text": line.text} for line in call.transcript
    ]
    assert ladder["text"] == repr(call.ladder())
    assert [each["name"] for each in ladder["lifelines"]][:2] == [CALLER, "Twilio"]
    assert len(ladder["steps"]) == len(call.ladder().steps)


def test_captured_webhooks_have_their_parameters_headers_and_answers(driver: Driver) -> None:
    sid = driver.receive(phone="press 1", wait=True)["sid"]
    made = driver.get(f"/calls/{sid}/webhooks")["webhooks"]

    assert [each["purpose"] for each in made] == ["voice url", "action"]
    assert made[1]["parameters"]["Digits"] == "1"
    assert made[0]["headers"]["X-Twilio-Signature"]
    assert "<Gather" in made[0]["reply"]
    assert {each["call_sid"] for each in driver.get("/webhooks")["webhooks"]} == {sid}
    assert len(driver.get("/webhooks", limit=1)["webhooks"]) == 1


def test_the_list_has_the_newest_call_first_and_the_last_that_happened(driver: Driver) -> None:
    first, second = driver.receive(wait=True), driver.receive()
    calls = driver.get("/calls")["calls"]

    assert [each["sid"] for each in calls] == [second["sid"], first["sid"]]
    assert [each["is_over"] for each in calls] == [False, True]
    assert calls[1]["last"]["kind"] == "completed"
    assert len(driver.get("/calls", limit="1")["calls"]) == 1


def test_the_legs_that_a_call_made_are_part_of_it(driver: Driver, simulator: tm.Simulator) -> None:
    driver.put(f"/numbers/{NUMBER}", {"twiml": f"<Response><Dial>{TO}</Dial></Response>"})
    driver.put(f"/phones/{TO}", {"script": "answer; say 'Hello'; hang up"})
    driver.receive(wait=True)
    [call] = driver.get("/calls")["calls"]

    assert simulator.call_count == 2
    assert "Hello" in str(driver.get(f"/calls/{call['sid']}/transcript"))


def test_pictures_and_cards_are_those_of_a_notebook(driver: Driver, client: tm.Client) -> None:
    from twilio_magic.display import to_html

    sid = driver.receive(wait=True)["sid"]
    card = driver.ask("GET", f"/calls/{sid}/card")
    picture = driver.ask("GET", f"/calls/{sid}/ladder.svg")

    assert card.text == to_html(client.calls.fetch(sid))
    assert card.headers["Content-Type"].startswith("text/html")
    assert picture.headers["Content-Type"].startswith("image/svg+xml")
    assert ET.fromstring(picture.text).tag.endswith("svg")
    assert "Ladder of" in driver.ask("GET", f"/calls/{sid}/ladder.html").text


@pytest.mark.parametrize(
    ("body", "field", "said"),
    [
        ({}, "from", "missing"),
        ({"from": "nobody"}, "from", "not a phone number"),
        ({"from": 14155550100}, "from", "not a text"),
        ({"from": ""}, "from", "empty"),
        ({"from": CALLER, "to": "nobody"}, "to", "not a phone number"),
        ({"from": CALLER, "phone": "sing"}, "phone", "not a step"),
        ({"from": CALLER, "phone": "x" * 70_000}, "phone", "longer than"),
        ({"from": CALLER, "phone": "say '\ud800'"}, "phone", "surrogate"),
        ({"from": CALLER, "wait": "yes"}, "wait", "true or false"),
        ({"from": CALLER, "parameters": ["room"]}, "parameters", "an object of texts"),
        ({"from": CALLER, "parameters": {"room": 5}}, "parameters.room", "not a text"),
        ({"from": "eyJhbGciOiJIUzI1NiJ9.e30.x"}, "from", "token"),
        ({"form": CALLER}, "form", "no field"),
    ],
)
def test_what_is_wrong_in_a_call_is_named(
    driver: Driver, body: dict[str, Any], field: str, said: str
) -> None:
    told = driver.refused("POST", "/calls", body)

    assert (told["status"], told["field"]) == (400, field)
    assert said in told["message"]
    assert driver.get("/calls")["calls"] == []


def test_a_client_calls_an_application_with_parameters_of_its_own(
    driver: Driver, client: tm.Client, simulator: tm.Simulator
) -> None:
    simulator.mount("https://ivr.example.com", tm.parse("<Response><Say>{{room}}</Say></Response>"))
    app = client.applications.create(voice_url="https://ivr.example.com")
    order = {"from": "client:joe", "to": app.sid, "parameters": {"room": "blue"}, "wait": True}
    call = driver.post("/calls", order)

    assert [line["text"] for line in call["transcript"]] == ["blue"]


def test_the_frames_that_a_call_and_its_agent_exchanged_are_told(
    driver: Driver, simulator: tm.Simulator
) -> None:
    simulator.mount(
        "https://agent.example.com", socket_applications.application(agents.says_nothing)
    )
    driver.put(f"/numbers/{NUMBER}", {"twiml": agents.document()})
    sid = driver.receive(phone="wait 1; hang up", wait=True)["sid"]
    [session] = driver.get(f"/calls/{sid}/sessions")["sessions"]

    assert session["kind"] == "conversation-relay"
    assert session["frames"][0]["message"]["type"] == "setup"


def test_a_misspelled_field_is_told_the_right_one(driver: Driver) -> None:
    assert driver.refused("POST", "/calls", {"form": CALLER})["hint"].startswith(
        "Did you mean from?"
    )


def test_a_number_where_nothing_answers_is_told_how_it_gets_an_answer(
    simulator: tm.Simulator,
) -> None:
    with simulator.serve() as base_url:
        told = Driver(base_url).refused("POST", "/calls", {"from": CALLER})

    assert (told["status"], told["field"]) == (409, "to")
    assert f"PUT /simulator/numbers/{NUMBER}" in told["hint"]


def test_an_application_that_is_not_there_is_no_number(driver: Driver) -> None:
    order = {"from": "client:joe", "to": "AP" + "0" * 32}

    assert "/simulator/numbers" not in driver.refused("POST", "/calls", order)["hint"]


@pytest.mark.parametrize("sid", ["CA" + "0" * 32, "x", "..%2F..%2Fetc%2Fpasswd", "%00", "CA x"])
@pytest.mark.parametrize("part", ["", "/timeline", "/card", "/ladder.svg"])
def test_a_call_that_is_not_there_is_404(driver: Driver, sid: str, part: str) -> None:
    assert driver.refused("GET", f"/calls/{sid}{part}")["status"] == 404


def test_a_world_is_full_at_some_point(
    simulator: tm.Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who forgets to begin anew is told so, before the machine has no memory left."""
    monkeypatch.setattr("twilio_magic.control._calls._MOST_CALLS", 2)
    with driving(simulator) as driver:
        driver.receive()
        driver.receive()
        told = driver.refused("POST", "/calls", {"from": CALLER})
        driver.post("/reset")

    assert told["status"] == 409
    assert "reset" in told["hint"]
