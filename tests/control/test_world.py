"""The phones, the numbers and the time of a served world are set over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests

import twilio_magic as tm
from tests.calls import TO
from twilio_magic.control import ROUTES
from twilio_magic.mulaw import to_wav

from .driver import CALLER, NUMBER, Driver, driving

JSON = {"Content-Type": "application/json"}


def test_health_says_that_the_world_is_there(driver: Driver) -> None:
    told = driver.get("/health")

    assert (told["status"], told["version"], told["calls"]) == ("ok", tm.__version__, 0)
    assert (told["now"], told["date"], told["speed"]) == (0, "2026-01-06T10:00:00.000+00:00", None)


def test_time_passes_when_it_is_told_to(driver: Driver) -> None:
    driver.receive(phone="wait 10; hang up")

    assert driver.post("/advance", {"seconds": 2.5})["now"] == 2.5
    assert driver.post("/run")["now"] > 2.5
    assert driver.get("/health")["date"].startswith("2026-01-06T10:00:")


def test_the_speed_of_a_world_is_told(simulator: tm.Simulator) -> None:
    with driving(simulator, speed=20) as driver:
        assert driver.get("/health")["speed"] == 20


@pytest.mark.parametrize("seconds", [-1, "5", None, True, 1e9, [1]])
def test_what_is_no_time_that_can_pass_is_refused(driver: Driver, seconds: Any) -> None:
    told = driver.refused("POST", "/advance", {"seconds": seconds})

    assert (told["status"], told["field"]) == (400, "seconds")
    assert driver.get("/health")["now"] == 0


def test_scripts_are_set_one_by_one_or_together(driver: Driver, simulator: tm.Simulator) -> None:
    driver.put("/phones/sip:bob@example.com", {"script": "busy"})
    told = driver.put("/phones", {"+1 310 555 5555": "no answer", "+1415*": "answer"})

    assert told["phones"] == {
        "sip:bob@example.com": "busy",
        TO: "no answer",
        "+1415*": "answer",
    }
    assert str(simulator.phones[TO]) == "no answer"
    assert driver.ask("DELETE", f"/phones/{TO}").json()["phones"].keys() == {
        "sip:bob@example.com",
        "+1415*",
    }
    assert driver.refused("DELETE", f"/phones/{TO}")["status"] == 404


def test_of_several_scripts_all_are_set_or_none(driver: Driver) -> None:
    told = driver.refused("PUT", "/phones", {TO: "busy", CALLER: "sing"})

    assert (told["status"], told["field"]) == (400, CALLER)
    assert driver.get("/phones")["phones"] == {}


def test_the_files_that_phones_play_are_those_of_the_folder(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that may drive the world reads no other file of this machine, and learns of none."""
    served, other = tmp_path / "served", tmp_path / "other"
    for folder in (served, other):
        folder.mkdir()
        (folder / "hello.wav").write_bytes(to_wav(bytes(4000)))
    (served / "link.wav").symlink_to(other / "hello.wav")
    monkeypatch.chdir(served)

    for path in ("../other/hello.wav", str(other / "hello.wav"), "link.wav", "/etc/passwd"):
        elsewhere = f"answer\nrepeat 2: say file '{path}'"
        for told in (
            driver.refused("PUT", f"/phones/{TO}", {"script": elsewhere}),
            driver.refused("PUT", "/phones", {TO: elsewhere}),
            driver.refused("POST", "/calls", {"from": CALLER, "phone": elsewhere}),
        ):
            assert told["status"] == 400
            assert "the folder in which" in told["message"]
    told = driver.refused("PUT", f"/phones/{TO}", {"script": "say file 'missing.wav'"})
    assert "cannot be played" in told["message"]

    assert driver.get("/phones")["phones"] == {}
    assert driver.put(f"/phones/{TO}", {"script": "say file './hello.wav'"})["phones"]


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/phones/nobody", {"script": "busy"}, "address"),
        (f"/phones/{TO}", {"script": "sing"}, "script"),
        (f"/phones/{TO}", {}, "script"),
        ("/phones", {TO: 5}, TO),
        ("/phones", {"x": "busy"}, "address"),
        ("/numbers/nobody", {"voice_url": "https://ivr.example.com"}, "number"),
        (f"/numbers/{NUMBER}", {"voice_url": "menu.xml"}, "voice_url"),
        (f"/numbers/{NUMBER}", {"voice_url": "file:///etc/passwd"}, "voice_url"),
        (f"/numbers/{NUMBER}", {"voice_url": "http://[::1"}, "voice_url"),
        (f"/numbers/{NUMBER}", {"voice_url": "https://ivr example.com/"}, "voice_url"),
        (f"/numbers/{NUMBER}", {"voice_url": "https://ivr.example.com:99999/"}, "voice_url"),
        (
            f"/numbers/{NUMBER}",
            {"voice_url": "https://a.example.com", "twiml": "<Response/>"},
            "twiml",
        ),
        (f"/numbers/{NUMBER}", {"friendly_name": "x" * 65}, "friendly_name"),
        ("/numbers/client:joe", {"voice_url": "https://ivr.example.com"}, "number"),
        ("/numbers/sip:ann@example.com", {"voice_url": "https://ivr.example.com"}, "number"),
        (f"/numbers/{NUMBER}", {"voice_method": "PUT"}, "voice_method"),
        (f"/numbers/{NUMBER}", {"voice_ulr": "https://ivr.example.com"}, "voice_ulr"),
        (f"/numbers/{NUMBER}", {"twiml": None}, "twiml"),
    ],
)
def test_what_is_wrong_is_named(driver: Driver, path: str, body: Any, field: str) -> None:
    told = driver.refused("PUT", path, body)

    assert (told["status"], told["field"]) == (400, field)


