"""Whom a document calls, and as whom: what the checker says of an address is what happens in a call."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import Place, kinds, placing, told

KATE = "sip:kate@example.com"
CREDENTIALS = '<Dial><Sip username="u" password="p">{}</Sip></Dial>'


@pytest.mark.parametrize("written", [KATE, "kate@example.com", "kate@example.com;transport=tcp"])
def test_a_sip_address_needs_no_scheme(simulator: tm.Simulator, written: str) -> None:
    """In a document, and for the phone at it."""
    simulator.phones["kate@example.com"] = "busy"
    inside = CREDENTIALS.format(written)
    call = placing(simulator)(inside, phone="answer; wait 9")
    dialed = told(call, "dialing")

    assert tm.check(f"<Response>{inside}</Response>") == []
    assert any(KATE in text for text in dialed)
    assert "busy" in kinds(call)
    assert simulator.phones[KATE] is simulator.phones["kate@example.com"]


@pytest.mark.parametrize(
    ("caller_id", "noun", "is_called"),
    [
        ("client:ann", "<Number>+14155550101</Number>", False),
        ("Ann", "<Number>+14155550101</Number>", False),
        ("(415) 555-0100", "<Number>+14155550101</Number>", True),
        ("Ann Lee", "<Sip>kate@example.com</Sip>", False),
        ("client:ann", "<Sip>kate@example.com</Sip>", False),
        ("Ann_Lee-1.2", "<Sip>kate@example.com</Sip>", True),
        ("+14155550100", "<Sip>kate@example.com</Sip>", True),
        ("Ann", "<Client>bob</Client>", True),
    ],
)
def test_the_checker_and_the_call_agree_on_a_caller_id(
    place: Place, caller_id: str, noun: str, is_called: bool
) -> None:
    inside = f'<Dial callerId="{caller_id}">{noun}</Dial>'
    call = place(inside, phone="answer; wait 9")
    refused = [text[:5] for text in told(call, "failed")]

    assert [problem.code for problem in tm.check(f"<Response>{inside}</Response>")] == (
        [] if is_called else [13214]
    )
    assert refused == ([] if is_called else ["13214"])


def test_a_client_as_caller_id_rings_a_client_with_a_warning(place: Place) -> None:
    inside = '<Dial callerId="client:ann"><Client>bob</Client></Dial>'
    call = place(inside, phone="answer; wait 9")

    assert [problem.code for problem in tm.check(f"<Response>{inside}</Response>")] == [13214]
    assert any(text.startswith("13214") for text in told(call, "warned"))
    assert "client:bob" in told(call, "dialing")
