"""Placeholders of samples are one piece of advice each, and not the error that the same value would otherwise be."""

from __future__ import annotations

from functools import reduce
from xml.sax.saxutils import unescape

import pytest

from tests.twiml.test_conformance import path_to
from twilio_magic.twiml import check, vocabulary

SID = "0123456789abcdef" * 2
CONVERSATION = '<Connect><Conversation serviceInstanceSid="{}"/></Connect>'
DIAL = "<Dial>{}</Dial>"
CALLER_ID = '<Dial callerId="{}">+14155550100</Dial>'
ENQUEUE = '<Enqueue workflowSid="{}"/>'
SIP = "<Dial><Sip>{}</Sip></Dial>"
START = "<Start>{}<Siprec connectorName='a'/></Start><Pause/>"
REDIRECT = "<Redirect>{}</Redirect>"
#: As programs have them whose text was not filled in.
UNFILLED = ("{number}", "${number}", "#{number}", "%(number)s", "&lt;your-number&gt;", "[number]")
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
        (ENQUEUE, "workflow_sid"),
        ('<Dial><Conference coach="{}">a</Conference></Dial>', "SupervisorCallSid"),
        ("<Dial><Application>{}</Application></Dial>", "AP0123456789abcdef"),
        ("{}", "${menu}"),
        ("{}", "%s"),
        (START, "#{recorder}"),
        ("<Say>Hello.</Say>{}", "{goodbye}"),
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
        ('<Dial><Queue reservationSid="{}">a</Queue></Dial>', "WRXXX"),
        (ENQUEUE, "WW_your_workflow_sid"),
        ('<Start><Transcription intelligenceService="{}"/></Start><Pause/>', "GAXXXXXXXX"),
        (DIAL, "+1XXXYYYZZZZ"),
        (DIAL, "+1-NPA-NXX-XXXX"),
        (CALLER_ID, "+1XXXYYYZZZZ"),
        *((shape, value) for shape in (DIAL, CALLER_ID, ENQUEUE) for value in UNFILLED),
        *(("<Dial><Client>{}</Client></Dial>", value) for value in UNFILLED[:3]),
        *(("<Dial><WhatsApp>{}</WhatsApp></Dial>", value) for value in UNFILLED),
        ("<Enqueue workflowSid='WW" + SID + "'><Task>{}</Task></Enqueue>", "${task}"),
        (SIP, "sip:YOUR_USER@…"),
        (SIP, "sip:YOUR_USER@YOUR_DOMAIN.sip.twilio.com"),
        (SIP, "sip:${user}@{host}"),
        (REDIRECT, "https://YOUR_DOMAIN/voice"),
        (REDIRECT, "https://your_domain.com/voice"),
        (REDIRECT, "https://${host}/voice"),
        (REDIRECT, "https://{host}/voice"),
        (REDIRECT, "https://example.com/${path}"),
        (REDIRECT, "https://&lt;your-domain&gt;/voice"),
        (SIPREC, "YOUR_DOMAIN/status"),
        ('<Connect><Stream url="{}"/></Connect>', "wss://YOUR_DOMAIN/stream"),
        ('<Pause length="{}"/>', "${seconds}"),
        ('<Say voice="{}">Hi</Say>', "YOUR VOICE"),
    ],
)
def test_a_placeholder_is_one_piece_of_advice(shape: str, value: str) -> None:
    found = check(f"<Response>{shape.format(value)}</Response>", ignore={"legacy"})

    assert [problem.level for problem in found] == ["advice"]
    assert f"{unescape(value)} is a placeholder" in found[0].message


@pytest.mark.parametrize(
    ("name", "attribute"),
    [(name, each) for name, row in vocabulary().elements.items() for each in row.attributes],
)
def test_no_attribute_has_an_error_because_of_a_placeholder(name: str, attribute: str) -> None:
    def codes(written: str) -> set[int | None]:
        shape = reduce(
            lambda inside, parent: f"<{parent}>{inside}</{parent}>",
            reversed(path_to(name)[:-1]),
            f"<{name} {written}/>",
        )
        return {problem.code for problem in check(shape)}

    usual = vocabulary().elements[name].attributes[attribute].values[:1]
    without = codes("") | codes(f'{attribute}="{usual[0]}"' if usual else "")
    for value in UNFILLED:
        assert codes(f'{attribute}="{value}"') <= without | {None}, value


@pytest.mark.parametrize(
    ("shape", "value", "code"),
    [
        (CONVERSATION, "IS12", 32501),
        (CONVERSATION, f"AC{SID}", 32501),
        ('<Connect><Conversation inboundTimeout="{}"/></Connect>', "xxxx", 32501),
        (ENQUEUE, "WW1", 14220),
        (ENQUEUE, "residence", 14220),
        ("{}", "Hello ${name}", 12200),
        ("<Pause>{}</Pause>", "${name}", 12200),
        (START, "{{Recorder}}", 12200),
        (DIAL, "reception", 13223),
        (DIAL, "+1 415 555 01x", 13223),
        (CALLER_ID, "Ann", 13214),
        (SIPREC, "/status", 11100),
        (DIAL, "+1415555ABCD", 13223),
        (DIAL, "abba", 13223),
        (SIP, "Ann &lt;ann@example.com&gt;", 13243),
        (REDIRECT, "https://example.com/{Form}", 11310),
        (REDIRECT, "https://my_server.example.com/", 11100),
        ('<Enqueue workflowSid="WW' + SID + '"><Task>{}</Task></Enqueue>', '{"a": 1,}', 14221),
        ('<Enqueue workflowSid="WW' + SID + '"><Task>{}</Task></Enqueue>', "[1]", 14221),
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
