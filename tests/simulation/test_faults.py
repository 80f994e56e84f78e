"""The fault menu: each failure that people meet, on demand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask, Response, abort, request
from twilio.request_validator import RequestValidator
from werkzeug.exceptions import Forbidden

import twilio_magic as tm
from tests.calls import Place, heard, told

HOST = "https://ivr.example.com"
VOICE = f"{HOST}/voice"
HELLO = "<Response><Say>Hello.</Say></Response>"


@pytest.fixture
def asked(simulator: tm.Simulator) -> list[str]:
    """The addresses that a mounted application was asked for, as it saw them."""
    seen: list[str] = []
    app = Flask("ivr")

    @app.route("/voice", methods=["GET", "POST"])
    def voice() -> Response:
        seen.append(request.url)
        return Response(HELLO, mimetype="text/xml")

    simulator.mount(HOST, app)
    return seen


@pytest.mark.parametrize(
    ("fault", "code", "seconds", "attempts"),
    [
        ({"timeout": True}, 11205, 15, 1),
        ({"unreachable": True}, 11201, 10, 2),
        ({"refused": True}, 11202, 0, 2),
        ({"reset": True}, 11205, 0, 1),
        ({"garbled": True}, 11206, 0, 1),
        ({"dns": True}, 11210, 0, 1),
        ({"tls": True}, 11220, 0, 2),
        ({"tls": "expired"}, 11236, 0, 2),
        ({"tls": "host"}, 11235, 0, 2),
        ({"tls": "untrusted"}, 11237, 0, 2),
        ({"redirect_loop": True}, 11215, 0, 1),
        ({"status": 500}, 11200, 0, 1),
        ({"status": 404, "slow": 3}, 11200, 3, 1),
        ({"slow": 20}, 11205, 15, 1),
        ({"empty": True}, 11770, 0, 1),
        ({"body": "<Response><Say>"}, 12100, 0, 1),
        ({"content_type": "application/json"}, 12300, 0, 1),
    ],
    ids=str,
)
def test_each_fault_is_the_failure_that_people_meet(
    place: Place,
    simulator: tm.Simulator,
    asked: list[str],
    fault: Mapping[str, Any],
    code: int,
    seconds: float,
    attempts: int,
) -> None:
    simulator.faults.add(VOICE, **fault)
    call = place(url=VOICE)
    took = call.webhooks[-1].until - call.webhooks[0].at

    assert [text.partition(":")[0] for text in told(call, "failed")] == [str(code)]
    assert (round(took, 3), len(call.webhooks)) == (seconds, attempts)
    assert heard(call)[0].startswith("Twilio: We are sorry")
    assert call.status == "completed"


def test_a_slow_application_is_waited_for(
    place: Place, simulator: tm.Simulator, asked: list[str]
) -> None:
    simulator.faults.add(VOICE, slow=14)
    call = place(url=VOICE)

    assert heard(call) == ["Twilio: Hello."]
    assert (call.duration or 0) >= 14


def test_who_hangs_up_does_not_wait_for_a_slow_application(
    place: Place, simulator: tm.Simulator, asked: list[str]
) -> None:
    simulator.faults.add(VOICE, slow=14)
    call = place(url=VOICE, phone="answer; wait 4; hang up")

    assert call.duration == 4
    assert heard(call) == []


def test_patience_can_be_overridden(
    place: Place, simulator: tm.Simulator, asked: list[str]
) -> None:
    """``tt`` is for all attempts together: when it is used up, that is an error of its own."""
    simulator.faults.add(VOICE, timeout=True)
    call = place(url=f"{VOICE}#rt=4000&rc=5&rp=rt&tt=10000")

    assert [each.seconds for each in call.webhooks] == [4, 4, 2]
    assert [each.code for each in call.webhooks] == [11205, 11205, 11203]


def test_a_fault_goes_away_when_it_has_happened_often_enough(
    place: Place, simulator: tm.Simulator, asked: list[str]
) -> None:
    simulator.faults.add(VOICE, status=503, times=2)
    call = place(url=f"{VOICE}#rc=2&rp=5xx")

    assert [each.status for each in call.webhooks] == [503, 503, 200]
    assert [each.fault for each in call.webhooks] == ["status=503", "status=503", ""]
    assert len(simulator.faults) == 0


def test_a_redirect_loop_is_one_fault_however_often_it_redirects(
    place: Place, simulator: tm.Simulator, asked: list[str]
) -> None:
    """It happens once here: the redirects are not requests that the application answers again."""
    simulator.faults.add(VOICE, redirect_loop=True, times=1)
    call = place(url=VOICE)

    assert [each.code for each in call.webhooks] == [11215]
    assert asked == []
    assert len(simulator.faults) == 0


def test_faults_are_listed_removed_and_cleared(simulator: tm.Simulator) -> None:
    faults = simulator.faults
    assert repr(faults) == "no faults"

    faults.add(VOICE, status=500, slow=3, times=2)
    faults.add(f"{HOST}/*", dns=True, times=1)
    assert repr(faults) == (f"{VOICE}: status=500, slow=3.0, 2 times\n{HOST}/*: dns=True, once")

    faults.remove(VOICE)
    assert [fault.pattern for fault in faults] == [f"{HOST}/*"]
    faults.clear()
    assert list(faults) == []


def test_the_exact_address_wins_over_a_pattern_and_any_query_fits(
    place: Place, simulator: tm.Simulator, asked: list[str]
) -> None:
    simulator.faults.add(f"{HOST}/*", status=500)
    simulator.faults.add(VOICE, body="<Response><Say>From the menu.</Say></Response>")

    assert heard(place(url=f"{VOICE}?a=1")) == ["Twilio: From the menu."]
    assert asked == []


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ({"statsu": 500}, "Did you mean status"),
        ({"status": "much"}, "an HTTP status from 200 to 599"),
        ({"signature": "bad"}, "proxy-stripped-port"),
        ({"slow": -1}, "seconds"),
        ({"dns": True, "status": 500}, "one of them at a time"),
        ({}, "redirect_loop"),
    ],
    ids=str,
)
def test_what_is_not_on_the_menu_is_refused_with_the_menu(
    simulator: tm.Simulator, fault: Mapping[str, Any], message: str
) -> None:
    with pytest.raises(tm.SimulatorError) as refused:
        simulator.faults.add(VOICE, **fault)

    assert message in "\n".join(refused.value.box()).replace("\n│   ", " ")


@pytest.fixture
def guarded(simulator: tm.Simulator) -> list[str]:
    """An application that checks signatures with the official SDK, as Twilio's page shows; what it saw."""
    seen: list[str] = []
    validator = RequestValidator(simulator.credentials.password.reveal())
    app = Flask("guarded")

    @app.route("/voice", methods=["GET", "POST"])
    def voice() -> Response:
        seen.append(request.url)
        signature = request.headers.get("X-Twilio-Signature", "")
        if not validator.validate(request.url, request.form, signature):
            abort(Forbidden.code)
        return Response(HELLO, mimetype="text/xml")

    simulator.mount(HOST, app)
    return seen


