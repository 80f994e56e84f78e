"""Resources read like Python, and lists come page by page."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

import twilio_magic as tm
from tests.calls import DEMO, FROM, TO, Place
from tests.live.conftest import Connect
from tests.live.server import CALL, call, says, serving
from twilio_magic.api import Listing


def test_dates_money_and_numbers_are_what_they_are_in_python(connect: Connect) -> None:
    fields = call(
        "completed",
        price="-0.01300",
        duration="42",
        start_time="Tue, 06 Jan 2026 10:00:03 +0000",
        end_time="2026-01-06T10:00:45Z",
    )
    with serving(says(200, fields)) as server:
        fetched = connect(server).calls.fetch(CALL)

    assert fetched.price == Decimal("-0.01300")
    assert fetched.duration == 42
    assert fetched.start_time == datetime(2026, 1, 6, 10, 0, 3, tzinfo=UTC)
    assert fetched.end_time == datetime(2026, 1, 6, 10, 0, 45, tzinfo=UTC)


def test_a_list_asks_for_the_next_page_when_somebody_gets_there(connect: Connect) -> None:
    first = {"calls": [call(), call()], "next_page_uri": "/x?Page=1&PageToken=PA2"}
    second = {"calls": [call("busy")], "next_page_uri": None}
    with serving(says(200, first), says(200, second)) as server:
        listing = connect(server).calls.list(limit=None)
        asked_at_first = len(server.seen)
        one = listing[0]
        asked_for_one = len(server.seen)
        everything = len(listing)

    assert one.status == "queued"
    assert (asked_at_first, asked_for_one, len(server.seen)) == (1, 1, 2)
    assert everything == 3
    assert [each.status for each in listing[1:]] == ["queued", "busy"]


def test_a_list_is_sliced_as_any_other_however_much_of_it_is_known() -> None:
    numbers = list(range(7))
    ends = [None, *range(-8, 9)]
    for start, stop, step in product(ends, ends, [None, -2, -1, 1, 2]):
        rows: Any = Listing(tm.Call, iter(numbers))
        asked = slice(start, stop, step)

        assert rows[asked] == numbers[asked], asked


def test_a_limit_is_the_size_of_the_page_too(connect: Connect) -> None:
    with serving(says(200, {"calls": [call()], "next_page_uri": "/x?Page=1"})) as server:
        found = list(connect(server).calls.list(limit=1))

    assert len(found) == 1
    assert server.seen[0][1].endswith("?PageSize=1")


def test_calls_are_found_by_their_state_and_their_day(client: tm.Client, place: Place) -> None:
    busy, done = place(url=DEMO, phone="busy"), place(url=DEMO, phone="answer")

    assert [each.sid for each in client.calls.list(status="busy")] == [busy.sid]
    assert [each.sid for each in client.calls.list(start_time="2026-01-06")] == [done.sid]
    assert client.calls.list(start_time_after="2026-01-07") == []


def test_pages_of_the_simulator_follow_each_other(client: tm.Client, place: Place) -> None:
    placed = [place(url=DEMO).sid for _ in range(5)]

    assert [each.sid for each in client.calls.list(limit=None, page_size=2)] == placed[::-1]


def test_a_running_call_can_be_recorded_by_the_api(
    client: tm.Client, simulator: tm.Simulator
) -> None:
    running = client.calls.create(
        to=TO, from_=FROM, twiml="<Response><Pause length='20'/></Response>"
    )
    simulator.advance(10)
    recording = running.recordings.create(recording_channels="dual")
    running.wait()

    assert recording.status == "in-progress"
    assert recording.fetch().status == "completed"
    assert recording.channels == 2
    assert [each.sid for each in client.recordings.list(call_sid=running.sid)] == [recording.sid]


def test_a_call_that_is_over_is_not_recorded(place: Place) -> None:
    with pytest.raises(tm.ApiError, match="21220"):
        place(url=DEMO).recordings.create()


def test_what_went_wrong_is_in_the_calls_notifications(place: Place) -> None:
    failed = place(url="https://demo.twilio.com/nothing/here")
    entry = failed.notifications.list()[0]

    assert (entry.level, entry.error_code) == ("error", 11200)
    assert failed.notifications.fetch(entry.sid).message_text == entry.message_text


def test_the_requests_of_a_call_are_its_events(place: Place) -> None:
    event = place(url=DEMO).events.list()[0]

    assert event.request["url"] == DEMO
    assert event.response["response_code"] == 200


def test_numbers_are_bought_changed_and_given_back(client: tm.Client) -> None:
    number = client.incoming_phone_numbers.create(area_code="415", voice_url=DEMO)
    number.update(friendly_name="Front desk")
    found = client.incoming_phone_numbers.list(friendly_name="Front desk")
    number.delete()

    assert [each.phone_number for each in found] == ["+14155550100"]
    assert found[0].voice_url == DEMO
    assert [each.phone_number for each in client.incoming_phone_numbers.list()] == [FROM]


def test_an_area_code_that_is_sold_out_is_told_as_twilio_tells_it(client: tm.Client) -> None:
    """There are 100 numbers that are nobody's in each."""
    bought = {
        client.incoming_phone_numbers.create(area_code="415").phone_number for _ in range(100)
    }

    with pytest.raises(tm.ApiError, match="21452") as raised:
        client.incoming_phone_numbers.create(area_code="415")

    assert len(bought) == 100
    assert raised.value.status == 400
    assert client.incoming_phone_numbers.create(area_code="310").phone_number == "+13105550100"


