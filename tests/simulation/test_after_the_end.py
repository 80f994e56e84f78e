"""After the end of a call nothing happens in it: what comes then only reports what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import FROM, TO, Place, kinds, told
from tests.simulation.test_phones import BEGINNINGS, STEPS, VERBS
from tests.twiml.documents import documents
from twilio_magic.api import FINAL

AGAIN = "https://ivr.example.com/again"
STATUS = "https://ivr.example.com/status"
OTHER = "+14155550125"
KEY = "<Response><Gather numDigits='1' timeout='3'><Say>Press a key, any key.</Say></Gather></Response>"
GATHER = f"<Response><Gather action='{AGAIN}'/></Response>"

ROOM = (
    "<Conference record='record-from-start' statusCallbackEvent='start end join leave'"
    f" recordingStatusCallback='{AGAIN}' statusCallback='{AGAIN}'>x</Conference>"
)
MEETINGS = st.sampled_from(
    [
        f"<Dial timeLimit='40'>{ROOM}</Dial>",
        f"<Dial record='record-from-answer' recordingStatusCallback='{AGAIN}'>{OTHER}</Dial>",
        f"<Enqueue action='{AGAIN}'>q</Enqueue>",
        "<Dial timeout='5'><Queue>q</Queue></Dial>",
        f"<Record action='{AGAIN}' transcribe='true' transcribeCallback='{AGAIN}' maxLength='5'/>",
    ]
)
TWIML = documents().map(lambda root: root.write()) | st.lists(VERBS | MEETINGS, max_size=5).map(
    lambda verbs: f"<Response>{''.join(verbs)}</Response>"
)
PHONES = st.tuples(BEGINNINGS, st.lists(STEPS, max_size=5)).map(
    lambda parts: "; ".join([parts[0], *([] if parts[0] in ("busy", "no answer") else parts[1])])
)
BESIDE = {
    "async_amd": True,
    "async_amd_status_callback": AGAIN,
    "status_callback": STATUS,
    "time_limit": 120,
}
ASKED = st.fixed_dictionaries(
    {},
    optional={
        "machine_detection": st.sampled_from(["Enable", "DetectMessageEnd"]),
        "record": st.booleans(),
        "recording_status_callback": st.just(AGAIN),
    },
)
#: What a call reports after its end beside its status: how things ended, or what they came to.
OUTCOMES = {"action", "recording status", "transcription", "participant-leave", "conference-end"}
OUTCOMES |= {f"message status {status}" for status in ("sent", "delivered", "undelivered")}


def after_the_end(call: tm.Call) -> Iterator[str]:
    """What is told of *call* after its final status, beside how it ended and what came of it."""
    events = iter([event for event in call.timeline if event.leg == call.sid])
    end = next(event for event in events if event.data.get("status") in FINAL)
    for event in events:
        is_outcome = event.text.split(" → ")[0] in {end.data["status"], *OUTCOMES}
        is_untaken = event.kind == "warned" and "callback failed" in event.text
        if not (event.kind == "reported" and is_outcome) and not is_untaken:
            yield str(event)


@settings(max_examples=40)
@given(TWIML, TWIML, PHONES, PHONES, ASKED)
@example(
    KEY, "<Response/>", "machine; hang up", "answer", {"machine_detection": "DetectMessageEnd"}
)
@example(GATHER, "<Response/>", "", "", {"machine_detection": "Enable"})
def test_nothing_happens_in_a_call_after_its_end(
    twiml: str, again: str, phone: str, other: str, asked: Mapping[str, Any]
) -> None:
    """Two calls, which may meet, do whatever they like. Then nothing is told or set, and only outcomes are reported."""
    simulator = tm.Simulator()
    client = tm.Client(simulator=simulator)
    at_the_end: dict[str, Any] = {}

    @simulator.webhook(STATUS)
    def status(form: dict[str, str]) -> None:
        call = client.calls.fetch(form["CallSid"])
        assert form.get("AnsweredBy") == call.answered_by
        at_the_end[call.sid] = call.fields

    for address in (AGAIN, "https://example.com", "https://example.com:8443"):
        simulator.webhook(address)(lambda: again)
    simulator.phones[TO] = phone
    simulator.phones["*"] = other
    for to in (TO, OTHER):
        client.calls.create(to=to, from_=FROM, twiml=twiml, **BESIDE, **asked)
    simulator.run()
    simulator.advance(60)

    for call in client.calls.list():
        assert list(after_the_end(call)) == []
        assert call.fields == at_the_end.get(call.sid, call.fields)


def test_a_detection_that_ends_with_the_call_finds_nothing(
    place: Place, simulator: tm.Simulator
) -> None:
    """The machine hangs up in the moment in which its beep would be told."""
    simulator.webhook(STATUS)(lambda: "")
    simulator.webhook(AGAIN)(lambda: "")
    asked: dict[str, Any] = {"machine_detection": "DetectMessageEnd", **BESIDE}
    call = place(url=simulator.host(KEY), phone="machine; hang up", **asked)

    assert kinds(call)[-2:] == ["completed", "reported"]
    assert call.answered_by is None
    assert "machine detection" not in [exchange.purpose for exchange in call.webhooks]


def test_a_recording_of_a_conference_that_outlives_the_call_is_told_in_another(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    """The call that opened it leaves first; two others stay until the last of them hangs up."""
    room = "<Dial><Conference record='record-from-start'>x</Conference></Dial>"
    waits = {TO: 9, OTHER: 20, "+14155550126": 30}
    for to, seconds in waits.items():
        simulator.phones[to] = f"answer; wait {seconds}; hang up"
        client.calls.create(to=to, from_=FROM, twiml=f"<Response>{room}</Response>")
        simulator.advance(1)
    simulator.run()
    last, middle, first = client.calls.list()

    assert told(first, "recording") == ["the conference is recorded"]
    assert told(first, "recorded") == told(middle, "recorded") == []
    assert told(last, "recorded") == ["the conference: 31.0 s"]
    assert not [line for call in (first, middle, last) for line in after_the_end(call)]
