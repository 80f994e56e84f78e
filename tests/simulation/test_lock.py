"""The lock around a world, which its holder lays down while a web application answers."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from threading import Thread

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.deadlocks import ends
from twilio_magic.simulation.clock._lock import WorldLock


def held_twice_and_laid_down() -> list[bool]:
    """Whether it is held: laid down, then inside the two blocks that hold it, then outside."""
    lock, is_held = WorldLock(), list[bool]()
    with lock:
        with lock:
            with lock.laid_down():
                visit(lock)
                is_held.append(lock.is_held)
            is_held.append(lock.is_held)
        is_held.append(lock.is_held)
    is_held.append(lock.is_held)
    visit(lock)
    return is_held


def visit(lock: WorldLock) -> None:
    """Come in and leave, on another thread."""

    def enter() -> None:
        with lock:
            pass

    visitor = Thread(target=enter)
    visitor.start()
    visitor.join()


def test_a_lock_that_is_held_twice_is_laid_down_whole_and_taken_up_as_it_was() -> None:
    assert ends(held_twice_and_laid_down) == [False, True, True, False]


READERS: Mapping[str, Callable[[tm.Call], object]] = {
    "timeline": lambda call: call.timeline,
    "transcript": lambda call: call.transcript,
    "webhooks": lambda call: call.webhooks,
    "ladder": lambda call: call.ladder(),
}


def read_during_a_step(name: str) -> list[bool]:
    """Whether somebody who reads the call on another thread comes in during a step of the clock, and after the call."""
    simulator, has_read = tm.Simulator(), list[bool]()

    def phone() -> Generator[str, None, None]:
        reader.start()
        reader.join(0.3)
        has_read.append(not reader.is_alive())
        yield "hang up"

    simulator.phones[TO] = phone
    calls = tm.Client(simulator=simulator).calls
    call = calls.create(to=TO, from_=FROM, twiml="<Response><Pause/></Response>")
    reader = Thread(target=READERS[name], args=(call,))
    call.wait()
    reader.join()
    return [*has_read, not reader.is_alive()]


@pytest.mark.parametrize("name", READERS)
def test_nobody_reads_a_call_in_the_middle_of_a_step(name: str) -> None:
    """There half of what belongs together may be missing."""
    assert ends(read_during_a_step, name) == [False, True]