def test_a_caller_id_is_verified_by_a_code(client: tm.Client) -> None:
    validation = client.outgoing_caller_ids.create(phone_number="+14155550100")

    assert len(validation.validation_code) == 6
    assert (
        client.outgoing_caller_ids.list(phone_number="+14155550100")[0].phone_number
        == "+14155550100"
    )


def test_a_subaccount_is_another_account_in_the_path(connect: Connect) -> None:
    with serving(says(200, call())) as server:
        connect(server).subaccount("AC" + "9" * 32).calls.fetch(CALL)

    assert server.seen[0][1] == f"/2010-04-01/Accounts/{'AC' + '9' * 32}/Calls/{CALL}.json"


def test_a_strict_account_calls_from_its_own_numbers_to_public_addresses() -> None:
    strict = tm.Client(simulator=tm.Simulator(profile="strict"))

    with pytest.raises(tm.ApiError, match="21210"):
        strict.calls.create(to=TO, from_="+14155550100", url=DEMO)
    with pytest.raises(tm.ApiError, match="21205"):
        strict.calls.create(to=TO, from_=FROM, url="http://localhost:5000/voice")
    with pytest.raises(tm.ApiError, match="21609"):
        strict.calls.create(to=TO, from_=FROM, url=DEMO, status_callback="http://10.0.0.1/")


@pytest.mark.parametrize(
    ("to", "from_", "code"),
    [
        ("+15005550001", "+15005550006", 21217),
        ("+15005550002", "+15005550006", 21214),
        ("+15005550003", "+15005550006", 21215),
        ("+15005550004", "+15005550006", 21216),
        (TO, "+15005550001", 21212),
        (TO, FROM, 21210),
    ],
)
def test_test_credentials_have_magic_numbers(to: str, from_: str, code: int) -> None:
    client = tm.Client(simulator=tm.Simulator(profile="test-credentials"))

    with pytest.raises(tm.ApiError, match=str(code)):
        client.calls.create(to=to, from_=from_, url=DEMO)


def test_test_credentials_may_create_and_nothing_else() -> None:
    client = tm.Client(simulator=tm.Simulator(profile="test-credentials"))
    placed = client.calls.create(to=TO, from_="+15005550006", url=DEMO)

    assert placed.status == "queued"
    with pytest.raises(tm.ApiError, match="20008"):
        placed.fetch()
