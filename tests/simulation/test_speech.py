"""Speech in a Gather: the first of keys and speech decides, and silence ends it."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import TO, Place, heard, told

ACTION, PARTIAL = "https://ivr.example.com/action", "https://ivr.example.com/partial"
PROMPT = "<Say>Which department do you want? We have sales, support and billing.</Say>"


@pytest.fixture(autouse=True)
def application(simulator: tm.Simulator) -> None:
    """An application that ends every call."""
    simulator.webhook(ACTION)(lambda: "<Response><Hangup/></Response>")
    simulator.webhook(PARTIAL)(lambda: "")


def gather(attributes: str = "", prompt: str = "", kinds: str = "speech") -> str:
    return (
        f'<Gather input="{kinds}" action="{ACTION}" {attributes}>{prompt}</Gather><Say>Bye.</Say>'
    )


def result(call: tm.Call) -> dict[str, str]:
    """What the action was told beside the standard parameters."""
    names = ("SpeechResult", "Confidence", "Digits", "FinishedOnKey")
    told = call.webhooks[-1].parameters
    return {name: told[name] for name in names if name in told}


def test_gather_action_is_told_the_words_and_the_confidence(place: Place) -> None:
    call = place(gather(prompt=PROMPT), phone='say "sales, please" confidence 0.75')

    assert result(call) == {
        "SpeechResult": "sales, please",
        "Confidence": "0.75",
        "FinishedOnKey": "",
    }
    assert told(call, "gathered") == ["“sales, please” (confidence 0.75)"]


def test_speech_cuts_the_prompt_short(place: Place) -> None:
    call = place(gather(prompt=PROMPT), phone='hear "department"; say "sales"')

    assert heard(call)[0] == "Twilio: Which department …"
    assert result(call)["SpeechResult"] == "sales"


def test_without_barge_in_the_prompt_is_spoken_to_its_end(place: Place) -> None:
    script = 'hear "department"; say "sales"; wait 6; say "billing"'
    call = place(gather('bargeIn="false"', PROMPT), phone=script)

    assert "…" not in heard(call)[0]
    assert result(call)["SpeechResult"] == "billing"


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ('wait 1; press 12; say "sales"', {"Digits": "12", "FinishedOnKey": ""}),
        (
            'wait 1; say "sales"; press 1',
            {"SpeechResult": "sales", "Confidence": "0.9", "FinishedOnKey": ""},
        ),
        ("wait 1; press 1#", {"Digits": "1", "FinishedOnKey": "#"}),
    ],
)
def test_of_keys_and_speech_the_first_decides(
    place: Place, script: str, expected: dict[str, str]
) -> None:
    assert result(place(gather(kinds="dtmf speech"), phone=script)) == expected


def test_keys_do_not_count_where_only_speech_is_asked_for(place: Place) -> None:
    call = place(gather(), phone="wait 1; press 1")

    assert told(call, "pressed") == ["1 (lost: nothing was listening for keys)"]
    assert heard(call)[-1] == "Twilio: Bye."


@pytest.mark.parametrize(
    ("kinds", "text", "empty"),
    [
        ("speech", "no words", {"SpeechResult": "", "FinishedOnKey": ""}),
        (
            "dtmf speech",
            "no keys and no words",
            {"Digits": "", "SpeechResult": "", "FinishedOnKey": ""},
        ),
    ],
)
def test_nothing_goes_on_with_the_next_verb_unless_the_action_wants_to_know(
    place: Place, kinds: str, text: str, empty: dict[str, str]
) -> None:
    call = place(gather('timeout="3"', kinds=kinds))
    asked = place(gather('actionOnEmptyResult="true"', kinds=kinds))

    assert told(call, "timed out") == [text]
    assert heard(call) == ["Twilio: Bye."]
    assert result(asked) == empty


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ('speechTimeout="3"', "sales and billing"),
        ('speechTimeout="1"', "sales"),
        ('speechTimeout="auto"', "sales"),
        ('timeout="2"', "sales"),
    ],
)
def test_silence_ends_speech(place: Place, attributes: str, words: str) -> None:
    script = 'wait 1; say "sales"; wait 2.5; say "and billing"'

    assert result(place(gather(attributes), phone=script))["SpeechResult"] == words


def test_max_speech_time_ends_speech(place: Place) -> None:
    script = 'wait 1; say "one two three four five six seven eight nine ten"'
    call = place(gather('maxSpeechTime="2"'), phone=script)
    words = result(call)["SpeechResult"].split()

    assert "one" in words
    assert "ten" not in words


def test_a_gather_partial_result_callback_is_told_stable_and_unstable_words(place: Place) -> None:
    script = 'wait 1; say "I would like to talk to the sales department"'
    call = place(gather(f'partialResultCallback="{PARTIAL}"'), phone=script)
    partial = [each.parameters for each in call.webhooks if each.purpose == "partial result"]

    assert [each["SequenceNumber"] for each in partial] == [str(n) for n in range(len(partial))]
    assert partial[0]["StableSpeechResult"] == ""
    assert partial[1]["StableSpeechResult"] == partial[0]["UnstableSpeechResult"]
    last = partial[-1]
    assert f"{last['StableSpeechResult']} {last['UnstableSpeechResult']}" == (
        "I would like to talk to the sales department"
    )
    assert {each["CallStatus"] for each in partial} == {"in-progress"}


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ("", "this is s*** from twilio"),
        ('profanityFilter="false"', "this is shit from twilio"),
        ('hints="Twilio, Example Limited"', "this is s*** from Twilio"),
    ],
)
def test_words_are_masked_and_spelled_as_hinted(place: Place, attributes: str, words: str) -> None:
    call = place(gather(attributes), phone='say "this is shit from twilio"')

    assert result(call)["SpeechResult"] == words


def test_a_model_has_no_effect_and_that_is_told(place: Place) -> None:
    call = place(gather('speechModel="phone_call" enhanced="true"'), phone='say "sales"')

    assert told(call, "not simulated") == [
        "speechModel of <Gather> (line 1)",
        "enhanced of <Gather> (line 1)",
    ]


def test_what_nobody_listens_for_is_in_the_transcript_all_the_same(place: Place) -> None:
    call = place("<Pause length='5'/>", phone='say "Hello?"')

    assert heard(call) == [f"{TO}: Hello?"]
