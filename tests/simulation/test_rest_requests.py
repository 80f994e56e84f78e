"""Requests that Twilio takes though something in them is odd, and the words with which it refuses others."""

from __future__ import annotations

import pytest
import requests

import twilio_magic as tm
from tests.calls import DEMO, FROM, TO
from tests.recordings import official
from tests.simulation.conferences import Meeting
from tests.simulation.rest import address
from twilio_magic.api import operations

TOLD = "https://ivr.example.com/told"
TWIML = "<Response><Say>Hello.</Say></Response>"
UNKNOWN = "AP" + "0" * 32


@pytest.fixture
def told(simulator: tm.Simulator) -> list[str]:
    """The steps of calls that were reported to an application."""
    heard: list[str] = []

    @simulator.webhook(TOLD)
    def tell(parameters: dict[str, str]) -> str:
        heard.append(parameters.get("CallStatus") or parameters["RecordingStatus"])
        return ""

    return heard


def logged(client: tm.Client, sid: str) -> list[int | None]:
    return [each.error_code for each in client.calls.fetch(sid).notifications.list()]


def test_every_list_of_events_is_taken_and_what_is_unknown_in_it_is_logged() -> None:
    """No list of events leads to a refusal: the table has a code for the log, and none for an answer."""
    ours = [each for each in operations().values() if not each.described]
    rows = [row for each in ours for row in each.parameters if row.type == "enum-list"]

    assert len(rows) >= 6
    assert {tuple(row.codes) for row in rows} == {("logged",)}


@pytest.mark.parametrize(
    "written",
    ["initiated ringing answered completed", "initiated,ringing", "initiated, ringing", "rang"],
)
def test_events_in_one_field_are_one_unknown_event(
    session: requests.Session,
    client: tm.Client,
    simulator: tm.Simulator,
    told: list[str],
    written: str,
) -> None:
    form = {"To": TO, "From": FROM, "Twiml": TWIML, "StatusCallback": TOLD}
    answer = session.post(
        address(simulator, "/Calls.json"), data={**form, "StatusCallbackEvent": written}
    )
    simulator.run()

    assert answer.status_code == 201
    assert client.calls[0].status == "completed"
    assert logged(client, answer.json()["sid"]) == [21626]
    assert told == []


def test_known_events_beside_an_unknown_one_are_reported(
    session: requests.Session, client: tm.Client, simulator: tm.Simulator, told: list[str]
) -> None:
    form = [("To", TO), ("From", FROM), ("Twiml", TWIML), ("StatusCallback", TOLD)]
    events = [("StatusCallbackEvent", each) for each in ("rang", "ringing", "completed")]
    answer = session.post(address(simulator, "/Calls.json"), data=form + events)
    simulator.run()

    assert logged(client, answer.json()["sid"]) == [21626]
    assert told == ["ringing", "completed"]


def test_an_unknown_event_of_a_recording_is_logged(
    session: requests.Session, client: tm.Client, simulator: tm.Simulator, told: list[str]
) -> None:
    twiml = "<Response><Pause length='60'/></Response>"
    call = client.calls.create(to=TO, from_=FROM, twiml=twiml)
    simulator.advance(seconds=5)
    form = {
        "RecordingStatusCallback": TOLD,
        "RecordingStatusCallbackEvent": "in-progress completed",
    }
    answer = session.post(address(simulator, f"/Calls/{call.sid}/Recordings.json"), data=form)
    simulator.run()

    assert answer.status_code == 201
    assert logged(client, call.sid) == [21626]
    assert told == []


def test_an_unknown_event_of_a_conference_is_logged(
    session: requests.Session, client: tm.Client, simulator: tm.Simulator
) -> None:
    form = {
        "To": TO,
        "From": FROM,
        "ConferenceStatusCallback": TOLD,
        "ConferenceStatusCallbackEvent": "start join",
    }
    answer = session.post(address(simulator, "/Conferences/Room/Participants.json"), data=form)

    assert answer.status_code == 201
    assert logged(client, answer.json()["call_sid"]) == [21626]