def test_without_a_fault_the_signature_is_right(place: Place, guarded: list[str]) -> None:
    assert heard(place(url=VOICE)) == ["Twilio: Hello."]


@pytest.mark.parametrize(
    ("signature", "sees"),
    [
        ("wrong-token", VOICE),
        ("missing", VOICE),
        ("http-behind-tls", "http://ivr.example.com/voice"),
        ("proxy-stripped-port", VOICE),
        ("proxy-changed-host", "http://localhost:5000/voice"),
        ("dropped-empty-parameters", VOICE),
    ],
)
def test_signatures_that_fail_though_the_application_is_right(
    place: Place, simulator: tm.Simulator, guarded: list[str], signature: Any, sees: str
) -> None:
    """The application sees another request than the one that Twilio signed, and answers 403."""
    simulator.faults.add(VOICE, signature=signature)
    call = place(url=VOICE)

    assert guarded == [sees]
    assert told(call, "failed")[0].startswith("11200: ")
    assert call.webhooks[0].status == 403
    assert call.webhooks[0].url == VOICE


def test_a_port_that_the_address_has_is_the_one_that_is_lost(
    place: Place, simulator: tm.Simulator
) -> None:
    """An application that puts the public address together again is right behind the same proxy."""
    seen: list[tuple[str, bool]] = []
    validator = RequestValidator(simulator.credentials.password.reveal())
    app = Flask("public")

    @app.post("/voice")
    def voice() -> Response:
        public = request.url.replace("ivr.example.com", "ivr.example.com:8443")
        valid = validator.validate(public, request.form, request.headers["X-Twilio-Signature"])
        seen.append((request.url, valid))
        return Response(HELLO, mimetype="text/xml")

    simulator.mount("https://ivr.example.com:8443", app)
    simulator.faults.add("https://ivr.example.com:8443/voice", signature="proxy-stripped-port")
    place(url="https://ivr.example.com:8443/voice")

    assert seen == [(VOICE, True)]
