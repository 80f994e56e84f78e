"""Every error code that a document can show: one document that raises it, and one nearly the same
that does not.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from twilio_magic.twiml import check, vocabulary


class Case(NamedTuple):
    """A document with a mistake, what to replace in it, and by what, to mend it."""

    code: int
    document: str
    wrong: str
    right: str
    options: dict[str, Any]

    @property
    def twin(self) -> str:
        return self.document.replace(self.wrong, self.right)


def case(code: int, inside: str, wrong: str, right: str, **options: Any) -> Case:
    whole = inside if inside.startswith("<?") or code == 12102 else f"<Response>{inside}</Response>"
    assert wrong in whole, f"{code}: {wrong} is not in the document"
    return Case(code, whole, wrong, right, options)


SID = "0123456789abcdef" * 2
LONG = "x" * 600
DIAL = "<Dial {}><Number>+14155550100</Number></Dial>"
NUMBER = "<Dial><Number {}>+14155550100</Number></Dial>"
CONFERENCE = "<Dial><Conference {}>room</Conference></Dial>"
SIP = "<Dial><Sip {}>sip:ann@example.com</Sip></Dial>"
QUEUE = "<Dial><Queue {}>support</Queue></Dial>"
GATHER = "<Gather {}/><Hangup/>"
RECORD = '<Record action="/r" {}/>'
ENQUEUE = "<Enqueue {}>support</Enqueue>"
STREAM = "<Connect><Stream {}/></Connect>"
PAY = "<Pay {}/>"
RELAY = '<Connect><ConversationRelay url="wss://example.com/r" {}/></Connect>'
AGENT = "<Connect><VirtualAgent {}</Connect>"
TRANSCRIPTION = '<Start><Transcription {}</Start><Pause length="60"/>'
SMS = "<Sms {}>Hello</Sms>"


def attribute(code: int, shape: str, name: str, wrong: str, right: str, **options: Any) -> Case:
    bad, good = f'{name}="{wrong}"', f'{name}="{right}"'
    return case(code, shape.format(bad), bad, good, **options)


def without(code: int, shape: str, wrong: str, **options: Any) -> Case:
    return case(code, shape.format(wrong), wrong, "", **options)


CASES = [
    case(11100, "<Play>http://exa mple.com/a.mp3</Play>", "exa mple", "example"),
    case(11100, "<Redirect>ftp://example.com/</Redirect>", "ftp", "https"),
    case(11100, "<Play>https://my_host.example.com/a</Play>", "my_host", "my-host"),
    case(11300, "<Play>https://example.com/{}</Play>", "{}", "{From}"),
    case(11310, "<Play>https://example.com/{Form}</Play>", "{Form}", "{From}"),
    case(11320, "<Play>https://example.com/{From</Play>", "{From", "{From}"),
    case(12100, "<Say>a & b</Say>", "&", "&amp;"),
    case(11750, f"<Say>{'x' * 66_000}</Say>", "x" * 64_000, ""),
    case(32018, f"<!-- {'x' * 4000} -->", "x" * 100, "", inline=True),
    Case(12101, '<Response version="new"/>', "new", "2010-04-01", {}),
    case(12102, "<Answer/>", "Answer", "Response"),
    case(12200, "<say>Hi</say>", "say", "Say"),
    case(12200, "<Say>Hi</Say><Sing/>", "Sing", "Hangup"),
    case(12200, '<Say vioce="man">Hi</Say>', "vioce", "voice"),
    case(
        13000,
        "<Dial><Conference>a</Conference><Conference>b</Conference></Dial>",
        "<Conference>b</Conference>",
        "",
    ),
    case(
        13000,
        "<Dial><Conference>a</Conference><Number>+14155550100</Number></Dial>",
        "<Conference>a</Conference>",
        "<Client>a</Client>",
    ),
    case(
        13110,
        "<Annotate/>",
        "<Annotate/>",
        "<Annotate><BillingReferenceTag>x</BillingReferenceTag></Annotate>",
    ),
    case(
        13111,
        "<Annotate><BillingReferenceTag>x</BillingReferenceTag>"
        "<BillingReferenceTag>y</BillingReferenceTag></Annotate>",
        "<BillingReferenceTag>y</BillingReferenceTag>",
        "",
    ),
    case(
        13112,
        "<Annotate><BillingReferenceTag>x</BillingReferenceTag><Say>y</Say></Annotate>",
        "<Say>y</Say>",
        "",
    ),
    case(
        13120,
        f"<Annotate><BillingReferenceTag>{'x' * 129}</BillingReferenceTag></Annotate>",
        "x" * 129,
        "x" * 128,
    ),
    attribute(13210, DIAL, "method", "PUT", "POST"),
    attribute(13211, DIAL, "ifMachine", "stop", "hangup"),
    attribute(13212, DIAL, "timeout", "0", "20"),
    attribute(13213, DIAL, "hangupOnStar", "yes", "true"),
    case(13215, "<Dial><Say>Hi</Say><Number>+14155550100</Number></Dial>", "<Say>Hi</Say>", ""),
    case(
        13215,
        f"<Dial>{'<Client>ann</Client>' * 11}</Dial>",
        "<Client>ann</Client>" * 2,
        "<Client>ann</Client>",
    ),
    attribute(13216, DIAL, "timeLimit", "-5", "60"),
    attribute(13217, DIAL, "record", "yes", "record-from-answer"),
    attribute(13218, DIAL, "sequential", "1", "true"),
    attribute(13219, DIAL, "answerOnBridge", "True", "true"),
    attribute(13220, DIAL, "ringTone", "gb", "uk"),
    attribute(13221, NUMBER, "method", "post", "POST"),
    attribute(13222, NUMBER, "sendDigits", "12-34", "12w34"),
    case(13223, "<Dial>reception</Dial>", "reception", "+14155550100"),
    case(13223, "<Dial><Number/></Dial>", "<Number/>", "<Number>+14155550100</Number>"),
    case(13226, "<Dial>+21055501000</Dial>", "+210555", "+33155"),
    attribute(13230, CONFERENCE, "muted", "no", "false"),
    attribute(13231, CONFERENCE, "endConferenceOnExit", "on", "true"),
    attribute(13232, CONFERENCE, "startConferenceOnEnter", "0", "false"),
    attribute(13233, CONFERENCE, "waitUrl", "see below", "/wait"),
    attribute(13234, CONFERENCE, "waitMethod", "HEAD", "GET"),
    attribute(13235, CONFERENCE, "beep", "loud", "onEnter"),
    case(13237, "<Dial><Conference/></Dial>", "<Conference/>", "<Conference>a</Conference>"),
    attribute(13239, CONFERENCE, "trim", "yes", "trim-silence"),
    attribute(13241, SIP, "method", "PATCH", "GET"),
    without(13242, SIP, 'sendDigits="12"'),
    case(13243, "<Dial><Sip>example.com</Sip></Dial>", "example", "ann@example"),
    case(13243, "<Dial><Sip>ann lee@example.com</Sip></Dial>", "ann lee", "sip:ann"),
    attribute(13214, DIAL, "callerId", "client:ann", "+14155550100"),
    attribute(13214, DIAL, "callerId", "Ann", "(415) 555-0100"),
    case(
        13214,
        '<Dial callerId="Ann Lee"><Sip>sip:ann@example.com</Sip></Dial>',
        "Ann Lee",
        "Ann_Lee",
    ),
    case(
        13214,
        '<Dial callerId="client:ann"><Client>bob</Client></Dial>',
        "client:",
        "",
    ),
    case(
        13214,
        '<Dial callerId="Ann"><Client>bob</Client><Number>+14155550100</Number></Dial>',
        "<Number>+14155550100</Number>",
        "",
    ),
    attribute(13248, DIAL, "callerId", "4" * 65, "+14155550100"),
    attribute(13249, SIP, "username", "ann lee", "annlee"),
    case(
        13250,
        f"<Dial><Sip>{'<Uri>sip:a@example.com</Uri>' * 11}</Sip></Dial>",
        "<Uri>sip:a@example.com</Uri>" * 11,
        "<Uri>sip:a@example.com</Uri>" * 2,
    ),
    case(
        13251,
        "<Dial><Sip><Uri>sip:a@example.com</Uri><Headers>"
        + '<Header name="X-A" value="b"/>' * 51
        + "</Headers></Sip></Dial>",
        '<Header name="X-A" value="b"/>' * 3,
        '<Header name="X-A" value="b"/>',
    ),
    case(13252, "<Dial><Sip>sip:a@example.com?Foo=1</Sip></Dial>", "Foo", "X-Foo"),
    case(
        13253,
        f"<Dial><Sip><Uri>sip:a@example.com</Uri><Headers><Header name='X-A' value='"
        f"{'x' * 1100}'/></Headers></Sip></Dial>",
        "x" * 1100,
        "x" * 900,
    ),
    attribute(13256, RECORD, "recordingStatusCallback", "a b", "/done"),
    attribute(13256, DIAL, "recordingStatusCallback", "mailto:a@b", "/done"),
    attribute(13257, RECORD, "transcribeCallback", "a b", "/done"),
    attribute(13310, GATHER, "finishOnKey", "A", "*"),
    attribute(13311, GATHER, "finishOnKey", "*#", "#"),
    attribute(13312, GATHER, "method", "DELETE", "GET"),
    attribute(13313, GATHER, "timeout", "0", "1"),
    attribute(13313, GATHER, "timeout", "auto", "5"),
    attribute(13314, GATHER, "numDigits", "four", "4"),
    case(13320, "<Gather><Hangup/></Gather><Hangup/>", "<Hangup/></G", "<Pause/></G"),
    case(13321, '<Gather><Say voice="bob">Hi</Say></Gather><Hangup/>', "bob", "man"),
    case(13322, '<Gather><Say loop="two">Hi</Say></Gather><Hangup/>', "two", "2"),
    attribute(13326, GATHER, "input", "keys", "dtmf speech"),
    attribute(13327, GATHER, "speechTimeout", "none", "auto"),
    attribute(13328, GATHER, "maxSpeechTime", "long", "30"),
    attribute(13329, GATHER, "partialResultCallbackMethod", "get", "GET"),
    attribute(13330, GATHER, "hints", "x" * 101, "x" * 99),
    attribute(13331, GATHER, "language", "english", "en-GB"),
    attribute(13332, GATHER, "bargeIn", "always", "true"),
    attribute(13333, GATHER, "profanityFilter", "off", "false"),
    attribute(13334, GATHER, "speechModel", "whisper", "phone_call"),
    case(
        13335, GATHER.format('speechTimeout="auto" speechModel="default"'), "default", "phone_call"
    ),
    attribute(13337, GATHER, "action", "http://example.com", "https://example.com", pci=True),
    attribute(13338, GATHER, "actionOnEmptyResult", "1", "true"),
    case(13410, '<Play loop="-1">/a.mp3</Play>', "-1", "1"),
    case(13430, '<Play digits="12x"/>', "12x", "12w"),
    case(13510, '<Say loop="-1">Hi</Say>', "-1", "2"),
    case(13511, '<Say voice="Polly.Joana">Hi</Say>', "Joana", "Joanna"),
    attribute(13512, GATHER, "language", "en", "en-US"),
    case(
        13512,
        GATHER.format('input="speech" language="hi" speechModel="phone_call"'),
        "phone_call",
        "deepgram_nova-2",
    ),
    case(
        13331,
        GATHER.format('input="speech" language="multi" speechModel="googlev2_long"'),
        "googlev2_long",
        "deepgram_nova-2",
    ),
    case(13513, '<Say rate="fast">Hi</Say>', "fast", "150"),
    case(13513, '<Say voice="woman">Hi <break/> you</Say>', "woman", "Polly.Joanna"),
    case(13513, '<Say voice="man"><prosody rate="slow">Hi</prosody></Say>', 'voice="man"', ""),
    case(
        13520,
        '<Say>On <say-as interpret-as="date" role="mdy">1/2/2026</say-as></Say>',
        "role",
        "format",
    ),
    case(13520, "<Say> <break/> </Say>", "<break/>", "Hi"),
    case(13521, f'<Say voice="Polly.Joanna">{"word " * 601}</Say>', "word " * 3, ""),
    case(13521, f"<Say>{'да ' * 400}</Say>", "да " * 60, ""),
    attribute(13610, RECORD, "method", "PUT", "POST"),
    attribute(13611, RECORD, "timeout", "-1", "3"),
    attribute(13612, RECORD, "maxLength", "0", "30"),
    attribute(13612, RECORD, "maxLength", "1", "2"),
    attribute(13612, RECORD, "maxLength", "86401", "86400"),
    attribute(13613, RECORD, "finishOnKey", "x", "9"),
    attribute(13614, RECORD, "transcribe", "FAST", "true"),
    case(13615, RECORD.format('transcribe="true" maxLength="300"'), "300", "120"),
    attribute(13616, RECORD, "playBeep", "no", "false"),
    attribute(13621, RECORD, "recordingStatusCallbackEvent", "done", "completed absent"),
    attribute(13622, DIAL, "recordingTrack", "inbound_track", "inbound"),
    attribute(13699, RECORD, "trim", "true", "do-not-trim"),
    case(13710, '<Redirect method="PUT">/a</Redirect>', "PUT", "GET"),
    case(
        13806,
        '<Dial><Client clientNotificationUrl="/n">ann</Client></Dial>',
        '"/n"',
        '"https://example.com/n"',
    ),
    case(13810, '<Reject reason="asleep"/>', "asleep", "busy"),
    case(13910, '<Pause length="0"/>', "0", "1"),
    attribute(14101, SMS, "to", "ann", "+14155550100"),
    attribute(14102, SMS, "from", "ann", "+14155550100"),
    case(14103, "<Sms/>", "<Sms/>", "<Sms>Hi</Sms>"),
    attribute(14104, SMS, "method", "PUT", "GET"),
    attribute(14105, SMS, "statusCallback", "a b", "/s"),
    attribute(14201, ENQUEUE, "method", "PUT", "GET"),
    attribute(14202, ENQUEUE, "waitUrl", "a b", "/w"),
    attribute(14203, ENQUEUE, "action", "a b", "/a"),
    case(14204, "<Enqueue/>", "<Enqueue/>", f'<Enqueue workflowSid="WW{SID}"/>'),
    case(14205, f"<Enqueue>{'x' * 65}</Enqueue>", "x" * 65, "x" * 64),
    attribute(14206, ENQUEUE, "waitUrlMethod", "PUT", "GET"),
    attribute(14210, QUEUE, "method", "PUT", "GET"),
    attribute(14211, QUEUE, "url", "a b", "/a"),
    case(14212, "<Dial><Queue/></Dial>", "<Queue/>", "<Queue>a</Queue>"),
    case(14213, f"<Dial><Queue>{'x' * 65}</Queue></Dial>", "x" * 65, "x" * 64),
    attribute(14215, QUEUE, "reservationSid", "WR1", f"WR{SID}"),
    attribute(14220, ENQUEUE, "workflowSid", "WW1", f"WW{SID}"),
    case(
        14221,
        f'<Enqueue workflowSid="WW{SID}"><Task>{{"a": }}</Task></Enqueue>',
        '{"a": }',
        '{"a": 1}',
    ),
    case(
        14300,
        "<Start><Room>a</Room></Start><Pause/>",
        "<Room>a</Room>",
        '<Stream url="wss://example.com/a"/>',
    ),
    case(15004, '<Gather action="/a"/><Hangup/>', '"/a"', '"https://example.com/a"', inline=True),
    attribute(16002, CONFERENCE, "maxParticipants", "0", "1"),
    attribute(16023, CONFERENCE, "participantLabel", "a/b", "a-b"),
    case(
        21262,
        NUMBER.format('machineDetection="Enable"'),
        'machineDetection="Enable"',
        'machineDetection="Enable" amdStatusCallback="/a"',
    ),
    case(21263, NUMBER.format('amdStatusCallback="/a" machineDetectionTimeout="99"'), "99", "59"),
    attribute(31922, STREAM, "url", "https://example.com/a", "wss://example.com/a"),
    attribute(31923, STREAM, "url", "wss://exa mple.com/a", "wss://example.com/a"),
    case(
        31941,
        STREAM.format('url="wss://example.com/a" track="both_tracks"'),
        "both_tracks",
        "inbound_track",
    ),
    case(32223, "<Dial><Sip>sip:acme.sip.twilio.com</Sip></Dial>", "sip:acme", "sip:ann@acme"),
    case(32501, '<Connect><Conversation inboundTimeout="x"/></Connect>', '"x"', '"60"'),
    case(32602, AGENT.format("/>"), "/>", ' connectorName="a"/>'),
    case(
        32603,
        AGENT.format('connectorName="a"><Config name="pitch" value="1"/></VirtualAgent>'),
        "pitch",
        "language",
    ),
    case(
        32605,
        AGENT.format('connectorName="a" statusCallback="http://example.com"/>'),
        "http:",
        "https:",
        pci=True,
    ),
    case(
        32650,
        TRANSCRIPTION.format('transcriptionEngine="azure"/>'),
        "azure",
        "auto",
    ),
    case(
        11200,
        '<Start><Recording recordingStatusCallback="/done"/></Start><Pause/>',
        "/done",
        "https://example.com/done",
    ),
    case(
        32652,
        TRANSCRIPTION.format('><Config name="languageCode" value="a"/></Transcription>'),
        "languageCode",
        "customSetting",
    ),
    case(
        32654,
        TRANSCRIPTION.format('statusCallbackUrl="http://example.com"/>'),
        "http:",
        "https:",
        pci=True,
    ),
    attribute(64003, PAY, "chargeAmount", "-1", "1.00"),
    attribute(64003, PAY, "chargeAmount", "1.005", "1.05"),
    attribute(64016, PAY, "action", "http://example.com/p", "https://example.com/p"),
    case(
        64017,
        PAY.format('bankAccountType="consumer-savings"'),
        "/>",
        ' paymentMethod="ach-debit"/>',
    ),
    attribute(64020, PAY, "maxAttempts", "9", "3"),
    attribute(64101, RELAY, "interruptSensitivity", "extreme", "low"),
    case(64101, RELAY.format('ttsProvider="Google" voice="Joanna-Neural"'), "Google", "Amazon"),
    case(64101, RELAY.format('ttsProvider="Amazon" voice="en-US-Journey-O"'), "Amazon", "google"),
    case(
        64101, RELAY.format('ttsProvider="Google" voice="Polly.Joanna-Neural"'), "Google", "Amazon"
    ),
    case(
        64101,
        RELAY.format('ttsProvider="Amazon" voice="Google.en-US-Neural2-C"'),
        "Amazon",
        "google",
    ),
    case(
        64101,
        RELAY.format('ttsProvider="Google" voice="UgBBYS2sOqTuMpoF3BR0"'),
        ' ttsProvider="Google"',
        "",
    ),
    case(
        64101,
        '<Connect><ConversationRelay url="wss://example.com/r" ttsProvider="Amazon">'
        '<Language code="de-DE" voice="de-DE-Neural2-B"/></ConversationRelay></Connect>',
        "<Language ",
        '<Language ttsProvider="Google" ',
    ),
    attribute(64106, RELAY, "speechModel", "telephony", "nova-3-general"),
    attribute(94001, RECORD, "transcribe", "yes", "true"),
    case(
        13201,
        "<Dial>+14155550100</Dial>",
        "<Dial>+14155550100</Dial>",
        "<Say>Hi</Say>",
        context="whisper",
    ),
    case(13238, "<Record action='/r'/>", "<Record action='/r'/>", "<Pause/>", context="wait"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.wrong[:20]}")
def test_a_mistake_has_its_code_and_the_mended_document_has_not(case: Case) -> None:
    found = [problem for problem in check(case.document, **case.options) if problem.code]
    mended = [problem for problem in check(case.twin, **case.options) if problem.code]

    assert [problem.code for problem in found] == [case.code]
    assert found[0].level == vocabulary().codes[case.code].level
    assert case.code not in [problem.code for problem in mended]
    assert mended == []


def test_what_becomes_of_the_call_is_told_where_the_level_would_mislead() -> None:
    """A warning that fails the document, and an error with which the call goes on."""
    consequences = {code: row.consequence for code, row in vocabulary().codes.items()}
    for each in CASES:
        expected = consequences[each.code]
        [found] = [problem for problem in check(each.document, **each.options) if problem.code]
        if expected is not None:
            assert found.message.endswith(f"; {expected}")

    assert {code for code in consequences if consequences[code]} == {13321, 32650}


def test_every_code_that_a_document_can_show_has_such_a_test() -> None:
    visible = {
        code for code, row in vocabulary().codes.items() if row.seen in {"static", "document"}
    }
    #: About the HTTP response or the request, which is not in the document.
    elsewhere = {11770, 12300, 12301, 32019}

    assert visible - {case.code for case in CASES} == elsewhere
