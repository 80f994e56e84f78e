"""Dial: what its action and the applications of its legs are told, and what takes over when it ends."""

from __future__ import annotations

from typing import Any

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO, heard, kinds, told
from tests.parties import ACTION, ANN, BOB, IVR, Dial, after, asked, children, story

DIAL = f'<Dial action="{ACTION}">{ANN}</Dial><Say>Never heard.</Say>'
STATUS = f"{IVR}/status"

ENDS: dict[str, tuple[str, str, str, str, str]] = {
    # what the caller does, what Ann does: DialCallStatus, DialCallDuration (absent if nobody answered), DialBridged
    "Ann hangs up": ("answer", "answer; wait 5; hang up", "completed", "5", "true"),
    "the caller hangs up": ("answer; wait 9; hang up", "answer", "completed", "8", "true"),
    "busy": ("answer", "ring 2; busy", "busy", "", "false"),
    "nobody answers": ("answer", "ring 60", "no-answer", "", "false"),
    "declined": ("answer", "ring 2; reject", "no-answer", "", "false"),
    "failed": ("answer", "fail", "failed", "", "false"),
    "the caller gives up": ("answer; wait 5; hang up", "ring 60", "canceled", "", "false"),
    "a fax": ("answer", "fax; wait 2; hang up", "completed", "5", "true"),
    "a machine": (
        "answer; hear beep; say 'Hi.'; hang up",
        'machine "Ann is away."',
        "completed",
        "3",
        "true",
    ),
}


@pytest.mark.parametrize("row", ENDS.values(), ids=ENDS)
def test_the_action_is_told_how_the_dial_ended(dial: Dial, row: tuple[str, ...]) -> None:
    caller, ann, status, duration, bridged = row
    call = dial(DIAL, {TO: caller, ANN: ann})
    expected = {"DialCallStatus": status, "DialBridged": bridged}
    if duration:
        expected["DialCallDuration"] = duration

    assert after(call) == expected
    assert "Never heard." not in repr(call.transcript)


def test_the_action_has_the_parameters_of_the_caller_and_the_sid_of_the_called_leg(
    dial: Dial, client: tm.Client
) -> None:
    call = dial(DIAL, {ANN: "answer; hang up"})
    (told_to,) = asked(call, "action")
    (child,) = children(call, client)

    assert told_to["DialCallSid"] == child.sid
    assert (told_to["CallSid"], told_to["CallStatus"]) == (call.sid, "in-progress")
    assert (told_to["From"], told_to["To"], told_to["Direction"]) == (FROM, TO, "outbound-api")
    assert heard(call) == ["Twilio: Afterwards."]


def test_when_the_caller_is_gone_nobody_hears_what_the_action_answers(dial: Dial) -> None:
    call = dial(DIAL, {TO: "answer; wait 4; hang up"})
    (told_to,) = asked(call, "action")

    assert told_to["CallStatus"] == "completed"
    assert heard(call) == []


def test_who_was_canceled_is_told_before_the_action_is_asked(dial: Dial) -> None:
    call = dial(
        f'<Dial action="{ACTION}"><Number statusCallback="{STATUS}">{ANN}</Number></Dial>',
        {TO: "answer; wait 4; hang up", ANN: "ring 60"},
    )

    assert [each.purpose for each in call.webhooks] == ["status callback", "action"]
    assert asked(call, "status callback")[0]["CallStatus"] == "canceled"


def test_a_relative_action_follows_the_document_that_has_it(
    dial: Dial, simulator: tm.Simulator
) -> None:
    simulator.webhook(f"{IVR}/menu")(
        lambda: f'<Response><Dial action="after" method="GET">{ANN}</Dial></Response>'
    )
    call = dial("", {ANN: "busy"}, url=f"{IVR}/menu")
    requests = [(each.method, each.url.partition("?")[0]) for each in call.webhooks]

    assert requests == [("POST", f"{IVR}/menu"), ("GET", ACTION)]
    assert after(call)["DialCallStatus"] == "busy"


@pytest.mark.parametrize("caller", ["answer", "answer; wait 4; hang up"])
def test_a_relative_action_in_inline_twiml_leads_nowhere(dial: Dial, caller: str) -> None:
    """15004, whether the caller is still there or not."""
    call = dial(f'<Dial action="/after">{ANN}</Dial>', {TO: caller, ANN: "answer; wait 5; hang up"})

    assert [text[:5] for text in told(call, "failed")] == ["15004"]
    assert call.status == "completed"


