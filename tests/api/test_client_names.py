"""The client has what Twilio's own library has, and says what is meant by a name that it has not."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

import twilio_magic as tm
from tests.calls import DEMO, FROM, TO, Place
from tests.live.conftest import Connect
from tests.live.person import Person
from tests.live.server import CALL, call, says, serving
from twilio_magic.api import resource_types
from twilio_magic.display import mime_bundle, to_html

MESSAGE, KEY = "SM" + "5" * 32, "SK" + "5" * 32


def wrong(act: Callable[[], Any]) -> str:
    """What is said of what uses a wrong name."""
    with pytest.raises((AttributeError, tm.RequestError)) as raised:
        act()
    return f"{raised.value} {raised.value.hint}"  # type: ignore[attr-defined] # all are of our tree


def test_a_call_is_fetched_changed_and_removed_by_its_sid(client: tm.Client) -> None:
    sid = client.calls.create(
        to=TO, from_=FROM, twiml="<Response><Pause length='9'/></Response>"
    ).sid

    assert client.calls(sid).fetch().status == "queued"
    assert client.calls.get(sid).update(status="canceled").status == "canceled"
    assert client.calls(sid).delete() is True
    with pytest.raises(tm.ApiError, match="20404"):
        client.calls(sid).fetch()


def test_a_running_call_takes_a_document_by_its_sid(
    client: tm.Client, simulator: tm.Simulator
) -> None:
    pause = "<Response><Pause length='60'/></Response>"
    running = client.calls.create(to=TO, from_=FROM, twiml=pause)
    simulator.advance(10)
    client.calls(running.sid).update(twiml=tm.parse("<Response><Say>Elsewhere.</Say></Response>"))

    assert "Elsewhere." in str(running.wait().transcript)


def test_what_is_below_a_call_is_below_its_sid(place: Place, client: tm.Client) -> None:
    failed = place(url="https://demo.twilio.com/nothing/here")
    below = client.calls(failed.sid)

    (entry,) = below.notifications.list()
    assert below.notifications(entry.sid).fetch().error_code == 11200
    assert [event.request["url"] for event in below.events.list()] == [
        event.request["url"] for event in failed.events.list()
    ]


def queue(client: tm.Client, number: int) -> list[str]:
    """The sids of so many calls that wait to be placed, the newest first."""
    calls = [client.calls.create(to=TO, from_=FROM, url=DEMO) for _ in range(number)]
    return [call.sid for call in calls][::-1]


def test_a_list_has_no_limit_unless_one_is_given(client: tm.Client) -> None:
    placed = queue(client, 60)

    assert [each.sid for each in client.calls.list()] == placed
    assert [each.sid for each in client.calls.list(limit=55)] == placed[:55]
    assert [each.sid for each in client.calls.stream(limit=3, page_size=2)] == placed[:3]


def test_what_is_shown_of_a_long_list_says_that_there_is_more(connect: Connect) -> None:
    """... and fetches no more than that."""
    rows = {"calls": [call("busy")] * 401, "next_page_uri": "/x?Page=1"}
    with serving(says(200, rows)) as server:
        listing = connect(server).calls.list()
        texts = [repr(listing), mime_bundle(listing)["text/plain"]]
        html = to_html(listing)

    assert len(server.seen) == 1
    assert [text.count("busy") for text in (*texts, html)] == [400] * 3
    assert all("… and more than these 400" in text for text in (*texts, html))


def test_a_collection_that_is_shown_as_it_is_shows_the_newest(client: tm.Client) -> None:
    queue(client, 51)
    shown = mime_bundle(client.calls)["text/plain"].splitlines()

    assert len(shown) == 1 + 50 + 1
    assert shown[-1] == "… and more than these 50"


def test_a_stream_asks_for_nothing_before_it_is_gone_through(connect: Connect) -> None:
    with serving(says(200, {"calls": [call()], "next_page_uri": None})) as server:
        stream = connect(server).calls.stream(page_size=7)
        asked_at_first = len(server.seen)
        taken = [each.status for each in stream]

    assert (asked_at_first, taken) == (0, ["queued"])
    assert server.seen[0][1].endswith("?PageSize=7")


def test_pages_lead_to_those_beside_them(client: tm.Client) -> None:
    placed = queue(client, 5)
    first = client.calls.page(page_size=2)
    second = first.next_page()
    assert second is not None
    third = client.calls.get_page(second.next_page_url or "")
    back = second.previous_page()

    assert [[each.sid for each in page] for page in (first, second, third)] == [
        placed[:2],
        placed[2:4],
        placed[4:],
    ]
    assert third.next_page() is None
    assert back is not None
    assert [each.sid for each in back] == placed[:2]
    assert first.previous_page() is None


def test_another_account_is_below_accounts(connect: Connect) -> None:
    sub = "AC" + "9" * 32
    with serving(says(200, call()), says(200, {"sid": sub, "status": "active"})) as server:
        client = connect(server)
        client.accounts(sub).calls(CALL).fetch()
        account = client.api.v2010.accounts(sub).fetch()

    assert [path for _, path, *_ in server.seen] == [
        f"/2010-04-01/Accounts/{sub}/Calls/{CALL}.json",
        f"/2010-04-01/Accounts/{sub}.json",
    ]
    assert account.status == "active"


def test_fields_read_like_python_in_every_kind_of_resource(connect: Connect) -> None:
    fields = {
        "sid": MESSAGE,
        "from": FROM,
        "num_media": "0",
        "price": None,
        "date_sent": "Tue, 06 Jan 2026 10:00:03 +0000",
    }
    media = {"media_list": [{"sid": "ME" + "5" * 32, "content_type": "image/png"}]}
    with serving(says(200, fields), says(200, media), says(204, "")) as server:
        message = connect(server).messages(MESSAGE).fetch()
        (picture,) = message.media.list()
        picture.delete()

    assert (message.from_, message.price, message.date_sent.hour) == (FROM, None, 10)
    assert picture.content_type == "image/png"
    assert server.seen[-1][1].endswith(f"/Messages/{MESSAGE}/Media/{picture.sid}.json")


def test_the_secret_of_a_new_key_is_not_shown(connect: Connect) -> None:
    with serving(says(201, {"sid": KEY, "secret": "hush hush"})) as server:
        key = Person(True).client_of(server).new_keys.create(friendly_name="laptop")

    assert "hush" not in f"{key} {key.fields}"
    assert key.secret.reveal() == "hush hush"


@pytest.mark.parametrize(
    ("act", "meant"),
    [
        (lambda client: client.call, "calls"),
        (lambda client: client.messges, "messages"),
        (lambda client: client.phone_numbers, "incoming_phone_numbers"),
        (lambda client: client.calls.craete, "create"),
        (lambda client: client.calls("CA1").recording, "recordings"),
        (lambda client: client.usage.record, "records"),
        (lambda client: client.usage.records.dayly, "daily"),
        (lambda client: client.calls("CA1").status, "calls(…).fetch().status"),
        (lambda client: client.messages.create(to="+13105555555", form="x"), "from_"),
        (lambda client: client.calls.list(stats="busy"), "status"),
        (lambda client: client.calls.list(limits=5), "limit"),
        (lambda client: client.messages.page(page_nmber=5), "page_number"),
        (lambda client: client.calls("CA1").update(statsu="completed"), "status"),
    ],
)
def test_a_wrong_name_leads_to_the_right_one(
    client: tm.Client, act: Callable[[tm.Client], Any], meant: str
) -> None:
    assert meant in wrong(lambda: act(client))


@pytest.mark.parametrize("product", ["verify", "studio", "taskrouter", "lookups"])
def test_another_product_is_said_to_be_one(client: tm.Client, product: str) -> None:
    said = wrong(lambda: getattr(client, product))

    assert f"client.{product} is another API of Twilio's" in said
    assert "twilio.rest.Client" in said
    assert not hasattr(client, product)


def test_what_has_no_names_near_says_what_there_is(client: tm.Client) -> None:
    assert "records, triggers" in wrong(lambda: client.usage.zzz)


def test_a_call_needs_no_table_of_all_resources() -> None:
    """It is read when something that calls are not made of is first asked for."""
    code = """
