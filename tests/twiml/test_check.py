"""Checking: what Twilio would say, at its place, with what to do about it."""

from __future__ import annotations

import pytest

from twilio_magic.twiml import check, parse


def only(text: str, **options: object) -> str:
    """The one problem of a document, as a line."""
    (problem,) = check(text, **options)  # type: ignore[arg-type]
    return str(problem)


def test_a_good_document_has_no_problems() -> None:
    assert check('<Response><Say voice="Polly.Joanna">Hello</Say><Hangup/></Response>') == []
    assert check("<Response/>") == []
    assert check(parse("<Response><Pause/></Response>")) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "<Response><say>Hi</say></Response>",
            "1:11 warning 12200: <say> is written <Say>: upper and lower case count (write <Say>)",
        ),
        (
            '<Response><Say voise="man">Hi</Say></Response>',
            "1:16 warning 12200: <Say> has no attribute voise (did you mean voice?)",
        ),
        (
            "<Response>\n  <Pause length='x'/></Response>",
            '2:10 warning 13910: length="x" of <Pause> is not a whole number of seconds, 1 or more',
        ),
    ],
)
def test_a_problem_is_one_line_with_its_place_and_the_fix(text: str, line: str) -> None:
    assert only(text) == line


@pytest.mark.parametrize(
    ("voice", "words", "told"),
    [
        ("man", "w" * 4096, ""),
        ("man", "word " * 900, "the text has 4,500 characters; man takes at most 4,096"),
        ("Google.en-US-Standard-A", "word " * 900, ""),
        ("Google.en-US-Standard-A", "word?" * 700, "4,900 characters when it is URL-encoded"),
        ("Polly.Tatyana", "я" * 750, ""),
        ("Polly.Tatyana", "я" * 751, "4,506 characters when it is URL-encoded"),
        ("Polly.Zhiyu", "你" * 501, "4,509 characters when it is URL-encoded"),
        ("man", "👋" * 376, "4,512 characters when it is URL-encoded"),
    ],
)
def test_what_is_said_has_a_limit_of_its_voice_and_one_when_it_is_url_encoded(
    voice: str, words: str, told: str
) -> None:
    found = check(f'<Response><Say voice="{voice}">{words}</Say></Response>')
    messages = [problem.message for problem in found if problem.code == 13521]

    assert len(messages) == bool(told)
    assert told in "".join(messages)


@pytest.mark.parametrize(("length", "codes"), [(256, []), (257, [12200])])
def test_a_client_has_256_characters_at_most(length: int, codes: list[int]) -> None:
    found = check(f"<Response><Dial><Client>{'a' * length}</Client></Dial></Response>")

    assert [problem.code for problem in found] == codes


def test_problems_come_in_document_order() -> None:
    text = '<Response><Say loop="x">\n<Foo/></Say><Dial x="1" timeout="0">+14155550100</Dial></Response>'
    places = [(problem.line, problem.column) for problem in check(text)]

    assert places == sorted(places)
    assert len(places) == 5


def test_rules_and_codes_can_be_switched_off() -> None:
    text = '<Response><Say loop="x">Hi</Say><Hangup/><Hangup/></Response>'

    assert [problem.name for problem in check(text)] == ["bad-value", "unreachable-verb"]
    assert check(text, ignore={"13510", "unreachable-verb"}) == []


def test_an_unknown_context_is_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="whisper"):
        check("<Response/>", context="whispr")


def test_what_was_ignored_once_is_found_the_next_time() -> None:
    text = '<Response><Say voice="nobody">Never said before</Say></Response>'

    assert check(text, ignore={"13511"}) == []
    assert [problem.code for problem in check(text)] == [13511]


def test_a_document_can_carry_the_problems_of_a_certain_use() -> None:
    document = parse("<Response><Gather action='/a'/><Hangup/></Response>")

    assert document.problems == []
    assert [problem.code for problem in document.with_problems(inline=True).problems] == [15004]
    assert document.with_problems(inline=True) == document


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("<Response>\n  hello</Response>", (2, 3)),
        ("<Response><Pause/>\n<!-- x -->\n  hello\n<Hangup/></Response>", (3, 3)),
        ("<Response><Pause><!-- y --> hello</Pause></Response>", (1, 29)),
    ],
)
def test_stray_text_is_reported_where_it_stands(text: str, place: tuple[int, int]) -> None:
    (problem,) = check(text)

    assert (problem.name, problem.line, problem.column) == ("stray-text", *place)


def test_what_nobody_should_use_any_more_is_not_offered() -> None:
    (problem,) = check("<Response><Connect/></Response>")

    assert problem.hint == "put <ConversationRelay>, <Room>, <Stream> or <VirtualAgent> inside"


def test_an_attribute_in_the_namespace_of_xml_is_named_and_found_as_it_is_written() -> None:
    [problem] = check('<Response>\n<Say xml:space="preserve">Hi</Say></Response>')

    assert (problem.attribute, problem.line, problem.column) == ("xml:space", 2, 6)


RELAY = '<Connect><ConversationRelay url="wss://example.com/r" {}>{}</ConversationRelay></Connect>'


@pytest.mark.parametrize(
    "inside",
    [
        RELAY.format('events="speaker-events config-updated"', ""),
        RELAY.format('events="something-newer"', ""),
        RELAY.format("", "<Failover/>"),
        RELAY.format("", '<Failover><Language code="de-DE" ttsProvider="Amazon"/></Failover>'),
        RELAY.format("", '<Failover ttsProvider="Google" unheardOf="yes"/>'),
        '<Start><Transcription transcriptionEngine="auto"/></Start><Pause/>',
        '<Gather input="speech" language="es" speechModel="deepgram_nova-3"/><Pause/>',
        '<Gather input="speech" language="multi" speechModel="deepgram_nova-2"/><Pause/>',
        '<Dial><Conference maxParticipants="1">a</Conference></Dial>',
        '<Record action="/r" maxLength="2" transcribe="true" transcribeCallback="/t"/>',
    ],
)
def test_the_news_of_2026_are_known(inside: str) -> None:
    """From Twilio's changelogs of October and November, and corrections of its pages."""
    assert check(f"<Response>{inside}</Response>") == []


def test_a_document_that_knows_its_place_is_checked_for_it() -> None:
    document = parse("<Response><Dial>+14155550100</Dial></Response>")
    whisper = document.with_problems(context="whisper")

    assert check(document) == []
    assert [problem.code for problem in check(whisper)] == [13201]
    assert check(whisper) == whisper.problems
