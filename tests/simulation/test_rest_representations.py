"""XML and CSV beside JSON: the end of a path says which, and without one it is XML."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
import requests
from lxml import etree

import twilio_magic as tm
from tests.calls import FROM, TO, Place
from tests.simulation.conferences import Meeting
from tests.simulation.rest import address, signed_in

TWIML = "<Response><Say>Hello.</Say></Response>"


def element(answer: requests.Response) -> etree._Element:
    """What stands inside ``TwilioResponse``."""
    root = etree.fromstring(answer.content)
    (inside,) = root

    assert root.tag == "TwilioResponse"
    assert answer.headers["Content-Type"].startswith("application/xml")
    return inside


def pascal(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


@pytest.mark.parametrize("suffix", [".xml", ""])
def test_a_call_as_xml_has_what_its_json_has(
    session: requests.Session, simulator: tm.Simulator, place: Place, suffix: str
) -> None:
    sid = place("<Say>Hello.</Say>").sid
    fields = session.get(address(simulator, f"/Calls/{sid}.json")).json()
    call = element(session.get(address(simulator, f"/Calls/{sid}{suffix}")))

    assert call.tag == "Call"
    assert [each.tag for each in call] == [pascal(name) for name in fields]
    assert call.findtext("Sid") == sid
    assert call.findtext("DateCreated") == fields["date_created"]
    assert call.findtext("Price") == ""
    assert call.findtext("Uri") == fields["uri"].removesuffix(".json")
    assert call.findtext("SubresourceUris/Recordings") == fields["subresource_uris"][
        "recordings"
    ].removesuffix(".json")


@pytest.mark.parametrize("suffix", [".xml", ""])
def test_a_list_as_xml_has_its_pages_in_attributes(
    session: requests.Session, simulator: tm.Simulator, place: Place, suffix: str
) -> None:
    sids = [place("<Hangup/>").sid for _ in range(3)]
    path = address(simulator, f"/Calls{suffix}")
    calls = element(session.get(path, params={"PageSize": 2}))
    rest = element(session.get("https://api.twilio.com" + calls.get("nextpageuri", "")))

    assert calls.tag == "Calls"
    assert [each.findtext("Sid") for each in [*calls, *rest]] == sids[::-1]
    assert (calls.get("page"), calls.get("pagesize")) == ("0", "2")
    assert (calls.get("start"), calls.get("end")) == ("0", "1")
    assert calls.get("previouspageuri") == rest.get("nextpageuri") == ""
    assert calls.get("uri", "").startswith(f"{path.removeprefix('https://api.twilio.com')}?")


@pytest.mark.parametrize("suffix", [".xml", ""])
def test_what_is_made_is_answered_as_xml(
    session: requests.Session, simulator: tm.Simulator, client: tm.Client, suffix: str
) -> None:
    form = {"To": TO, "From": FROM, "Twiml": TWIML}
    answer = session.post(address(simulator, f"/Calls{suffix}"), data=form)

    assert answer.status_code == 201
    assert element(answer).findtext("Sid") == client.calls[0].sid


@pytest.mark.parametrize("suffix", [".xml", ".csv", ""])
def test_an_error_is_xml_where_no_json_was_asked_for(
    session: requests.Session, simulator: tm.Simulator, suffix: str
) -> None:
    path = address(simulator, f"/Calls/CA0{suffix}")
    error = element(session.get(path))
    refused = element(session.post(address(simulator, f"/Calls{suffix}")))
    shown = path.removeprefix("https://api.twilio.com")

    assert error.tag == "RestException"
    assert error.findtext("Code") == "20404"
    assert error.findtext("Message") == f"The requested resource {shown} was not found"
    assert error.findtext("MoreInfo") == "https://www.twilio.com/docs/errors/20404"
    assert error.findtext("Status") == "404"
    assert refused.findtext("Code") == "21201"


def test_who_is_not_signed_in_is_told_so_in_xml(simulator: tm.Simulator) -> None:
    with signed_in(simulator) as session:
        session.auth = ("AC0", "wrong")
        answer = session.get(address(simulator, "/Calls"))

    assert answer.status_code == 401
    assert element(answer).findtext("Code") == "20003"


def test_a_list_as_csv_has_a_line_with_the_names_and_one_for_each_row(
    session: requests.Session, simulator: tm.Simulator, place: Place
) -> None:
    sids = [place("<Hangup/>").sid for _ in range(2)]
    answer = session.get(address(simulator, "/Calls.csv"))
    lines = list(csv.DictReader(StringIO(answer.text)))
    single = list(
        csv.DictReader(StringIO(session.get(address(simulator, f"/Calls/{sids[0]}.csv")).text))
    )

    assert answer.headers["Content-Type"].startswith("text/csv")
    assert [line["Sid"] for line in lines] == sids[::-1]
    assert (lines[0]["To"], lines[0]["Price"]) == (TO, "")
    assert single == lines[1:]


def test_an_empty_list_is_empty_in_every_representation(
    session: requests.Session, simulator: tm.Simulator
) -> None:
    assert len(element(session.get(address(simulator, "/Queues.xml")))) == 0
    assert session.get(address(simulator, "/Queues.csv")).text == ""


@pytest.mark.parametrize(
    ("path", "tag"),
    [
        ("", "Account"),
        ("/IncomingPhoneNumbers", "IncomingPhoneNumbers"),
        ("/OutgoingCallerIds", "OutgoingCallerIds"),
        ("/Applications", "Applications"),
        ("/Conferences", "Conferences"),
        ("/Recordings", "Recordings"),
        ("/Queues", "Queues"),
    ],
)
def test_every_family_has_an_element_of_its_name(
    session: requests.Session, simulator: tm.Simulator, path: str, tag: str
) -> None:
    found = element(session.get(address(simulator, path)))

    assert found.tag == tag
    assert {each.tag for each in found} <= {tag[:-1], *(each.tag for each in found if not path)}


def test_a_verification_a_participant_and_a_member_are_called_as_twilio_calls_them() -> None:
    meeting = Meeting()
    meeting.invite("ann")
    waits = "<Response><Enqueue>support</Enqueue></Response>"
    meeting.client.calls.create(to="client:bob", from_=FROM, twiml=waits)
    meeting.simulator.advance(5)
    (queue,) = meeting.client.queues.list()
    with signed_in(meeting.simulator) as session:
        asked = session.post(
            address(meeting.simulator, "/OutgoingCallerIds"), data={"PhoneNumber": "+14155550101"}
        )
        people = session.get(
            address(meeting.simulator, f"/Conferences/{meeting.room.sid}/Participants")
        )
        members = session.get(address(meeting.simulator, f"/Queues/{queue.sid}/Members"))
        front = session.get(address(meeting.simulator, f"/Queues/{queue.sid}/Members/Front"))

    assert element(asked).tag == "ValidationRequest"
    assert [each.tag for each in element(people)] == ["Participant"]
    assert element(people)[0].findtext("Muted") == "false"
    assert (element(members).tag, element(members)[0].tag) == ("QueueMembers", "QueueMember")
    assert element(front).tag == "QueueMember"


def test_what_xml_cannot_hold_is_replaced(
    session: requests.Session, simulator: tm.Simulator, client: tm.Client
) -> None:
    """What an application answers may hold anything."""
    simulator.webhook("https://ivr.example.com/voice")(lambda: "<Response>\x0b</Response>")
    url = "https://ivr.example.com/voice"
    call = client.calls.create(to=TO, from_=FROM, url=url)
    simulator.run()
    events = element(session.get(address(simulator, f"/Calls/{call.sid}/Events")))

    assert "\ufffd" in events[0].findtext("Response/ResponseBody", "")


def test_the_sound_of_a_recording_has_no_suffix_and_its_fields_have_one(
    session: requests.Session, simulator: tm.Simulator, place: Place
) -> None:
    recording = place("<Say>Hello.</Say>", record=True).recordings[0]
    path = address(simulator, f"/Recordings/{recording.sid}")

    assert session.get(path).content == recording.wav()
    assert element(session.get(f"{path}.xml")).findtext("Sid") == recording.sid


def test_what_is_deleted_without_a_suffix_is_gone(
    session: requests.Session, simulator: tm.Simulator, place: Place
) -> None:
    recording = place("<Say>Hello.</Say>", record=True).recordings[0]
    path = address(simulator, f"/Recordings/{recording.sid}")

    assert session.delete(path).status_code == 204
    assert session.get(f"{path}.json").status_code == 404
