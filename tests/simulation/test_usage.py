"""Usage records are counted from what the account did: by category, and by day, month and year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from twilio.base.exceptions import TwilioException
from twilio.rest import Client as OfficialClient

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.simulation.test_serve import signed_in

DAY = 24 * 60 * 60
#: Ninety seconds are two minutes.
TALK = "<Response><Say>Hello.</Say><Pause length='90'/></Response>"


@pytest.fixture
def official(simulator: tm.Simulator) -> Iterator[OfficialClient]:
    with simulator.serve() as base_url:
        yield signed_in(simulator, base_url)


def call(simulator: tm.Simulator, client: Any, to: str = TO, **more: Any) -> None:
    client.calls.create(to=to, from_=FROM, twiml=TALK, **more)
    simulator.run()


def used(rows: list[Any]) -> dict[str, tuple[str, str]]:
    """Count and usage of what was used, by category."""
    return {each.category: (each.count, each.usage) for each in rows if each.count != "0"}


def days(rows: list[Any]) -> list[tuple[str, str, str]]:
    return [(str(each.start_date), str(each.end_date), each.count) for each in rows]


def test_calls_are_counted_by_direction_and_far_end_in_minutes_that_began(
    simulator: tm.Simulator, official: OfficialClient
) -> None:
    call(simulator, official)
    call(simulator, official, "client:ann", record=True)
    call(simulator, official, "sip:bob@example.com")
    simulator.phones["+13105550177"] = "busy"
    call(simulator, official, "+13105550177")
    simulator.numbers[FROM].voice_url = simulator.host(TALK)
    simulator.receive(TO, FROM).wait()

    assert used(official.usage.records.list()) == {
        "calls": ("4", "8"),
        "calls-inbound": ("1", "2"),
        "calls-inbound-local": ("1", "2"),
        "calls-outbound": ("3", "6"),
        "calls-client": ("1", "2"),
        "calls-sip": ("1", "2"),
        "calls-sip-outbound": ("1", "2"),
        "recordings": ("1", "1"),  # what is silent at its end is cut
        "phonenumbers": ("1", "1"),
        "phonenumbers-local": ("1", "1"),
    }


def test_messages_are_counted_by_direction(
    simulator: tm.Simulator, official: OfficialClient
) -> None:
    official.messages.create(to=TO, from_=FROM, body="Hello")
    simulator.run()

    counted = used(official.usage.records.list())
    assert counted["sms"] == counted["sms-outbound"] == ("1", "1")
    assert "sms-inbound" not in counted


def test_each_list_cuts_the_days_in_its_own_way(
    simulator: tm.Simulator, official: OfficialClient
) -> None:
    call(simulator, official)
    simulator.advance(30 * DAY)  # 5 February
    call(simulator, official)
    simulator.advance(DAY)
    records, only = official.usage.records, {"category": "calls"}

    assert days(records.list(**only)) == [("2026-01-06", "2026-02-06", "2")]
    assert days(records.all_time.list(**only)) == [("2026-01-06", "2026-02-06", "2")]
    assert days(records.today.list(**only)) == [("2026-02-06", "2026-02-06", "0")]
    assert days(records.yesterday.list(**only)) == [("2026-02-05", "2026-02-05", "1")]
    assert days(records.this_month.list(**only)) == [("2026-02-01", "2026-02-06", "1")]
    assert days(records.last_month.list(**only)) == [("2026-01-01", "2026-01-31", "1")]
    assert days(records.yearly.list(**only)) == [("2026-01-06", "2026-02-06", "2")]
    assert days(records.monthly.list(**only)) == [
        ("2026-02-01", "2026-02-06", "1"),
        ("2026-01-06", "2026-01-31", "1"),
    ]
    daily = records.daily.list(**only, page_size=7)
    assert [str(each.start_date) for each in daily][:2] == ["2026-02-06", "2026-02-05"]
    assert len(daily) == 32
    assert [each.count for each in daily] == ["0", "1", *["0"] * 29, "1"]


def test_a_range_is_given_by_dates_or_by_days_from_now(
    simulator: tm.Simulator, official: OfficialClient
) -> None:
    call(simulator, official)
    simulator.advance(10 * DAY)

    def counts(**asked: str) -> list[tuple[str, str, str]]:
        return days(official.usage.records.list(category="calls", **asked))

    assert counts(end_date="2026-01-07") == [("2026-01-06", "2026-01-07", "1")]
    assert counts(start_date="0001-01-01") == [("2026-01-06", "2026-01-16", "1")]
    assert counts(start_date="2030-01-01") == []
    assert counts(start_date="-3days") == [("2026-01-13", "2026-01-16", "0")]
    with pytest.raises(TwilioException, match="20001"):
        counts(start_date="yesterday")


def test_sub_accounts_count_with_their_owner_unless_they_are_left_out(
    simulator: tm.Simulator, official: OfficialClient
) -> None:
    branch = official.api.accounts(official.api.accounts.create().sid)
    call(simulator, branch)

    def count(account: Any, **asked: Any) -> str:
        (row,) = account.usage.records.list(category="calls", **asked)
        return str(row.count)

    assert (count(official), count(branch)) == ("1", "1")
    assert count(official, include_subaccounts=False) == "0"


def test_the_addresses_of_a_record_lead_to_the_same_category(official: OfficialClient) -> None:
    (row,) = official.usage.records.list(category="recordings")

    assert row.uri.endswith(
        "/Usage/Records.json?Category=recordings&StartDate=2026-01-06&EndDate=2026-01-06"
    )
    assert row.subresource_uris["last_month"].endswith(
        "/Usage/Records/LastMonth.json?Category=recordings"
    )
    assert row.as_of == "2026-01-06T10:00:00+00:00"
