"""What captures of live calls and Twilio's changelog say about its requests."""

from __future__ import annotations

import json
import socket
from base64 import urlsafe_b64decode
from urllib.parse import unquote

import pytest
from flask import Flask, make_response, request
from flask.typing import ResponseReturnValue

import twilio_magic as tm
from tests.calls import FROM, TO, Place, heard, told
from tests.parties import ANN, Dial
from tests.simulation.audio_files import wav
from twilio_magic.simulation import WebhookRequest

HOST = "https://ivr.example.com"
NUMBER = "+12125551234"
GATHER = f'<Gather action="{HOST}/action" {{}}><Say>Press.</Say></Gather>'


def receive(simulator: tm.Simulator, caller: str, number: str = NUMBER, **app: str) -> tm.Call:
    simulator.webhook(f"{HOST}/voice")(
        lambda: app.get("voice", "<Response><Redirect>next</Redirect></Response>")
    )
    simulator.webhook(f"{HOST}/next")(lambda: "<Response><Say>Hi.</Say></Response>")
    simulator.numbers[number].voice_url = f"{HOST}/voice"
    return simulator.receive(caller, number).wait()


def parts_of(token: str) -> list[bytes]:
    return [urlsafe_b64decode(part + "==") for part in token.split(".")]


def test_the_first_request_of_an_inbound_call_alone_has_a_call_token(
    simulator: tm.Simulator,
) -> None:
    call = receive(simulator, TO)
    first, second = call.webhooks
    token = json.loads(unquote(first.parameters["CallToken"]))
    claims = json.loads(parts_of(token["parentCallInfoToken"])[1])

    assert token["identityHeaderTokens"] == []
    assert (claims["callSid"], claims["from"], claims["to"]) == (call.sid, TO, NUMBER)
    assert claims["iat"].isdigit()
    assert "CallToken" not in second.parameters
    assert "StirVerstat" not in second.parameters


@pytest.mark.parametrize(
    ("caller", "number", "verstat"),
    [
        ("+13105555555", NUMBER, "TN-Validation-Passed-A"),
        ("+639171234567", NUMBER, "TN-Validation-Passed-B"),
        ("+61291234567", NUMBER, "TN-Validation-Passed-C"),
        ("+237677123456", NUMBER, ""),
        ("+13105555555", "+442071838750", None),
    ],
)
def test_calls_to_numbers_of_the_united_states_say_how_the_caller_was_verified(
    simulator: tm.Simulator, caller: str, number: str, verstat: str | None
) -> None:
    first = receive(simulator, caller, number).webhooks[0]

    assert first.parameters.get("StirVerstat") == verstat


def test_what_a_carrier_says_of_a_call_is_what_the_caller_of_the_simulator_chooses(
    simulator: tm.Simulator,
) -> None:
    """The first request has how the number was verified, and every one who it is and who forwarded it."""
    simulator.webhook(f"{HOST}/voice")(lambda: "<Response><Redirect>/next</Redirect></Response>")
    simulator.webhook(f"{HOST}/next")(lambda: "<Response><Say>Hi.</Say></Response>")
    simulator.numbers[NUMBER].voice_url = f"{HOST}/voice"
    said = {
        "StirVerstat": "TN-Validation-Failed-C",
        "CallerName": "ANN EXAMPLE",
        "ForwardedFrom": "+14155550199",
    }
    call = simulator.receive(TO, NUMBER, parameters=said).wait()
    first, second = (dict(made.parameters) for made in call.webhooks)

    assert {name: first[name] for name in said} == said
    assert (second["CallerName"], second["ForwardedFrom"]) == ("ANN EXAMPLE", "+14155550199")
    assert "StirVerstat" not in second
    assert (call.caller_name, call.forwarded_from) == ("ANN EXAMPLE", "+14155550199")


