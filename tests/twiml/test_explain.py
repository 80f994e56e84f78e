"""A document as plain sentences."""

from __future__ import annotations

from copy import copy

import pytest

from twilio_magic.twiml import explain, parse

ENQUEUED = "Puts the caller into the queue support, hearing music, until somebody takes the call."
GATHERED = (
    "Says “Press 1”, about 1 s. Waits 5 s for one key;"
    " then requests /menu (POST), or goes on if nothing comes."
)
RECORDED = (
    "After a beep, records up to 2 min, until any key is pressed or 5 s of silence;"
    " then requests /done (POST)."
)
LISTENING = "requests this document again, or goes on if nothing comes."


@pytest.mark.parametrize(
    ("verb", "sentence"),
    [
        (
            '<Say voice="Polly.Joanna" loop="2">Hello there</Say>',
            "Says “Hello there” in Polly.Joanna, about 1 s, 2 times.",
        ),
        (
            '<Say voice="Polly.Hans">Guten Tag</Say>',
            "Says “Guten Tag” in Polly.Hans (de-DE), about 1 s.",
        ),
        ('<Say language="de-DE">Hallo</Say>', "Says “Hallo” in de-DE, about 1 s."),
        ("<Say/>", "Says nothing."),
        (
            "<Dial><Say>Hello</Say></Dial>",
            "Calls nobody, because it names no number; then goes on.",
        ),
        ("<Dial/>", "Calls nobody, because it names no number; then goes on."),
        ("<Play>/a.mp3</Play>", "Plays /a.mp3."),
        ('<Play digits="1w2"/>', "Sends the keys 1w2."),
        ('<Play loop="0">/a.mp3</Play>', "Plays /a.mp3, again and again (up to 1,000 times)."),
        ('<Pause length="90"/>', "Waits 90 s before it answers."),
        (
            '<Gather numDigits="1" action="/menu"><Say>Press 1</Say></Gather>',
            GATHERED,
        ),
        (
            '<Gather input="speech" language="en-GB" actionOnEmptyResult="true"/>',
            "Waits 5 s for speech (en-GB); then requests this document again, even if nothing comes.",
        ),
        (
            "<Gather/>",
            f"Waits 5 s for keys, up to #; then {LISTENING}",
        ),
        (
            '<Dial timeout="20" record="record-from-answer">+14155550100</Dial>',
            "Calls +14155550100 and rings for 20 s, and records it; then goes on.",
        ),
        (
            '<Dial sequential="true"><Number>+14155550100</Number><Client>ann</Client></Dial>',
            "Calls +14155550100, then client ann and rings for 30 s; then goes on.",
        ),
        (
            "<Dial><Conference>room</Conference></Dial>",
            "Connects the caller to conference room; then goes on.",
        ),
        (
            '<Record action="/done" maxLength="120"/>',
            RECORDED,
        ),
        (
            "<Enqueue>support</Enqueue>",
            "Puts the caller into the queue support, hearing music, until somebody takes the call.",
        ),
        ('<Reject reason="busy"/>', "Declines the call without answering it (busy)."),
        ("<Foo/>", "<Foo> is no verb; Twilio skips it."),
    ],
)
def test_a_verb_is_one_sentence_with_its_seconds(verb: str, sentence: str) -> None:
    assert explain(parse(f"<Response>{verb}</Response>"))[0] == sentence


def test_the_end_of_the_call_is_told() -> None:
    assert explain(parse("<Response/>")) == ["Nothing is left to run, so the call is hung up."]
    assert explain(parse("<Response><Hangup/><Say>x</Say></Response>")) == [
        "Hangs up.",
        "Never reached: <Say>.",
    ]
    assert explain(parse('<Response><Dial action="/a">+1415</Dial><Pause/></Response>'))[1:] == [
        "Never reached: <Pause>."
    ]


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("<Pause/><Pause/>", "Declines the call without answering it (rejected)."),
        (
            "<Say>No</Say>",
            "Hangs up: the call is answered already, and <Reject> declines only one that rings.",
        ),
    ],
)
def test_a_reject_declines_only_a_call_that_rings(before: str, sentence: str) -> None:
    assert explain(f"<Response>{before}<Reject/></Response>")[-1] == sentence


@pytest.mark.parametrize(
    ("context", "ending"),
    [
        ("wait", "a queue requests this document again, and a conference is silent"),
        ("conference-wait", "there is silence"),
        ("queue-wait", "this document is requested again"),
        ("whisper", "the two calls are connected"),
        ("client-whisper", "the two calls are connected"),
        ("queue-whisper", "the two calls are connected"),
    ],
)
def test_where_a_document_is_run_says_what_follows_it(context: str, ending: str) -> None:
    """A document that was read for a place, as by %%twiml --context, knows it."""
    document = parse("<Response><Say>Hi</Say></Response>").with_problems(context=context)
    told = f"Nothing is left to run, so {ending}."

    assert explain(document)[-1] == explain(document.text, context=context)[-1] == told
    assert copy(document).context == context
    assert explain("<Response><Leave/><Say>Hi</Say></Response>", context="queue-wait")[1:] == [
        "Never reached: <Say>."
    ]
