"""What a call sends to web applications: parameters, headers, cookies, redirects, attempts."""

from __future__ import annotations

from base64 import b64encode

import pytest
from flask import Flask, Response, redirect, request
from hypothesis import given
from hypothesis import strategies as st
from werkzeug import Response as WerkzeugResponse

import twilio_magic as tm
from tests.calls import FROM, TO, Place, heard, placing, told

HOST = "https://ivr.example.com"
VOICE = f"{HOST}/voice"
PROGRESS = f"{HOST}/progress"
EMPTY = "<Response/>"


@pytest.fixture
def ivr(simulator: tm.Simulator) -> Flask:
    """An application that is mounted, and has no pages yet."""
    app = Flask("ivr")
    simulator.mount(HOST, app)
    return app


def test_the_request_carries_twilios_parameters(place: Place, simulator: tm.Simulator) -> None:
    simulator.webhook(VOICE)(lambda: EMPTY)
    call = place(url=VOICE)
    (exchange,) = call.webhooks
    places = {
        f"{end}{part}": value
        for ends, city, state in (
            (("To", "Called"), "", "CA"),
            (("From", "Caller"), "NEW YORK", "NY"),
        )
        for end in ends
        for part, value in (("City", city), ("State", state), ("Zip", ""), ("Country", "US"))
    }

    assert exchange.parameters == {
        "CallSid": call.sid,
        "AccountSid": call.account_sid,
        "From": FROM,
        "To": TO,
        "CallStatus": "in-progress",
        "ApiVersion": "2010-04-01",
        "Direction": "outbound-api",
        "Caller": FROM,
        "Called": TO,
        **places,
    }


@pytest.mark.parametrize(
    ("number", "city", "state", "country"),
    [
        ("+14155550100", "SAN FRANCISCO", "CA", "US"),
        ("+16045551234", "", "BC", "CA"),
        ("+442071838750", "", "London", "GB"),
        ("+492211234567", "", "Köln", "DE"),
        ("+447400123456", "", "", "GB"),
        ("+18005551212", "", "", "US"),
    ],
)
def test_a_number_tells_where_it_is_as_far_as_that_is_known(
    place: Place, simulator: tm.Simulator, number: str, city: str, state: str, country: str
) -> None:
    simulator.webhook(VOICE)(lambda: EMPTY)
    sent = place(to=number, url=VOICE).webhooks[0].parameters

    assert [sent[f"To{part}"] for part in ("City", "State", "Zip", "Country")] == [
        city,
        state,
        "",
        country,
    ]


def test_an_address_that_is_no_number_is_nowhere(place: Place, simulator: tm.Simulator) -> None:
    simulator.webhook(VOICE)(lambda: EMPTY)
    sent = place(to="client:ann", url=VOICE).webhooks[0].parameters

    assert "ToCountry" not in sent
    assert sent["FromCountry"] == "US"


def test_a_call_of_an_application_names_it(
    place: Place, simulator: tm.Simulator, client: tm.Client
) -> None:
    simulator.webhook(VOICE)(lambda: EMPTY)
    app = client.applications.create(friendly_name="Menu", voice_url=VOICE)
    sent = place(application_sid=app.sid).webhooks[0].parameters

    assert sent["ApplicationSid"] == app.sid


def test_get_puts_the_parameters_behind_those_of_the_address(place: Place, ivr: Flask) -> None:
    seen: list[tuple[str, dict[str, str], bytes]] = []

    @ivr.get("/voice")
    def voice() -> Response:
        seen.append((request.args["campaign"], request.args.to_dict(), request.get_data()))
        return Response(EMPTY, mimetype="text/xml")

    place(url=f"{VOICE}?campaign=%C3%A4+b", method="GET")
    ((campaign, args, body),) = seen

    assert (campaign, args["To"], body) == ("ä b", TO, b"")


def test_the_headers_are_those_of_twilios_proxy(place: Place, ivr: Flask) -> None:
    seen: dict[str, str] = {}

    @ivr.post("/voice")
    def voice() -> str:
        seen.update(request.headers.items())
        return EMPTY

    place(url=VOICE)

    assert seen["User-Agent"] == "TwilioProxy/1.1"
    assert seen["Content-Type"] == "application/x-www-form-urlencoded; charset=UTF-8"
    assert seen["Host"] == "ivr.example.com"
    assert len(seen["I-Twilio-Idempotency-Token"]) == 36


def test_a_redirected_post_becomes_a_get_with_the_digits_and_the_query_alone(
    place: Place, ivr: Flask
) -> None:
    """The query of the first address goes on; what the second says itself wins."""
    seen: list[dict[str, str]] = []

    @ivr.post("/voice")
    def voice() -> str:
        return f"<Response><Gather numDigits='1' action='{HOST}/menu?lang=de&amp;step=%C3%A4+2'/></Response>"

    @ivr.post("/menu")
    def menu() -> WerkzeugResponse:
        return redirect("/moved?lang=en#top", 307)

    @ivr.get("/moved")
    def moved() -> str:
        seen.append(request.values.to_dict())
        return "<Response><Say>Moved.</Say></Response>"

    call = place(url=VOICE, phone="answer; press 1")

    address = f"{HOST}/moved?lang=en&step=%C3%A4+2"
    assert seen == [{"lang": "en", "step": "ä 2", "Digits": "1"}]
    assert call.webhooks[1].redirects == (address,)
    assert heard(call)[-1] == "Twilio: Moved."


