"""The lock around a world, which its holder lays down while a web application answers."""

from __future__ import annotations

from threading import Thread

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
