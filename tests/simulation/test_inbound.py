"""Calls that come in: the number answers with its document, and its first verb decides when."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import heard, kinds, told

CALLER, NUMBER = "+14155550100", "+12125551234"
VOICE, PROGRESS = "https://ivr.example.com/voice", "https://ivr.example.com/progress"


def answering(simulator: tm.Simulator, twiml: str) -> None:
    """Let *twiml*, inside a Response, answer at the number."""
    simulator.numbers[NUMBER].voice_url = VOICE
    simulator.webhook(VOICE)(lambda: f"<Response>{twiml}</Response>")


def receive(simulator: tm.Simulator, twiml: str, phone: str | None = None) -> tm.Call:
    answering(simulator, twiml)
    return simulator.receive(CALLER, NUMBER, phone=phone).wait()


def test_a_call_rings_until_the_document_answers_it(simulator: tm.Simulator) -> None:
    answering(simulator, "<Say>Welcome.</Say>")
    call = simulator.receive(from_=CALLER, to=NUMBER)
    at_first = call.status
    call.wait()

    assert (at_first, call.status, call.direction) == ("ringing", "completed", "inbound")
    assert (call.from_, call.to, call.queue_time) == (CALLER, NUMBER, 0)
    assert call.phone_number_sid == simulator.numbers[NUMBER].sid
    assert kinds(call) == ["ringing", "fetched", "answered", "said", "hung up", "completed"]


def test_the_first_request_says_ringing_and_later_ones_in_progress(
    simulator: tm.Simulator,
) -> None:
    answering(simulator, "")

    @simulator.webhook(VOICE)
    def voice(asked: dict[str, str]) -> str:
        again = "" if asked["CallStatus"] == "in-progress" else "<Pause/><Redirect/>"
        return f"<Response>{again}</Response>"

    call = simulator.receive(CALLER, NUMBER).wait()
    statuses = [each.parameters["CallStatus"] for each in call.webhooks]

    assert statuses == ["ringing", "in-progress"]
    assert {each.parameters["Direction"] for each in call.webhooks} == {"inbound"}


@pytest.mark.parametrize(
    ("twiml", "status"),
    [
        ("<Reject/>", "no-answer"),
        ('<Reject reason="rejected"/>', "no-answer"),
        ('<Reject reason="busy"/>', "busy"),
        ('<Pause length="3"/><Reject reason="busy"/>', "busy"),
    ],
)
def test_reject_declines_a_call_that_is_not_answered(
    simulator: tm.Simulator, twiml: str, status: str
) -> None:
    call = receive(simulator, f"{twiml}<Say>Never heard.</Say>")

    assert (call.status, call.duration, heard(call)) == (status, None, [])


def test_reject_after_another_verb_comes_too_late(simulator: tm.Simulator) -> None:
    call = receive(simulator, "<Say>Hello.</Say><Reject/>")

    assert call.status == "completed"
    assert told(call, "warned")[-1].startswith("<Reject> comes too late")


def test_a_leading_pause_delays_the_answer(simulator: tm.Simulator) -> None:
    call = receive(simulator, "<Pause length='4'/><Say>Hello.</Say>")
    at = {event.kind: event.at for event in call.timeline}

    assert at["answered"] - at["ringing"] == 4


@pytest.mark.parametrize("twiml", ["<Hangup/>", "", "<Gather timeout='1'/>", "<Dial>x</Dial>"])
def test_every_other_verb_answers(simulator: tm.Simulator, twiml: str) -> None:
    call = receive(simulator, twiml)

    assert call.status == "completed"
    assert "answered" in kinds(call)


def test_the_caller_follows_a_script(simulator: tm.Simulator) -> None:
    call = receive(
        simulator, "<Gather numDigits='1'><Say>Press 1.</Say></Gather>", "press 1; hang up"
    )

    assert told(call, "gathered") == ["1"]
    assert told(call, "hung up") == [f"by {CALLER}"]


def test_a_caller_may_give_up_before_the_answer(simulator: tm.Simulator) -> None:
    call = receive(simulator, "<Pause length='9'/><Say>Hello.</Say>", "ring 5; press 1")

    assert call.status == "canceled"
    assert call.timeline[-1].at == 5


def test_a_script_for_a_phone_that_is_called_serves_for_calling_too(
    simulator: tm.Simulator,
) -> None:
    simulator.phones[CALLER] = "ring 3; answer; hang up"
    call = receive(simulator, "<Pause length='9'/>")

    assert call.status == "canceled"
    simulator.phones[CALLER] = "answer; hear 'hello'; hang up"
    assert receive(simulator, "<Say>Hello.</Say>").status == "completed"
    simulator.phones.check()


def test_the_status_callback_of_the_number_hears_of_the_end_only(
    simulator: tm.Simulator,
) -> None:
    simulator.webhook(PROGRESS)(lambda: "")
    simulator.numbers[NUMBER].status_callback = PROGRESS
    call = receive(simulator, "<Pause/><Say>Hi.</Say>")
    reports = [each.parameters for each in call.webhooks if each.purpose == "status callback"]

    assert [report["CallStatus"] for report in reports] == ["completed"]
    assert reports[0]["CallDuration"] == "1"


def test_an_application_answers_in_the_place_of_the_number(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    simulator.webhook(PROGRESS)(lambda: "")
    application = client.applications.create(
        voice_url=simulator.host("<Response><Say>From the application.</Say></Response>"),
        voice_method="GET",
        status_callback=PROGRESS,
    )
    simulator.numbers[NUMBER].voice_application_sid = application.sid
    call = receive(simulator, "<Say>From the number.</Say>")

    assert heard(call) == ["Twilio: From the application."]
    assert [each.method for each in call.webhooks] == ["GET", "POST"]


def test_the_fallback_of_the_number_takes_over(simulator: tm.Simulator) -> None:
    simulator.webhook(VOICE)(lambda: ("broken", 500))
    simulator.numbers[NUMBER].voice_url = VOICE
    simulator.numbers[NUMBER].voice_fallback_url = simulator.host(
        "<Response><Say>Later, please.</Say></Response>"
    )

    assert heard(simulator.receive(CALLER, NUMBER).wait()) == ["Twilio: Later, please."]


@pytest.mark.parametrize(
    ("number", "application", "said"),
    [
        ("+13105550000", None, "no number of this account"),
        (NUMBER, None, "has no voice URL"),
        (NUMBER, "AP" + "0" * 32, "which does not exist"),
    ],
)
def test_a_number_where_nothing_answers_is_refused_with_what_to_do(
    simulator: tm.Simulator, number: str, application: str | None, said: str
) -> None:
    simulator.numbers[NUMBER].voice_application_sid = application

    with pytest.raises(tm.SimulatorError, match=said) as refused:
        simulator.receive(CALLER, number)
    assert refused.value.hint


def test_inbound_calls_do_not_wait_in_the_queue(simulator: tm.Simulator) -> None:
    answering(simulator, "<Pause length='2'/><Hangup/>")
    calls = [simulator.receive(CALLER, NUMBER) for _ in range(3)]
    simulator.run()

    assert [call.fetch().timeline[-1].at for call in calls] == [2, 2, 2]
