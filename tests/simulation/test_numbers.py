"""How a phone number may be written: one rule for the checker, the client, the REST API, incoming calls and
the phones of the simulated world.

Blanks, hyphens, dots and parentheses between the digits do not count, with the country code and without it.
"""

from __future__ import annotations

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import FROM, TO, Place, placing
from tests.simulation.rest import address
from twilio_magic.endpoints import NotAnEndpoint, endpoint

ANN = "+14155550101"
WRITTEN = [
    "+14155550101",
    "+1 415 555 0101",
    "+1 (415) 555-0101",
    "+1-415-555-0101",
    "+1.415.555.0101",
    "(+1) 415 555 0101",
    "(415) 555-0101",
    "415-555-0101",
    "1 415 555 0101",
]
NO_NUMBERS = ["+1 415 555 0101 ext. 5", "+1/415/555/0101", "0101", "reception", "+0 415 555 0101"]


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize(
    "dial",
    [
        "<Dial>{}</Dial>",
        "<Dial><Number>{}</Number></Dial>",
        '<Dial callerId="{}">+14155550101</Dial>',
    ],
)
def test_what_the_checker_takes_is_dialed(place: Place, written: str, dial: str) -> None:
    inside = dial.format(written)
    call = place(inside, phone="answer; wait 9")
    legs = [event for event in call.timeline if event.kind == "dialing" and ANN in event.text]

    assert tm.check(f"<Response>{inside}</Response>") == []
    assert [event for event in call.timeline if event.kind == "failed"] == []
    assert len(legs) == 1


@pytest.mark.parametrize("written", WRITTEN)
def test_the_rest_api_takes_it_as_to_and_as_from(
    simulator: tm.Simulator, session: requests.Session, written: str
) -> None:
    """The page of 13223 speaks against hyphens in TwiML, where Twilio's own samples have them."""
    calls, form = (
        address(simulator, "/Calls.json"),
        {"To": TO, "From": FROM, "Twiml": "<Response/>"},
    )
    called = session.post(calls, data=form | {"To": written})
    calling = session.post(calls, data=form | {"From": written})

    assert (called.status_code, calling.status_code) == (201, 201)
    assert (called.json()["to"], calling.json()["from"]) == (ANN, ANN)


@pytest.mark.parametrize("written", WRITTEN)
def test_the_client_takes_it_as_to_as_from_and_as_a_filter(client: tm.Client, written: str) -> None:
    document = {"twiml": "<Response/>"}

    assert client.calls.create(to=written, from_=FROM, **document).to == ANN
    assert client.calls.create(to=FROM, from_=written, **document).from_ == ANN
    assert [call.to for call in client.calls.list(to=written)] == [ANN]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_call_comes_in_from_it_and_at_it(simulator: tm.Simulator, written: str) -> None:
    for number in (ANN, FROM):
        simulator.numbers[number].voice_url = simulator.host("<Response><Say>Hi</Say></Response>")

    assert simulator.receive(written, FROM).wait().from_ == ANN
    assert simulator.receive(FROM, written).wait().to == ANN


@pytest.mark.parametrize("written", WRITTEN)
def test_a_phone_and_a_number_of_the_account_are_found_under_it(
    simulator: tm.Simulator, written: str
) -> None:
    simulator.phones[written] = "busy"
    call = placing(simulator)(to=ANN, twiml="<Say>Hi</Say>")

    assert call.status == "busy"
    assert simulator.numbers[written] is simulator.numbers[ANN]
    assert simulator.phones[ANN] is simulator.phones[written]


@pytest.mark.parametrize("written", NO_NUMBERS)
def test_what_the_checker_refuses_is_not_dialed(place: Place, written: str) -> None:
    inside = f"<Dial>{written}</Dial>"
    call = place(inside)

    assert [problem.code for problem in tm.check(f"<Response>{inside}</Response>")] == [13223]
    assert any(event.kind == "failed" for event in call.timeline)
    with pytest.raises(NotAnEndpoint):
        endpoint(written)


@given(st.lists(st.sampled_from([*"().-", " ", "\u00a0", ""]), min_size=12, max_size=12))
@settings(max_examples=50)
def test_separators_change_nothing_wherever_they_stand(separators: list[str]) -> None:
    written = "".join(a + b for a, b in zip(ANN, separators, strict=True))

    assert endpoint(written).address == ANN
    assert tm.check(f"<Response><Dial>{written}</Dial></Response>") == []


def test_a_pattern_of_phones_stays_as_it_is(simulator: tm.Simulator) -> None:
    simulator.phones["+1415[0-9]*"] = "busy"

    assert placing(simulator)(to=ANN, twiml="<Say>Hi</Say>").status == "busy"


@pytest.mark.parametrize(
    ("wrong", "meant"), [("recieve", "receive"), ("phone", "phones"), ("advnce", "advance")]
)
def test_a_wrong_name_on_a_simulator_names_the_right_one(wrong: str, meant: str) -> None:
    with pytest.raises(AttributeError, match=f"no '{wrong}'") as refused:
        getattr(tm.Simulator(), wrong)

    assert isinstance(refused.value, tm.TwilioMagicError)
    assert refused.value.hint == f"Did you mean {meant}?"


def test_what_a_number_does_not_have_is_not_set() -> None:
    """Else a misspelled voice_url would change nothing, and nobody would know."""
    with pytest.raises(tm.TwilioMagicError, match="no 'voice_ulr'") as refused:
        tm.Simulator().numbers[FROM].voice_ulr = "https://ivr.example.com"  # type: ignore[attr-defined]

    assert refused.value.hint == "Did you mean voice_url?"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, url) for name in ("voice_url", "sms_url") for url in ("http://h h/", "menu")),
        ("status_callback", "ftp://ivr.example.com/"),
        ("voice_method", "PUT"),
    ],
)
def test_a_number_is_given_only_what_twilio_takes(name: str, value: str) -> None:
    simulator = tm.Simulator()
    number, domain = simulator.numbers[FROM], simulator.sip_domains["acme.sip.twilio.com"]

    with pytest.raises(tm.RequestError, match=r"not a web address|cannot be"):
        setattr(number, name, value)
    with pytest.raises(tm.RequestError, match="VoiceUrl is not a web address: 'menu'"):
        domain.voice_url = "menu"
    assert getattr(number, name) is None


def test_a_phone_without_an_address_is_no_phone() -> None:
    simulator = tm.Simulator()

    with pytest.raises(NotAnEndpoint, match="No phone number is given: type a number"):
        simulator.phones[""] = "busy"