@pytest.mark.parametrize("to", ["sip:kate@example.com", "sips:kate@example.com", "client:kate"])
@pytest.mark.parametrize("name", ["Jack", "jack.o-neill", "+jack_1", "4711"])
def test_a_name_calls_whoever_is_no_phone_number(
    simulator: tm.Simulator, client: tm.Client, to: str, name: str
) -> None:
    sdk = official(simulator)
    call = sdk.calls.create(to=to, from_=name, twiml=TWIML)
    participant = sdk.conferences("Room").participants.create(to=to, from_=name)
    ours = client.calls.create(to=to, from_=name, twiml=TWIML)
    simulator.run()

    assert sdk.calls(call.sid).fetch()._from == name
    assert sdk.calls(participant.call_sid).fetch()._from == name
    assert ours.fetch().status == "completed"


@pytest.mark.parametrize(("to", "name"), [(TO, "Jack"), ("sip:kate@example.com", "Jack Doe")])
def test_no_name_calls_a_phone_number_and_none_has_a_blank(
    client: tm.Client, to: str, name: str
) -> None:
    with pytest.raises(tm.RequestError) as refused:
        client.calls.create(to=to, from_=name, twiml=TWIML)

    assert refused.value.code == 21212


@pytest.mark.parametrize("account", ["null", "undefined", "None", "AC0"])
def test_an_account_that_is_no_sid_is_not_found(session: requests.Session, account: str) -> None:
    answer = session.get(f"https://api.twilio.com/2010-04-01/Accounts/{account}/Calls.json")

    assert (answer.status_code, answer.json()["code"]) == (404, 20404)


def test_the_account_of_somebody_else_is_closed(session: requests.Session) -> None:
    answer = session.get(f"https://api.twilio.com/2010-04-01/Accounts/AC{'0' * 32}/Calls.json")

    assert (answer.status_code, answer.json()["code"]) == (401, 20003)


@pytest.mark.parametrize(
    ("status", "after", "seconds", "twiml"),
    [
        ("canceled", "canceled", 0, TWIML),
        ("canceled", "canceled", 2, TWIML),
        ("completed", "canceled", 2, TWIML),
        ("completed", "completed", 9, "<Response><Pause length='60'/></Response>"),
    ],
)
def test_who_ends_a_call_is_answered_with_its_last_status(
    client: tm.Client,
    simulator: tm.Simulator,
    status: str,
    after: str,
    seconds: int,
    twiml: str,
) -> None:
    call = client.calls.create(to=TO, from_=FROM, twiml=twiml)
    simulator.advance(seconds=seconds)
    updated = client.calls.update(call.sid, status=status)

    assert updated.status == after
    assert client.calls.fetch(call.sid).status == after
    assert [each.sid for each in client.calls.list(status=after)] == [call.sid]
    with pytest.raises(tm.ApiError) as refused:
        client.calls.update(call.sid, status=status)
    assert refused.value.code == 21220
    simulator.run()
    assert client.calls.fetch(call.sid).status == after


def test_an_empty_application_keeps_that_of_a_number_and_an_empty_url_clears_it(
    simulator: tm.Simulator,
) -> None:
    sdk = official(simulator)
    application = sdk.applications.create(voice_url=DEMO)
    number = sdk.incoming_phone_numbers.list()[0]
    number.update(voice_application_sid=application.sid, voice_url=DEMO)
    number.update(voice_application_sid="", voice_url="")
    found = sdk.incoming_phone_numbers(number.sid).fetch()

    assert found.voice_application_sid == application.sid
    assert not found.voice_url


@pytest.mark.parametrize("setting", ["VoiceApplicationSid", "SmsApplicationSid"])
def test_a_number_cannot_have_an_application_that_there_is_not(
    session: requests.Session, client: tm.Client, simulator: tm.Simulator, setting: str
) -> None:
    number = client.incoming_phone_numbers.list()[0].sid
    form = {"PhoneNumber": "+14155550100", setting: UNKNOWN}
    bought = session.post(address(simulator, "/IncomingPhoneNumbers.json"), data=form)
    changed = session.post(
        address(simulator, f"/IncomingPhoneNumbers/{number}.json"), data={setting: UNKNOWN}
    )

    assert bought.json()["code"] == changed.json()["code"] == 21709
    assert len(client.incoming_phone_numbers.list()) == 1


def test_a_number_always_has_an_emergency_status(
    session: requests.Session, client: tm.Client, simulator: tm.Simulator
) -> None:
    form = {"PhoneNumber": "+14155550100"}
    bought = session.post(address(simulator, "/IncomingPhoneNumbers.json"), data=form)

    assert bought.json()["emergency_status"] == "Inactive"
    assert {each.emergency_status for each in client.incoming_phone_numbers.list()} == {"Inactive"}