def test_the_legs_of_a_dial_are_calls_of_their_own(dial: Dial, client: tm.Client) -> None:
    call = dial(
        f"<Dial><Number>{ANN}</Number><Client>bob</Client></Dial>", {ANN: "answer; hang up"}
    )
    made = children(call, client)

    assert [(child.from_, child.to, child.direction) for child in made] == [
        (FROM, ANN, "outbound-dial"),
        (FROM, "client:bob", "outbound-dial"),
    ]
    assert {child.parent_call_sid for child in made} == {call.sid}
    assert call.parent_call_sid is None
    assert [child.sid for child in client.calls.list(to=ANN)] == [made[0].sid]
    assert kinds(made[0]) == [
        "dialing",
        "ringing",
        "answered",
        "bridged",
        "left",
        "hung up",
        "completed",
    ]


def test_a_leg_of_a_dial_is_never_queued(
    dial: Dial, client: tm.Client, simulator: tm.Simulator
) -> None:
    """Facts: states.dial_child.never_queued."""
    seen: list[str] = []

    @simulator.webhook(STATUS)
    def status() -> str:
        seen.extend(child.status for child in client.calls.list(to=ANN))
        return ""

    dial(
        f'<Dial><Number statusCallback="{STATUS}" statusCallbackEvent="initiated ringing answered completed">'
        f"{ANN}</Number></Dial>",
        {ANN: "answer; hang up"},
    )

    assert seen == ["ringing", "ringing", "in-progress", "completed"]


