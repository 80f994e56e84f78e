"""SIP parties call the SIP domains of the account, which Twilio's API makes and changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client as OfficialClient

import twilio_magic as tm

from ..calls import heard, told

VOICE = "https://ivr.example.com/voice"
DOMAIN = "acme.sip.twilio.com"
BOB, ALICE = "sip:bob@example.com", f"sip:alice@{DOMAIN}"


def sign_in(simulator: tm.Simulator) -> OfficialClient:
    own = simulator.credentials
    return OfficialClient(
        own.account_sid, own.password.reveal(), http_client=simulator.http_client()
    )


@pytest.fixture
def official(simulator: tm.Simulator) -> OfficialClient:
    return sign_in(simulator)


@pytest.fixture
def seen(simulator: tm.Simulator) -> list[Mapping[str, str]]:
    """What the application at VOICE was told."""
    seen: list[Mapping[str, str]] = []

    @simulator.webhook(VOICE)
    def voice(request: Mapping[str, str]) -> str:
        seen.append(dict(request))
        return "<Response><Say>Welcome.</Say></Response>"

    return seen


def test_a_sip_party_reaches_the_voice_url_of_a_domain_as_captures_have_it(
    simulator: tm.Simulator, official: OfficialClient, seen: list[Mapping[str, str]]
) -> None:
    domain = official.sip.domains.create(domain_name=DOMAIN, voice_url=VOICE)

    call = simulator.receive(BOB, ALICE, parameters={"X-Room": "blue"}).wait()

    told_ids = {"SipCallId": seen[0]["SipCallId"], "SipSourceIp": seen[0]["SipSourceIp"]}
    assert seen[0] == {
        "AccountSid": simulator.credentials.account_sid,
        "ApiVersion": "2010-04-01",
        "CallSid": call.sid,
        "CallStatus": "ringing",
        "Called": ALICE,
        "Caller": BOB,
        "Direction": "inbound",
        "From": BOB,
        "To": ALICE,
        "SipDomain": DOMAIN,
        "SipDomainSid": domain.sid,
        "SipHeader_X-Room": "blue",
        **told_ids,
    }
    assert told_ids["SipCallId"].endswith("@example.com")
    assert heard(call) == ["Twilio: Welcome."]


def test_a_domain_is_reached_through_an_edge_and_with_headers_in_its_address(
    simulator: tm.Simulator, seen: list[Mapping[str, str]]
) -> None:
    simulator.sip_domains[DOMAIN].voice_url = VOICE

    address = "sip:alice@acme.sip.dublin.twilio.com"
    simulator.receive(BOB, f"{address};transport=tls?X-Room=blue%20one").wait()

    assert seen[0]["To"] == address
    assert seen[0]["SipHeader_X-Room"] == "blue one"
    assert seen[0]["SipDomain"] == "acme.sip.dublin.twilio.com"


def test_fallback_and_status_callback_of_a_domain_are_requested(
    simulator: tm.Simulator, seen: list[Mapping[str, str]]
) -> None:
    domain = simulator.sip_domains[DOMAIN]
    domain.voice_url = "https://ivr.example.com/broken"
    domain.voice_fallback_url = VOICE
    domain.voice_status_callback_url = "https://ivr.example.com/over"
    ended: list[str] = []
    simulator.webhook("https://ivr.example.com/broken")(lambda: ("", 500))
    simulator.webhook("https://ivr.example.com/over")(lambda r: ended.append(r["CallStatus"]))

    call = simulator.receive(BOB, ALICE).wait()

    assert heard(call) == ["Twilio: Welcome."]
    assert ended == ["completed"]
    assert seen[0]["ErrorCode"] == "11200"


def test_the_official_sdk_makes_changes_lists_and_deletes_domains(
    official: OfficialClient,
) -> None:
    made = official.sip.domains.create(
        domain_name=DOMAIN, friendly_name="Acme", voice_url=VOICE, sip_registration=True
    )
    assert (made.domain_name, made.auth_type, made.sip_registration) == (DOMAIN, "", True)
    assert made.voice_method == "POST"

    changed = official.sip.domains(made.sid).update(voice_method="GET", domain_name="b." + DOMAIN)
    again = official.sip.domains.create(domain_name=DOMAIN)

    assert (changed.voice_method, changed.voice_url, changed.sid) == ("GET", VOICE, made.sid)
    assert [each.sid for each in official.sip.domains.list()] == [again.sid, made.sid]
    official.sip.domains(made.sid).delete()
    with pytest.raises(TwilioRestException) as gone:
        official.sip.domains(made.sid).fetch()
    assert gone.value.code == 20404


@pytest.mark.parametrize("name", ["acme", "acme.example.com", "a b.sip.twilio.com", DOMAIN.upper()])
def test_a_name_that_is_taken_or_no_domain_is_refused(official: OfficialClient, name: str) -> None:
    official.sip.domains.create(domain_name=DOMAIN)
    with pytest.raises(TwilioRestException) as refused:
        official.sip.domains.create(domain_name=name)
    assert refused.value.code == 20001


def test_what_is_mapped_to_a_domain_is_its_type_of_authentication(
    official: OfficialClient, simulator: tm.Simulator, seen: list[Mapping[str, str]]
) -> None:
    domain = official.sip.domains.create(domain_name=DOMAIN, voice_url=VOICE)
    addresses = official.sip.ip_access_control_lists.create(friendly_name="office")
    credentials = official.sip.credential_lists.create(friendly_name="people")
    assert len(told(simulator.receive(BOB, ALICE), "warned")) == 1

    calls = official.sip.domains(domain.sid).auth.calls
    calls.ip_access_control_list_mappings.create(addresses.sid)
    official.sip.domains(domain.sid).credential_list_mappings.create(credentials.sid)

    assert official.sip.domains(domain.sid).fetch().auth_type == "IP_ACL,CREDENTIAL_LIST"
    assert not told(simulator.receive(BOB, ALICE), "warned")
    calls.ip_access_control_list_mappings(addresses.sid).delete()
    assert official.sip.domains(domain.sid).fetch().auth_type == "CREDENTIAL_LIST"


def test_a_strict_account_takes_no_call_that_nobody_authenticates() -> None:
    simulator = tm.Simulator(profile="strict")
    simulator.sip_domains[DOMAIN].voice_url = VOICE
    with pytest.raises(tm.SimulatorError, match="none of credentials"):
        simulator.receive(BOB, ALICE)


@pytest.mark.parametrize(
    ("caller_id", "shown"),
    [
        ("", []),
        ('callerId="+14155550177"', []),
        ('callerId="+12125551234"', ["+12125551234"]),
    ],
)
def test_a_sip_party_calls_on_with_a_number_of_the_account_and_not_with_its_own(
    caller_id: str, shown: list[str]
) -> None:
    simulator = tm.Simulator(profile="strict")
    sdk = sign_in(simulator)
    domain = sdk.sip.domains.create(domain_name=DOMAIN, voice_url=VOICE)
    people = sdk.sip.credential_lists.create(friendly_name="people")
    sdk.sip.domains(domain.sid).credential_list_mappings.create(people.sid)
    document = f"<Response><Dial {caller_id}>+14155550101</Dial></Response>"
    simulator.webhook(VOICE)(lambda: document)
    simulator.numbers["+12125551234"].voice_url = VOICE
    simulator.phones["+14155550101"] = "answer; hang up"
    call = simulator.receive(f"sip:+14155550177@{DOMAIN}", ALICE).wait()

    dialed = [each for each in tm.Client(simulator=simulator).calls if each.parent_call_sid]

    assert [each.from_ for each in dialed] == shown
    assert [text[:5] for text in told(call, "failed")] == ([] if shown else ["13214"])


@pytest.mark.parametrize(
    ("to", "parameters", "message"),
    [
        ("sip:alice@other.sip.twilio.com", {}, "at no SIP domain of this account"),
        (ALICE, {}, "no voice URL"),
        (f"{ALICE}?Room=blue", {}, "no SIP header 'Room'"),
        (ALICE, {"Room": "blue"}, "no SIP header 'Room'"),
    ],
)
def test_an_impossible_call_says_why(
    simulator: tm.Simulator, to: str, parameters: Any, message: str
) -> None:
    domain = simulator.sip_domains[DOMAIN]
    if "header" in message:
        domain.voice_url = VOICE
    with pytest.raises(tm.SimulatorError, match=message):
        simulator.receive(BOB, to, parameters=parameters)


def test_domains_are_told_by_their_names(simulator: tm.Simulator) -> None:
    assert repr(simulator.sip_domains) == "no SIP domains"
    simulator.sip_domains[DOMAIN].voice_url = VOICE

    assert repr(simulator.sip_domains) == f"<SipDomain {DOMAIN}: {VOICE}>"
    assert list(simulator.sip_domains) == [DOMAIN]
    assert "other.sip.twilio.com" not in simulator.sip_domains
    with pytest.raises(tm.SimulatorError, match="is no SIP domain"):
        _ = simulator.sip_domains["acme"]
