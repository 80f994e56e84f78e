"""Messages of a page are handed on in the order in which it sent them, whatever thread takes them first."""

from __future__ import annotations

import asyncio
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_magic.notebook import _page_messages
from twilio_magic.notebook._page_messages import PageMessages


def message(number: int, page: str = "a") -> dict[str, Any]:
    return {"page": page, "number": number}


def hand_on(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is handed on of *messages*, which come as they stand, at once."""
    received: list[dict[str, Any]] = []
    order = PageMessages(lambda each: received.append(dict(each)))

    async def take() -> None:
        for each in messages:
            order.take(each)

    asyncio.run(take())
    return received


@given(st.permutations(range(1, 8)))
def test_messages_count_in_the_order_in_which_they_were_sent(numbers: list[int]) -> None:
    assert [each["number"] for each in hand_on([message(each) for each in numbers])] == [
        *range(1, 8)
    ]


def test_each_page_has_an_order_of_its_own() -> None:
    sent = [message(2, "a"), message(1, "b"), message(2, "b"), message(1, "a")]

    assert hand_on(sent) == [sent[1], sent[2], sent[3], sent[0]]


def test_messages_without_a_number_are_handed_on_as_they_come() -> None:
    sent = [{"type": "answer"}, message(1), {"number": "two"}, {}]

    assert hand_on(sent) == sent


def test_a_message_that_was_lost_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_page_messages, "_PATIENCE", 0)
    received: list[int] = []
    order = PageMessages(lambda each: received.append(each["number"]))

    async def take() -> None:
        for number in (1, 3, 4):
            order.take(message(number))
        assert received == [1]
        while len(received) < 3:
            await asyncio.sleep(0)
        order.take(message(5))
        order.take(message(2))  # late is better than never

    asyncio.run(take())
    assert received == [1, 3, 4, 5, 2]


def test_a_program_without_a_loop_waits_for_nothing() -> None:
    received: list[int] = []
    order = PageMessages(lambda each: received.append(each["number"]))
    order.take(message(2))

    assert received == [2]


def test_threads_of_a_kernel_hand_on_one_message_at_a_time() -> None:
    received: list[int] = []
    order = PageMessages(lambda each: received.append(each["number"]))

    async def take(numbers: range) -> None:
        for number in numbers:
            order.take(message(number))
        while len(received) < 200:
            await asyncio.sleep(0)

    threads = [Thread(target=asyncio.run, args=[take(range(first, 201, 2))]) for first in (1, 2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert received == [*range(1, 201)]
