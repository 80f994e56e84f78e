"""What Twilio logs, as notifications of a call and of the account; and the texts of recordings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client as Sdk

import twilio_magic as tm
from tests.calls import FROM, TO, Place

ODD = "<Sya>Hi</Sya>"
SAYS = 'answer; hear beep; say "Please call me back tomorrow."; wait 9'
RECORD = "<Record transcribe='true' timeout='3' action='/done' transcribeCallback='/text'/>"
BASE = "https://ivr.example.com"
ALONE = f"<Record transcribe='true' timeout='3' action='{BASE}/done'/>"


@pytest.fixture
def sdk(simulator: tm.Simulator) -> Iterator[Any]:
    with tm.mock_twilio(simulator):
        yield Sdk()


@pytest.fixture(autouse=True)
def action(simulator: tm.Simulator) -> None:
    """What every Record leads to ends the call."""
    simulator.webhook(f"{BASE}/done")(lambda: "<Response><Hangup/></Response>")


@pytest.fixture
def texts(simulator: tm.Simulator) -> list[dict[str, str]]:
    """An application that records, and is told the texts."""
    told: list[dict[str, str]] = []
    simulator.webhook(f"{BASE}/voice")(lambda: f"<Response>{RECORD}</Response>")

    @simulator.webhook(f"{BASE}/text")
    def text(form: Any) -> None:
        told.append(dict(form))

    return told


def test_the_account_has_what_all_its_calls_logged_the_newest_first(sdk: Any, place: Place) -> None:
    first, second = (place(ODD) for _ in range(2))
    place("<Say>All is well.</Say>")
    logged = sdk.notifications.list()

    assert [each.call_sid for each in logged] == [second.sid, first.sid]
    assert [each.error_code for each in logged] == ["12200", "12200"]
    assert [each.sid for each in sdk.calls(first.sid).notifications.list()] == [logged[1].sid]
    assert logged[0].uri.endswith(f"/Notifications/{logged[0].sid}.json")
    assert "/Calls/" not in logged[0].uri


def test_notifications_are_filtered_by_level_and_day(
    sdk: Any, place: Place, simulator: tm.Simulator
) -> None:
    place(ODD)
    simulator.advance(24 * 3600)
    simulator.webhook(f"{BASE}/gone")(lambda: ("gone", 500))
    place(url=f"{BASE}/gone")
    notifications = sdk.notifications

    assert [each.error_code for each in notifications.list(log=0)] == ["11200"]
    assert [each.error_code for each in notifications.list(log=1)] == ["12200"]
    assert [each.log for each in notifications.list(message_date="2026-01-06")] == ["1"]
    assert [each.log for each in notifications.list(message_date_after="2026-01-07")] == ["0"]


def test_one_notification_has_the_request_and_the_response(
    sdk: Any, place: Place, simulator: tm.Simulator
) -> None:
    simulator.webhook(f"{BASE}/gone")(lambda: ("It is gone.", 500))
    call = place(url=f"{BASE}/gone")
    listed = sdk.notifications.list()[0]
    one = sdk.notifications(listed.sid).fetch()

    assert (one.request_url, one.request_method) == (f"{BASE}/gone", "POST")
    assert f"CallSid={call.sid}" in one.request_variables
    assert one.response_body == "It is gone."
    with pytest.raises(TwilioRestException) as missing:
        sdk.notifications("NO" + "0" * 32).fetch()
    assert missing.value.code == 20404


def test_what_goes_wrong_with_a_message_is_logged_without_a_call(
    sdk: Any, simulator: tm.Simulator
) -> None:
    simulator.numbers[FROM].sms_url = f"{BASE}/sms"
    simulator.webhook(f"{BASE}/sms")(lambda: ("gone", 500))
    simulator.receive_message(TO, FROM, "Hi")
    simulator.run()
    logged = sdk.notifications.list()

    assert [(each.error_code, each.call_sid) for each in logged] == [("11200", None)]


def test_pages_of_notifications_stay_where_they_are_while_others_come(
    sdk: Any, place: Place
) -> None:
    for _ in range(3):
        place(ODD)
    page = sdk.notifications.page(page_size=2)
    first = [each.sid for each in page]
    place(ODD)
    second = [each.sid for each in page.next_page()]

    assert len({*first, *second}) == 3


def test_a_transcribed_recording_has_a_transcription(
    sdk: Any, place: Place, texts: list[dict[str, str]]
) -> None:
    place(url=f"{BASE}/voice", phone=SAYS)
    made = sdk.transcriptions.list()
    recording = sdk.recordings.list()[0]
    one = sdk.transcriptions(texts[0]["TranscriptionSid"]).fetch()

    assert [each.sid for each in made] == [one.sid]
    assert one.transcription_text == "Please call me back tomorrow."
    assert texts[0]["TranscriptionText"] == one.transcription_text
    assert (one.status, one.type, one.price) == ("completed", "fast", None)
    assert one.recording_sid == recording.sid
    assert one.duration == recording.duration
    assert [each.sid for each in recording.transcriptions.list()] == [one.sid]
    assert texts[0]["TranscriptionUrl"].endswith(f"/Transcriptions/{one.sid}")


def test_a_recording_needs_no_callback_to_be_transcribed(sdk: Any, place: Place) -> None:
    place(ALONE, phone=SAYS)

    assert [each.status for each in sdk.transcriptions.list()] == ["completed"]


def test_silence_and_what_is_too_short_fail(sdk: Any, place: Place) -> None:
    place(ALONE.replace("3", "1"))
    made = sdk.transcriptions.list()

    assert [(each.status, each.transcription_text) for each in made] == [("failed", "")]


def test_a_transcription_is_deleted_and_belongs_to_its_recording_alone(
    sdk: Any, place: Place
) -> None:
    for _ in range(2):
        place(ALONE, phone=SAYS)
    first, second = sdk.transcriptions.list()

    with pytest.raises(TwilioRestException) as elsewhere:
        sdk.recordings(second.recording_sid).transcriptions(first.sid).fetch()
    assert elsewhere.value.code == 20404
    assert sdk.recordings(first.recording_sid).transcriptions(first.sid).delete() is True
    assert second.delete() is True
    assert sdk.transcriptions.list() == []


def test_what_goes_wrong_with_a_message_after_its_call_is_logged_once(
    sdk: Any, simulator: tm.Simulator, place: Place
) -> None:
    """The call has ended, and nothing happens in it any more; so it is logged for no call."""
    simulator.phones["+14155550199"] = "fail"
    call = place("<Sms to='+14155550199'>Hello.</Sms>")
    simulator.run()
    logged = sdk.notifications.list()

    assert [(each.error_code, each.call_sid) for each in logged] == [("30005", None)]
    assert all(event.kind != "failed" for event in call.timeline)
