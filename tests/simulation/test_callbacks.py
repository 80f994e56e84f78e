"""Twilio's table of what verbs tell applications: one row a verb and callback, beside the standard parameters."""

from __future__ import annotations

from typing import Any

import pytest

import twilio_magic as tm
from tests.calls import TO, Place

URL = "https://ivr.example.com/told"
ANN = "answer; wait 2; hang up"
CARD = "press 4111111111111111#; press 1228; press 123; press 94105#"
REFUSED = "4000000000000002"
BANK = "press 110000000; press 000123456789#"
TRANSCRIPTION = (
    f'<Start><Transcription name="t" statusCallbackUrl="{URL}"/></Start>'
    '<Say>Hi.</Say><Stop><Transcription name="t"/></Stop>'
)
CONFERENCE = (
    f'<Dial><Conference statusCallback="{URL}" statusCallbackEvent="join leave end" '
    'participantLabel="ann">Room</Conference></Dial>'
)
HANGS_UP = "answer; wait 3; hang up"
OF_CONFERENCE = {
    "ConferenceSid",
    "FriendlyName",
    "StatusCallbackEvent",
    "SequenceNumber",
    "Timestamp",
}
OF_PARTICIPANT = {"Muted", "Hold", "Coaching", "EndConferenceOnExit", "StartConferenceOnEnter"}
OF_PARTICIPANT |= {"ParticipantLabel"}

