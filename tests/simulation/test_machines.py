"""Machine detection: who answers, and what applications are told of it."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import Place, heard, told

GREETING = "Hello, you have reached Ann. Please leave a message after the tone."
MACHINE = f'machine "{GREETING}"'
RESULT = "https://ivr.example.com/machine"


@pytest.mark.parametrize(
    ("phone", "answered_by"),
    [
        ('answer; say "Hello?"', "human"),
        (MACHINE, "machine_start"),
        ("fax", "fax"),
        ("answer", "unknown"),
        ('machine "Ann."', "machine_start"),
        ('machine "Ann." no beep', "human"),
    ],
)
def test_enable_judges_the_first_words(place: Place, phone: str, answered_by: str) -> None:
    """A short greeting is a person's, whoever speaks it, unless a beep gives the machine away."""
    call = place("<Say>Hello.</Say>", phone=f"ring 1; {phone}", machine_detection="Enable")

    assert call.answered_by == answered_by
    assert told(call, "detected")[0].startswith(answered_by)


@pytest.mark.parametrize(
    ("phone", "answered_by"),
    [
        ('answer; say "Hello?"', "human"),
        (MACHINE, "machine_end_beep"),
        (f"{MACHINE} no beep", "machine_end_silence"),
        (f'machine "{GREETING * 9}"', "machine_end_other"),
        ("fax", "fax"),
        ("answer", "unknown"),
    ],
)
def test_detect_message_end_waits_for_the_end_of_the_greeting(
    place: Place, phone: str, answered_by: str
) -> None:
    call = place("<Say>Hello.</Say>", phone=phone, machine_detection="DetectMessageEnd")

    assert call.answered_by == answered_by


def test_a_message_after_the_beep_comes_after_the_beep(place: Place) -> None:
    call = place("<Say>Call me back.</Say>", phone=MACHINE, machine_detection="DetectMessageEnd")

    assert [line.partition(": ")[2] for line in heard(call)] == [
        GREETING,
        "[beep]",
        "Call me back.",
    ]


@pytest.mark.parametrize(
    ("threshold", "phone", "answered_by", "milliseconds"),
    [
        ({"machine_detection_speech_threshold": 1000}, MACHINE, "machine_start", 1000),
        ({"machine_detection_speech_threshold": 6000}, MACHINE, "machine_start", 5850),
        ({"machine_detection_silence_timeout": 3000}, "answer", "unknown", 3000),
        ({"machine_detection_timeout": 3}, 'answer; wait 2; say "Yes?"', "unknown", 3000),
        (
            {"machine_detection_speech_end_threshold": 2000},
            'answer; wait 1; say "Hello?"',
            "human",
            3860,
        ),
    ],
)
def test_the_thresholds_decide(
    place: Place, threshold: dict[str, int], phone: str, answered_by: str, milliseconds: int
) -> None:
    call = place("<Hangup/>", phone=phone, machine_detection="Enable", **threshold)

    assert told(call, "detected") == [f"{answered_by}, after {milliseconds} ms"]


def test_the_document_is_requested_with_the_result(place: Place, simulator: tm.Simulator) -> None:
    simulator.webhook(RESULT)(lambda: "<Response/>")
    call = place(url=RESULT, phone=MACHINE, machine_detection="Enable", status_callback=RESULT)
    voice, completed = call.webhooks

    assert voice.parameters["AnsweredBy"] == "machine_start"
    assert voice.parameters["MachineDetectionDuration"] == "2400"
    assert completed.parameters["AnsweredBy"] == "machine_start"


def test_async_detection_reports_while_the_document_runs(
    place: Place, simulator: tm.Simulator
) -> None:
    simulator.webhook(RESULT)(lambda: "")
    call = place(
        "<Pause length='9'/>",
        phone=MACHINE,
        machine_detection="Enable",
        async_amd=True,
        async_amd_status_callback=RESULT,
    )
    (reported,) = call.webhooks

    assert call.duration == 9
    assert reported.parameters == {
        "CallSid": call.sid,
        "AccountSid": call.account_sid,
        "AnsweredBy": "machine_start",
        "MachineDetectionDuration": "2400",
    }


def test_a_call_that_ends_before_the_result_reports_none(
    place: Place, simulator: tm.Simulator
) -> None:
    call = place(
        "<Hangup/>",
        phone=MACHINE,
        machine_detection="Enable",
        async_amd=True,
        async_amd_status_callback=RESULT,
    )

    assert (call.answered_by, call.webhooks) == (None, [])


def test_a_phone_that_hangs_up_during_the_detection_ends_the_call(place: Place) -> None:
    call = place("<Say>Never heard.</Say>", phone="wait 1; hang up", machine_detection="Enable")

    assert (call.status, call.answered_by, heard(call)) == ("completed", None, [])


def test_keys_that_go_first_switch_the_detection_off(place: Place) -> None:
    call = place("<Hangup/>", phone=MACHINE, machine_detection="Enable", send_digits="1")

    assert call.answered_by is None
    assert call.warnings
