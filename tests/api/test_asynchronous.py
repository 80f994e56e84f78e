"""The methods that end in ``_async`` answer as those that do not, of the simulator and of a live account."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest

import twilio_magic as tm
from tests.calls import DEMO, FROM, TO
from tests.live.conftest import ENVIRON, UNPAUSED
from tests.live.person import Person
from tests.live.server import CALL, call, says, serving


def test_a_simulated_call_is_awaited_from_its_creation_to_its_deletion(client: tm.Client) -> None:
    async def application() -> list[object]:
        made = await client.calls.create_async(TO, FROM, url=DEMO)
        fetched = await client.calls(made.sid).fetch_async()
        changed = await fetched.update_async(status="canceled")
        listed = await client.calls.list_async(limit=5)
        streamed = [each.sid async for each in await client.calls.stream_async()]
        gone = await client.calls(made.sid).delete_async()
        return [fetched.sid == made.sid, changed.status, len(listed), streamed == [made.sid], gone]

    assert asyncio.run(application()) == [True, "canceled", 1, True, True]
    assert client.calls.list() == []


def test_pages_are_awaited_in_both_directions(client: tm.Client) -> None:
    sids = [client.calls.create(TO, FROM, url=DEMO).sid for _ in range(3)]

    async def application() -> list[str]:
        first = await client.calls.page_async(page_size=1)
        second = await first.next_page_async()
        back = await second.previous_page_async()
        again = await client.calls.get_page_async(first.next_page_url)
        return [each[0].sid for each in (first, second, back, again)]

    assert asyncio.run(application()) == [sids[2], sids[1], sids[2], sids[1]]


def test_what_is_refused_is_raised_where_it_is_awaited(client: tm.Client) -> None:
    with pytest.raises(tm.RequestError, match="To is missing"):
        asyncio.run(client.calls.create_async(from_=FROM, url=DEMO))
    with pytest.raises(tm.ApiError, match="20404"):
        asyncio.run(client.calls("CA" + "0" * 32).fetch_async())


def test_everything_of_the_table_can_be_awaited(client: tm.Client) -> None:
    async def application() -> tuple[str, str, int]:
        balance = await client.balance.fetch_async()
        queue = await client.queues.create_async("Support", 5)
        return balance.currency, queue.friendly_name, len(await client.messages.list_async())

    assert asyncio.run(application()) == ("USD", "Support", 0)


@pytest.mark.parametrize(
    ("ask", "meant"),
    [
        (lambda client: client.calls.craete_async, "create_async"),
        (lambda client: client.calls(CALL).fetch_asinc, "fetch_async"),
        (lambda client: client.calls.create_with_http_info, "write create()"),
        (lambda client: client.calls.list_with_http_info_async, "write list()"),
    ],
)
def test_a_name_that_is_not_there_leads_to_the_right_one(
    client: tm.Client, ask: Callable[[tm.Client], object], meant: str
) -> None:
    with pytest.raises(AttributeError) as wrong:
        ask(client)

    assert meant in str(wrong.value)


def test_a_live_answer_is_waited_for_while_the_loop_goes_on() -> None:
    """Neither could come first if the other one held it up."""
    answered = threading.Event()

    def answers_when_the_loop_went_on(handler: object) -> None:
        assert answered.wait(30)
        says(200, call("completed"))(handler)  # type: ignore[arg-type] # a handler of http.server

    async def application() -> str:
        client = tm.Client(
            credentials=tm.Credentials.find(ENVIRON), timeouts=UNPAUSED, base_url=server.base
        )
        fetching = asyncio.create_task(client.calls(CALL).fetch_async())
        await asyncio.sleep(0.05)
        answered.set()
        return str((await fetching).status)

    with serving(answers_when_the_loop_went_on) as server:
        assert asyncio.run(application()) == "completed"


def test_a_person_is_asked_before_a_live_call_that_is_awaited_on_the_thread_of_the_loop() -> None:
    places: list[threading.Thread] = []

    class Here(Person):
        def ask(self, question: str) -> bool:
            places.append(threading.current_thread())
            return super().ask(question)

    person = Here(True, False)
    with serving(says(201, call("queued")), says(200, call("completed"))) as server:
        client = person.client_of(server)
        asyncio.run(client.calls.create_async(TO, FROM, url=DEMO))
        with pytest.raises(tm.LiveCallRefused):
            asyncio.run(client.calls.create_async(TO, FROM, url=DEMO))

    assert places == [threading.main_thread()] * 2
    assert [method for method, *_ in server.seen] == ["POST", "GET"]


def test_a_yes_in_advance_is_for_one_of_the_calls_that_are_awaited_at_once() -> None:
    person = Person(is_there=True)

    async def application(client: tm.Client) -> list[object]:
        with person.guard.assume_yes(1):
            calls = [client.calls(CALL).update_async(url=DEMO) for _ in range(2)]
            return list(await asyncio.gather(*calls, return_exceptions=True))

    with serving(says(200, call("in-progress"))) as server:
        done = asyncio.run(application(person.client_of(server)))

    assert sum(isinstance(each, BaseException) for each in done) == 1
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda client: client.calls.list(10), "Did you mean limit=10"),
        (lambda client: client.calls.create(TO, FROM, to=TO, url=DEMO), "to is given twice"),
        (lambda client: client.queues.create("Support", 5, 6), "2 values without a name at most"),
        (lambda client: client.calls(CALL).fetch("x"), "0 values without a name at most"),
    ],
)
def test_a_value_without_a_name_in_the_wrong_place_is_told(
    client: tm.Client, ask: Callable[[tm.Client], object], words: str
) -> None:
    with pytest.raises(tm.RequestError) as wrong:
        ask(client)

    assert words in f"{wrong.value} {wrong.value.hint}"


def test_values_without_a_name_are_those_of_the_official_library(client: tm.Client) -> None:
    made = client.calls.create(TO, FROM, "GET", url=DEMO)
    client.queues.create("Support", 5)

    assert client.calls.list(TO, FROM)[0].sid == made.sid
    assert client.calls.list("+13105555550") == []
    assert len(client.queues.list(1)) == 1
    assert client.queues.page().next_page() is None
    assert made.update("", "POST", "canceled").status == "canceled"