import twilio_magic as tm
from twilio_magic.api.requests._resources import resource_table
client = tm.Client(simulator=tm.Simulator())
client.calls.create(to="+13105555555", from_="+12125551234", twiml="<Response/>").wait()
print(resource_table.cache_info().currsize, len(client.messages.list()), resource_table.cache_info().currsize)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout.split() == ["0", "0", "1"]


def test_help_shows_the_parameters(client: tm.Client) -> None:
    assert "create(friendly_name)" in str(client.accounts.__doc__)
    assert "media_url" in str(client.messages.__doc__)


def test_completion_shows_the_names(client: tm.Client) -> None:
    """... and no old ones."""
    top = {name for name in resource_types() if "." not in name}

    assert top | {"api"} <= set(dir(client))
    assert not {"numbers", "caller_ids", "stand_in", "verify"} & set(dir(client))
    assert {"fetch", "update", "delete", "media"} <= set(dir(client.messages(MESSAGE)))
    assert {"fetch", "update", "delete"} & set(dir(client.balance)) == {"fetch"}


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda client: client.messages.create(to=TO, from_=FROM, body="Hello."), "sends a text message"),
        (lambda client: client.incoming_phone_numbers.local.create(phone_number=FROM), "buys"),
        (lambda client: client.calls(CALL).payments.create(
            idempotency_key="1", status_callback=DEMO), "collects a payment"),
        (lambda client: client.messages(MESSAGE).delete(), "removes for good"),
        (lambda client: client.keys(KEY).delete(), "removes for good"),
        (lambda client: client.addresses("AD" + "5" * 32).update(city="Graz"), "changes"),
        (lambda client: client.accounts.create(), "can spend the account's money"),
    ],
)  # fmt: skip
def test_what_costs_money_or_cannot_be_undone_asks_first(act: Any, said: str) -> None:
    person = Person(False)
    with serving(says(201, {})) as server, pytest.raises(tm.LiveCallRefused):
        act(person.client_of(server))

    assert server.seen == []
    assert said in person.asked[0]


def test_what_is_harmless_does_not_ask() -> None:
    person = Person()
    with serving(says(200, {"sid": "MZ" + "5" * 32})) as server:
        stream = person.client_of(server).calls(CALL).streams("MZ" + "5" * 32)
        stream.update(status="stopped")

    assert person.asked == []
    assert [method for method, *_ in server.seen] == ["POST"]