@pytest.mark.parametrize(
    ("status", "location", "code"),
    [(302, VOICE, 11215), (304, "", 11216), (308, VOICE, 11216), (302, "", 11216)],
)
def test_redirects_that_lead_nowhere(
    place: Place, ivr: Flask, status: int, location: str, code: int
) -> None:
    @ivr.route("/voice", methods=["GET", "POST"])
    def voice() -> Response:
        headers = {"Location": location} if location else {}
        return Response("", status, headers, mimetype="text/xml")

    call = place(url=VOICE)

    assert told(call, "failed")[0].startswith(f"{code}: ")


def test_user_and_password_are_shown_nowhere(place: Place, simulator: tm.Simulator) -> None:
    """Not in requests, not in what is told, not in what a fallback is sent."""
    secret = "hush@hush"
    url = f"https://ann:{secret}@ivr.example.com/voice"
    simulator.webhook(HOST)(lambda: ("no", 500))
    simulator.webhook(f"{HOST}/start")(lambda: f"<Response><Redirect>{url}</Redirect></Response>")
    call = place(url=f"{HOST}/start", fallback_url=url, status_callback=url)

    shown = repr(call.webhooks) + repr([event.data for event in call.timeline])
    shown += repr(call.timeline) + repr([each.parameters for each in call.webhooks])
    assert "hush" not in shown
    assert "reported" in [event.kind for event in call.timeline]


def test_a_password_that_an_application_sends_back_is_not_shown(
    place: Place, simulator: tm.Simulator
) -> None:
    """... in its answer, a header, or an error; and the call goes where the answer says."""
    password = "hush-hush-hush"
    url = f"https://ann:{password}@ivr.example.com"
    pair = b64encode(f"ann:{password}".encode()).decode()
    answer = f"<Response><!-- {password} {pair} --><Redirect>{url}/next</Redirect></Response>"
    app = Flask("ivr")

    @app.post("/voice")
    def voice() -> Response:
        return Response(answer, mimetype="text/xml", headers={"X-Echo": f"Basic {pair}"})

    @app.post("/next")
    def after() -> Response:
        raise ValueError(f"no {password} here")

    simulator.mount(HOST, app)
    call = place(url=f"{url}/voice")
    shown = [
        repr(call.webhooks),
        repr(list(call.webhooks)),
        repr(call.timeline),
        str(call.ladder()),
    ]
    shown += [*call._repr_mimebundle_().values(), repr([each.fields for each in call.events])]

    assert [each.url for each in call.webhooks] == [f"{HOST}/voice", f"{HOST}/next"]
    assert not any("hush" in text or pair[8:] in text for text in shown)


def test_retries_are_attempts_of_one_request(place: Place, ivr: Flask) -> None:
    tokens: list[str] = []

    @ivr.post("/voice")
    def voice() -> tuple[str, int]:
        tokens.append(request.headers["I-Twilio-Idempotency-Token"])
        return (EMPTY, 200) if len(tokens) == 3 else ("busy", 503)

    call = place(url=f"{VOICE}#rc=2&rp=4xx,5xx")

    assert len(set(tokens)) == 1
    assert [each.attempt for each in call.webhooks] == [1, 2, 3]
    assert [each.status for each in call.webhooks] == [503, 503, 200]
    assert not told(call, "failed")


@pytest.mark.parametrize(
    ("fragment", "attempts"),
    [
        ("", 1),
        ("rp=5xx", 2),
        ("rc=0&rp=all", 1),
        ("rc=5&rp=all", 6),
        ("rc=9&rp=5xx", 2),
        ("rp=4xx", 1),
    ],
)
def test_the_fragment_says_how_often_to_try(
    place: Place, simulator: tm.Simulator, fragment: str, attempts: int
) -> None:
    simulator.webhook(VOICE)(lambda: ("no", 500))

    assert len(place(url=f"{VOICE}#{fragment}").webhooks) == attempts


@pytest.mark.parametrize(
    ("fragment", "code"), [("e=nowhere", 11240), ("e=dublin-ix", 11242), ("rp=often", 11243)]
)
def test_an_override_that_does_not_exist_fails_before_anything_is_sent(
    place: Place, simulator: tm.Simulator, fragment: str, code: int
) -> None:
    asked: list[str] = []

    @simulator.webhook(VOICE)
    def voice() -> str:
        asked.append(VOICE)
        return EMPTY

    call = place(url=f"{VOICE}#{fragment}")

    assert told(call, "failed")[0].startswith(f"{code}: ")
    assert not asked


@given(st.text() | st.from_regex(r"(rc|rp|ct|rt|tt|e|sni)=[\w,&=-]*", fullmatch=True))
def test_no_fragment_is_an_error_of_the_simulator(fragment: str) -> None:
    simulator = tm.Simulator()
    written = "".join(char for char in fragment if char.isprintable() and not char.isspace())
    simulator.webhook(VOICE)(lambda: EMPTY)

    assert placing(simulator)(url=f"{VOICE}#{written}").status == "completed"