EVENTS: dict[str, tuple[str, list[dict[str, str]]]] = {
    "answered": (
        "ring 2; answer; wait 70; hang up",
        [
            {"CallStatus": "initiated", "SequenceNumber": "0"},
            {"CallStatus": "ringing", "SequenceNumber": "1"},
            {"CallStatus": "in-progress", "SequenceNumber": "2"},
            {"CallStatus": "completed", "SequenceNumber": "3", "CallDuration": "70", "Duration": "2"}
            | {"SipResponseCode": "200"},
        ],
    ),
    "busy": (
        "ring 2; busy",
        [
            {"CallStatus": "initiated", "SequenceNumber": "0"},
            {"CallStatus": "ringing", "SequenceNumber": "1"},
            {"CallStatus": "busy", "SequenceNumber": "2", "CallDuration": "0", "Duration": "0"}
            | {"SipResponseCode": "486"},
        ],
    ),
    "no answer": (
        "ring 60",
        [
            {"CallStatus": "initiated", "SequenceNumber": "0"},
            {"CallStatus": "ringing", "SequenceNumber": "1"},
            {"CallStatus": "no-answer", "SequenceNumber": "2", "CallDuration": "0", "Duration": "0"}
            | {"SipResponseCode": "487"},
        ],
    ),
    "failed": (
        "fail",
        [
            {"CallStatus": "initiated", "SequenceNumber": "0"},
            {"CallStatus": "ringing", "SequenceNumber": "1"},
            {"CallStatus": "failed", "SequenceNumber": "2", "CallDuration": "0", "Duration": "0"}
            | {"SipResponseCode": "404"},
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("noun", ["Number", "Client", "Sip", "WhatsApp"])
@pytest.mark.parametrize("row", EVENTS.values(), ids=EVENTS)
def test_a_leg_reports_its_own_progress(
    dial: Dial, client: tm.Client, row: tuple[str, list[dict[str, str]]], noun: str
) -> None:
    script, expected = row
    address = {"Client": "ann", "Sip": "sip:ann@example.com"}.get(noun, ANN)
    caller_id = 'callerId="whatsapp:+12125551234"' if noun == "WhatsApp" else ""
    call = dial(
        f'<Dial {caller_id}><{noun} statusCallback="{STATUS}" '
        f'statusCallbackEvent="initiated ringing answered completed">{address}</{noun}></Dial>',
        {"*": script},
    )
    reports = asked(call, "status callback")
    (child,) = children(call, client)

    assert [
        {name: value for name, value in told_to.items() if name in expected[-1]}
        for told_to in reports
    ] == expected
    for told_to in reports:
        assert (told_to["CallSid"], told_to["ParentCallSid"]) == (child.sid, call.sid)
        assert told_to["CallbackSource"] == "call-progress-events"
        assert (told_to["Direction"], told_to["To"]) == ("outbound-dial", child.to)


def test_without_events_only_the_end_is_reported_and_with_the_method_asked_for(dial: Dial) -> None:
    call = dial(
        f'<Dial><Number statusCallback="{STATUS}" statusCallbackMethod="GET">{ANN}</Number></Dial>',
        {ANN: "answer; hang up"},
    )
    (report,) = (each for each in call.webhooks if each.purpose == "status callback")

    assert (report.method, report.parameters["CallStatus"]) == ("GET", "completed")


def test_requests_of_all_legs_stand_in_the_order_in_which_they_were_sent(dial: Dial) -> None:
    events = f'statusCallback="{STATUS}" statusCallbackEvent="ringing answered completed"'
    call = dial(
        f'<Dial action="{ACTION}"><Number {events}>{ANN}</Number><Number {events}>{BOB}</Number></Dial>',
        {ANN: "ring 2; answer; wait 3; hang up", BOB: "ring 9; answer"},
    )
    sequence = [
        (
            each.parameters["To"],
            each.parameters.get("CallbackSource") and each.parameters["CallStatus"],
        )
        for each in call.webhooks
    ]

    assert sequence == [
        (ANN, "ringing"),
        (BOB, "ringing"),
        (ANN, "in-progress"),
        (BOB, "canceled"),
        (ANN, "completed"),
        (TO, None),
    ]


def test_the_timeline_has_all_legs_in_one_order(dial: Dial) -> None:
    call = dial(
        f'<Dial action="{ACTION}">{ANN}</Dial>',
        {TO: "answer", ANN: "ring 2; answer; wait 1; hang up"},
    )
    at = [event.at for event in call.timeline]

    assert story(call, *kinds(call))[4:] == [
        (TO, "dialed"),
        (TO, "played"),
        (ANN, "dialing"),
        (ANN, "ringing"),
        (ANN, "answered"),
        (TO, "bridged"),
        (ANN, "bridged"),
        (TO, "left"),
        (ANN, "left"),
        (ANN, "hung up"),
        (ANN, "completed"),
        (TO, "fetched"),
        (TO, "said"),
        (TO, "hung up"),
        (TO, "completed"),
    ]
    assert at == sorted(at)


def test_the_dialed_event_leads_to_the_called_leg(dial: Dial, client: tm.Client) -> None:
    call = dial("<Dial><Client>ann</Client></Dial>", {"client:ann": "busy"})
    (child,) = children(call, client)
    (dialed,) = (event for event in call.timeline if event.kind == "dialed")

    assert dialed.data == {"to": "client:ann", "noun": "Client", "call": child.sid, "line": 1}


SECONDS: dict[str, tuple[dict[str, Any], str, int]] = {
    "the time limit of the Dial": ({}, 'timeLimit="20"', 20),
    "the time limit of the call": ({"time_limit": 30}, "", 28),
}


@pytest.mark.parametrize("row", SECONDS.values(), ids=SECONDS)
def test_a_conversation_ends_at_its_time_limit(
    dial: Dial, client: tm.Client, row: tuple[dict[str, Any], str, int]
) -> None:
    parameters, attribute, seconds = row
    call = dial(
        f"<Dial {attribute} action='{ACTION}'>{ANN}</Dial>", {ANN: "ring 1; answer"}, **parameters
    )
    (child,) = children(call, client)

    assert child.duration == seconds
    assert after(call)["DialCallStatus"] == "completed"
    assert ("Twilio: Afterwards." in heard(call)) == (not parameters)


@pytest.mark.parametrize(("attribute", "ends"), [("", False), ('hangupOnStar="true"', True)])
def test_with_hangup_on_star_the_caller_ends_the_conversation_and_stays(
    dial: Dial, attribute: str, ends: bool
) -> None:
    call = dial(
        f'<Dial {attribute} action="{ACTION}">{ANN}</Dial>',
        {TO: "answer; press 1; press *; wait 20; hang up", ANN: "answer"},
    )

    assert ("Twilio: Afterwards." in heard(call)) == ends
    assert after(call)["DialCallStatus"] == "completed"
    assert (f"by * of {TO}" in told(call, "hung up")) == ends


def test_a_star_of_the_called_party_is_only_a_key(dial: Dial) -> None:
    call = dial(
        f'<Dial hangupOnStar="true" action="{ACTION}">{ANN}</Dial>',
        {ANN: "answer; press *; wait 5; hang up"},
    )

    assert told(call, "hung up")[0] == f"by {ANN}"
