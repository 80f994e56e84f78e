"""Voice SDK clients call TwiML applications, sign in with access tokens of the official library, and are called."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from time import time
from typing import Any

import pytest
from twilio.jwt.access_token import AccessToken
from twilio.jwt.access_token.grants import ChatGrant, VoiceGrant

import twilio_magic as tm

from ..calls import heard, told

VOICE = "https://ivr.example.com/voice"
HELLO = "<Response><Say>Hello.</Say></Response>"
DIAL = "<Response><Dial><Client>joe</Client></Dial></Response>"
#: An account and a key that the simulator does not know: those of an application's own settings.
FOREIGN = ("AC" + "1" * 32, "SK" + "2" * 32, "a secret that nobody here knows of")


@pytest.fixture
def requests_seen(simulator: tm.Simulator) -> list[Mapping[str, str]]:
    """What the application at VOICE was told."""
    seen: list[Mapping[str, str]] = []

    @simulator.webhook(VOICE)
    def voice(request: Mapping[str, str]) -> str:
        seen.append(dict(request))
        return "<Response><Gather numDigits='1'><Say>Press a key.</Say></Gather></Response>"

    return seen


@pytest.fixture
def sid(client: tm.Client, requests_seen: list[Mapping[str, str]]) -> str:
    """The application of the account."""
    assert requests_seen == []
    return str(client.applications.create(voice_url=VOICE).sid)


def own(simulator: tm.Simulator) -> tuple[str, str, str]:
    """The account and API key of the simulator."""
    key = simulator.api_key
    return simulator.credentials.account_sid, key.username, key.password.reveal()


def token(
    made_by: tuple[str, str, str],
    sid: str | None = None,
    *,
    identity: str | None = "joe",
    incoming: bool | None = None,
    **options: Any,
) -> AccessToken:
    """An access token of the official library."""
    made = AccessToken(*made_by, identity=identity, **options)
    made.add_grant(VoiceGrant(outgoing_application_sid=sid, incoming_allow=incoming))
    return made


def refused(simulator: tm.Simulator, given: Any, to: str | None = None) -> int | None:
    """Twilio's code for a token that is refused."""
    with pytest.raises(tm.SimulatorError) as info:
        simulator.receive(given, to)
    assert str(given if isinstance(given, str) else given.to_jwt()) not in str(info.value)
    return info.value.code


def test_a_client_calls_an_application_as_captures_of_live_calls_have_it(
    simulator: tm.Simulator, sid: str, requests_seen: list[Mapping[str, str]]
) -> None:
    call = simulator.receive("client:joe", sid, parameters={"room": "blue"}, phone="press 1").wait()

    assert requests_seen[0] == {
        "AccountSid": simulator.credentials.account_sid,
        "ApiVersion": "2010-04-01",
        "ApplicationSid": sid,
        "CallSid": call.sid,
        "CallStatus": "ringing",
        "Called": "",
        "Caller": "client:joe",
        "Direction": "inbound",
        "From": "client:joe",
        "To": "",
        "room": "blue",
    }
    assert "room" not in requests_seen[1], "custom parameters come with the first request"
    assert (call.from_, call.to, call.direction) == ("client:joe", "", "inbound")
    assert "client:joe → an application" in repr(call)


def test_a_client_may_name_whom_it_calls_and_no_other_parameter_of_twilio(
    simulator: tm.Simulator, sid: str, requests_seen: list[Mapping[str, str]]
) -> None:
    given = {"To": "+14155550100", "From": "+14155550199", "CallSid": "mine"}
    call = simulator.receive("client:joe", sid, parameters=given).wait()

    first = requests_seen[0]
    assert (first["To"], first["Called"], first["From"]) == ("+14155550100", "", "client:joe")
    assert first["CallSid"] == call.sid
    assert [text.split()[3] for text in told(call, "warned")] == ["CallSid", "From"]


def test_the_application_of_a_token_is_called_with_its_parameters(
    simulator: tm.Simulator, sid: str, requests_seen: list[Mapping[str, str]]
) -> None:
    made = AccessToken(*own(simulator), identity="joe")
    made.add_grant(
        VoiceGrant(outgoing_application_sid=sid, outgoing_application_params={"tier": "gold"})
    )

    call = simulator.receive(made, parameters={"room": "blue", "tier": "mine"}).wait()

    assert requests_seen[0]["From"] == "client:joe"
    assert (requests_seen[0]["room"], requests_seen[0]["tier"]) == ("blue", "gold")
    assert not told(call, "warned")


@pytest.mark.parametrize("form", ["object", "text", "bytes"])
def test_a_token_is_taken_in_each_form_of_the_official_library(
    simulator: tm.Simulator, sid: str, form: str
) -> None:
    made = token(own(simulator), sid)
    text = made.to_jwt()
    given: Any = {"object": made, "text": text, "bytes": text.encode()}[form]

    assert simulator.receive(given, sid).from_ == "client:joe"