def test_settings_of_a_number_are_there_when_it_is_fetched(simulator: tm.Simulator) -> None:
    sdk = official(simulator)
    number = sdk.incoming_phone_numbers.list()[0]
    address = "AD" + "a" * 32
    number.update(address_sid=address, emergency_status="Active")
    found = sdk.incoming_phone_numbers(number.sid).fetch()

    assert found.emergency_status == "Active"
    assert found.address_sid == address


@pytest.mark.parametrize(
    ("form", "message"),
    [
        (
            {"To": TO, "From": FROM},
            "Url parameter is required. For more information, see http://www.twilio.com/docs/api/twiml",
        ),
        ({"To": TO, "From": FROM, "Url": "voice"}, "Url is not a valid URL: voice"),
        ({"To": TO, "From": FROM, "Url": DEMO, "Timeout": "0"}, "Invalid Timeout"),
        (
            {"To": TO, "From": FROM, "Url": DEMO, "Record": "maybe"},
            "Invalid Record. Record is neither true nor false: 'maybe'.",
        ),
        ({"From": FROM, "Url": DEMO}, "No 'To' number is specified"),
    ],
)
def test_a_refusal_has_twilios_words(
    session: requests.Session, simulator: tm.Simulator, form: dict[str, str], message: str
) -> None:
    answer = session.post(address(simulator, "/Calls.json"), data=form)

    assert (answer.status_code, answer.json()["message"]) == (400, message)


def test_a_list_of_conferences_has_those_in_progress_unless_others_are_asked_for() -> None:
    """A conference that nobody may start is in progress, too."""
    meeting = Meeting()
    meeting.invite("ann", attributes='startConferenceOnEnter="false"')
    meeting.simulator.advance(5)
    (waiting,) = meeting.client.conferences.list()
    meeting.run()

    assert waiting.status == "in-progress"
    assert meeting.client.conferences.list() == []
    (ended,) = meeting.client.conferences.list(status="completed")
    assert ended.sid == waiting.sid
    assert ended.participants.list() == []


def test_the_ladder_of_no_call_is_that_of_all_calls(
    client: tm.Client, simulator: tm.Simulator
) -> None:
    before = repr(simulator.ladder())
    calls = [client.calls.create(to=TO, from_=FROM, twiml=TWIML).wait() for _ in range(2)]

    assert "no call" in before
    assert repr(simulator.ladder()) == repr(simulator.ladder(*calls))


@pytest.mark.parametrize(
    ("size", "code", "words"),
    [
        ("5000", 20007, "PageSize is above 1000"),
        ("abc", 20001, "Invalid PageSize."),
        ("-1", 20001, "Invalid PageSize."),
        ("0", 20001, "Invalid PageSize."),
    ],
)
def test_only_a_page_that_is_too_large_is_told_that_it_is(
    simulator: tm.Simulator, session: requests.Session, size: str, code: int, words: str
) -> None:
    answer = session.get(address(simulator, f"/Calls.json?PageSize={size}"))

    assert answer.status_code == 400
    assert answer.json()["code"] == code
    assert answer.json()["message"].startswith(words)


def test_a_call_that_cannot_be_recorded_is_not_said_to_be_redirected(
    simulator: tm.Simulator, session: requests.Session, client: tm.Client
) -> None:
    """A call that has not begun, one that is over, and a recording that is over."""
    queued = client.calls.create(to=TO, from_=FROM, twiml=TWIML)
    over = client.calls.create(to=TO, from_=FROM, twiml=TWIML, record=True)
    recordings = f"/Calls/{over.sid}/Recordings"
    answers = [session.post(address(simulator, f"/Calls/{queued.sid}/Recordings.json"))]
    over.wait()
    (recording,) = over.recordings.list()
    answers.append(session.post(address(simulator, f"{recordings}.json")))
    pause = {"Status": "paused"}
    answers.append(session.post(address(simulator, f"{recordings}/{recording.sid}.json"), pause))
    redirect = session.post(address(simulator, f"/Calls/{over.sid}.json"), {"Twiml": TWIML})

    assert {answer.json()["code"] for answer in [*answers, redirect]} == {21220}
    assert {answer.json()["message"] for answer in answers} == {
        "Requested resource is not eligible for recording"
    }
    assert redirect.json()["message"] == "Call is not in-progress. Cannot redirect."
