"""Calls that come in: the number answers with its document, and its first verb decides when."""

from __future__ import annotations

from typing import Any

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
        again = "" if asked["CallStatus"] == "in-progress" else "<Say>Hi.</Say><Redirect/>"
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


@pytest.mark.parametrize(
    "twiml",
    [
        "<Say>Hi.</Say>",
        "<Gather timeout='1'/>",
        "<Dial>x</Dial>",
        '<Say><break time="1s"/></Say>',
        "<Say/><Say>Hi.</Say>",
    ],
)
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


@pytest.mark.parametrize(
    "twiml",
    [
        "",
        "<Pause length='10'/>",
        "<Say/>",
        "<Say>  </Say><Pause/>",
        "<Hangup/>",
        "<Pause/><Hangup/><Say>Never heard.</Say>",
        "<Redirect>/empty</Redirect>",
        "<Redirect>/reject</Redirect>",
        "<Pause/><Redirect>/hangup</Redirect>",
        "<Dial answerOnBridge='true'>+14155550101</Dial>",
    ],
)
def test_a_call_that_nothing_answers_ends_unanswered(simulator: tm.Simulator, twiml: str) -> None:
    """Pause, Redirect, Hangup, Reject and a Say without words let it ring, wherever they stand."""
    simulator.phones["+14155550101"] = "busy"
    for name, verb in (("empty", ""), ("reject", "<Reject/>"), ("hangup", "<Hangup/>")):
        simulator.webhook(f"https://ivr.example.com/{name}")(
            lambda verb=verb: f"<Response>{verb}</Response>"
        )
    call = receive(simulator, twiml)

    assert (call.status, call.duration, heard(call)) == ("no-answer", None, [])
    assert "answered" not in kinds(call)


def test_a_redirect_lets_the_call_ring_and_what_it_leads_to_decides(
    simulator: tm.Simulator,
) -> None:
    simulator.webhook("https://ivr.example.com/next")(
        lambda: '<Response><Pause/><Reject reason="busy"/></Response>'
    )
    call = receive(simulator, "<Redirect>next</Redirect>")

    assert call.status == "busy"
    assert [each.parameters["CallStatus"] for each in call.webhooks] == ["ringing", "ringing"]


@pytest.mark.parametrize("fault", [{"status": 502}, {"refused": True}, {"dns": True}])
def test_a_caller_whose_first_document_cannot_be_had_hears_that_the_line_is_busy(
    simulator: tm.Simulator, fault: dict[str, Any]
) -> None:
    simulator.faults.add(VOICE, **fault)
    call = receive(simulator, "<Say>Never heard.</Say>")

    assert (call.status, call.duration, heard(call)) == ("busy", None, [])
    assert len(told(call, "failed")) == 1


@pytest.mark.parametrize("reply", ["<Response><Say>", "<Answer/>"])
def test_a_first_document_of_no_use_is_an_apology(simulator: tm.Simulator, reply: str) -> None:
    simulator.webhook(VOICE)(lambda: reply)
    simulator.numbers[NUMBER].voice_url = VOICE
    call = simulator.receive(CALLER, NUMBER).wait()

    assert call.status == "completed"
    assert "application error" in heard(call)[0]


def test_the_first_request_of_a_queue_says_that_the_call_rings(simulator: tm.Simulator) -> None:
    """What the wait document plays answers the call. Source: TwiML changelog, 2024-03-11."""
    simulator.webhook("https://ivr.example.com/wait")(
        lambda: "<Response><Say>Please wait.</Say></Response>"
    )
    call = receive(simulator, '<Enqueue waitUrl="wait">q</Enqueue>', "wait 2; hang up")
    waits = [each for each in call.webhooks if each.purpose == "wait url"]

    assert [each.parameters["CallStatus"] for each in waits[:2]] == ["ringing", "in-progress"]


@pytest.mark.parametrize("wait", ["", 'waitUrl=""', 'waitUrl="pause"'])
def test_a_call_in_a_queue_is_answered_by_music_silence_or_an_agent(
    simulator: tm.Simulator, wait: str
) -> None:
    simulator.webhook("https://ivr.example.com/pause")(
        lambda: '<Response><Pause length="60"/></Response>'
    )
    answering(simulator, f"<Enqueue {wait}>q</Enqueue>")
    simulator.phones[CALLER] = "wait 5; hang up"
    call = simulator.receive(CALLER, NUMBER)
    simulator.advance(1)
    rings = call.fetch().status
    agent = "<Response><Dial><Queue>q</Queue></Dial></Response>"
    client = tm.Client(simulator=simulator)
    client.calls.create(to="+14155550101", from_=NUMBER, twiml=agent).wait()

    assert rings == ("ringing" if "pause" in wait else "in-progress")
    assert call.fetch().status == "completed"
    assert "bridged" in kinds(call.fetch())


def test_a_caller_may_give_up_before_the_answer(simulator: tm.Simulator) -> None:
    """Twilio's word was ``canceled`` until 2024-07-30."""
    call = receive(simulator, "<Pause length='9'/><Say>Hello.</Say>", "ring 5; press 1")

    assert call.status == "no-answer"
    assert call.timeline[-1].at == 5


def test_a_script_for_a_phone_that_is_called_serves_for_calling_too(
    simulator: tm.Simulator,
) -> None:
    simulator.phones[CALLER] = "ring 3; answer; hang up"
    call = receive(simulator, "<Pause length='9'/>")

    assert call.status == "no-answer"
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
        ("AP0000", None, "no sid of an application"),
    ],
)
def test_a_number_where_nothing_answers_is_refused_with_what_to_do(
    simulator: tm.Simulator, number: str, application: str | None, said: str
) -> None:
    simulator.numbers[NUMBER].voice_application_sid = application

    with pytest.raises(tm.SimulatorError, match=said) as refused:
        simulator.receive(CALLER, number)
    assert refused.value.hint
    assert "tm.simulator()" not in refused.value.hint, "that is another world"


def test_inbound_calls_do_not_wait_in_the_queue(simulator: tm.Simulator) -> None:
    answering(simulator, "<Pause length='2'/><Hangup/>")
    calls = [simulator.receive(CALLER, NUMBER) for _ in range(3)]
    simulator.run()

    assert [call.fetch().timeline[-1].at for call in calls] == [2, 2, 2]


@pytest.mark.parametrize("answer", [VOICE, "<Response/>", tm.parse("<Response/>")])
def test_what_answers_at_a_number_is_no_number_and_the_message_says_where_it_goes(
    simulator: tm.Simulator, answer: object
) -> None:
    with pytest.raises(tm.SimulatorError, match="is no number") as refused:
        simulator.numbers[NUMBER] = answer  # type: ignore[assignment]

    assert "voice_url" in str(refused.value.hint)
    assert simulator.numbers[NUMBER].phone_number == NUMBER