@pytest.mark.parametrize(
    ("name", "hint"), [("stirVerstat", "StirVerstat"), ("Room", "ForwardedFrom")]
)
def test_what_no_carrier_says_is_refused(simulator: tm.Simulator, name: str, hint: str) -> None:
    simulator.numbers[NUMBER].voice_url = f"{HOST}/voice"

    with pytest.raises(tm.SimulatorError, match=f"'{name}'") as refused:
        simulator.receive(TO, NUMBER, parameters={name: "x"})
    assert hint in str(refused.value.hint)


@pytest.mark.parametrize(
    ("name", "parameter"),
    [("stir_verstat", "StirVerstat"), ("call_token", "CallToken"), ("from_country", "FromCountry")],
)
def test_what_only_applications_are_told_is_asked_of_their_requests(
    simulator: tm.Simulator, name: str, parameter: str
) -> None:
    """Twilio's Call resource has no such field, and says so."""
    call = receive(simulator, TO)
    with pytest.raises(AttributeError, match="applications only") as missing:
        getattr(call, name)

    hint = f'Write call.webhooks[0].parameters["{parameter}"].'
    assert getattr(missing.value, "hint") == hint  # noqa: B009 - it is one of our errors, too
    assert call.webhooks[0].parameters[parameter]
    with pytest.raises(AttributeError, match="Did you mean status"):
        call.call_status  # noqa: B018 - it is asked for


@pytest.mark.parametrize("caller", ["anonymous", "Anonymous"])
def test_a_withheld_caller_is_called_as_the_carrier_writes_it(
    simulator: tm.Simulator, caller: str
) -> None:
    call = receive(simulator, caller, voice=f"<Response><Dial>{ANN}</Dial></Response>")
    first = call.webhooks[0].parameters

    assert (first["From"], first["Caller"], call.from_) == (caller, caller, caller)
    assert "FromCountry" not in first
    assert told(call, "dialed") == [ANN]


def test_the_end_of_an_inbound_call_has_no_sip_code_and_that_of_another_has(
    simulator: tm.Simulator, place: Place
) -> None:
    simulator.webhook(f"{HOST}/status")(lambda: "")
    simulator.numbers[NUMBER].status_callback = f"{HOST}/status"
    inbound = receive(simulator, TO).webhooks[-1].parameters
    outbound = place("<Hangup/>", phone="busy", status_callback=f"{HOST}/status").webhooks[-1]

    assert (inbound["CallStatus"], "SipResponseCode" in inbound) == ("completed", False)
    assert outbound.parameters["SipResponseCode"] == "486"


@pytest.mark.parametrize(
    ("attributes", "phone", "digits", "key"),
    [
        ('numDigits="1"', "press 5", "5", ""),
        ("", "press 12#", "12", "#"),
        ('finishOnKey="*"', "press 12*", "12", "*"),
        ('timeout="2"', "press 12", "12", ""),
        ('actionOnEmptyResult="true" timeout="2"', "wait 9", "", ""),
        ('actionOnEmptyResult="true"', "press #", "", "#"),
    ],
)
def test_the_action_of_a_gather_always_has_the_key_that_finished_it(
    place: Place, simulator: tm.Simulator, attributes: str, phone: str, digits: str, key: str
) -> None:
    simulator.webhook(f"{HOST}/action")(lambda: "<Response><Hangup/></Response>")
    call = place(GATHER.format(attributes), phone=f"answer; {phone}; wait 9; hang up")
    told_to = call.webhooks[-1].parameters

    assert (told_to["Digits"], told_to["FinishedOnKey"]) == (digits, key)


def test_an_address_that_refuses_connections_is_tried_twice_and_as_often_as_it_says(
    place: Place, simulator: tm.Simulator
) -> None:
    simulator.faults.add(f"{HOST}/voice", refused=True)

    assert len(place(url=f"{HOST}/voice").webhooks) == 2
    assert len(place(url=f"{HOST}/voice#rc=3").webhooks) == 4
    assert len(place(url=f"{HOST}/voice#rc=0").webhooks) == 1


