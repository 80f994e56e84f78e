"""Advice: what is legal, but makes a caller suffer. Each rule can be switched off by its name."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from twilio_magic.twiml import check, explain


class Advice(NamedTuple):
    """A document that a rule speaks of, and a near one that it does not."""

    name: str
    document: str
    twin: str
    options: dict[str, Any]


def advice(name: str, inside: str, twin: str, **options: Any) -> Advice:
    return Advice(name, f"<Response>{inside}</Response>", f"<Response>{twin}</Response>", options)


RELAY = '<Connect><ConversationRelay url="wss://example.com/r" {}/></Connect>'
MENU = "<Gather {}><Say>{}</Say></Gather><Hangup/>"
CASES = [
    advice("unreachable-verb", "<Hangup/><Say>Bye</Say>", "<Say>Bye</Say><Hangup/>"),
    advice(
        "unreachable-verb", "<Redirect>/a</Redirect><Pause/>", "<Pause/><Redirect>/a</Redirect>"
    ),
    advice(
        "unreachable-verb",
        '<Dial action="/a">+14155550100</Dial><Pause/>',
        "<Dial>+14155550100</Dial><Pause/>",
    ),
    advice(
        "unreachable-verb",
        '<Gather actionOnEmptyResult="true"/><Pause/>',
        "<Gather/><Pause/>",
    ),
    advice(
        "unreachable-verb",
        '<Record action="/a"/><Say>We heard nothing.</Say>',
        '<Say>Speak.</Say><Record action="/a"/>',
    ),
    advice(
        "unreachable-verb",
        '<Pay action="https://example.com/paid"/><Say>Bye</Say>',
        '<Say>Hi</Say><Pay action="https://example.com/paid"/>',
    ),
    advice("gather-without-fallback", "<Gather/>", "<Gather/><Say>Bye</Say>"),
    advice(
        "start-last",
        '<Start><Stream url="wss://example.com"/></Start>',
        '<Start><Stream url="wss://example.com"/></Start><Pause/>',
    ),
    advice("endless-loop", "<Say>Hi</Say><Redirect/>", "<Gather/><Redirect/>"),
    advice("record-again", "<Record/>", '<Record action="/done"/>'),
    advice("endless-prompt", '<Play loop="0">/a.mp3</Play>', '<Play loop="3">/a.mp3</Play>'),
    advice("reject-not-first", "<Say>No</Say><Reject/>", "<Reject/>"),
    advice(
        "reject-not-first",
        "<Play>/a.mp3</Play><Reject/>",
        '<Pause length="3"/><Reject reason="busy"/>',
    ),
    advice(
        "reject-not-first",
        "<Dial>+14155550100</Dial><Reject/>",
        '<Dial answerOnBridge="true">+14155550100</Dial><Reject/>',
    ),
    advice("leave-outside-queue", "<Leave/>", "<Hangup/>"),
    advice(
        "inline-action",
        "<Gather/><Pause/>",
        '<Gather action="https://example.com"/><Pause/>',
        inline=True,
    ),
    advice(
        "menu-keys",
        MENU.format('numDigits="1"', "Press 12 for sales"),
        MENU.format('numDigits="2"', "Press 12 for sales"),
    ),
    advice(
        "menu-keys",
        MENU.format('numDigits="3"', "Enter your 4-digit code"),
        MENU.format('numDigits="4"', "Enter your 4-digit code"),
    ),
    advice(
        "menu-keys",
        MENU.format('input="speech"', "Press 1 for sales"),
        MENU.format('input="dtmf speech"', "Press 1 for sales"),
    ),
    advice(
        "menu-keys",
        MENU.format("", "Say yes or no"),
        MENU.format('input="speech"', "Say yes or no"),
    ),
    advice(
        "menu-keys",
        MENU.format("", "Press pound for more"),
        MENU.format('finishOnKey=""', "Press pound for more"),
    ),
    advice(
        "bare-number",
        "<Say>Call 4155550100</Say>",
        '<Say>Call <say-as interpret-as="telephone">4155550100</say-as></Say>',
    ),
    advice(
        "no-language",
        "<Say>Gracias por llamar, pulse uno para ventas</Say>",
        '<Say language="es-ES">Gracias por llamar, pulse uno para ventas</Say>',
    ),
    advice("no-language", "<Say>Спасибо за звонок</Say>", "<Say>Merci</Say>"),
    advice(
        "voice-language",
        '<Say voice="Google.de-DE-Standard-B" language="en-US">Hi</Say>',
        '<Say voice="Google.de-DE-Standard-B" language="de-DE">Hallo</Say>',
    ),
    advice(
        "voice-language",
        '<Say voice="Polly.Hans" language="en-US">Hi</Say>',
        '<Say voice="Polly.Hans" language="de-AT">Hallo</Say>',
    ),
    advice(
        "voice-language",
        '<Say voice="Polly.Aditi" language="fr-FR">Bonjour</Say>',
        '<Say voice="Polly.Aditi" language="hi-IN">Namaste</Say>',
    ),
    advice(
        "voice-language",
        '<Say voice="Polly.Zhiyu" language="ja-JP">Ni hao</Say>',
        '<Say voice="Polly.Zhiyu" language="zh-CN">Ni hao</Say>',
    ),
    advice(
        "relay-voice",
        RELAY.format('voice="en-US-Journey-O"'),
        RELAY.format('voice="UgBBYS2sOqTuMpoF3BR0"'),
    ),
    advice(
        "relay-voice",
        RELAY.format('voice="Joanna-Neural"'),
        RELAY.format('ttsProvider="amazon" voice="Joanna-Neural"'),
    ),
    advice("placeholder", "<Dial>+1XXXXXXXXXX</Dial>", "<Dial>+14155550100</Dial>"),
    advice(
        "emphasis-voice",
        '<Say voice="Polly.Joanna-Neural">So <emphasis>good</emphasis></Say>',
        '<Say voice="Polly.Joanna">So <emphasis>good</emphasis></Say>',
    ),
    advice(
        "unused-attribute",
        '<Gather hints="sales"/><Pause/>',
        '<Gather input="speech" hints="sales"/><Pause/>',
    ),
    advice(
        "unused-attribute",
        '<Dial><Number statusCallbackMethod="GET">+14155550100</Number></Dial>',
        '<Dial><Number statusCallback="/s" statusCallbackMethod="GET">+14155550100</Number></Dial>',
    ),
    advice("schemeless-url", "<Play>www.example.com/a.mp3</Play>", "<Play>a.mp3</Play>"),
    advice("deprecated", '<Say voice="alice">Hi</Say>', '<Say voice="man">Hi</Say>'),
    advice("discouraged", "<Sms>Hi</Sms>", "<Say>Hi</Say>"),
    advice("removed", "<Connect><Autopilot>a</Autopilot></Connect>", "<Pause/>"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_caller_would_thank_for_it(case: Advice) -> None:
    found = check(case.document, **case.options)
    quiet = check(case.twin, **case.options)

    assert [problem.name for problem in found] == [case.name]
    assert found[0].code is None
    assert found[0].level == ("warning" if case.name == "removed" else "advice")
    assert quiet == []
    assert check(case.document, ignore={case.name}, **case.options) == []


def test_a_reject_declines_while_the_call_rings() -> None:
    """The advice knows which verbs answer: none of those that say nothing, and nothing that is no verb."""
    for before in ("<Pause/><Pause/>", "<Say> </Say>", "<Sing/>"):
        found = check(f"<Response>{before}<Reject/></Response>")

        assert "reject-not-first" not in [problem.name for problem in found], before
    for before in (
        "<Enqueue>a</Enqueue>",
        "<Play>/a.mp3</Play>",
        "<Gather/>",
        "<Pause/><Say>Hi</Say>",
    ):
        found = check(f"<Response>{before}<Reject/></Response>")

        assert "reject-not-first" in [problem.name for problem in found], before


@pytest.mark.parametrize("context", ["whisper", "client-whisper", "queue-whisper"])
def test_who_enters_nothing_in_a_whisper_is_connected(context: str) -> None:
    text = "<Response><Gather><Say>Press 1</Say></Gather></Response>"
    found = [problem.name for problem in check(text, context=context)]

    assert "gather-without-fallback" not in found
    assert explain(text, context=context)[-1] == (
        "Nothing is left to run, so the two calls are connected."
    )


@pytest.mark.parametrize(
    "words",
    [
        "Enter your number, then press pound",
        "Enter your PIN followed by the pound sign",
        "Our opening hours of 2026 are from 9 to 17",
        "Express 12 lanes are open",
        "That costs $12345",
    ],
)
def test_ordinary_prompts_are_left_alone(words: str) -> None:
    assert check(f"<Response><Gather><Say>{words}</Say></Gather><Hangup/></Response>") == []


def test_only_the_first_verb_that_is_never_reached_is_reported() -> None:
    problems = check("<Response><Hangup/><Pause/><Pause/><Pause/></Response>")

    assert [(p.name, p.column) for p in problems] == [("unreachable-verb", 20)]


def test_a_wait_document_may_leave_and_may_end_as_it_likes() -> None:
    text = "<Response><Gather><Say>Hi</Say></Gather><Leave/></Response>"

    assert check(text, context="queue-wait") == []
    assert {p.name for p in check(text, context="conference-wait")} >= {"context"}
    assert [p.level for p in check(text, context="wait")] == ["advice", "advice"]
