"""Before the call is answered: the queue, the keys that go first, what the API may do in each state."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import DEMO, FROM, TO, Place, heard, kinds, told

PROGRESS = "https://ivr.example.com/progress"


def dialed_at(simulator: tm.Simulator, calls: list[tm.Call]) -> list[float]:
    """When each call left the queue, in seconds since the first was created."""
    simulator.run()
    return [next(e.at for e in call.timeline if e.kind == "dialing") for call in calls]


def test_one_call_a_second_leaves_the_queue(client: tm.Client, simulator: tm.Simulator) -> None:
    calls = [client.calls.create(to=TO, from_=FROM, url=DEMO) for _ in range(3)]

    assert dialed_at(simulator, calls) == [0, 1, 2]
    assert [call.fetch().queue_time for call in calls] == [0, 1000, 2000]


def test_a_call_that_is_canceled_in_the_queue_gives_up_its_place_and_tells_nobody(
    client: tm.Client, simulator: tm.Simulator
) -> None:
    first, second, third = (
        client.calls.create(to=TO, from_=FROM, url=DEMO, status_callback=PROGRESS) for _ in range(3)
    )
    simulator.webhook(PROGRESS)(lambda: "")
    second.update(status="canceled")

    assert dialed_at(simulator, [first, third]) == [0, 1]
    assert second.fetch().status == "canceled"
    assert second.webhooks == []


def test_a_call_alone_does_not_wait(place: Place, simulator: tm.Simulator) -> None:
    place("<Hangup/>")
    call = place("<Hangup/>")

    assert call.queue_time == 0


def test_keys_are_sent_when_the_call_is_answered_and_the_phone_hears_them(place: Place) -> None:
    call = place("<Say>Hello.</Say>", send_digits="ww1234#w", phone='hear "1234"; hang up')

    assert told(call, "played") == ["tones ww1234#w (SendDigits)"]
    assert told(call, "hung up") == [f"by {TO}"]
    assert heard(call) == []


def test_the_document_is_fetched_after_the_keys_were_sent(place: Place) -> None:
    call = place(url=DEMO, send_digits="WW1")
    at = {event.kind: event.at for event in call.timeline}

    assert at["fetched"] - at["answered"] == 2.25


@pytest.mark.parametrize(
    ("phone", "sip"),
    [("answer", "200"), ("busy", "486"), ("no answer", "487"), ("fail", "404"), ("reject", "487")],
)
def test_the_last_report_has_the_final_sip_code(
    place: Place, simulator: tm.Simulator, phone: str, sip: str
) -> None:
    simulator.webhook(PROGRESS)(lambda: "")
    call = place("<Hangup/>", phone=phone, status_callback=PROGRESS)

    assert call.webhooks[-1].parameters["SipResponseCode"] == sip


@pytest.mark.parametrize("seconds", [0.5, 2])
@pytest.mark.parametrize("status", ["canceled", "completed"])
def test_ending_a_call_that_was_not_answered_cancels_it(
    client: tm.Client, simulator: tm.Simulator, seconds: float, status: str
) -> None:
    call = client.calls.create(to=TO, from_=FROM, url=DEMO)
    simulator.advance(seconds)

    assert call.update(status=status).wait().status == "canceled"


def test_canceling_an_answered_call_does_nothing_and_says_so(
    client: tm.Client, simulator: tm.Simulator
) -> None:
    call = client.calls.create(to=TO, from_=FROM, url=DEMO)
    simulator.advance(5)
    call.update(status="canceled").wait()

    assert call.status == "completed"
    assert told(call, "warned") == ["Status=canceled does nothing to a call that was answered"]


@pytest.mark.parametrize("seconds", [0.5, 2])
def test_a_call_that_was_not_answered_cannot_be_taken_elsewhere(
    client: tm.Client, simulator: tm.Simulator, seconds: float
) -> None:
    call = client.calls.create(to=TO, from_=FROM, url=DEMO)
    simulator.advance(seconds)

    with pytest.raises(tm.ApiError) as refused:
        call.update(twiml="<Response/>")
    assert refused.value.code == 21220


def test_an_update_changes_the_time_limit_and_who_is_told_of_the_end(
    client: tm.Client, simulator: tm.Simulator
) -> None:
    simulator.webhook(PROGRESS)(lambda: "")
    twiml = "<Response><Pause length='60'/></Response>"
    call = client.calls.create(to=TO, from_=FROM, twiml=twiml, time_limit=20)
    simulator.advance(10)
    call.update(time_limit=30)
    call.update(url=simulator.host(twiml), status_callback=PROGRESS).wait()

    assert call.duration == 30
    assert call.webhooks[-1].purpose == "status callback"
    assert kinds(call)[-2:] == ["completed", "reported"]