def test_a_port_where_nothing_listens_refuses(place: Place) -> None:
    """The commonest mistake: the application was not started."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    call = place(url=f"http://127.0.0.1:{port}/voice")

    assert [exchange.code for exchange in call.webhooks] == [11202, 11202]
    assert told(call, "failed")[0].startswith("11202: ")


class TestCookies:
    """A jar for the documents of a leg, another for its callbacks."""

    @pytest.fixture
    def seen(self, simulator: tm.Simulator) -> list[tuple[str, str]]:
        """The cookies that came with each path; each answer sets another one."""
        seen: list[tuple[str, str]] = []
        app = Flask("ivr")

        @app.route("/<path>", methods=["GET", "POST"])
        def answer(path: str) -> ResponseReturnValue:
            seen.append((path, "".join(sorted(request.cookies))))
            response = make_response(
                wav(1) if path == "tune" else f"<Response>{documents.get(path, '')}</Response>"
            )
            response.content_type = "audio/wav" if path == "tune" else "text/xml"
            response.set_cookie(path[0])
            return response

        documents = {"voice": "<Redirect>next</Redirect>", "whisper": "<Say>Hi.</Say>"}
        self.documents = documents
        simulator.mount(HOST, app)
        return seen

    def test_status_callbacks_and_documents_share_none(
        self, place: Place, seen: list[tuple[str, str]]
    ) -> None:
        events = ["ringing", "answered", "completed"]
        place(url=f"{HOST}/voice", status_callback=f"{HOST}/status", status_callback_event=events)

        assert seen == [
            ("status", ""),
            ("status", "s"),
            ("voice", ""),
            ("next", "v"),
            ("status", "s"),
        ]

    def test_the_legs_of_a_dial_share_none(self, dial: Dial, seen: list[tuple[str, str]]) -> None:
        self.documents["voice"] = f'<Dial action="next"><Number url="whisper">{ANN}</Number></Dial>'
        dial("", {ANN: "answer; hang up"}, url=f"{HOST}/voice")

        assert sorted(seen) == [("next", "v"), ("voice", ""), ("whisper", "")]

    @pytest.mark.parametrize(
        ("verbs", "cookies"),
        [
            ("<Play>tune</Play>", ("v", "tv")),
            ("<Gather timeout='1'><Play>tune</Play></Gather>", ("", "v")),
        ],
        ids=["alone", "in Gather"],
    )
    def test_a_lone_play_has_those_of_the_documents_and_one_in_a_gather_has_not(
        self, place: Place, seen: list[tuple[str, str]], verbs: str, cookies: tuple[str, str]
    ) -> None:
        self.documents["voice"] = f"{verbs}<Redirect>next</Redirect>"
        place(url=f"{HOST}/voice")

        assert tuple(came for path, came in seen if path in ("tune", "next")) == cookies


def test_a_redirect_to_itself_does_not_repeat_the_query(
    place: Place, simulator: tm.Simulator
) -> None:
    seen: list[str] = []
    app = Flask("ivr")

    @app.route("/voice", methods=["GET", "POST"])
    def voice() -> ResponseReturnValue:
        seen.append(request.query_string.decode())
        moved = {"Location": "/voice?step=2"}
        return ("", 302, moved) if len(seen) < 3 else "<Response><Say>Here.</Say></Response>"

    simulator.mount(HOST, app)

    assert heard(place(url=f"{HOST}/voice?lang=de&step=1")) == ["Twilio: Here."]
    assert seen == ["lang=de&step=1", "step=2&lang=de", "step=2&lang=de"]


def test_a_function_reads_the_parameters_of_a_post_with_a_charset(
    place: Place, simulator: tm.Simulator
) -> None:
    seen: list[tuple[str, str]] = []

    @simulator.webhook(f"{HOST}/voice")
    def voice(request: WebhookRequest) -> str:
        seen.append((request.headers["Content-Type"], request["From"]))
        return "<Response/>"

    place(url=f"{HOST}/voice")

    assert seen == [("application/x-www-form-urlencoded; charset=UTF-8", FROM)]
