"""Sms, Refer, Echo, Leave, and Transcription inside Start and Stop."""

from __future__ import annotations

import json
from collections.abc import Generator

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO, Place, heard, kinds, told

ACTION = "https://ivr.example.com/action"
ALICE, BOB = "sip:alice@example.com", "sip:bob@example.com"


@pytest.fixture(autouse=True)
def application(simulator: tm.Simulator) -> None:
    """An application that ends every call."""
    simulator.webhook(ACTION)(lambda: "<Response><Hangup/></Response>")


def told_action(call: tm.Call, *names: str) -> dict[str, str]:
    return {name: call.webhooks[-1].parameters.get(name, "") for name in names}


def test_sms_goes_to_the_far_end_and_on_with_the_next_verb(place: Place) -> None:
    call = place("<Sms>Your code is 1234.</Sms><Say>Bye.</Say>")

    assert told(call, "texted") == [f"{FROM} → {TO}: “Your code is 1234.”"]
    assert heard(call) == ["Twilio: Bye."]


def test_sms_action_is_told_sid_and_status(place: Place) -> None:
    call = place(f'<Sms action="{ACTION}" to="+14155550123">Hi.</Sms><Say>Never heard.</Say>')
    told_it = told_action(call, "SmsSid", "SmsStatus")

    assert told_it["SmsSid"].startswith("SM")
    assert told_it["SmsStatus"] == "sending"
    assert heard(call) == []


def test_an_sms_status_callback_is_told_that_it_was_sent(place: Place) -> None:
    call = place(f'<Sms statusCallback="{ACTION}">Hi.</Sms><Pause/>')

    assert call.webhooks[-1].parameters["SmsStatus"] == "sent"


def test_an_sms_without_words_fails_and_the_call_goes_on(place: Place) -> None:
    call = place("<Sms/><Say>Bye.</Say>")

    assert told(call, "failed") == ["14103: a message without words is not sent"]
    assert heard(call) == ["Twilio: Bye."]


@pytest.mark.parametrize(
    ("phone", "status", "code", "notified"),
    [
        ("answer", "in-progress", "202", "200"),
        ("ring 3; busy", "busy", "486", ""),
        ("no answer", "no-answer", "487", ""),
        ("fail", "failed", "404", ""),
    ],
)
def test_refer_action_is_told_what_became_of_the_transfer(
    place: Place, simulator: tm.Simulator, phone: str, status: str, code: str, notified: str
) -> None:
    simulator.phones[BOB] = phone
    call = place(f'<Refer action="{ACTION}"><Sip>{BOB}</Sip></Refer>', to=ALICE)

    assert told_action(
        call, "ReferCallStatus", "ReferSipResponseCode", "NotifySipResponseCode"
    ) == {
        "ReferCallStatus": status,
        "ReferSipResponseCode": code,
        "NotifySipResponseCode": notified,
    }


def test_a_transfer_to_a_phone_whose_function_raises_is_told(
    place: Place, simulator: tm.Simulator
) -> None:
    def broken() -> Generator[str, str, None]:
        yield "ring 1"
        raise ValueError("out of coins")

    simulator.phones[BOB] = broken
    call = place(f'<Refer action="{ACTION}"><Sip>{BOB}</Sip></Refer>', to=ALICE)

    assert told(call, "failed")[0].startswith(f"{BOB}: The phone's function raised ValueError")
    assert len(simulator.phones.failures) == 1


def test_only_a_sip_leg_can_be_referred(place: Place) -> None:
    call = place(f"<Refer><Sip>{BOB}</Sip></Refer><Say>Still here.</Say>")

    assert told(call, "failed")[0].startswith("13801: ")
    assert heard(call) == ["Twilio: Still here."]


def test_echo_lets_the_caller_hear_itself_until_it_hangs_up(place: Place) -> None:
    call = place("<Echo/>", phone='wait 1; say "Hello echo"; hear "hello echo"; hang up')

    assert told(call, "hung up") == [f"by {TO}"]
    assert told(call, "failed") == []


def test_leave_outside_a_queue_does_nothing_and_says_so(place: Place) -> None:
    call = place("<Leave/><Say>Bye.</Say>")

    assert told(call, "warned") == ["<Leave> does nothing: the call is in no queue"]
    assert heard(call) == ["Twilio: Bye."]


def transcribed(call: tm.Call) -> list[tuple[str, str]]:
    """Events of a transcription, with the words of those that have some."""
    events = [each.parameters for each in call.webhooks if each.purpose == "transcription"]
    assert [each["SequenceId"] for each in events] == [str(n + 1) for n in range(len(events))]
    return [
        (
            each["TranscriptionEvent"].removeprefix("transcription-"),
            json.loads(each.get("TranscriptionData", '{"transcript": ""}'))["transcript"],
        )
        for each in events
    ]