ROWS = {
    "Dial.action": (
        f'<Dial action="{URL}" record="true">+14155550101</Dial>',
        "answer",
        {"DialCallStatus", "DialCallSid", "DialCallDuration", "DialBridged"}
        | {"RecordingUrl", "RecordingSid", "RecordingDuration"},
    ),
    "Dial.action, sip": (
        f'<Dial action="{URL}"><Sip>sip:bob@example.com</Sip></Dial>',
        "answer",
        {"DialCallStatus", "DialCallSid", "DialCallDuration", "DialBridged"}
        | {"DialSipCallId", "DialSipResponseCode"},
    ),
    "leg.statusCallback": (
        f'<Dial><Number statusCallback="{URL}">+14155550101</Number></Dial>',
        "answer",
        {"CallDuration", "Timestamp", "CallbackSource", "SequenceNumber", "ParentCallSid"}
        | {"Duration", "SipResponseCode"},
    ),
    "Sip.url": (
        f'<Dial><Sip url="{URL}">sip:bob@example.com</Sip></Dial>',
        "answer",
        {"ParentCallSid", "SipCallId", "SipDomain"},
    ),
    "Gather.action, keys": (f'<Gather action="{URL}"/>', "press 1#", {"Digits", "FinishedOnKey"}),
    "Gather.action, speech": (
        f'<Gather input="speech" action="{URL}"/>',
        'say "sales"',
        {"SpeechResult", "Confidence", "FinishedOnKey"},
    ),
    "Gather.partialResultCallback": (
        f'<Gather input="speech" partialResultCallback="{URL}" action="{URL}/end"/>',
        'say "sales"',
        {"StableSpeechResult", "UnstableSpeechResult", "SequenceNumber"},
    ),
    "Enqueue.action": (
        f'<Enqueue waitUrl="" action="{URL}">support</Enqueue>',
        "answer; wait 2; hang up",
        {"QueueResult", "QueueSid", "QueueTime"},
    ),
    "Enqueue.action, not let in": (
        f'<Enqueue action="{URL}"/>',
        "answer",
        {"QueueResult"},
    ),
    "Enqueue.waitUrl": (
        f'<Enqueue waitUrl="{URL}">support</Enqueue>',
        "answer",
        {"QueuePosition", "QueueSid", "QueueTime", "AvgQueueTime", "CurrentQueueSize"}
        | {"MaxQueueSize"},
    ),
    "Sms.action": (f'<Sms to="{TO}" action="{URL}">Hi.</Sms>', "answer", {"SmsSid", "SmsStatus"}),
    "Refer.action": (
        f'<Refer action="{URL}"><Sip>sip:bob@example.com</Sip></Refer>',
        "answer",
        {"ReferCallStatus", "ReferSipResponseCode", "NotifySipResponseCode"},
    ),
    "Pay.action": (
        f'<Pay action="{URL}"/>',
        CARD,
        {"Result", "PaymentToken", "PaymentMethod", "PaymentCardNumber", "PaymentCardType"}
        | {"ExpirationDate", "SecurityCode", "PaymentCardPostalCode"},
    ),
    "Pay.statusCallback": (
        f'<Pay statusCallback="{URL}" action="{URL}/end"/>',
        CARD,
        {"For", "Attempt", "ErrorType", "PaymentMethod"},
    ),
    "Pay.action, bank account": (
        f'<Pay paymentMethod="ach-debit" bankAccountType="consumer-checking" action="{URL}"/>',
        BANK,
        {"Result", "PaymentToken", "PaymentMethod"}
        | {"BankAccountNumber", "BankRoutingNumber", "BankAccountType"},
    ),
    "Pay.action, refused": (
        f'<Pay chargeAmount="10" action="{URL}"/>',
        CARD.replace("4111111111111111", REFUSED),
        {"Result", "PaymentMethod", "PaymentCardNumber", "PaymentCardType", "ExpirationDate"}
        | {"SecurityCode", "PaymentCardPostalCode", "PaymentError", "PayErrorCode"},
    ),
    "Pay.statusCallback, error": (
        f'<Pay statusCallback="{URL}" action="{URL}/end"/>',
        "press 4111#",
        {"For", "Attempt", "ErrorType", "PaymentMethod"},
        {"ErrorType": "invalid-card-number"},
    ),
    "Conference.statusCallback, join": (
        CONFERENCE,
        HANGS_UP,
        OF_CONFERENCE | OF_PARTICIPANT,
        {"StatusCallbackEvent": "participant-join"},
    ),
    "Conference.statusCallback, leave": (
        CONFERENCE,
        HANGS_UP,
        OF_CONFERENCE | OF_PARTICIPANT | {"ReasonParticipantLeft", "ParticipantCallStatus"},
        {"StatusCallbackEvent": "participant-leave"},
    ),
    "Conference.statusCallback, end": (
        CONFERENCE,
        HANGS_UP,
        OF_CONFERENCE
        | {"ReasonConferenceEnded", "CallSidEndingConference", "ParticipantLabelEndingConference"},
        {"StatusCallbackEvent": "conference-end"},
    ),
    "Transcription.statusCallbackUrl, content": (
        TRANSCRIPTION,
        "answer",
        {"TranscriptionSid", "Timestamp", "SequenceId", "TranscriptionEvent", "LanguageCode"}
        | {"Track", "TranscriptionData", "Final"},
        {"TranscriptionEvent": "transcription-content"},
    ),
    "Transcription.statusCallbackUrl, stopped": (
        TRANSCRIPTION,
        "answer",
        {"TranscriptionSid", "Timestamp", "SequenceId", "TranscriptionEvent"},
        {"TranscriptionEvent": "transcription-stopped"},
    ),
    "Transcription.statusCallbackUrl, started": (
        TRANSCRIPTION,
        "answer",
        {"TranscriptionSid", "Timestamp", "SequenceId", "TranscriptionEvent", "Name", "Track"}
        | {"TranscriptionEngine", "InboundTrackLabel", "OutboundTrackLabel", "PartialResults"}
        | {"LanguageCode", "ProviderConfiguration"},
    ),
}


