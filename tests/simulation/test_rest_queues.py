"""Queues and their members in the REST API: the official SDK drives a served world, and JSON is Twilio's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client as OfficialClient

import twilio_magic as tm
from tests.calls import FROM
from tests.simulation.test_serve import signed_in

IVR = "https://ivr.example.com"
ENQUEUE = '<Response><Enqueue waitUrl="">support</Enqueue></Response>'
MEMBER = {"call_sid", "queue_sid", "position", "wait_time", "date_enqueued", "uri"}


@pytest.fixture
def official(simulator: tm.Simulator) -> Iterator[OfficialClient]:
    """The official SDK, unmodified, with the simulated account and a world that is served."""
    with simulator.serve() as base_url:
        yield signed_in(simulator, base_url)


@pytest.fixture
def waiting(simulator: tm.Simulator, client: tm.Client) -> list[tm.Call]:
    """Three calls that wait in the queue "support" since 1, 2 and 3 seconds after the beginning; now is 10."""
    calls = []
    for number in ("+13105550001", "+13105550002", "+13105550003"):
        simulator.phones[number] = "answer; wait 300"
        calls.append(client.calls.create(to=number, from_=FROM, twiml=ENQUEUE))
    simulator.advance(10)
    return calls


def test_the_official_sdk_works_with_queues(official: OfficialClient) -> None:
    made = official.queues.create(friendly_name="support", max_size=20)
    official.queues.create(friendly_name="sales")
    changed = official.queues(made.sid).update(friendly_name="help", max_size=30)
    listed = official.queues.list()

    assert (made.friendly_name, made.max_size, made.current_size) == ("support", 20, 0)
    assert (changed.friendly_name, changed.max_size) == ("help", 30)
    assert [(each.friendly_name, each.max_size) for each in listed] == [
        ("sales", 1000),
        ("help", 30),
    ]
    assert official.queues(made.sid).delete()
    assert [each.friendly_name for each in official.queues.list()] == ["sales"]


def test_the_official_sdk_sees_who_waits_and_takes_the_first_out(
    official: OfficialClient, waiting: list[tm.Call], simulator: tm.Simulator
) -> None:
    simulator.webhook(f"{IVR}/agent")(lambda: "<Response><Pause length='60'/></Response>")
    (queue,) = official.queues.list()
    members = official.queues(queue.sid).members
    seen = [(each.call_sid, each.position, each.wait_time) for each in members.list()]
    front = members("Front").fetch()
    taken = members("Front").update(url=f"{IVR}/agent", method="GET")
    then = [(each.call_sid, each.position) for each in members.list()]
    simulator.advance(5)

    assert (queue.current_size, queue.average_wait_time) == (3, 8)
    assert seen == [(waiting[0].sid, 1, 9), (waiting[1].sid, 2, 8), (waiting[2].sid, 3, 7)]
    assert front.call_sid == taken.call_sid == waiting[0].sid
    assert taken.queue_sid == queue.sid
    assert then == [(waiting[1].sid, 1), (waiting[2].sid, 2)]
    assert [(each.method, each.url) for each in waiting[0].webhooks] == [("GET", f"{IVR}/agent")]


def test_two_are_dequeued_without_time_between_them(
    official: OfficialClient, waiting: list[tm.Call]
) -> None:
    (queue,) = official.queues.list()
    members = official.queues(queue.sid).members
    taken = [members("Front").update(url=f"{IVR}/agent").call_sid for _ in range(2)]

    assert taken == [waiting[0].sid, waiting[1].sid]


def test_who_does_not_wait_in_the_queue_is_not_found(
    official: OfficialClient, waiting: list[tm.Call]
) -> None:
    other = official.queues.create(friendly_name="sales")
    for sid in (waiting[0].sid, "Front"):
        with pytest.raises(TwilioRestException) as missing:
            official.queues(other.sid).members(sid).fetch()
        assert (missing.value.status, missing.value.code) == (404, 20404)
    with pytest.raises(TwilioRestException) as unknown:
        official.queues("QU" + "0" * 32).fetch()
    assert unknown.value.code == 20404


def test_a_queue_in_which_somebody_waits_is_not_deleted(
    official: OfficialClient, waiting: list[tm.Call], simulator: tm.Simulator
) -> None:
    (queue,) = official.queues.list()
    with pytest.raises(TwilioRestException) as refused:
        official.queues(queue.sid).delete()
    for call in waiting:
        call.hang_up()
    simulator.advance(1)

    assert refused.value.code == 20009
    assert "Queue is not empty" in refused.value.msg
    assert official.queues(queue.sid).fetch().current_size == 0
    assert official.queues(queue.sid).delete()


def test_a_name_belongs_to_one_queue(official: OfficialClient) -> None:
    support = official.queues.create(friendly_name="support")
    sales = official.queues.create(friendly_name="sales")
    with pytest.raises(TwilioRestException) as again:
        official.queues.create(friendly_name="support")
    with pytest.raises(TwilioRestException) as renamed:
        official.queues(sales.sid).update(friendly_name="support")

    assert (again.value.status, again.value.code, renamed.value.code) == (400, 20002, 20002)
    assert official.queues(support.sid).update(friendly_name="support").sid == support.sid


@pytest.mark.parametrize("size", [0, 5001])
def test_a_size_that_twilio_would_refuse_is_refused(official: OfficialClient, size: int) -> None:
    with pytest.raises(TwilioRestException) as refused:
        official.queues.create(friendly_name="support", max_size=size)

    assert refused.value.status == 400


def test_a_smaller_size_sends_nobody_away(client: tm.Client, waiting: list[tm.Call]) -> None:
    (queue,) = client.queues.list()
    queue.update(max_size=1)

    assert (queue.fetch().max_size, queue.fetch().current_size) == (1, len(waiting))


def test_the_client_shows_who_waits(client: tm.Client, waiting: list[tm.Call]) -> None:
    (queue,) = client.queues.list()
    first = queue.members.fetch("Front")

    assert repr(queue) == f"<Queue {queue.sid} 'support': 3 waiting>"
    assert repr(first) == f"<Member {waiting[0].sid}: place 1, 9 s>"
    assert [each.call_sid for each in queue.members] == [call.sid for call in waiting]


def test_members_come_page_after_page(client: tm.Client, waiting: list[tm.Call]) -> None:
    (queue,) = client.queues.list()
    listed = queue.members.list(limit=None, page_size=1)

    assert [each.call_sid for each in listed] == [call.sid for call in waiting]
