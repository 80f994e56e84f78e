"""Twilio's table of what verbs tell applications: one row a verb and callback, beside the standard parameters."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import Place

URL = "https://ivr.example.com/told"
CARD = "press 4111111111111111#; press 1228; press 123; press 94105#"
TRANSCRIPTION = f'<Start><Transcription name="t" statusCallbackUrl="{URL}"/></Start><Say>Hi.</Say>'

ROWS = {
    "Gather.action, keys": (f'<Gather action="{URL}"/>', "press 1#", {"Digits", "FinishedOnKey"}),
    "Gather.action, speech": (
        f'<Gather input="speech" action="{URL}"/>',
        'say "sales"',
        {"SpeechResult", "Confidence"},
    ),
    "Gather.partialResultCallback": (
        f'<Gather input="speech" partialResultCallback="{URL}" action="{URL}/end"/>',
        'say "sales"',
        {"StableSpeechResult", "UnstableSpeechResult", "SequenceNumber"},
    ),
    "Sms.action": (f'<Sms action="{URL}">Hi.</Sms>', "answer", {"SmsSid", "SmsStatus"}),
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
    "Transcription.statusCallbackUrl, started": (
        TRANSCRIPTION,
        "answer",
        {"TranscriptionSid", "Timestamp", "SequenceId", "TranscriptionEvent", "Name", "Track"}
        | {"TranscriptionEngine", "InboundTrackLabel", "OutboundTrackLabel", "PartialResults"}
        | {"LanguageCode"},
    ),
}


@pytest.mark.parametrize(("twiml", "phone", "added"), ROWS.values(), ids=ROWS)
def test_every_row_is_told_what_the_table_says(
    place: Place, simulator: tm.Simulator, twiml: str, phone: str, added: set[str]
) -> None:
    simulator.webhook(URL)(lambda: "<Response><Hangup/></Response>")
    call = place(twiml, phone=phone, to="sip:alice@example.com")
    told = next(each for each in call.webhooks if each.url == URL)
    standard = {"CallSid", "AccountSid", "From", "To", "CallStatus", "ApiVersion", "Direction"}
    of_ends = ("Caller", "Called", "From", "To")

    assert {name for name in told.parameters if not name.startswith(of_ends)} - standard == added
