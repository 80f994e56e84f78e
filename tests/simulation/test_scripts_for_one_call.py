"""A phone's script for some calls only: whose it is, whoever else places calls at that time."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.waiting import SECONDS

VOICE = "https://ivr.example.com/voice"
OTHER = "+14155550100"
PAUSE = "<Response><Pause length='5'/></Response>"


def place(client: tm.Client, to: str = TO, **parameters: str) -> tm.Call:
    return client.calls.create(to=to, from_=FROM, **(parameters or {"twiml": PAUSE}))


def statuses(client: tm.Client, to: str = TO) -> list[str]:
    """Of the calls to *to*, the last one first."""
    return [call.status for call in client.calls.list(to=to)]


def test_a_call_over_http_has_nothing_to_do_with_the_block_that_the_notebook_is_in(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    with simulator.serve() as base_url:
        served = tm.Client(credentials=simulator.credentials, base_url=base_url)
        with simulator.phones.during(TO, "busy"):
            place(client)
            place(served)
    simulator.run()

    assert statuses(client) == ["completed", "busy"]


def test_two_threads_give_one_phone_a_script_each(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    """Both are in their block when they place their calls."""
    both = Barrier(2, timeout=SECONDS)

    def call(script: str) -> tm.Call:
        with simulator.phones.during(TO, script):
            both.wait()
            made = place(tm.Client(simulator=simulator))
            both.wait()
        return made

    with ThreadPoolExecutor(2) as pool:
        calls = list(pool.map(call, ["busy", "fail"]))
    simulator.run()

    assert [each.fetch().status for each in calls] == ["busy", "failed"]


def test_a_call_that_a_webhook_places_while_time_catches_up_is_not_of_the_block(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    """The webhook is due before the call of the block is placed, and runs in the request that places it."""

    @simulator.webhook(VOICE)
    def voice() -> str:
        place(client)
        return PAUSE

    async def cell() -> tm.Call:
        with simulator.real_time(100):
            place(client, OTHER, url=VOICE)
            sleep(0.1)
            with simulator.phones.during(TO, "busy"):
                return place(client)

    mine = asyncio.run(cell())
    simulator.run()

    assert statuses(client) == ["busy", "completed"]
    assert mine.fetch().status == "busy"


@pytest.mark.parametrize(("waits_inside", "status"), [(True, "busy"), (False, "completed")])
def test_a_call_that_a_webhook_places_is_of_the_block_if_that_is_where_time_passes(
    simulator: tm.Simulator, client: tm.Client, waits_inside: bool, status: str
) -> None:
    @simulator.webhook(VOICE)
    def voice() -> str:
        place(client, OTHER)
        return PAUSE

    with simulator.phones.during(OTHER, "busy"):
        call = place(client, url=VOICE)
        if waits_inside:
            call.wait()
    simulator.run()

    assert statuses(client, OTHER) == [status]


def test_a_task_that_outlives_the_block_it_was_begun_in_leaves_it(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    async def later() -> None:
        for _ in range(2):
            place(client)
            await asyncio.sleep(0)

    async def cell() -> None:
        with simulator.phones.during(TO, "busy"):
            task = asyncio.create_task(later())
            await asyncio.sleep(0)
        await task

    asyncio.run(cell())
    simulator.run()

    assert statuses(client) == ["completed", "busy"]


def test_a_task_is_not_in_the_block_of_another(simulator: tm.Simulator, client: tm.Client) -> None:
    async def other() -> None:
        place(client)

    async def cell() -> None:
        task = asyncio.create_task(other())
        with simulator.phones.during(TO, "busy"):
            place(client)
            await task

    asyncio.run(cell())
    simulator.run()

    assert statuses(client) == ["completed", "busy"]


def test_the_innermost_block_counts_and_a_block_is_of_one_simulator(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    elsewhere = tm.Client(simulator=tm.Simulator())
    with simulator.phones.during(TO, "busy"):
        with simulator.phones.during(TO, "fail"):
            inner, other = place(client), place(elsewhere)
        outer = place(client)
    simulator.run()

    assert [inner.fetch().status, outer.fetch().status] == ["failed", "busy"]
    assert other.wait().status == "completed"


def test_a_block_may_be_for_a_pattern_and_wins_over_what_phones_have(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    simulator.phones[TO] = "fail"
    with simulator.phones.during("+1*", "busy"):
        place(client)
        with simulator.phones.during(TO, "no answer"):
            place(client)
    place(client)
    simulator.run()

    assert statuses(client) == ["failed", "no-answer", "busy"]
