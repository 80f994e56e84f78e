"""Placeholders of samples are one piece of advice each, and not the error that the same value would otherwise be."""

from __future__ import annotations

import pytest

from twilio_magic.twiml import check

SID = "0123456789abcdef" * 2
CONVERSATION = '<Connect><Conversation serviceInstanceSid="{}"/></Connect>'
DIAL = "<Dial>{}</Dial>"
CALLER_ID = '<Dial callerId="{}">+14155550100</Dial>'
ENQUEUE = '<Enqueue workflowSid="{}"/>'
SIPREC = '<Start><Siprec connectorName="a" statusCallback="{}"/></Start><Pause/>'


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (CONVERSATION, "ISxxxxxxxx"),
        (CONVERSATION, "ISXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"),
        (CONVERSATION, "IS12345xxxxxxxxxxxxxx"),
        (ENQUEUE, "WW********************"),
        (ENQUEUE, "YOUR_WORKFLOW_SID"),
        (ENQUEUE, "[workflow sid]"),
        ("<Dial><Application>{}</Application></Dial>", "APXXXXXXXXXXXXXXXX"),
        ("<Dial><Sim>{}</Sim></Dial>", "DExxxxxxxx"),
        ('<Dial><Number byoc="{}">+14155550100</Number></Dial>', "BYxxxxxxxx"),
        ('<Dial><Conference coach="{}">a</Conference></Dial>', "CAxxxxxxxx"),
        (DIAL, "+1XXXXXXXXXX"),
        (DIAL, "+1888xxxxxxx"),
        (DIAL, "+1 (415) NNN-NNNN"),
        (DIAL, "your-number-here"),
        (DIAL, "PHONE_NUMBER"),
        ("<Dial><WhatsApp>{}</WhatsApp></Dial>", "whatsapp:+1XXXXXXXXXX"),
        (CALLER_ID, "+1888XXXXXXX"),
        (CALLER_ID, "YOUR_TWILIO_NUMBER"),
        (SIPREC, "www.myexample.com"),
        (SIPREC, "example.com/status"),
        ("<Redirect>{}</Redirect>", "www.example.com"),
        ("<Play>{}</Play>", "api.yourserver.com/a.mp3"),
        ('<Connect><Stream url="{}"/></Connect>', "example.com/stream"),
    ],
)
def test_a_placeholder_is_one_piece_of_advice(shape: str, value: str) -> None:
    found = check(f"<Response>{shape.format(value)}</Response>", ignore={"legacy"})

    assert [problem.level for problem in found] == ["advice"]
    assert f"{value} is a placeholder" in found[0].message


@pytest.mark.parametrize(
    ("shape", "value", "code"),
    [
        (CONVERSATION, "IS12", 32501),
        (CONVERSATION, f"AC{SID}", 32501),
        ('<Connect><Conversation inboundTimeout="{}"/></Connect>', "xxxx", 32501),
        (ENQUEUE, "WW1", 14220),
        (DIAL, "reception", 13223),
        (DIAL, "+1 415 555 01x", 13223),
        (CALLER_ID, "Ann", 13214),
        (SIPREC, "/status", 11100),
    ],
)
def test_a_value_that_no_placeholder_looks_like_keeps_its_code(
    shape: str, value: str, code: int
) -> None:
    found = check(f"<Response>{shape.format(value)}</Response>", ignore={"legacy"})

    assert [problem.code for problem in found] == [code]


@pytest.mark.parametrize("value", ["{{CallerId}}", "{{From}}"])
def test_what_a_bin_fills_in_is_no_placeholder(value: str) -> None:
    for shape in (DIAL, CALLER_ID, ENQUEUE):
        assert check(f"<Response>{shape.format(value)}</Response>") == []


def test_the_scheme_that_is_missing_is_the_one_that_is_needed() -> None:
    [problem] = check('<Response><Connect><Stream url="example.com/a"/></Connect></Response>')

    assert problem.hint == "write wss://example.com/a"
