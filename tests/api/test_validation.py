"""What Twilio would refuse is not sent; what it would ignore is said."""

from __future__ import annotations

from typing import Any

import pytest

import twilio_magic as tm
from tests.calls import DEMO, FROM, TO

GOOD: dict[str, Any] = {"to": TO, "from_": FROM, "url": DEMO}
NOBODY = "AP" + "0" * 32


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"to": None}, 21201, "To is missing"),
        ({"to": ""}, 21201, "To is missing"),
        ({"from_": None}, 21213, "From is missing"),
        ({"url": None}, 21205, "None of Url, Twiml, ApplicationSid"),
        ({"to": "+1310"}, 21211, "too short"),
        ({"from_": "me"}, 21212, "E.164"),
        ({"to": "+1310555٥٥٥٥"}, 21211, "E.164"),
        ({"url": "voice.xml"}, 21205, "not a web address"),
        ({"url": "ftp://example.com/x"}, 21205, "not a web address"),
        ({"method": "PUT"}, 21209, "cannot be 'PUT'"),
        ({"timeout": 0}, 21208, "from 1 to 600"),
        ({"timeout": 601}, 21208, "from 1 to 600"),
        ({"timeout": "soon"}, 21208, "whole number"),
        ({"timeout": "٦٠"}, 21208, "whole number"),
        ({"timeout": "9" * 5000}, 21208, "from 1 to 600"),
        ({"send_digits": "12x"}, 21206, "'x', which is no key"),
        ({"send_digits": "1" * 33}, 21206, "at most 32"),
        ({"status_callback": "nowhere"}, 21609, "not a web address"),
        ({"status_callback_event": ["rang"]}, 21626, "cannot be 'rang'"),
        ({"machine_detection": "Yes"}, 21234, "cannot be 'Yes'"),
        ({"machine_detection_timeout": 2}, 21234, "3 to 60"),
        ({"machine_detection_speech_threshold": 999}, 21234, "1000 to 6000"),
        ({"application_sid": "AP12"}, 21218, "not a sid"),
        ({"byoc": "BY12"}, 21300, "not a sid"),
        ({"sip_auth_username": "ann"}, 21225, "without SipAuthPassword"),
        ({"sip_auth_username": "a" * 256, "sip_auth_password": "x"}, 21221, "at most 255"),
        ({"url": None, "twiml": "<Response>" + " " * 4000 + "</Response>"}, 32018, "4000 fit"),
        ({"record": "maybe"}, None, "neither true nor false"),
        ({"call_reason": "x" * 51}, None, "at most 50"),
    ],
)
def test_what_twilio_would_refuse_is_not_sent(
    client: tm.Client, change: dict[str, Any], code: int | None, words: str
) -> None:
    with pytest.raises(tm.RequestError, match=words) as refused:
        client.calls.create(**GOOD | change)

    assert refused.value.code == code
    assert list(client.calls) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("tel:+13105555555", "+13105555555"),
        ("011 44 20 7946 0018", "+442079460018"),
        ("(310) 555-5555/", "+13105555555"),
    ],
)
def test_what_could_be_a_number_leads_to_the_international_one(
    client: tm.Client, written: str, meant: str
) -> None:
    with pytest.raises(tm.RequestError) as refused:
        client.calls.create(**GOOD | {"to": written})

    assert refused.value.hint == f"Did you mean {meant}?"


@pytest.mark.parametrize("written", ["ringing,answered", "ringing answered", "ringing, answered"])
def test_several_values_in_one_are_told_apart(client: tm.Client, written: str) -> None:
    with pytest.raises(tm.RequestError) as refused:
        client.calls.create(**GOOD | {"status_callback_event": [written]})

    assert refused.value.hint == (
        "Give each by itself: --status-callback-event ringing --status-callback-event answered."
    )


def test_what_is_no_number_is_told_what_numbers_fit(client: tm.Client) -> None:
    with pytest.raises(tm.RequestError) as refused:
        client.calls.create(**GOOD | {"time_limit": "1m"})

    assert refused.value.hint == "Give a whole number from 1 to 86400 seconds."


@pytest.mark.parametrize("party", ["client:alice", "sip:bob@example.com", "sips:bob@example.com"])
def test_clients_and_sip_addresses_can_be_called(client: tm.Client, party: str) -> None:
    assert client.calls.prepare(**GOOD | {"to": party}).first("To") == party


@pytest.mark.parametrize(
    ("more", "warning"),
    [
        ({"twiml": "<Response/>"}, "Twiml is ignored, because Url is given."),
        ({"application_sid": NOBODY}, "Url is ignored, because ApplicationSid is given."),
        (
            {"machine_detection": "Enable", "send_digits": "1"},
            "MachineDetection is ignored, because SendDigits is given.",
        ),
        (
            {"status_callback_event": ["ringing"]},
            "StatusCallbackEvent is ignored, because StatusCallback is not given.",
        ),
        ({"trim": "do-not-trim"}, "Trim is ignored, because Record is not given."),
        (
            {"record": False, "recording_channels": "dual"},
            "RecordingChannels is ignored, because Record is not given.",
        ),
    ],
)
def test_what_twilio_would_ignore_is_said(
    client: tm.Client, more: dict[str, Any], warning: str
) -> None:
    assert warning in client.calls.prepare(**GOOD | more).warnings


def test_inline_twiml_is_checked_and_its_faults_are_shown_with_a_simulated_call(
    client: tm.Client,
) -> None:
    call = client.calls.create(to=TO, from_=FROM, twiml="<Response><Sya>Hi</Sya></Response>")

    assert call.warnings == ["TwiML line 1: 12200: <Sya> is no element of TwiML Voice"]


def test_inline_twiml_may_be_bytes(client: tm.Client) -> None:
    twiml = "<Response><Say>Grüße.</Say></Response>"

    assert client.calls.prepare(to=TO, from_=FROM, twiml=twiml.encode()).first("Twiml") == twiml


def test_inline_twiml_must_be_xml(client: tm.Client) -> None:
    with pytest.raises(tm.NotXml, match="12100"):
        client.calls.create(to=TO, from_=FROM, twiml="<Response><Say>Hi</Response>")


def test_an_unknown_parameter_leads_to_the_nearest_one(client: tm.Client) -> None:
    with pytest.raises(tm.RequestError, match="stauts_callback") as refused:
        client.calls.create(**GOOD, stauts_callback=DEMO)

    assert refused.value.hint == "Did you mean status_callback?"


def test_every_parameter_may_be_in_twilios_spelling(client: tm.Client) -> None:
    snake = client.calls.prepare(**GOOD, machine_detection="Enable", async_amd=True)
    camel = client.calls.prepare(
        To=TO, From=FROM, Url=DEMO, MachineDetection="Enable", AsyncAmd=True
    )

    assert snake == camel


def test_an_update_takes_a_url_or_twiml_and_not_both(client: tm.Client) -> None:
    call = client.calls.create(**GOOD)

    with pytest.raises(tm.RequestError, match="cannot both be given"):
        call.update(url=DEMO, twiml="<Response/>")


def test_a_call_without_a_caller_offers_a_number_of_the_account(client: tm.Client) -> None:
    with pytest.raises(tm.RequestError) as refused:
        client.calls.create(to=TO, url=DEMO)

    assert refused.value.hint == f'Give from_="{FROM}", which is a number of the account.'
    assert refused.value.reason == "missing"