def test_a_token_of_an_unknown_key_is_taken_with_a_warning_unless_the_account_is_strict(
    simulator: tm.Simulator, sid: str
) -> None:
    call = simulator.receive(token(FOREIGN, sid))

    assert [text.partition(":")[0] for text in told(call, "warned")] == [
        "the signature was not checked",
        f"the token is for the account {FOREIGN[0]}, and was taken for {call.account_sid}",
    ]
    assert refused(tm.Simulator(profile="strict"), token(FOREIGN, sid)) == 20103


def encoded(part: Mapping[str, Any] | bytes) -> str:
    if isinstance(part, bytes):
        data = part
    else:
        now = time()
        times = {name: now + part[name] for name in ("exp", "nbf") if type(part.get(name)) is int}
        data = json.dumps({**part, **times}).encode()
    return urlsafe_b64encode(data).rstrip(b"=").decode()


HEADER = {"typ": "JWT", "alg": "HS256", "cty": "twilio-fpa;v=1"}
#: The times count from now.
CLAIMS = {
    "iss": FOREIGN[1],
    "sub": FOREIGN[0],
    "exp": 3600,
    "grants": {"identity": "joe", "voice": {"outgoing": {"application_sid": "AP" + "0" * 32}}},
}


#: A grant whose application is no sid.
OTHER = {"outgoing": {"application_sid": ["AP"]}}


@pytest.mark.parametrize(
    ("header", "claims", "code"),
    [
        (HEADER, b"no JSON", 20101),
        (HEADER, b"[1]", 20101),
        (HEADER, b"[" * 20_000, 20101),
        (HEADER | {"alg": "none"}, CLAIMS, 20102),
        ({"typ": "JWT", "alg": "HS256"}, CLAIMS, 20102),
        (HEADER, CLAIMS | {"iss": "joe"}, 20103),
        (HEADER, CLAIMS | {"sub": None}, 20103),
        (HEADER, CLAIMS | {"exp": -1}, 20104),
        (HEADER, CLAIMS | {"exp": "tomorrow"}, 20104),
        (HEADER, CLAIMS | {"exp": 25 * 3600}, 20104),
        (HEADER, CLAIMS | {"exp": 10**300}, 20104),
        (HEADER, CLAIMS | {"exp": float("nan")}, 20104),
        (HEADER, CLAIMS | {"exp": float("inf")}, 20104),
        (HEADER, CLAIMS | {"exp": True}, 20104),
        (HEADER, CLAIMS | {"nbf": 60}, 20105),
        (HEADER, CLAIMS | {"grants": {"voice": {}}}, 20106),
        (HEADER, CLAIMS | {"grants": {"identity": "joe"}}, 20106),
        (HEADER, CLAIMS | {"grants": {"identity": " ", "voice": {}}}, 20106),
        (HEADER, CLAIMS | {"grants": {"identity": "joe", "voice": {}}}, 20106),
        (HEADER, CLAIMS | {"grants": {"identity": "joe", "voice": {"outgoing": 1}}}, 20106),
        (HEADER, CLAIMS | {"grants": {"identity": "joe", "voice": OTHER}}, 20106),
    ],
)
def test_a_token_that_twilio_would_refuse_is_refused_with_its_code(
    simulator: tm.Simulator, header: Any, claims: Any, code: int
) -> None:
    assert refused(simulator, f"{encoded(header)}.{encoded(claims)}.c2lnbmVk") == code


def test_a_signature_is_checked_where_the_secret_is_known(
    simulator: tm.Simulator, sid: str
) -> None:
    account, key, secret = own(simulator)

    assert refused(simulator, token((account, key, secret + "!"), sid)) == 20107


def test_a_token_without_a_voice_grant_or_for_another_application_is_refused(
    simulator: tm.Simulator, sid: str
) -> None:
    chat = AccessToken(*own(simulator), identity="joe")
    chat.add_grant(ChatGrant(service_sid="IS" + "0" * 32))

    assert refused(simulator, chat) == 20106
    assert refused(simulator, token(own(simulator), sid), "AP" + "9" * 32) == 20106
    assert refused(simulator, token(own(simulator)), sid) == 20106


def test_the_real_clock_says_whether_a_token_is_valid(simulator: tm.Simulator, sid: str) -> None:
    made = token(own(simulator), sid, ttl=600).to_jwt()
    simulator.advance(601)

    assert simulator.receive(made).from_ == "client:joe"
    assert refused(simulator, token(own(simulator), sid, ttl=-1)) == 20104


