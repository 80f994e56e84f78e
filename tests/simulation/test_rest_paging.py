"""Pages of lists stay where they are while calls come and go between them."""

from __future__ import annotations

from typing import Any

import pytest
import requests

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.recordings import official
from tests.simulation.conferences import Meeting
from twilio_magic.api import account_url, resource_types

WAITS = "<Response><Pause length='60'/></Response>"


def place(client: tm.Client, count: int) -> list[str]:
    """The sids of *count* calls that go on, the newest first."""
    made = [client.calls.create(to=TO, from_=FROM, twiml=WAITS).sid for _ in range(count)]
    return made[::-1]


def ask(client: tm.Client, uri: str | None, name: str = "calls.list") -> dict[str, Any]:
    """The page at *uri*, which another page gave."""
    assert uri
    query = dict(pair.split("=", 1) for pair in uri.partition("?")[2].split("&"))
    return client._transport.ask(name, query)


def sids(page: dict[str, Any], key: str = "calls") -> list[str]:
    return [row["sid"] for row in page[key]]


def test_the_next_page_follows_the_last_call_of_the_page_before_though_others_came(
    client: tm.Client,
) -> None:
    made = place(client, 5)
    first = client._transport.ask("calls.list", {"PageSize": 2})
    place(client, 3)
    second = ask(client, first["next_page_uri"])
    third = ask(client, second["next_page_uri"])

    assert [*sids(first), *sids(second), *sids(third)] == made
    assert third["next_page_uri"] is None


def test_the_page_before_ends_with_the_call_before_the_first(client: tm.Client) -> None:
    made = place(client, 5)
    first = client._transport.ask("calls.list", {"PageSize": 2})
    second = ask(client, first["next_page_uri"])
    newer = place(client, 1)
    back = ask(client, second["previous_page_uri"])

    assert sids(back) == made[:2]
    assert sids(ask(client, back["previous_page_uri"])) == newer
    assert sids(ask(client, back["first_page_uri"])) == [*newer, made[0]]


def test_a_page_stays_though_the_calls_before_it_no_longer_match(
    client: tm.Client, simulator: tm.Simulator
) -> None:
    made = place(client, 4)
    simulator.advance(seconds=20)
    wanted = {"Status": "in-progress", "PageSize": 2}
    first = client._transport.ask("calls.list", wanted)
    for sid in sids(first):
        client.calls.fetch(sid).hang_up().wait()

    assert sids(ask(client, first["next_page_uri"])) == made[2:]


def test_who_deletes_what_is_listed_gets_to_everything(simulator: tm.Simulator) -> None:
    sdk = official(simulator)
    for _ in range(5):
        sdk.calls.create(to=TO, from_=FROM, twiml="<Response/>")
    simulator.run()
    for call in sdk.calls.stream(page_size=2):
        call.delete()

    assert sdk.calls.list() == []


def test_a_number_that_comes_back_is_the_newest(client: tm.Client) -> None:
    numbers = [f"+1415555010{digit}" for digit in range(4)]
    for number in numbers:
        client.incoming_phone_numbers.create(phone_number=number)
    first = client._transport.ask("numbers.list", {"PageSize": 2})
    client.incoming_phone_numbers.delete(sids(first, "incoming_phone_numbers")[1])
    client.incoming_phone_numbers.create(phone_number=numbers[2])
    again = client._transport.ask("numbers.list", {"PageSize": 2})
    rest = ask(client, again["next_page_uri"], "numbers.list")

    assert [each["phone_number"] for each in again["incoming_phone_numbers"]] == [
        numbers[2],
        numbers[3],
    ]
    assert [each["phone_number"] for each in rest["incoming_phone_numbers"]] == numbers[1::-1]


def test_participants_have_pages_too() -> None:
    meeting = Meeting()
    for name in ("ann", "bob", "cyn"):
        meeting.invite(name)
    meeting.simulator.advance(5)
    people = official(meeting.simulator).conferences(meeting.room.sid).participants

    assert [each.call_sid for each in people.list(page_size=1)] == [
        each.call_sid for each in people.list()
    ]
    assert len(people.list()) == 3


@pytest.mark.parametrize("token", ["nonsense", "PACA0", f"PACA{'0' * 32}", f"PXCA{'0' * 32}"])
def test_a_page_token_that_no_page_gave_is_refused(client: tm.Client, token: str) -> None:
    place(client, 2)

    with pytest.raises(tm.ApiError) as refused:
        client._transport.ask("calls.list", {"PageToken": token})
    assert (refused.value.code, refused.value.status) == (21481, 400)


def test_the_requests_of_a_call_have_pages_forth_and_back(
    client: tm.Client, simulator: tm.Simulator
) -> None:
    simulator.webhook("https://ivr.example.com/next")(
        lambda: "<Response><Pause length='1'/><Redirect/></Response>"
    )
    call = client.calls.create(
        to=TO, from_=FROM, url="https://ivr.example.com/next", time_limit=5
    ).wait()
    place, name = (call.sid,), "call_events.list"

    def page(query: dict[str, Any]) -> dict[str, Any]:
        return client._transport.ask(name, query, place=place)

    def follow(uri: str) -> dict[str, Any]:
        return page(dict(pair.split("=", 1) for pair in uri.partition("?")[2].split("&")))

    def moments(answer: dict[str, Any]) -> list[str]:
        return [each["response"]["date_created"] for each in answer["events"]]

    whole = moments(page({}))
    first = page({"PageSize": 2})
    second = follow(first["next_page_uri"])

    assert len(whole) > 4
    assert [*moments(first), *moments(second)] == whole[:4]
    assert moments(follow(second["previous_page_uri"])) == whole[:2]


LISTS = sorted(
    kind.path
    for kind in resource_types().values()
    if "list" in kind.operations and not (kind.depth or kind.root)
)


@pytest.mark.parametrize("asked", ["PageSize=abc", "PageSize=-1", "Page=x", "Page=-1"])
def test_no_list_takes_a_page_that_is_no_number(client: tm.Client, asked: str) -> None:
    """Each list of the account is asked; a place below another resource has the same reader."""
    session = requests.Session()
    client._transport.backend.mount_on(session)
    session.auth = (client._transport.account_sid, "simulated-auth-token-no-secret")
    base = account_url(client._transport.account_sid)

    answers = {path: session.get(f"{base}{path}.json?{asked}").status_code for path in LISTS}

    assert len(LISTS) > 20
    taken = {path for path, status in answers.items() if status != 400}
    assert taken == {"/AvailablePhoneNumbers"}  # the countries are no pages
