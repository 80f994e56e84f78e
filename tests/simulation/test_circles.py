"""A call ends although its application goes in circles: each webhook has it ask the API for what leads to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO, told

URL = "https://ivr.example.com/circle"
WAITS = "<Pause length='20'/>"
LOOP = "a loop: 100 requests without a moment between them"

Form = Mapping[str, str]
Step = Callable[[tm.Client, Form], object]


def redirect(client: tm.Client, form: Form) -> object:
    return client.calls(form["CallSid"]).update(url=URL)


def redirect_by_a_document(client: tm.Client, form: Form) -> object:
    twiml = f"<Response><Redirect>{URL}</Redirect></Response>"
    return client.calls(form["CallSid"]).update(twiml=twiml)


def transcribe(client: tm.Client, form: Form) -> object:
    transcriptions = client.calls(form["CallSid"]).transcriptions
    if form["TranscriptionEvent"] == "transcription-started":
        return transcriptions(form["TranscriptionSid"]).update(status="stopped")
    return transcriptions.create(status_callback_url=URL)


def copy(client: tm.Client, form: Form) -> object:
    siprec = client.calls(form["CallSid"]).siprec
    if form["SiprecEvent"] == "siprec-started":
        return siprec(form["SiprecSid"]).update(status="stopped")
    return siprec.create(connector_name="recorder", status_callback=URL)


def mute(client: tm.Client, form: Form) -> object:
    if form["StatusCallbackEvent"] not in {
        "participant-join",
        "participant-mute",
        "participant-unmute",
    }:
        return None
    participant = client.conferences(form["ConferenceSid"]).participants(form["CallSid"])
    return participant.update(muted=form["StatusCallbackEvent"] != "participant-mute")


CONFERENCE = f"""\
<Dial timeLimit='20'><Conference statusCallback='{URL}' statusCallbackEvent='join mute'>room</Conference></Dial>"""
CIRCLES: dict[Step, str] = {
    redirect: f"<Redirect>{URL}</Redirect>",
    redirect_by_a_document: f"<Redirect>{URL}</Redirect>",
    transcribe: f"<Start><Transcription statusCallbackUrl='{URL}'/></Start>{WAITS}",
    copy: f"<Start><Siprec connectorName='recorder' statusCallback='{URL}'/></Start>{WAITS}",
    mute: CONFERENCE,
}


@pytest.mark.parametrize("step", CIRCLES, ids=lambda step: step.__name__)
def test_a_call_ends_although_its_application_goes_in_circles(
    step: Step, simulator: tm.Simulator
) -> None:
    client, asked = tm.Client(simulator=simulator), [0]

    def answer(form: Any) -> str:
        asked[0] += 1
        assert asked[0] < 200, "it goes on and on"
        with suppress(tm.ApiError):  # the call is over
            step(client, form)
        return f"<Response>{WAITS}</Response>"

    simulator.webhook(URL)(answer)
    simulator.phones[TO] = "answer; wait 60; hang up"
    twiml = f"<Response>{CIRCLES[step]}</Response>"
    call = client.calls.create(to=TO, from_=FROM, twiml=twiml, time_limit=60).wait()

    assert call.status == "completed"
    assert 100 <= asked[0] < 160
    assert any(LOOP in text for text in [*told(call, "failed"), *told(call, "warned")])


def test_many_callbacks_at_one_moment_are_no_circle_while_time_passes(
    simulator: tm.Simulator,
) -> None:
    """Four transcriptions of both tracks tell some partial results a second."""
    simulator.webhook(URL)(lambda: "<Response/>")
    start = "<Start><Transcription name='{}' partialResults='true' statusCallbackUrl='{}'/></Start>"
    starts = "".join(start.format(name, URL) for name in "abcd")
    words = " ".join(["bread"] * 60)
    twiml = f"<Response>{starts}<Say>{words}</Say></Response>"
    call = tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, twiml=twiml).wait()

    assert len(call.webhooks) > 100
    assert LOOP not in repr(call.timeline)