def test_a_script_that_did_not_come_true_is_told(driver: Driver) -> None:
    driver.receive(phone="hear 'press 9'; press 9", wait=True)
    [failure] = driver.get("/phones")["failures"]

    assert "press 9" in failure


def test_a_number_gets_an_address_or_a_document(driver: Driver) -> None:
    own = driver.put("/numbers/+442079460000", {"voice_url": "https://ivr.example.com/menu"})
    hosted = driver.put(f"/numbers/{NUMBER}", {"twiml": "<Response><Say>New.</Say></Response>"})
    call = driver.receive(to=NUMBER, wait=True)

    assert own["voice_url"] == "https://ivr.example.com/menu"
    assert hosted["voice_url"].startswith("https://handler.twilio.com/twiml/EH")
    assert call["transcript"][0]["text"] == "New."
    assert driver.put(f"/numbers/{NUMBER}", {"voice_url": None})["voice_url"] is None
    assert [each["phone_number"] for each in driver.get("/numbers")["numbers"]] == [
        NUMBER,
        "+442079460000",
    ]
    assert driver.ask("DELETE", f"/numbers/{NUMBER}").ok
    assert driver.refused("DELETE", f"/numbers/{NUMBER}")["status"] == 404


def test_a_document_that_is_set_again_takes_the_place_of_the_one_before(driver: Driver) -> None:
    for words in ("One", "Two"):
        driver.put(f"/numbers/{NUMBER}", {"twiml": f"<Response><Say>{words}</Say></Response>"})

    assert len(driver.get("/mounts")["mounts"]) == 1
    assert driver.receive(wait=True)["transcript"][0]["text"] == "Two"


def test_a_password_in_an_address_is_used_and_not_shown(
    driver: Driver, simulator: tm.Simulator
) -> None:
    address = "https://ann:open-sesame@ivr.example.com/menu"
    shown = driver.put(f"/numbers/{NUMBER}", {"voice_url": address})

    assert simulator.numbers[NUMBER].voice_url == address
    assert "open-sesame" not in str([shown, driver.get("/numbers"), driver.get("/state")])


def test_reset_begins_anew(driver: Driver) -> None:
    driver.receive(wait=True)
    driver.put(f"/phones/{TO}", {"script": "busy"})

    assert driver.post("/reset")["calls"] == 0
    state = driver.get("/state")
    assert (state["now"], state["calls"], state["phones"], state["mounts"]) == (0, [], {}, [])


