"""Lists of resources are rows of a table: what pandas asks of each, and pandas itself where it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

import twilio_magic as tm

HOME = Path(__file__).parents[2]
PANDAS = HOME / ".venv" / "pandas"
PERSON, NUMBER = "+14155550100", "+12125551234"
LISTS = (
    "calls",
    "incoming_phone_numbers",
    "recordings",
    "messages",
    "applications",
    "outgoing_caller_ids",
    "queues",
    "keys",
    "addresses",
)


@pytest.fixture(scope="module")
def client() -> tm.Client:
    """A client of a world that has one of each."""
    simulator = tm.Simulator(network=False)
    client = tm.Client(simulator=simulator)
    simulator.phones[PERSON] = 'hear "talk"; say "Hello."; hang up'
    document = "<Response><Say>Talk.</Say><Record/></Response>"
    client.calls.create(to=PERSON, from_=NUMBER, twiml=document, record=True).wait()
    client.messages.create(to=PERSON, from_=NUMBER, body="Hello")
    client.applications.create(friendly_name="mine")
    client.queues.create(friendly_name="support")
    client.new_keys.create(friendly_name="mine")
    client.addresses.create(
        customer_name="Ann",
        street="1 Main Street",
        city="Springfield",
        region="IL",
        postal_code="62701",
        iso_country="US",
    )
    return client


@pytest.mark.parametrize("name", LISTS)
def test_each_resource_of_a_list_is_a_row(name: str, client: tm.Client) -> None:
    listed = attrgetter(name)(client).list()
    first: object = listed[0]
    row: Any = first

    assert isinstance(listed, Sequence)
    assert isinstance(first, Mapping)
    assert isinstance(first, Iterable)
    assert dict(row)["sid"] == row.sid
    assert list(dict(row)) == [
        each for each in row.fields if each not in ("subresource_uris", "links")
    ]


def test_a_row_has_what_the_attributes_have(client: tm.Client) -> None:
    [number, *_] = client.incoming_phone_numbers.list()
    row = dict(number)

    assert row["phone_number"] == number.phone_number
    assert row["date_created"] == number.date_created
    with pytest.raises(KeyError):
        number["nothing"]


def test_a_row_has_no_secret(client: tm.Client) -> None:
    key = client.new_keys.create(friendly_name="other")

    assert "secret" in key.fields
    assert "secret" not in dict(key)


def test_the_keys_of_an_account_are_its_api_keys(client: tm.Client) -> None:
    [account] = client.api.accounts.list()

    assert len(account.keys.list()) == len(client.keys.list())
    assert not isinstance(account, Mapping)
    assert not isinstance(account, Iterable)


@pytest.mark.parametrize("name", LISTS)
def test_pandas_makes_a_table_of_each_list(name: str, client: tm.Client) -> None:
    pandas = pytest.importorskip("pandas")
    listed = attrgetter(name)(client).list()
    table = pandas.DataFrame(listed, columns=list(listed[0]))

    assert list(table["sid"]) == [each.sid for each in listed]
    assert set(pandas.DataFrame(listed).columns) == set(table.columns)


def test_pandas_makes_a_table_of_a_timeline(client: tm.Client) -> None:
    pandas = pytest.importorskip("pandas")
    timeline = client.calls.list()[0].timeline
    table = pandas.DataFrame(timeline)

    assert list(table.columns) == ["at", "leg", "kind", "text", "data"]
    assert list(table["kind"]) == [event.kind for event in timeline]


def test_the_tests_with_pandas_pass_in_a_process_of_their_own() -> None:
    """It is larger than all else that the tests need, so it has a folder of its own."""
    if not (PANDAS / "pandas").is_dir():
        reason = f"there is no pandas in {PANDAS}: `make test` installs it where a registry answers"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    path = os.pathsep.join([str(PANDAS), *filter(None, [os.environ.get("PYTHONPATH")])])
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-k", "pandas_makes", __file__],
        cwd=HOME,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )

    assert f"{len(LISTS) + 1} passed" in ran.stdout, ran.stdout + ran.stderr
    assert "skipped" not in ran.stdout