def test_a_transcription_callback_is_told_of_its_start_content_and_stop(place: Place) -> None:
    call = place(
        f'<Start><Transcription name="all" statusCallbackUrl="{ACTION}"/></Start>'
        "<Say>Hello there.</Say><Pause length='4'/>"
        '<Stop><Transcription name="all"/></Stop><Say>Not written.</Say>',
        phone='say "Hi."',
    )

    assert transcribed(call) == [
        ("started", ""),
        ("content", "Hello there."),
        ("content", "Hi."),
        ("stopped", ""),
    ]
    assert call.webhooks[0].parameters["TranscriptionEngine"] == "google"
    assert call.webhooks[0].parameters["TranscriptionSid"].startswith("GT")


@pytest.mark.parametrize(
    ("track", "words"), [("inbound_track", "Hi."), ("outbound_track", "Hello there.")]
)
def test_a_transcription_takes_down_its_track_and_ends_with_the_call(
    place: Place, track: str, words: str
) -> None:
    call = place(
        f'<Start><Transcription track="{track}" statusCallbackUrl="{ACTION}"/></Start>'
        "<Say>Hello there.</Say><Pause length='4'/>",
        phone='say "Hi."',
    )

    assert transcribed(call) == [("started", ""), ("content", words), ("stopped", "")]


def test_the_start_of_a_transcription_tells_the_configuration_of_its_provider(place: Place) -> None:
    """Seen on live calls, as JSON. That values are texts, and that hints stand there, is a guess."""
    start = f'<Start><Transcription statusCallbackUrl="{ACTION}" {{}}/></Start><Say>Hi.</Say>'
    plain = place(start.format(""))
    given = place(start.format('speechModel="nova-3" profanityFilter="false" hints="Ann Lee"'))

    assert json.loads(plain.webhooks[0].parameters["ProviderConfiguration"]) == {
        "profanityFilter": "true",
        "speechModel": "telephony",
        "enableAutomaticPunctuation": "true",
    }
    assert json.loads(given.webhooks[0].parameters["ProviderConfiguration"]) == {
        "profanityFilter": "false",
        "speechModel": "nova-3",
        "enableAutomaticPunctuation": "true",
        "hints": "Ann Lee",
    }


@pytest.mark.parametrize(
    ("attributes", "written"),
    [
        ("", "Oh s***, ann lee. Bye!"),
        ('profanityFilter="false"', "Oh shit, ann lee. Bye!"),
        ('enableAutomaticPunctuation="false"', "Oh s*** ann lee Bye"),
        ('hints="Ann Lee, Bob"', "Oh s***, Ann Lee. Bye!"),
    ],
)
def test_a_transcription_is_spelled_as_its_attributes_say(
    place: Place, attributes: str, written: str
) -> None:
    start = f'<Start><Transcription statusCallbackUrl="{ACTION}" {attributes}/></Start>'
    call = place(f"{start}<Pause length='9'/>", phone='say "Oh shit, ann lee. Bye!"')

    assert transcribed(call)[1] == ("content", written)


@pytest.mark.parametrize("engine", ["google", "Deepgram", "auto", "whisper"])
def test_an_engine_that_does_not_exist_transcribes_nothing_and_the_call_goes_on(
    place: Place, engine: str
) -> None:
    """Seen on live calls: 32650 is logged, and nobody is called back."""
    start = f'<Start><Transcription statusCallbackUrl="{ACTION}" transcriptionEngine="{engine}"/></Start>'
    call = place(f"{start}<Say>Hi.</Say>")
    exists = engine != "whisper"

    assert heard(call) == ["Twilio: Hi."]
    assert bool(transcribed(call)) is exists
    assert [text.partition(":")[0] for text in told(call, "failed")] == (
        [] if exists else ["32650"]
    )


def test_a_relative_status_callback_of_a_transcription_is_never_called(
    place: Place, simulator: tm.Simulator
) -> None:
    """11100; the transcription itself runs."""
    document = (
        '<Start><Transcription name="all" statusCallbackUrl="/status"/></Start>'
        '<Say>Hi.</Say><Stop><Transcription name="all"/></Stop>'
    )
    simulator.webhook("https://ivr.example.com/voice")(lambda: f"<Response>{document}</Response>")
    call = place(url="https://ivr.example.com/voice")

    assert [each.purpose for each in call.webhooks] == ["voice url"]
    assert told(call, "failed") == [
        "11100: statusCallbackUrl /status is relative, and is not called"
    ]
    assert not any("nothing to stop" in text for text in told(call, "warned"))


def test_a_transcription_that_does_not_run_cannot_be_stopped(place: Place) -> None:
    call = place('<Stop><Transcription name="all"/></Stop>')

    assert "nothing to stop" in told(call, "warned")[0]
    assert "not simulated" not in kinds(call)


def test_at_most_four_transcriptions_of_a_call_run_at_once(place: Place) -> None:
    """Facts: limits.audio_forks_per_call."""
    start = '<Start><Transcription name="{}"/></Start>'
    names = "abcd"
    stop = '<Stop><Transcription name="b"/></Stop>'
    call = place("".join(map(start.format, [*names, "e"])) + stop + start.format("f"))

    assert told(call, "failed") == [
        "4 transcriptions of the call run already; this one is not made"
    ]