#: Requests that have no more of the standard parameters than the two sids.
BARE = {
    "Dial.recordingStatusCallback": (
        f'<Dial record="record-from-answer-dual" recordingStatusCallback="{URL}">+14155550101</Dial>',
        {
            "RecordingSid",
            "RecordingUrl",
            "RecordingStatus",
            "RecordingDuration",
            "RecordingChannels",
        }
        | {"RecordingStartTime", "RecordingSource", "RecordingTrack", "ErrorCode"},
    ),
    "leg.amdStatusCallback": (
        f'<Dial><Number machineDetection="Enable" amdStatusCallback="{URL}">+14155550102</Number></Dial>',
        {"AnsweredBy", "MachineDetectionDuration"},
    ),
}


@pytest.mark.parametrize("row", BARE.values(), ids=BARE)
def test_every_bare_row_is_told_what_the_table_says_and_two_sids(
    place: Place, simulator: tm.Simulator, row: tuple[str, set[str]]
) -> None:
    twiml, added = row
    simulator.phones["+14155550101"], simulator.phones["+14155550102"] = ANN, "fax"
    call = place(twiml, time_limit=60)
    (told,) = (each for each in call.webhooks if each.url == URL)

    assert told.parameters.keys() == {"CallSid", "AccountSid"} | added


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_every_row_is_told_what_the_table_says(
    place: Place, simulator: tm.Simulator, row: tuple[Any, ...]
) -> None:
    """A row is the TwiML, what the phone does, what is added, and what tells the request from others to the address."""
    twiml, phone, added, *which = row
    simulator.webhook(URL)(lambda: "<Response><Hangup/></Response>")
    for other in ("+14155550101", "sip:bob@example.com"):
        simulator.phones[other] = ANN
    call = place(twiml, phone=phone, to="sip:alice@example.com")
    marks = which[0].items() if which else ()
    told = next(
        each
        for each in call.webhooks
        if each.url == URL and all(each.parameters.get(name) == value for name, value in marks)
    )

    assert _added(told) == added


QUEUE_ROWS = {
    "Queue.url": ({"QueueSid", "QueueTime", "DequeingCallSid"}, "/whisper"),
    "Dial.action, of a Queue": (
        {"DialCallStatus", "DialCallSid", "DialCallDuration", "DialBridged", "QueueSid"}
        | {"QueueTime", "DequeueResult", "DequeuedCallSid", "DequeuedCallQueueTime"}
        | {"DequeuedCallDuration"},
        "/dialed",
    ),
}


@pytest.mark.parametrize("row", QUEUE_ROWS.values(), ids=QUEUE_ROWS)
def test_every_row_of_a_queue_is_told_what_the_table_says(
    place: Place, client: tm.Client, simulator: tm.Simulator, row: tuple[set[str], str]
) -> None:
    """An agent waits in the queue for the caller, who hangs up after a while."""
    added, path = row
    for end in ("/whisper", "/dialed"):
        simulator.webhook(f"{URL}{end}")(lambda: "<Response/>")
    client.queues.create(friendly_name="support")
    simulator.phones["sip:ann@example.com"] = "answer; wait 60"
    queue = f'<Queue url="{URL}/whisper">support</Queue>'
    twiml = f'<Response><Dial action="{URL}/dialed">{queue}</Dial></Response>'
    agent = client.calls.create(to="sip:ann@example.com", from_="sip:bob@example.com", twiml=twiml)
    simulator.advance(2)
    caller = place(
        "<Enqueue>support</Enqueue>", phone="answer; wait 5; hang up", to="sip:ada@example.com"
    )
    made = [*caller.webhooks, *agent.wait().webhooks]
    told = next(each for each in made if each.url == f"{URL}{path}")

    assert _added(told) == added


def _added(told: tm.Exchange) -> set[str]:
    """The parameters beside the standard ones."""
    standard = {"CallSid", "AccountSid", "From", "To", "CallStatus", "ApiVersion", "Direction"}
    of_ends = ("Caller", "Called", "From", "To")
    return {name for name in told.parameters if not name.startswith(of_ends)} - standard