@pytest.mark.parametrize("path", [f"/phones/{TO}", "/phones"])
def test_phones_are_so_many_at_most(
    driver: Driver, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twilio_magic.control._world._MOST", 1)
    driver.put(f"/phones/{CALLER}", {"script": "busy"})
    body = {"script": "busy"} if path != "/phones" else {TO: "busy"}

    assert driver.refused("PUT", path, body)["status"] == 409
    assert driver.put(f"/phones/{CALLER}", {"script": "answer"})


def test_numbers_are_so_many_at_most(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("twilio_magic.control._numbers._MOST", 1)

    assert driver.refused("PUT", "/numbers/+442079460000", {})["status"] == 409
    assert driver.put(f"/numbers/{NUMBER}", {"friendly_name": "Menu"})["friendly_name"] == "Menu"


def test_the_list_of_endpoints_has_them_all(driver: Driver) -> None:
    listed = {(each["method"], each["path"]) for each in driver.get("/endpoints")["endpoints"]}

    assert listed == {(route.method, route.shown_path) for route in ROUTES}


def test_who_asks_for_something_else_is_told_where_the_list_is(driver: Driver) -> None:
    for method, path in (("GET", "/nothing"), ("PATCH", "/phones")):
        told = driver.refused(method, path)
        assert told["status"] in (404, 405)
        assert "/simulator/endpoints" in told["hint"]


@pytest.mark.parametrize(
    ("twiml", "words"),
    [
        ("<Response><Say>Hi", "<Say> is never closed"),
        ("hello", "text outside the root element"),
        ("<Response><Say>Hi</Say></Response><Response/>", "12100"),
        ("<Play>https://a.example.com/a.mp3</Play>", "<Play>"),
    ],
)
def test_a_document_that_cannot_run_is_refused_in_the_words_of_the_checker(
    driver: Driver, twiml: str, words: str
) -> None:
    told = driver.refused("PUT", f"/numbers/{NUMBER}", {"twiml": twiml})

    assert (told["status"], told["field"]) == (400, "twiml")
    assert words in told["message"]
    assert driver.receive(wait=True)["transcript"][0]["text"] == "Press 1."


def test_what_a_document_would_be_warned_of_is_told(driver: Driver) -> None:
    told = driver.put(f"/numbers/{NUMBER}", {"twiml": "<Response><Sya>Hi</Sya></Response>"})

    [warning] = told["warnings"]
    assert "12200" in warning
    assert "<Sya>" in warning


@pytest.mark.parametrize("application", ["AP12", "AP" + "0" * 32])
def test_an_application_that_there_is_not_answers_no_number(
    driver: Driver, application: str
) -> None:
    body = {"voice_application_sid": application}

    assert driver.refused("PUT", f"/numbers/{NUMBER}", body)["field"] == "voice_application_sid"


@pytest.mark.parametrize("spelled", ["(415) 555-0101", "+1 415-555-0101", "+14155550101"])
def test_a_number_is_the_same_however_it_is_spelled(driver: Driver, spelled: str) -> None:
    made = driver.put(f"/numbers/{spelled}", {"voice_url": "https://ivr.example.com"})

    assert made["phone_number"] == "+14155550101"
    assert driver.ask("DELETE", f"/numbers/{spelled}").ok


def test_a_body_says_one_thing_once(driver: Driver) -> None:
    twice = driver.refused("PUT", "/phones", {TO: "busy", "+1 310-555-5555": "answer"})
    behind = driver.refused("POST", "/advance", {}, params={"seconds": 5})
    body = b'{"seconds": 5, "seconds": 6}'
    repeated = requests.post(
        f"{driver.base_url}/simulator/advance", body, headers=JSON, timeout=60
    ).json()

    assert (twice["status"], twice["field"]) == (400, "+1 310-555-5555")
    assert (behind["status"], behind["field"]) == (400, "seconds")
    assert "'seconds' is there twice" in repeated["message"]
    assert (driver.get("/health")["now"], driver.get("/phones")["phones"]) == (0, {})