@pytest.mark.parametrize(
    ("from_", "to", "message"),
    [
        ("client:joe", "AP" + "9" * 32, "There is no application"),
        ("+14155550100", "AP" + "9" * 32, "only a Voice SDK client"),
        ("client:joe", None, "calls nobody"),
        (7, "+12125551234", "Nobody can call with int"),
    ],
)
def test_an_impossible_call_says_why(
    simulator: tm.Simulator, from_: Any, to: str | None, message: str
) -> None:
    with pytest.raises(tm.SimulatorError, match=message):
        simulator.receive(from_, to)


def test_custom_parameters_go_to_applications_only(simulator: tm.Simulator) -> None:
    simulator.numbers["+12125551234"].voice_url = VOICE
    with pytest.raises(tm.SimulatorError, match="carries a parameter 'room'"):
        simulator.receive("client:joe", "+12125551234", parameters={"room": "blue"})


def test_an_application_without_a_voice_url_answers_nobody(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    empty = client.applications.create(friendly_name="empty").sid
    with pytest.raises(tm.SimulatorError, match="no voice URL"):
        simulator.receive("client:joe", empty)


def dial(simulator: tm.Simulator) -> tm.Call:
    """A call that dials client:joe."""
    simulator.numbers["+12125551234"].voice_url = simulator.host(DIAL)
    return simulator.receive("+14155550100", "+12125551234", phone="wait 90; hang up").wait()


def dialed_status(call: tm.Call, client: tm.Client) -> str:
    """How the leg to the client ended."""
    return next(
        str(each.status) for each in client.calls.list() if each.parent_call_sid == call.sid
    )


def test_a_registered_client_rings_until_its_token_expires(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    address = simulator.register(token(own(simulator), incoming=True, ttl=3600))
    assert address == "client:joe"
    assert dialed_status(dial(simulator), client) == "completed"
    simulator.advance(3600)

    call = dial(simulator)

    assert dialed_status(call, client) == "no-answer"
    child = next(each for each in client.calls.list() if each.parent_call_sid == call.sid)
    assert told(child, "warned") == ["client:joe is not registered any more: nobody is called"]
    assert not told(child, "ringing")


def test_a_token_of_a_mobile_app_registers_by_its_push_credential(
    simulator: tm.Simulator,
) -> None:
    made = AccessToken(*own(simulator), identity="joe")
    made.add_grant(VoiceGrant(push_credential_sid="CR" + "0" * 32))

    assert simulator.register(made) == "client:joe"


def test_a_client_that_unregisters_is_not_reached_unless_it_has_a_script(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    simulator.register(token(own(simulator), incoming=True))
    simulator.unregister("joe")

    assert dialed_status(dial(simulator), client) == "no-answer"
    simulator.phones["client:joe"] = "answer; say 'Joe here'; hang up"
    assert dialed_status(dial(simulator), client) == "completed"
    with pytest.raises(tm.SimulatorError, match="not registered"):
        simulator.unregister("client:joe")


def test_a_client_that_never_registered_rings_as_any_phone(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    assert dialed_status(dial(simulator), client) == "completed"


def test_who_calls_with_a_token_that_allows_it_can_be_called(
    simulator: tm.Simulator, sid: str, client: tm.Client
) -> None:
    simulator.receive(token(own(simulator), sid, incoming=True, ttl=60)).wait()
    simulator.advance(61)

    assert dialed_status(dial(simulator), client) == "no-answer"


@pytest.mark.parametrize("given", ["joe", "eyJ0.e30", token(FOREIGN)])
def test_only_a_token_that_allows_incoming_calls_registers(
    simulator: tm.Simulator, given: Any
) -> None:
    with pytest.raises(tm.SimulatorError) as info:
        simulator.register(given)
    assert info.value.code in (20101, 20106)


def test_an_application_of_flask_gives_a_token_and_answers_the_call(
    simulator: tm.Simulator, client: tm.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The two routes of every browser dialer: the page fetches a token, and its call comes to the voice URL."""
    from flask import Flask, request
    from twilio.twiml.voice_response import VoiceResponse

    app = Flask(__name__)
    application = client.applications.create(voice_url="https://dialer.example.com/voice")
    monkeypatch.setenv("TWIML_APP_SID", application.sid)

    @app.get("/token")
    def give_token() -> str:
        import os

        return str(token(FOREIGN, os.environ["TWIML_APP_SID"], identity="agent").to_jwt())

    @app.post("/voice")
    def voice() -> str:
        response = VoiceResponse()
        response.dial(request.form["To"], caller_id="+12125551234")
        return str(response)

    simulator.mount("https://dialer.example.com", app)
    simulator.phones["+14155550100"] = "answer; say 'Hello agent'; hang up"
    fetched = app.test_client().get("/token").text

    call = simulator.receive(fetched, parameters={"To": "+14155550100"}).wait()

    assert heard(call) == ["+14155550100: Hello agent"]
    assert told(call, "dialed") == ["+14155550100"]
