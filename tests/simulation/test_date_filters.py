"""Lists by date: what the official SDK sends for a day and for a moment means what Twilio's pages say.

Source: the words of Twilio's OpenAPI description on ``StartTime``, ``DateSent``, ``MessageDate`` and ``DateCreated``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from twilio.base.exceptions import TwilioException
from twilio.rest import Client as Sdk

import twilio_magic as tm
from tests.calls import FROM, TO
from twilio_magic.api import operations, resource_types

OTHER = "+13105555556"
DAY = timedelta(days=1)
BAD = "<Response><Sya/><Record maxLength='5' action='/next'/></Response>"
MEETING = "<Response><Dial record='true'><Conference record='record-from-start'>Room</Conference></Dial></Response>"


@dataclass
class Listed:
    """A list of the API: *rows* reads it with filters, *name* is that of a filter, *at* the moment of its one row."""

    rows: Callable[..., list[Any]]
    name: str
    at: datetime


@pytest.fixture(scope="module")
def lists() -> Iterator[dict[str, Listed]]:
    """Every list of the API that is filtered by dates, each with a row."""
    simulator = tm.Simulator()
    simulator.phones[TO] = "answer; say 'Hello'; wait 8; hang up"
    simulator.phones[OTHER] = "answer; wait 9; hang up"
    with tm.mock_twilio(simulator):
        sdk = Sdk()
        call = sdk.calls.create(to=TO, from_=FROM, twiml=BAD, record=True)
        simulator.advance(60)
        for party in (TO, OTHER):
            sdk.calls.create(to=party, from_=FROM, twiml=MEETING)
        simulator.advance(60)
        message = sdk.messages.create(
            to=TO, from_=FROM, body="Hi", media_url=["https://a.example.com/a.png"]
        )
        simulator.advance(60)
        yield dict(_lists(sdk, call.sid, message.sid))


def _lists(sdk: Any, call: str, message: str) -> Iterator[tuple[str, Listed]]:
    (room,) = sdk.conferences.list(status="completed")
    sources = {
        "calls": (sdk.calls, "start_time end_time", {}),
        "recordings": (sdk.recordings, "date_created", {}),
        "calls.recordings": (sdk.calls(call).recordings, "date_created", {}),
        "conferences.recordings": (sdk.conferences(room.sid).recordings, "date_created", {}),
        "notifications": (sdk.notifications, "message_date", {}),
        "calls.notifications": (sdk.calls(call).notifications, "message_date", {}),
        "conferences": (sdk.conferences, "date_created date_updated", {"status": "completed"}),
        "messages": (sdk.messages, "date_sent", {}),
        "messages.media": (sdk.messages(message).media, "date_created", {}),
    }
    for name, (collection, filters, also) in sources.items():
        for each in filters.split():
            rows = _reader(collection, also)
            yield f"{name}.{each}", Listed(rows, each, getattr(rows()[0], each))


def _reader(collection: Any, also: dict[str, str]) -> Callable[..., list[Any]]:
    return lambda **wanted: collection.list(**wanted, **also)


LISTS = [
    f"{kind.name}.{row.keyword}"
    for kind in resource_types().values()
    if "list" in kind.operations
    for row in operations()[kind.operations["list"]].parameters
    if row.type in ("date", "datetime") and row.name[-1] not in "<>" and not row.relative
]


def test_every_filter_by_date_is_tried(lists: dict[str, Listed]) -> None:
    assert set(LISTS) == set(lists)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("kind", ["text", "date", "midnight", "moment"])
def test_equality_asks_for_the_day(lists: dict[str, Listed], name: str, kind: str) -> None:
    listed = lists[name]

    def shown(at: datetime) -> list[Any]:
        given: Any = {
            "text": at.date().isoformat(),
            "date": at.date(),
            "midnight": datetime(at.year, at.month, at.day, tzinfo=UTC),
            "moment": at,
        }[kind]
        return listed.rows(**{listed.name: given})

    assert shown(listed.at)
    assert not shown(listed.at + DAY)
    assert not shown(listed.at - DAY)


@pytest.mark.parametrize("name", LISTS)
def test_before_and_after_a_day_begins(lists: dict[str, Listed], name: str) -> None:
    """A message is sent on and before a day; everything else is before the day begins."""
    listed = lists[name]
    before, after = f"{listed.name}_before", f"{listed.name}_after"
    day = listed.at.date()

    assert listed.rows(**{after: day})
    assert not listed.rows(**{after: day + DAY})
    assert listed.rows(**{before: day + DAY})
    assert not listed.rows(**{before: day})
    assert bool(listed.rows(**{before: day.isoformat()})) == name.startswith("messages.date_sent")


@pytest.mark.parametrize("name", [each for each in LISTS if "start_time" in each or "sent" in each])
def test_before_and_after_a_moment(lists: dict[str, Listed], name: str) -> None:
    listed = lists[name]
    before, after = f"{listed.name}_before", f"{listed.name}_after"
    second, whole = timedelta(seconds=1), len(listed.rows())
    first = min(getattr(row, listed.name) for row in listed.rows())
    last = max(getattr(row, listed.name) for row in listed.rows())

    assert len(listed.rows(**{before: last, after: first})) == whole
    assert len(listed.rows(**{after: first + second})) < whole
    assert len(listed.rows(**{before: last - second})) < whole
    assert not listed.rows(**{before: first - second})
    east = (first + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%S+02:00")
    assert len(listed.rows(**{before: east, after: east})) >= 1


@pytest.mark.parametrize("value", ["yesterday", "2026-13-01", "06.01.2026", "2026-01-06T25:00:00Z"])
def test_what_is_no_date_is_refused(
    lists: dict[str, Listed], client: tm.Client, value: str
) -> None:
    with pytest.raises(TwilioException, match=r"HTTP 400 .*20001.*Invalid StartTime>"):
        lists["calls.start_time"].rows(start_time_after=value)

    with pytest.raises(tm.RequestError, match="StartTime> is not a date") as ours:
        client.calls.list(start_time_after=value)
    assert "2026-01-06T10:30:00Z" in str(ours.value.hint)


def test_our_client_asks_as_the_official_one_does(client: tm.Client) -> None:
    call = client.calls.create(to=TO, from_=FROM, twiml="<Response/>").wait()

    def found(**wanted: Any) -> list[str]:
        return [each.sid for each in client.calls.list(**wanted)]

    assert found(start_time=date(2026, 1, 6)) == [call.sid]
    assert found(start_time=datetime(2026, 1, 6, 20, tzinfo=UTC)) == [call.sid]
    assert found(start_time_before=date(2026, 1, 6)) == []
    assert found(start_time_before="2026-01-07", end_time_after="2026-01-06") == [call.sid]
